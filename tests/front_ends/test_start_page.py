"""What a learner sees first: the start page, as `teachkit lab` opens it."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.front_ends.notebooks import PATIENCE, WIDE
from tests.front_ends.recording import recorded
from tests.front_ends.servers import JUPYTER_FOLDERS
from tests.lessons.learner import write_folder
from tests.lessons.running_lab import running_lab
from tests.ui.axe import violations


@pytest.fixture(scope="module")
def opened(browser, tmp_path_factory):
    """Open the address that is told, and see that nothing was wrong at the end."""
    private = tmp_path_factory.mktemp("jupyter")
    places = {name: str(private / place) for name, place in JUPYTER_FOLDERS.items()}
    course = write_folder(tmp_path_factory.mktemp("course"))
    with running_lab(course, places) as lab:
        size = {"width": WIDE[0], "height": WIDE[1]}
        context = browser.new_context(viewport=size)
        context.set_default_timeout(PATIENCE)
        notebook = recorded(context, ())
        notebook.page.goto(lab.address)
        yield notebook
        context.close()
    assert notebook.faults == []
    assert notebook.outside == []


def test_it_opens_first(opened):
    expect(opened.page.locator("h1", has_text="Start here")).to_be_visible(
        timeout=PATIENCE
    )


def test_progress_is_shown_with_its_style_before_any_cell_is_run(opened):
    table = opened.page.locator(".tk-progress")
    hidden = table.locator(".aloud").first

    expect(table.locator(".head")).to_contain_text("exercises solved")
    assert hidden.evaluate("e => e.getBoundingClientRect().width") == 1
    assert violations(opened.page, ".tk-progress") == []


def test_names_open_lessons_exercises_and_the_card(opened):
    page = opened.page
    for name, file in (
        ("the eight rules", "rules.html"),
        ("Complete the four steps", "four-steps.ipynb"),
        ("Lesson 1 · Layers are functions", "01_layers_are_functions.ipynb"),
    ):
        page.get_by_role("tab", name="00_start_here.ipynb").click()
        page.get_by_role("link", name=name, exact=True).click()
        current = page.locator("#jp-main-dock-panel .lm-TabBar-tab.jp-mod-current")
        expect(current).to_contain_text(file, timeout=PATIENCE)
    card = page.frame_locator("iframe").first
    assert card.locator("#rule-8").count() == 1
