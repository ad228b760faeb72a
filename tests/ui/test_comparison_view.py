"""Two drawings side by side in a real browser, from a file, without a kernel."""

from __future__ import annotations

from dataclasses import replace

import pytest

from teachkit.comparison.findings import Difference, PairFinding
from teachkit.views.comparison import PairComparison, TwinComparison
from tests.graphs import HOSTILE, Sketch, chain, siamese, spec
from tests.ui.axe import violations
from tests.views.comparison.findings import pair, with_twin, without_twin

CLASSES = """names => [...document.querySelectorAll(".tkw-side")].map(side =>
  [...side.querySelectorAll(`.tkw-box.${names}`)].map(box => box.dataset.key))"""
MOVES = """() => [...document.querySelectorAll(".tkw-svg > g")].map(world => {
  const {a, e, f} = world.transform.baseVal.consolidate().matrix;
  return [e, f, a].map(value => Math.round(value * 100) / 100); })"""
STILL = """() => new Promise(done => {
  const now = () => [...document.querySelectorAll(".tkw-svg > g")]
    .map(world => world.getAttribute("transform")).join();
  let [before, same] = ["", 0];
  const look = () => {
    same = now() === before ? same + 1 : 0;
    before = now();
    if (same > 20) done(); else requestAnimationFrame(look);
  };
  look(); })"""
OVERLAP = """() => {
  const texts = [...document.querySelectorAll(".tkw-comparison :is(button, p, input)")];
  const shown = texts.filter(one => one.offsetParent
    && !one.closest(".tkw-points") && !one.matches(".tkw-close"));
  const hits = [];
  for (const one of shown) for (const other of shown) {
    if (one === other || one.contains(other) || other.contains(one)) continue;
    const [a, b] = [one.getBoundingClientRect(), other.getBoundingClientRect()];
    const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
    const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
    if (wide > 1 && high > 1) hits.push([one.textContent, other.textContent]);
  }
  return hits; }"""


def long_pair(length=40):
    """Return two long chains that pair call by call; the right one is wider."""
    left = chain(length)
    sketch = Sketch("wide")
    first = sketch.layer("begin", [sketch.input("x")], outputs=(spec(4),))
    second = sketch.layer("beside", ["x"], outputs=(spec(4),))
    last = sketch.layer("both", [first, second], "Add", outputs=(spec(4),))
    for k in range(length):
        last = sketch.layer(f"dense_{k}", [last], outputs=(spec(4),))
    sketch.output(last)
    names = tuple(f"dense_{k}" for k in range(length))
    return PairFinding(
        left,
        sketch.graph(),
        same=False,
        pairs=tuple((one, one) for one in names),
        differences=(
            Difference("added", "'both' is only on the right.", (), ("both",)),
            Difference("changed", "The last differs.", names[-1:], names[-1:]),
        ),
    )


def nested_pair():
    """Return a comparison with something to tell inside two groups."""
    one = Difference(
        "changed", "'conv' differs.", ("encoder:2/conv",), ("encoder/conv",)
    )
    other = replace(siamese(), name="other")
    pairs = (("encoder:2/conv", "encoder/conv"), ("minus", "minus"))
    return replace(pair(), right=other, differences=(one,), pairs=pairs)


def box(page, side, key):
    return page.locator(".tkw-side").nth(side).locator(f'.tkw-boxes [data-key="{key}"]')


def point(page, number):
    return page.locator(".tkw-points button").nth(number - 1)


def told(page):
    return page.locator(".tkw-comparison > .tkw-toolbar .tkw-status").text_content()


@pytest.fixture
def shown(opened):
    """Open the page of a comparison; at the end it has been quiet and asked nothing."""
    pages = []

    def open_comparison(view, scheme="light", **options):
        page = opened(view.html(), scheme, **options)
        page.wait_for_selector(".tkw-box")
        page.evaluate(STILL)
        pages.append(page)
        return page

    yield open_comparison
    for page in pages:
        assert page.said == []
        # The module of a view is taken out of the page itself.
        others = [url for url in page.asked if not url.startswith("blob:")]
        assert len(others) == 1


@pytest.fixture
def long_page(shown):
    return shown(PairComparison(long_pair()), reduced_motion="reduce")


class TestPairs:
    def test_both_sides_have_title_and_facts(self, shown):
        page = shown(PairComparison(pair()))
        titles = page.locator(".tkw-side > .tkw-title").all_text_contents()
        assert titles == [
            "'siamese' Functional, 5 calls, 0 parameters",
            "'other' Functional, 4 calls, 0 parameters",
        ]

    def test_a_hovered_call_lights_its_partner(self, shown):
        page = shown(PairComparison(pair()))
        box(page, 0, "left").hover()
        assert page.evaluate(CLASSES, "tkw-partner") == [[], ["x"]]
        box(page, 1, "sum").hover()
        assert page.evaluate(CLASSES, "tkw-partner") == [[], []]
        box(page, 1, "x").hover()
        assert page.evaluate(CLASSES, "tkw-partner") == [["left"], []]

    def test_a_partner_that_is_out_of_sight_comes_beside(self, long_page):
        page = long_page
        page.get_by_role("button", name="Move together").click()
        box(page, 1, "x").focus()
        page.keyboard.press("End")
        page.get_by_role("button", name="Move together").click()
        before = page.evaluate(MOVES)
        box(page, 0, "dense_3").hover()
        page.wait_for_function(
            "([text, before]) => JSON.stringify(eval(text)()) !== before",
            arg=[MOVES, str(before).replace(" ", "")],
        )
        page.evaluate(STILL)
        tops = [box(page, side, "dense_3").bounding_box()["y"] for side in (0, 1)]
        assert abs(tops[0] - tops[1]) < 2

    def test_a_selected_call_stands_beside_its_partner(self, long_page):
        page = long_page
        box(page, 0, "dense_2").click()
        assert page.evaluate(CLASSES, "tkw-selected") == [["dense_2"], ["dense_2"]]
        boxes = [box(page, side, "dense_2").bounding_box() for side in (0, 1)]
        stages = [
            page.locator(".tkw-stage").nth(side).bounding_box() for side in (0, 1)
        ]
        places = [
            (one["x"] - stage["x"] + one["width"] / 2, one["y"] - stage["y"])
            for one, stage in zip(boxes, stages, strict=True)
        ]
        assert places[0] == pytest.approx(places[1], abs=2)
        assert told(page) == "dense_2 on the left pairs with dense_2 on the right."

    def test_the_details_of_both_stand_side_by_side(self, long_page):
        page = long_page
        box(page, 1, "dense_2").click()
        names = page.locator(".tkw-panels .tkw-name strong").all_text_contents()
        assert names == ["dense_2", "dense_2"]
        tops = [one.bounding_box()["y"] for one in page.locator(".tkw-panel").all()]
        assert tops[0] == tops[1]
        page.get_by_role("button", name="Close details").first.click()
        assert page.locator(".tkw-panel:visible").count() == 0
        assert page.evaluate(CLASSES, "tkw-selected") == [[], []]
        assert told(page) == ""

    def test_a_call_without_a_partner_says_so(self, shown):
        page = shown(PairComparison(pair()))
        box(page, 0, "minus").click()
        text = "minus on the left pairs with no call on the right."
        assert told(page) == text
        assert text in page.locator(".tkw-panel").nth(1).text_content()

    def test_a_partner_in_a_closed_group_is_opened(self, shown):
        page = shown(PairComparison(replace(nested_pair(), differences=())))
        page.locator(".tkw-side").nth(0).get_by_role("button", name="Open all").click()
        box(page, 0, "encoder:2/conv").hover()
        assert page.evaluate(CLASSES, "tkw-partner") == [[], ["encoder"]]
        box(page, 0, "encoder:2/conv").click()
        selected = page.evaluate(CLASSES, "tkw-selected")
        assert selected == [["encoder:2/conv"], ["encoder/conv"]]

    def test_the_number_of_a_pair_is_not_on_the_closed_group(self, shown):
        page = shown(PairComparison(replace(nested_pair(), differences=())))
        assert box(page, 0, "encoder:2").locator(".mark").count() == 0
        assert box(page, 0, "minus").locator(".mark > text").text_content() == "2"


class TestPoints:
    def test_a_difference_lights_up_on_both_sides(self, shown):
        page = shown(PairComparison(pair()))
        point(page, 3).click()
        assert page.evaluate(CLASSES, "tkw-lit") == [["left"], ["x"]]
        assert told(page) == "'left' and 'x' differ."
        assert point(page, 3).get_attribute("aria-pressed") == "true"

    def test_what_is_on_one_side_lights_up_there(self, shown):
        page = shown(PairComparison(pair()))
        point(page, 2).click()
        assert page.evaluate(CLASSES, "tkw-lit") == [[], ["b"]]

    def test_pressing_again_lets_go(self, shown):
        page = shown(PairComparison(pair()))
        point(page, 1).click()
        point(page, 3).click()
        assert point(page, 1).get_attribute("aria-pressed") == "false"
        point(page, 3).click()
        assert page.evaluate(CLASSES, "tkw-lit") == [[], []]
        assert told(page) == ""

    def test_what_is_far_away_comes_into_sight(self, long_page):
        page = long_page
        point(page, 2).click()
        for side in (0, 1):
            stage = page.locator(".tkw-stage").nth(side).bounding_box()
            found = box(page, side, "dense_39").bounding_box()
            assert stage["y"] <= found["y"]
            assert found["y"] + found["height"] <= stage["y"] + stage["height"]

    def test_a_small_drawing_grows_until_it_can_be_read(self, long_page):
        page = long_page
        page.get_by_role("button", name="Fit").first.click()
        assert page.evaluate(MOVES)[0][2] < 0.4
        point(page, 2).click()
        scales = [scale for _, _, scale in page.evaluate(MOVES)]
        assert scales == [0.75, 0.75]

    def test_closed_groups_open(self, shown):
        page = shown(PairComparison(nested_pair()))
        page.locator("[data-toggle='encoder:2']").first.click()
        assert box(page, 0, "encoder:2/conv").count() == 0
        point(page, 1).click()
        lit = page.evaluate(CLASSES, "tkw-lit")
        assert lit == [["encoder:2/conv"], ["encoder/conv"]]

    def test_groups_with_a_difference_are_open_at_first(self, shown):
        page = shown(PairComparison(nested_pair()))
        assert box(page, 0, "encoder:2/conv").is_visible()
        assert box(page, 0, "encoder/conv").count() == 0
        label = box(page, 0, "encoder:2/conv").locator(".mark > text")
        assert label.text_content() == "1 changed"

    def test_reasons_of_a_model_that_stands_alone(self, shown):
        page = shown(TwinComparison(without_twin()))
        assert page.locator(".tkw-side").count() == 1
        point(page, 2).click()
        assert not page.get_by_role("button", name="Move together").is_visible()
        assert set(page.evaluate(CLASSES, "tkw-lit")[0]) == {"a", "b", "sum"}
        assert told(page) == "'sum' reads 2 tensors."
        box(page, 0, "sum").click()
        assert "2. 'sum' reads 2 tensors." in page.locator(".tkw-panel").text_content()


class TestWhatPythonSays:
    def test_a_selected_call_is_in_sight_with_its_partner(self, shown):
        view = PairComparison(long_pair())
        view.widget.selected = "right/dense_30"
        page = shown(view, reduced_motion="reduce")
        assert page.evaluate(CLASSES, "tkw-selected") == [["dense_30"], ["dense_30"]]
        stage = page.locator(".tkw-stage").first.bounding_box()
        for side in (0, 1):
            found = box(page, side, "dense_30").bounding_box()
            assert stage["y"] <= found["y"] <= stage["y"] + stage["height"]

    def test_highlighted_calls_are_lit_and_their_groups_open(self, shown):
        view = PairComparison(nested_pair())
        view.widget.highlighted = ["left/minus", "right/encoder/conv"]
        page = shown(view)
        assert page.evaluate(CLASSES, "tkw-lit") == [["minus"], ["encoder/conv"]]


class TestMovingTogether:
    def test_both_begin_at_the_top_with_one_scale(self, long_page):
        (_, top, scale), (_, other_top, other_scale) = long_page.evaluate(MOVES)
        assert (top, scale) == (other_top, other_scale)

    @pytest.mark.parametrize("side", [0, 1])
    def test_dragging_one_moves_both(self, long_page, side):
        page = long_page
        before = page.evaluate(MOVES)
        stage = page.locator(".tkw-stage").nth(side).bounding_box()
        page.mouse.move(stage["x"] + 20, stage["y"] + 200)
        page.mouse.down()
        page.mouse.move(stage["x"] + 50, stage["y"] + 120, steps=4)
        page.mouse.up()
        moved = [
            (new[0] - old[0], new[1] - old[1])
            for new, old in zip(page.evaluate(MOVES), before, strict=True)
        ]
        assert moved[0] == pytest.approx(moved[1], abs=0.1)
        assert moved[0][1] < -50

    @pytest.mark.parametrize("side", [0, 1])
    def test_zooming_one_zooms_both(self, long_page, side):
        page = long_page
        before = page.evaluate(MOVES)[0][2]
        page.get_by_role("button", name="Zoom in").nth(side).click()
        scales = [scale for _, _, scale in page.evaluate(MOVES)]
        assert scales[0] == scales[1] > before

    def test_what_is_beside_stays_so_while_zooming(self, long_page):
        page = long_page
        box(page, 0, "dense_2").click()
        page.get_by_role("button", name="Zoom out").nth(1).click()
        tops = [box(page, side, "dense_2").bounding_box()["y"] for side in (0, 1)]
        assert abs(tops[0] - tops[1]) < 2

    def test_each_moves_alone_when_that_is_wanted(self, long_page):
        page = long_page
        toggle = page.get_by_role("button", name="Move together")
        toggle.click()
        assert toggle.get_attribute("aria-pressed") == "false"
        before = page.evaluate(MOVES)
        page.get_by_role("button", name="Zoom in").first.click()
        after = page.evaluate(MOVES)
        assert after[0] != before[0]
        assert after[1] == before[1]
        toggle.click()
        scales = [scale for _, _, scale in page.evaluate(MOVES)]
        assert scales[0] == scales[1]

    @pytest.mark.parametrize("what", ["[data-toggle='encoder']", "text=Open all"])
    def test_opening_groups_leaves_the_other_side_alone(self, shown, what):
        page = shown(PairComparison(replace(nested_pair(), differences=())))
        before = page.evaluate(MOVES)
        page.locator(".tkw-side").nth(0).locator(what).click()
        page.evaluate(STILL)
        assert page.evaluate(MOVES)[1] == before[1]

    def test_resizing_keeps_what_is_beside(self, long_page):
        page = long_page
        box(page, 0, "dense_2").click()
        page.set_viewport_size({"width": 900, "height": 800})
        page.evaluate(STILL)
        boxes = [box(page, side, "dense_2").bounding_box() for side in (0, 1)]
        middles = [one["x"] + one["width"] / 2 for one in boxes]
        stages = [
            page.locator(".tkw-stage").nth(side).bounding_box()["x"] for side in (0, 1)
        ]
        assert abs((middles[1] - stages[1]) - (middles[0] - stages[0])) < 2


def test_everything_by_keyboard(shown):
    page = shown(PairComparison(pair()))
    point(page, 1).focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert page.evaluate(CLASSES, "tkw-lit") == [["left"], ["x"]]
    page.keyboard.press("Escape")
    assert page.evaluate(CLASSES, "tkw-lit") == [[], []]
    toggle = page.get_by_role("button", name="Move together")
    for _ in range(3):
        page.keyboard.press("Tab")
        if toggle.evaluate("one => one === document.activeElement"):
            break
    page.keyboard.press("Space")
    assert toggle.get_attribute("aria-pressed") == "false"
    box(page, 0, "left").focus()
    assert page.evaluate(CLASSES, "tkw-partner") == [[], ["x"]]
    page.keyboard.press("Enter")
    assert page.evaluate(CLASSES, "tkw-selected") == [["left"], ["x"]]
    page.keyboard.press("ArrowDown")
    assert page.evaluate(CLASSES, "tkw-partner") == [[], []]
    page.keyboard.press("Escape")
    assert page.evaluate(CLASSES, "tkw-selected") == [[], []]


def test_tab_stops_once_in_each_drawing(shown):
    page = shown(TwinComparison(with_twin()))
    page.get_by_role("button", name="Menu").first.focus()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.dataset.key") == "x"
    page.keyboard.press("Tab")
    other = page.locator(".tkw-side").nth(1)
    assert other.evaluate("side => side.contains(document.activeElement)")


def test_focus_goes_back_to_the_drawing_when_details_close(shown):
    page = shown(PairComparison(pair()))
    box(page, 1, "sum").click()
    close = page.locator(".tkw-panel").nth(1).get_by_role("button", name="Close")
    close.focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.dataset.key") == "sum"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    "view",
    [
        lambda: PairComparison(pair()),
        lambda: TwinComparison(with_twin()),
        lambda: TwinComparison(without_twin()),
    ],
    ids=["pair", "twin", "reasons"],
)
def test_nobody_is_shut_out(shown, view, scheme):
    page = shown(view(), scheme)
    page.locator(".tkw-boxes [data-key]").first.click()
    if page.locator(".tkw-points button").count():
        point(page, 1).click()
    assert violations(page, ".tk-live") == []


@pytest.mark.parametrize("width", [360, 700, 1280])
def test_it_fits_on_every_screen(shown, width):
    page = shown(PairComparison(pair()), viewport={"width": width, "height": 740})
    box(page, 1, "x").click()
    point(page, 3).click()
    room = page.evaluate("document.documentElement.scrollWidth")
    assert room <= width
    assert page.evaluate(OVERLAP) == []
    tops = [one.bounding_box()["y"] for one in page.locator(".tkw-stage").all()]
    assert (tops[0] == tops[1]) is (width > 690)


def test_on_a_phone_the_details_of_the_touched_side_come_first(shown):
    page = shown(PairComparison(pair()), viewport={"width": 360, "height": 740})
    box(page, 1, "x").click()
    right, left = (page.locator(".tkw-told-side").nth(side) for side in (1, 0))
    assert right.bounding_box()["y"] < left.bounding_box()["y"]
    assert "On the right" in right.text_content()
    lowest = page.locator(".tkw-stage").nth(1).bounding_box()
    assert right.bounding_box()["y"] >= lowest["y"] + lowest["height"]


def test_the_colours_follow_the_theme(shown):
    page = shown(PairComparison(pair()))
    colours = """() => [".tkw-comparison", ".tkw-points button"].map(name => {
      const style = getComputedStyle(document.querySelector(name));
      return [style.color, style.backgroundColor]; })"""
    light = page.evaluate(colours)
    page.emulate_media(color_scheme="dark")
    dark = page.evaluate(colours)
    for one, other in zip(light, dark, strict=True):
        assert one[0] != other[0]
        assert one[1] != other[1]


def test_hostile_names_stay_text(shown):
    hostile = tuple(
        Difference(name, f"'{name}' has changed.", ("left",), ("x",))
        for name in HOSTILE
    )
    left = replace(pair().left, name=HOSTILE[0])
    page = shown(PairComparison(replace(pair(), left=left, differences=hostile)))
    assert page.locator(".tkw-points button").count() == len(hostile)
    assert page.locator(".tkw-comparison b, .tkw-comparison script").count() == 0
    point(page, 1).click()
    assert told(page) == f"'{HOSTILE[0]}' has changed."
