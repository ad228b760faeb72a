"""An exercise in a real browser: by keyboard, and nobody is shut out."""

from __future__ import annotations

from functools import cache

import pytest
from keras import Input, Model, layers
from playwright.sync_api import expect

from teachkit.practice.progress_file import Progress
from teachkit.practice.sessions import Session
from teachkit.practice.student_code import StudentCode
from teachkit.views.exercise import ExerciseSheet
from tests.practice.exercises import made
from tests.ui.axe import violations
from tests.ui.looking import check_theme, focused

COLOURS = """() => {
  const style = (name) => getComputedStyle(document.querySelector(name));
  return [style('.tkx').color, style('.tkx').backgroundColor,
    style('.tkx-lines li').backgroundColor];
}"""


class NoProgress(Progress):
    """Remembers in a file that is never there."""

    def _write(self, *_):
        pass


@cache
def page_of(kind, pressed=()):
    """Return the page of an exercise after some buttons were pressed."""
    from pathlib import Path

    x = Input((4,))
    student = StudentCode({"model": Model(x, layers.Dense(2)(x))})
    progress = NoProgress(Path("nowhere"), print)
    sheet = ExerciseSheet(Session(made(kind), lambda: progress, lambda: student))
    for event in pressed:
        sheet.widget.order = [2, 1]
        sheet.widget.predictions = {"total": "3"}
        sheet.widget.answer({"event": event})
    return sheet.html()


def program(page):
    """Return the numbers of the lines in the program, as they are seen."""
    found = page.locator("ol.tkx-lines .tkx-number")
    return [int(text) for text in found.all_inner_texts()]


def press(page, name):
    page.get_by_role("button", name=name).click()


class TestOrder:
    @pytest.fixture
    def page(self, opened):
        return opened(page_of("order"))

    def test_lines_are_put_in_and_moved_by_keyboard_alone(self, page):
        page.get_by_role("button", name="Use line 2").focus()
        page.keyboard.press("Enter")
        assert program(page) == [2]
        page.get_by_role("button", name="Use line 4").focus()
        page.keyboard.press("ArrowRight")
        page.get_by_role("button", name="Use line 1").focus()
        page.keyboard.press(" ")
        assert program(page) == [2, 4, 1]
        page.keyboard.press("ArrowUp")
        assert program(page) == [2, 1, 4]
        page.keyboard.press("ArrowUp")
        page.keyboard.press("ArrowDown")
        assert program(page) == [2, 1, 4]
        page.keyboard.press("ArrowLeft")
        assert program(page) == [2, 4]
        expect(page.locator(".tkx-written")).to_have_text("Your order: [2, 4]")

    def test_the_keyboard_stays_at_the_line_that_moved(self, page):
        for number in (1, 2):
            press(page, f"Use line {number}")
        page.get_by_role("button", name="Move up line 2").focus()
        page.keyboard.press("Enter")

        assert focused(page)["words"].startswith("Move up line 2:")
        assert program(page) == [2, 1]

    def test_after_it_is_taken_out_it_can_be_put_back(self, page):
        press(page, "Use line 3")
        page.get_by_role("button", name="Out with line 3").focus()
        page.keyboard.press("ArrowLeft")

        assert focused(page)["words"].startswith("Use line 3:")
        page.keyboard.press("ArrowRight")
        assert program(page) == [3]

    def test_each_move_is_told(self, page):
        status = page.get_by_role("status")
        press(page, "Use line 1")
        expect(status).to_contain_text("Line 1 is now 1 of 1: ")
        press(page, "Use line 4")
        expect(status).to_contain_text("Line 4 is now 2 of 2: ")
        press(page, "Move down line 4")
        expect(status).to_have_text("Line 4 cannot go further.")
        press(page, "Out with line 1")
        expect(status).to_contain_text("Line 1 is taken out: ")

    def test_buttons_have_names_with_the_line(self, page):
        press(page, "Use line 1")
        names = page.locator(".tkx-lines button").evaluate_all(
            "all => all.map(one => one.getAttribute('aria-label'))"
        )

        assert len(names) == len(set(names)) == 6
        text = page.locator("ol.tkx-lines code").inner_text()
        assert all(text in name for name in names if "line 1" in name)

    def test_a_pointer_is_enough_too(self, page):
        for name in ("Use line 1", "Use line 2", "Move up line 2", "Out with line 1"):
            press(page, name)

        assert program(page) == [2]

    def test_it_follows_the_theme_of_the_system(self, page):
        check_theme(page, COLOURS)

    def test_letters_are_kept_from_the_notebook_around(self, page):
        page.evaluate(
            """() => {
              window.heard = [];
              const hear = (event) => window.heard.push(event.key);
              document.addEventListener('keydown', hear);
            }"""
        )
        page.get_by_role("button", name="Use line 1").focus()
        for key in ("d", "d", "ArrowRight", "Escape"):
            page.keyboard.press(key)

        assert page.evaluate("window.heard") == ["Escape"]

    def test_a_narrow_screen_shows_all_of_it(self, opened):
        page = opened(page_of("order"), viewport={"width": 340, "height": 800})
        press(page, "Use line 1")

        assert page.evaluate(
            "document.documentElement.scrollWidth <= window.innerWidth"
        )


class TestPredictions:
    @pytest.fixture
    def page(self, opened):
        return opened(page_of("predict"))

    def test_fields_have_the_questions_as_names(self, page):
        page.get_by_label("How many parameters?").fill("15")
        page.get_by_label("Which shape has Dense(3)(x)").fill("(None, 3)")
        page.get_by_role("radio", name="keep <b>").check()
        page.get_by_role("checkbox", name="Dense").check()

        does = page.get_by_role("group", name="What does it do?")
        expect(does.get_by_role("radio")).to_have_count(2)
        expect(page.get_by_role("radio", name="mix")).not_to_be_checked()

    def test_a_choice_can_be_made_by_keyboard(self, page):
        page.get_by_role("radio", name="mix").focus()
        page.keyboard.press("ArrowDown")

        expect(page.get_by_role("radio", name="keep <b>")).to_be_checked()

    def test_what_was_answered_before_is_there(self, opened):
        page = opened(page_of("predict", ("check",)))

        expect(page.get_by_label("How many parameters?")).to_have_value("3")


ALL = [
    ("order", ()),
    ("order", ("check", "hint", "solution")),
    ("predict", ()),
    ("predict", ("check", "hint")),
    ("build", ()),
    ("build", ("check", "hint", "solution")),
    ("function", ("solution",)),
]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("kind", "pressed"), ALL)
def test_nobody_is_shut_out(opened, kind, pressed, scheme):
    page = opened(page_of(kind, pressed), scheme)
    page.locator(".tkx-title").wait_for()

    assert violations(page) == []
    assert page.said == []
    assert all(url.startswith(("file:", "blob:")) for url in page.asked)


def test_without_a_kernel_it_is_told_how_to_go_on(opened):
    page = opened(page_of("build"))

    expect(page.get_by_role("button", name="Check")).to_have_count(0)
    expect(page.locator(".tkx-without")).to_contain_text(".check()")


def test_without_scripts_nothing_is_lost_but_the_buttons(opened):
    page = opened(page_of("build"), java_script_enabled=False)

    expect(page.locator("noscript .tk-exercise p strong")).to_be_visible()
    expect(page.locator("noscript .tk-exercise svg")).to_be_visible()
