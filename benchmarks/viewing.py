"""The interactive view in headless Chromium, without a graphics card.

The peer is what `plot_model` draws, as SVG in a page, moved by its `viewBox`: how a
drawing is panned without a view of its own. Selecting has no peer: a picture tells
nothing when it is clicked.
"""

from __future__ import annotations

import statistics
import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, ViewportSize

import teachkit as tk
from benchmarks import peers, subjects
from tests.ui.chromium import chromium

_NAMES = ("ResNet50", "NASNetLarge", "chain 10,000")
_SIZE: ViewportSize = {"width": 1200, "height": 900}

_PAINTED = """async selector => {
  const frame = () => new Promise(requestAnimationFrame);
  while (!document.querySelector(selector)) await frame();
  await frame();
  await frame();
  return performance.now();
}"""

_FRAMES = """
  let count = 0;
  const began = performance.now();
  while (performance.now() - began < 2000) {
    await new Promise(requestAnimationFrame);
    count += 1;
    move(count);
  }
  return (1000 * count) / (performance.now() - began);
"""

_DRAG = f"""async down => {{
  const svg = document.querySelector(".tkw-svg");
  const {{ left, top }} = svg.getBoundingClientRect();
  svg.setPointerCapture = () => {{}};
  const tell = (kind, x, y) => svg.dispatchEvent(new PointerEvent(kind,
    {{ pointerId: 1, clientX: left + x, clientY: top + y, button: 0, bubbles: true }}));
  tell("pointerdown", 300, 300);
  const move = count =>
    tell("pointermove", 300 + 20 * Math.sin(count / 10), 300 + down * count);
  {_FRAMES}
}}"""

_VIEW_BOX = f"""async down => {{
  const svg = document.querySelector("svg");
  const zoom = svg.viewBox.baseVal.width / svg.width.baseVal.value;
  svg.setAttribute("width", 1100);
  svg.setAttribute("height", 800);
  const size = `${{1100 * zoom}} ${{800 * zoom}}`;
  const move = count => svg.setAttribute("viewBox",
    `${{20 * Math.sin(count / 10)}} ${{-down * count * zoom}} ${{size}}`);
  {_FRAMES}
}}"""

_SELECT = """async () => {
  const taken = [];
  for (const box of [...document.querySelectorAll(".tkw-box")].slice(0, 30)) {
    const began = performance.now();
    box.dispatchEvent(new MouseEvent("click", { bubbles: true }));
    taken.push(performance.now() - began);
    await new Promise(requestAnimationFrame);
  }
  return taken;
}"""


def table(only: list[str] | None, runs: int) -> None:
    """Measure every model and print a row for each."""
    print(
        "| model | page KB | first paint s | peer s | frames/s panning | all in view | "
        "peer | select to panel ms |"
    )
    print("|---|---|---|---|---|---|---|---|")
    with chromium() as browser, tempfile.TemporaryDirectory() as folder:
        for name in _NAMES:
            if not only or name in only:
                _row(name, browser, Path(folder), runs)


def _row(name: str, browser: Browser, folder: Path, runs: int) -> None:
    """Measure one model, in a new page for each run; medians count."""
    model = subjects.subjects()[name]()
    text = tk.show(model).html()
    ours, theirs = folder / "ours.html", folder / "theirs.html"
    ours.write_text(text, encoding="utf-8")
    drawn = peers.plot_model(model)
    theirs.write_text(f"<!doctype html>{drawn.svg}", encoding="utf-8")
    found: list[dict[str, float]] = []
    for _ in range(runs):
        found.append(
            _ours(browser, ours) | (_theirs(browser, theirs) if drawn.svg else {})
        )

    def median(what: str, digits: int) -> str:
        values = [one[what] for one in found if what in one]
        return f"{statistics.median(values):.{digits}f}" if values else drawn.fate

    print(
        f"| {name} | {len(text) / 1000:,.0f} | {median('paint', 2)} | "
        f"{median('peer paint', 2)} | {median('pan', 0)} | {median('pan all', 0)} | "
        f"{median('peer pan', 0)} | {median('select', 1)} |",
        flush=True,
    )


def _ours(browser: Browser, path: Path) -> dict[str, float]:
    page = _opened(browser, path)
    found = {"paint": page.evaluate(_PAINTED, ".tkw-box") / 1000}
    found["select"] = statistics.median(page.evaluate(_SELECT))
    page.keyboard.press("Escape")
    found["pan"] = page.evaluate(_DRAG, -12)
    page.locator(".tkw").get_by_role("button", name="Fit").click()
    found["pan all"] = page.evaluate(_DRAG, -1)
    page.close()
    return found


def _theirs(browser: Browser, path: Path) -> dict[str, float]:
    page = _opened(browser, path)
    found = {"peer paint": page.evaluate(_PAINTED, "svg") / 1000}
    found["peer pan"] = page.evaluate(_VIEW_BOX, -12)
    page.close()
    return found


def _opened(browser: Browser, path: Path) -> Page:
    page: Any = browser.new_page(viewport=_SIZE)
    page.goto(path.as_uri(), wait_until="commit")
    found: Page = page
    return found
