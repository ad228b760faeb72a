"""A question in a real browser: an answer first, by keyboard too, then what is so."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from teachkit.practice.asking import Asking
from teachkit.practice.progress_file import Progress
from teachkit.views.question import QuestionSheet, RevealSheet
from teachkit.views.widget.standalone import page as page_with
from tests.questions import question
from tests.ui.axe import violations
from tests.ui.looking import check_theme

COLOURS = """() => {
  const style = (selector) => getComputedStyle(document.querySelector(selector));
  return [style('.tkq').color, style('.tkq').backgroundColor];
}"""


@pytest.fixture
def page(opened, tmp_path):
    """Open a page with a prediction, its reveal, a number and a sentence."""
    progress = Progress(tmp_path / "progress.json", pytest.fail)
    asked = {
        name: Asking(question(name), lambda: progress)
        for name in ("same-seed", "how-many", "why")
    }
    first = asked["same-seed"]
    sheets = [
        QuestionSheet(first),
        RevealSheet(first, first.outcome("exactly", "difference: 0.0")),
        QuestionSheet(asked["how-many"]),
        QuestionSheet(asked["why"]),
    ]
    text = page_with("Questions", [one.widget.live() for one in sheets])
    return lambda scheme="light", **options: opened(text, scheme, **options)


def part(page, name):
    return page.get_by_role("group", name=name, exact=True)


def asks(page):
    return part(page, "Predict (same-seed)")


def result(page):
    return part(page, "Predict: the result (same-seed)")


def commit(page, option):
    asks(page).get_by_role("radio", name=option).check()
    asks(page).get_by_role("button", name="Commit").click()


def test_the_result_waits_for_an_answer(page):
    shown = page()
    expect(result(shown)).to_contain_text("as soon as you have committed")
    expect(result(shown)).not_to_contain_text("difference: 0.0")
    asks(shown).get_by_role("button", name="Commit").click()
    expect(asks(shown).get_by_role("status")).to_contain_text("Choose one")
    expect(result(shown)).not_to_contain_text("difference: 0.0")


def test_an_answer_that_misses_stands_beside_what_was_computed(page):
    shown = page()
    commit(shown, "not equal")
    both = result(shown).locator("dl > div")
    expect(both).to_have_text(["You saidnot equal", "Computedexactly equal"])
    expect(result(shown)).to_contain_text("difference: 0.0")
    whys = result(shown).locator(".tkq-why:visible")
    expect(whys).to_have_count(2)
    expect(result(shown)).to_contain_text("what made the difference")
    result(shown).get_by_text("The other options").click()
    expect(whys).to_have_count(3)


def test_an_answer_that_hits_is_not_asked_what_made_the_difference(page):
    shown = page()
    commit(shown, "exactly equal")
    expect(result(shown).locator(".tkq-why:visible")).to_have_count(1)
    expect(result(shown)).not_to_contain_text("what made the difference")


def test_no_idea_is_an_answer(page):
    shown = page()
    asks(shown).get_by_role("button", name="No idea yet").click()
    expect(result(shown).locator("dl")).to_contain_text("no idea yet")
    expect(result(shown)).to_contain_text("draws the same numbers")


def test_a_committed_answer_stays_until_one_answers_again(page):
    shown = page()
    commit(shown, "not equal")
    expect(asks(shown).get_by_role("radio", name="not equal")).to_be_disabled()
    asks(shown).get_by_role("button", name="Answer again").click()
    expect(result(shown)).to_contain_text("as soon as you have committed")
    commit(shown, "exactly equal")
    expect(result(shown).locator("dd").first).to_have_text("exactly equal")


def test_the_keyboard_is_enough(page):
    shown = page()
    result(shown).get_by_role("button", name="Go to the question").focus()
    shown.keyboard.press("Enter")
    expect(asks(shown).get_by_role("radio").first).to_be_focused()
    shown.keyboard.press("Space")
    shown.keyboard.press("ArrowDown")
    expect(asks(shown).get_by_role("radio").nth(1)).to_be_checked()
    shown.keyboard.press("Enter")
    expect(result(shown).locator("dd").first).to_have_text("nearly <i>equal</i>")
    expect(asks(shown).get_by_role("button", name="Answer again")).to_be_focused()


def test_numbers_are_read_as_people_write_them(page):
    shown = page()
    part_ = part(shown, "Question (how-many)")
    field = part_.get_by_label("Your number")
    field.fill("many")
    shown.keyboard.press("Enter")
    expect(part_.get_by_role("status")).to_contain_text("Write a number")
    field.fill("4e1")
    shown.keyboard.press("Enter")
    expect(part_).to_contain_text("The biases are missing.")
    part_.get_by_role("button", name="Answer again").click()
    field.fill("1,234")
    shown.keyboard.press("Enter")
    expect(part_).to_contain_text("Count weights and biases.")
    expect(part_.locator("dl > div")).to_have_text(["You said1,234", "Answer50"])


def test_a_sentence_stands_beside_a_possible_answer(page):
    shown = page()
    part_ = part(shown, "Explain (why)")
    part_.get_by_label("Your sentence").fill("<script>alert(1)</script>")
    part_.get_by_role("button", name="Commit").click()
    expect(part_.locator("dd").first).to_have_text("<script>alert(1)</script>")
    expect(part_).to_contain_text("It walks back")
    assert shown.said == []


def test_letters_are_kept_from_the_notebook_around(page):
    shown = page()
    shown.evaluate(
        """() => {
          window.heard = [];
          document.addEventListener('keydown', (event) => heard.push(event.key));
        }"""
    )
    part(shown, "Question (how-many)").get_by_label("Your number").focus()
    for key in ("d", "d", "1", "Escape"):
        shown.keyboard.press(key)
    assert shown.evaluate("window.heard") == ["Escape"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("done", [False, True])
def test_nobody_is_shut_out(page, scheme, done):
    shown = page(scheme)
    if done:
        commit(shown, "not equal")
        for name in ("Question (how-many)", "Explain (why)"):
            part(shown, name).get_by_role("button", name="No idea yet").click()
    assert violations(shown) == []
    assert shown.said == []
    assert all(url.startswith(("file:", "blob:")) for url in shown.asked)


def test_it_follows_the_theme_and_prints_light(page):
    check_theme(page(), COLOURS)


def test_a_narrow_screen_shows_all_of_it(page):
    shown = page(viewport={"width": 340, "height": 800})
    commit(shown, "not equal")
    assert shown.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_on_paper_a_result_that_waits_takes_no_room(page):
    shown = page()
    shown.emulate_media(media="print")
    expect(result(shown)).to_be_hidden()
    expect(asks(shown)).to_be_visible()
    shown.emulate_media(media="screen")
    commit(shown, "not equal")
    shown.emulate_media(media="print")
    expect(result(shown)).to_contain_text("difference: 0.0")
    expect(result(shown)).to_be_visible()
