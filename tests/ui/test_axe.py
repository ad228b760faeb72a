"""The search for barriers finds them, or an empty list would prove nothing."""

from __future__ import annotations

import pytest

from tests.ui.axe import violations

PAGE = """<!doctype html>
<html lang="en"><head><title>A page</title></head><body><main>
<h1>A page</h1>
<div id="bad">
  <button></button>
  <div role="option">alone</div>
  <h4>far too deep</h4>
  <p style="color: #aaa; background: #fff">pale</p>
  <button aria-label="close">Open</button>
</div>
<div id="good"><button style="padding: 1em">Open</button><h2>deep enough</h2></div>
<div id="shadowed"></div>
</main>
<script>
  const root = document.querySelector("#shadowed").attachShadow({ mode: "open" });
  root.innerHTML = "<button class='inner'></button>";
</script></body></html>"""


@pytest.mark.parametrize(
    "rule", ["button-name", "aria-required-parent", "heading-order", "color-contrast"]
)
def test_a_barrier_is_named(opened, rule):
    found = violations(opened(PAGE), "#bad")
    assert any(line.startswith(f"{rule}: ") for line in found), found


def test_a_line_says_where_and_what_to_do(opened):
    found = violations(opened(PAGE), "#bad")
    line = next(line for line in found if line.startswith("color-contrast"))
    assert ": p: " in line
    assert "Expected contrast ratio of 4.5:1" in line


def test_only_the_named_part_is_looked_at(opened):
    assert violations(opened(PAGE), "#good") == []


@pytest.mark.parametrize("selector", ["#shadowed", ".inner"])
def test_it_looks_into_a_shadow_root(opened, selector):
    found = violations(opened(PAGE), selector)
    assert [line.split(":")[0] for line in found] == ["button-name"]
    assert "#shadowed >>> .inner" in found[0]


def test_a_part_that_is_not_there_is_told(opened):
    with pytest.raises(LookupError, match="#missing"):
        violations(opened(PAGE), "#missing")
