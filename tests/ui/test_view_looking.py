"""Looking around in a drawing: drag, wheel, buttons, map, and small screens."""

from __future__ import annotations

import pytest

from tests.ui import models
from tests.ui.looking import box, calm, in_sight, keys_of, panel, place, press, zoom

MAP = ".tkw-minimap"
TALL = {"width": 1000, "height": 1100}


def drag(page, start, by):
    page.mouse.move(*start)
    page.mouse.down()
    page.mouse.move(start[0] + by[0] / 2, start[1] + by[1] / 2)
    page.mouse.move(start[0] + by[0], start[1] + by[1])
    page.mouse.up()


def stage(page):
    return page.locator(".tkw-stage").bounding_box()


def point(page, across=0.05, along=0.5):
    """Return a place on the stage where there is only paper."""
    at = stage(page)
    return at["x"] + across * at["width"], at["y"] + along * at["height"]


def turn(page, pixels):
    """Turn the wheel of the mouse and wait until the page has heard of it."""
    page.evaluate(
        """() => {
          const frame = requestAnimationFrame, later = done => frame(() => frame(done));
          globalThis.turned = new Promise(done => addEventListener(
            "wheel", () => later(done), { once: true, passive: true }));
        }"""
    )
    page.mouse.wheel(0, pixels)
    page.evaluate("() => globalThis.turned")


def test_dragging_moves_the_drawing_and_selects_nothing(opened):
    page = opened(models.siamese())
    before = place(page, "subtract")
    start = (before["x"] + 20, before["y"] + 20)
    drag(page, start, (60, -40))
    after = place(page, "subtract")
    assert (after["x"] - before["x"], after["y"] - before["y"]) == (60, -40)
    assert panel(page).is_hidden()
    box(page, "subtract").click()
    assert panel(page).is_visible()


def test_the_plain_wheel_scrolls_the_page_and_not_the_drawing(opened):
    page = opened(models.siamese(), viewport={"width": 900, "height": 400})
    size, before = zoom(page), place(page, "subtract")["top"]
    page.mouse.move(*point(page, along=0.2))
    turn(page, 120)
    page.wait_for_function("() => scrollY > 100")
    assert zoom(page) == size
    assert place(page, "subtract")["top"] == pytest.approx(before - 120, abs=1)


@pytest.mark.parametrize(("pixels", "larger"), [(-100, True), (100, False)])
def test_ctrl_and_the_wheel_zoom_at_the_pointer(opened, pixels, larger):
    page = opened(models.siamese(), viewport={"width": 900, "height": 500})
    size, before = zoom(page), place(page, "subtract")
    page.mouse.move(before["left"], before["top"])
    page.keyboard.down("Control")
    turn(page, pixels)
    page.keyboard.up("Control")
    after = place(page, "subtract")
    assert (zoom(page) > size) is larger
    assert zoom(page) != size
    assert page.evaluate("scrollY") == 0
    assert (after["left"], after["top"]) == pytest.approx(
        (before["left"], before["top"]), abs=1
    )


def test_buttons_zoom_and_fit_shows_all(opened):
    page = opened(models.three_deep(), viewport={"width": 900, "height": 700})
    press(page, "Open all groups")
    for _ in range(4):
        press(page, "Zoom in")
    assert not in_sight(page, "x")
    size = zoom(page)
    press(page, "Zoom out")
    assert zoom(page) == pytest.approx(size / 1.25, rel=1e-3)
    press(page, "Fit: show all")
    assert all(in_sight(page, key) for key in keys_of(page))


def test_a_small_drawing_has_no_map(opened):
    page = opened(models.siamese())
    assert page.locator(MAP).is_hidden()


def test_the_map_of_a_large_drawing_moves_the_view(opened):
    page = opened(models.long_chain(), viewport=TALL)
    assert page.locator(MAP).is_visible()
    assert "dense_999" not in keys_of(page)
    at = page.locator(MAP).bounding_box()
    middle, end = at["x"] + at["width"] / 2, at["y"] + at["height"] - 0.5
    page.mouse.click(middle, end)
    assert in_sight(page, "dense_995")
    page.mouse.move(middle, end)
    page.mouse.down()
    page.mouse.move(middle, at["y"] + 0.5)
    page.mouse.up()
    assert in_sight(page, "dense_3")


def test_the_map_shows_which_part_is_seen(opened):
    page = opened(models.long_chain(), viewport=TALL)
    sight = page.locator(".tkw-sight")
    before = sight.bounding_box()["y"]
    at = page.locator(MAP).bounding_box()
    page.mouse.click(at["x"] + at["width"] / 2, at["y"] + at["height"] / 2)
    assert sight.bounding_box()["y"] - before == pytest.approx(at["height"] / 2, abs=5)


def test_only_what_is_in_sight_is_in_the_document(opened):
    page = opened(models.long_chain())
    assert 5 < len(keys_of(page)) < 100
    press(page, "Fit: show all")
    assert page.locator(".tkw-svg.tkw-is-far .tkw-far > path").count() > 1
    assert page.locator(".tkw-boxes").is_hidden()


def test_what_is_selected_at_the_border_stays_in_sight_beside_the_panel(opened):
    page = opened(models.long_and_wide(), viewport={"width": 1200, "height": 700})
    box(page, "x").wait_for()
    last = [key for key in keys_of(page) if in_sight(page, key)][-1]
    box(page, last).click()
    panel(page).wait_for()
    calm(page)
    assert in_sight(page, last)


def test_a_long_row_has_a_map_too(opened):
    page = opened(models.long_and_wide())
    box(page, "x").wait_for()
    assert page.locator(MAP).is_visible()


NARROW = [{"width": 360, "height": 740}, {"width": 320, "height": 256}]


@pytest.mark.parametrize("size", NARROW, ids=["phone", "zoomed 400 %"])
@pytest.mark.parametrize("page_of", [models.siamese, models.three_deep])
def test_a_narrow_page_never_scrolls_sideways(opened, size, page_of):
    page = opened(page_of(), viewport=size)
    press(page, "Open all groups")
    press(page, "Routes from an input to an output")
    box(page, keys_of(page)[0]).click()
    press(page, "Menu")
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
    outside = page.locator(".tkw").evaluate(
        """root => [...root.querySelectorAll("button, input, select")].filter(one => {
          const own = one.getBoundingClientRect(), all = root.getBoundingClientRect();
          return own.width && (own.left < all.left || own.right > all.right);
        }).map(one => one.textContent)"""
    )
    assert outside == []


def test_on_a_phone_the_panel_is_below_the_drawing(opened):
    page = opened(models.siamese(), viewport=NARROW[0])
    box(page, "same").click()
    drawing, told = stage(page), panel(page).bounding_box()
    assert told["y"] >= drawing["y"] + drawing["height"]
    assert told["width"] == pytest.approx(drawing["width"], abs=2)


def test_twice_the_size_of_letters_is_usable(opened):
    page = opened(models.siamese(), viewport={"width": 640, "height": 480})
    page.evaluate("document.body.style.zoom = 2")
    box(page, "left").click()
    assert panel(page).is_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 640


def swipe(page, start, by):
    """Put a finger on the screen, move it, and lift it."""
    screen = page.context.new_cdp_session(page)
    places = [(start[0] + by[0] * k / 10, start[1] + by[1] * k / 10) for k in range(11)]
    for k, (x, y) in enumerate(places):
        touch = {"type": "touchMove" if k else "touchStart"}
        touch["touchPoints"] = [{"x": x, "y": y}]
        screen.send("Input.dispatchTouchEvent", touch)
    screen.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


def test_a_finger_drags_the_drawing_across(opened):
    page = opened(models.siamese(), viewport=NARROW[0], has_touch=True)
    before = place(page, "subtract")
    swipe(page, point(page, across=0.8), (-100, 0))
    calm(page)
    after = place(page, "subtract")
    assert before["x"] - after["x"] > 50
    assert after["y"] == pytest.approx(before["y"], abs=1)
    assert page.evaluate("scrollY") == 0


def test_a_finger_scrolls_the_page_along(opened):
    page = opened(models.siamese(), viewport=NARROW[0], has_touch=True)
    x, y = point(page, across=0.8, along=0.4)
    on = "([x, y]) => document.elementFromPoint(x, y).closest('.tkw-svg') !== null"
    assert page.evaluate(on, [x, y])
    swipe(page, (x, y), (0, -150))
    page.wait_for_function("() => scrollY > 50")


def test_a_tap_selects(opened):
    page = opened(models.siamese(), viewport=NARROW[0], has_touch=True)
    box(page, "left").tap()
    assert "left" in panel(page).inner_text()


def test_a_low_drawing_leaves_room_for_the_panel(opened):
    page = opened(models.wide(), viewport={"width": 1200, "height": 800})
    box(page, "dense_1").click()
    assert panel(page).bounding_box()["height"] >= 300


def test_less_motion_goes_there_at_once(opened):
    page = opened(models.long_chain(), reduced_motion="reduce")
    box(page, "dense_3").click()
    before = place(page, "dense_3")["y"]
    page.keyboard.press("ArrowDown")
    moved = page.evaluate(
        """async () => {
          const world = document.querySelector(".tkw-svg > g");
          const before = world.getAttribute("transform");
          for (let k = 0; k < 20; k += 1) await new Promise(requestAnimationFrame);
          return before !== world.getAttribute("transform");
        }"""
    )
    assert moved is False
    assert place(page, "dense_3")["y"] <= before


def test_a_long_drawing_begins_at_its_beginning(opened):
    page = opened(models.long_and_wide())
    box(page, "x").wait_for()
    assert in_sight(page, "x")
    press(page, "Fit: show all")
    assert in_sight(page, "x")


def test_what_was_seen_as_a_whole_is_so_beside_the_panel(opened):
    page = opened(models.wide(), viewport={"width": 1300, "height": 800})
    box(page, "dense_3").click()
    panel(page).wait_for()
    calm(page)
    assert all(in_sight(page, key) for key in keys_of(page))
