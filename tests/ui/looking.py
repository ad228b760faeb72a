"""The parts of an interactive view on a page, by the names a person gives them."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Locator, Page


def box(page: Page, name: str) -> Locator:
    """Return the box of a call."""
    return page.locator(f".tkw [role=option][data-key='{name}']")


def wire(page: Page, name: str) -> Locator:
    """Return the part of a wire that catches the pointer."""
    return page.locator(f".tkw .wire[data-edge='{name}'] .tkw-catch")


def panel(page: Page) -> Locator:
    """Return the panel with the details of what is selected."""
    return page.locator(".tkw-panel")


def press(page: Page, name: str) -> None:
    """Click a button of a view by the words that are read aloud."""
    page.locator(".tkw").get_by_role("button", name=name, exact=True).first.click()


def keys_of(page: Page) -> list[str]:
    """Return the names of all boxes in the document."""
    boxes = page.locator(".tkw [role=option]")
    boxes.first.wait_for(state="attached")
    found: list[str] = boxes.evaluate_all("all => all.map(box => box.dataset.key)")
    return found


def names_with(page: Page, kind: str) -> set[str]:
    """Return the names of boxes and wires with a class."""
    found = page.locator(f".tkw svg .{kind}").evaluate_all(
        "all => all.map(one => one.dataset.key ?? one.dataset.edge)"
    )
    return set(found)


def place(page: Page, name: str) -> dict[str, float]:
    """Return where the box of a call is on the screen, without its marks."""
    drawn = box(page, name).locator("rect").first
    found: dict[str, float] = drawn.evaluate("e => e.getBoundingClientRect().toJSON()")
    return found


def zoom(page: Page) -> float:
    """Return how large the drawing is, 1 for its own pixels."""
    text = page.locator(".tkw-svg > g[transform]").first.get_attribute("transform")
    assert text is not None
    return float(text.rpartition("scale(")[2].rstrip(")"))


def focused(page: Page) -> dict[str, Any]:
    """Return the key, the words and the tag of what the keyboard is at."""
    found: dict[str, Any] = page.evaluate(
        """() => {
          const at = document.activeElement;
          const words = at.getAttribute("aria-label") ?? at.textContent;
          return { key: at.dataset.key, tag: at.localName, words };
        }"""
    )
    return found


def calm(page: Page) -> None:
    """Wait until nothing moves: two frames show the same drawing."""
    page.evaluate(
        """async () => {
          const world = document.querySelector(".tkw-svg > g");
          const frame = () => new Promise(requestAnimationFrame);
          let before = "";
          while (before !== world.getAttribute("transform")) {
            before = world.getAttribute("transform");
            for (let k = 0; k < 3; k += 1) await frame();
          }
        }"""
    )


def in_sight(page: Page, name: str) -> bool:
    """Tell whether a box is wholly inside the part of the page that is its stage."""
    inner = place(page, name)
    outer = page.locator(".tkw-stage").evaluate(
        "e => e.getBoundingClientRect().toJSON()"
    )
    return bool(
        inner["left"] >= outer["left"] - 1
        and inner["right"] <= outer["right"] + 1
        and inner["top"] >= outer["top"] - 1
        and inner["bottom"] <= outer["bottom"] + 1
    )


def check_theme(page: Page, colours: str) -> None:
    """Check that a page that is opened in light follows the system, and prints light.

    Arguments:
        page: the page.
        colours: a function of JavaScript that returns a list of colours of the page.
    """
    light = page.evaluate(colours)
    page.emulate_media(color_scheme="dark")
    dark = page.evaluate(colours)
    assert all(a != b for a, b in zip(light, dark, strict=True))
    page.emulate_media(color_scheme="dark", media="print")
    assert page.evaluate(colours) == light
