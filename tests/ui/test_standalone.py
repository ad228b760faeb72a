"""Widgets in a page from a file: they work without a server, kernel or network."""

from __future__ import annotations

import pytest

from teachkit.views.html_page import page as html_page
from teachkit.views.widget.standalone import Live, again, page, piece, shared

COUNTER = """
function render({ model, el, signal, experimental }) {
  const button = document.createElement("button");
  const draw = () => { button.textContent = `${model.get("name")}: ${model.get("count")}`; };
  button.addEventListener("click", () => {
    model.set("count", model.get("count") + 1);
    model.save_changes();
    model.send({ kind: "clicked" });
  });
  model.on("change:count change:name", draw);
  draw();
  el.append(button);
  return () => {};
}
export default { render };
"""  # noqa: E501 - a line of JavaScript
HOSTILE = "</script><script>alert(1)</script><!-- <script> \u2028 <b>&amp;"


def counter(name="clicks", **state):
    return Live(
        COUNTER, "button { color: rgb(1, 2, 3) }", {"name": name, "count": 0, **state}
    )


def telling(body, **state):
    """Return a widget that writes down what its script finds, as JSON."""
    script = (
        "export default { async render({ model, el, ...around }) {"
        f"const told = []; {body}; el.textContent = JSON.stringify(told); }} }}"
    )
    return Live(script, "", state)


def told(opened, body, **state):
    shown = opened(page("telling", [telling(body, **state)]))
    element = shown.locator(".tk-live > div")
    element.get_by_text("[").wait_for()
    assert shown.said == []
    return element.evaluate("element => JSON.parse(element.textContent)")


def test_a_widget_answers_without_a_kernel(opened):
    shown = opened(page("counter", [counter()]))
    button = shown.get_by_role("button")
    button.click()
    button.click()
    assert button.text_content() == "clicks: 2"
    assert button.evaluate("e => getComputedStyle(e).color") == "rgb(1, 2, 3)"
    assert shown.said == []
    assert [url.partition(":")[0] for url in shown.asked] == ["file", "blob"]


def test_twenty_views_live_beside_each_other(opened):
    shown = opened(page("many", [counter(f"view {n}") for n in range(20)]))
    shown.get_by_text("view 7: 0").click()
    shown.get_by_text("view 19: 0").click()
    texts = shown.get_by_role("button").all_text_contents()
    assert texts == [f"view {n}: {int(n in (7, 19))}" for n in range(20)]
    assert len(shown.asked) == 2


def test_two_views_of_a_widget_move_as_one(opened):
    one = counter()
    shown = opened(html_page("two", piece(one, "a") + again("a") + shared([one])))
    shown.get_by_role("button").first.click()
    assert shown.get_by_role("button").all_text_contents() == ["clicks: 1"] * 2


def test_hostile_words_stay_words(opened):
    shown = opened(page(HOSTILE, [counter(HOSTILE)]))
    assert shown.get_by_role("button").text_content() == f"{HOSTILE}: 0"
    assert shown.said == []


@pytest.mark.parametrize(
    "module",
    [
        "export default {",
        "throw new Error('no')",
        "export default { render() { throw new Error('no') } }",
        "export default { async render({ el }) { el.append('half'); throw 1 } }",
        "export default { initialize() { throw new Error('no') } }",
        "export const nothing = 1",
        HOSTILE,
    ],
)
def test_a_module_that_fails_leaves_a_sentence_and_the_fallback(opened, module):
    broken = Live(module, "", {}, "<p>The <em>drawing</em></p>")
    shown = opened(page("broken", [broken, counter()]))
    shown.get_by_text("could not start").wait_for()
    assert shown.locator(".tk-live > div").first.inner_text().split("\n\n") == [
        "This view could not start in this browser.",
        "The drawing",
    ]
    shown.get_by_role("button").click()
    assert shown.get_by_role("button").text_content() == "clicks: 1"
    assert shown.said == []


def test_a_page_without_scripts_shows_the_fallback(opened, browser, tmp_path):
    broken = Live(COUNTER, "", {}, "<p>The drawing</p>")
    (tmp_path / "plain.html").write_text(page("plain", [broken]), "utf-8")
    context = browser.new_context(java_script_enabled=False)
    shown = context.new_page()
    shown.goto((tmp_path / "plain.html").as_uri())
    assert shown.locator("noscript p").is_visible()
    context.close()


def test_a_folded_view_starts_when_it_is_unfolded(opened):
    one = telling("told.push(el.getBoundingClientRect().width > 0)")
    fold = "<details><summary>{}</summary>{}</details>"
    body = fold.format("outer", fold.format("inner", piece(one, "a"))) + shared([one])
    shown = opened(html_page("folded", body))
    shown.get_by_text("outer").click()
    assert shown.locator(".tk-live > div").count() == 0
    shown.get_by_text("inner").click()
    shown.get_by_text("[true]").wait_for()


@pytest.mark.parametrize(
    "module",
    [
        "export default async () => ({ render({ el }) { el.textContent = 'there' } })",
        "export function render({ el }) { el.textContent = 'there' }",
    ],
)
def test_each_way_to_write_a_module(opened, module):
    shown = opened(
        page("ways", [Live("export default {}", "", {}), Live(module, "", {})])
    )
    shown.get_by_text("there").wait_for()
    assert shown.get_by_text("could not start").count() == 0
    assert shown.said == []


def test_a_model_is_prepared_once_for_all_its_views(opened):
    module = """export default {
      initialize({ model }) { model.set("times", model.get("times") + 1) },
      render({ model, el }) { el.textContent = `prepared ${model.get("times")}` },
    }"""
    one = Live(module, "", {"times": 0})
    shown = opened(html_page("once", piece(one, "a") + again("a") + shared([one])))
    shown.get_by_text("prepared").nth(1).wait_for()
    assert shown.get_by_text("prepared 1").count() == 2


class TestModel:
    """What scripts of widgets know from the models of Jupyter."""

    def test_a_change_is_told_first_by_name_and_then_at_all(self, opened):
        body = """
          model.on("change:a", (one, value) => told.push(["a", one.get("a"), value]));
          model.on("change", (one) => told.push(["all", one === model]));
          model.set("a", 2)"""
        assert told(opened, body, a=1) == [["a", 2, 2], ["all", True]]

    def test_several_values_at_once(self, opened):
        body = """
          const sum = () => told.push(model.get("a") + model.get("b"));
          model.on("change:a change:b", sum);
          model.on("change", () => told.push("all"));
          model.set({ a: 10, b: 20 })"""
        assert told(opened, body, a=1, b=2) == [30, 30, "all"]

    def test_an_equal_value_is_no_change(self, opened):
        body = """
          model.on("change", () => told.push("changed"));
          model.set("a", { list: [1, { x: null }] });
          model.set({});
          told.push("end");
          model.set("a", { list: [1, { x: 0 }] });
          model.set("a", { list: [1, { y: 0 }] });
          model.set("a", [])"""
        expected = ["end", "changed", "changed", "changed"]
        assert told(opened, body, a={"list": [1, {"x": None}]}) == expected

    @pytest.mark.parametrize(
        ("off", "left"),
        [
            ('model.off("change:a", first)', ["second", "change"]),
            ('model.off("change:a")', ["change"]),
            ("model.off(null, first)", ["second", "change"]),
            ("model.off(null, null, context)", ["second", "change"]),
            ("model.off()", []),
        ],
    )
    def test_listeners_are_dropped(self, opened, off, left):
        body = f"""
          const context = {{}};
          const first = () => told.push("first");
          model.on("change:a", first, context);
          model.on("change:a", () => told.push("second"));
          model.on("change", () => told.push("change"));
          {off};
          model.set("a", 2)"""
        assert told(opened, body, a=1) == left

    def test_once_is_once(self, opened):
        body = """
          model.once("change:a", function (one, value) { told.push([this.x, value]) },
            { x: "mine" });
          model.set("a", 2);
          model.set("a", 3)"""
        assert told(opened, body, a=1) == [["mine", 2]]

    def test_binary_data_is_a_view_of_bytes(self, opened):
        body = """
          const data = model.get("images")[0].data;
          told.push(data instanceof DataView, data.byteLength, data.getUint8(1))"""
        state = {"images": [{"data": b"\x00\xff\x07"}]}
        assert told(opened, body, **state) == [True, 3, 255]

    def test_what_needs_a_kernel_says_so(self, opened):
        body = """
          const refused = around.experimental.invoke("x");
          await refused.catch(error => told.push(error.message));
          told.push(around.signal.aborted)"""
        assert told(opened, body) == ["no kernel runs behind this page", False]
