"""Each link leads somewhere; those that leave the machine stand on a short list."""

from __future__ import annotations

import pytest

from tests.lessons.learner import write_folder
from tests.prose.links import is_dead, is_remote, links, notebook_text
from tests.prose.texts import NOTEBOOKS, PAGES, ROOT, markdown

REMOTE = {
    "https://keepachangelog.com/en/1.1.0/",
    "https://semver.org/spec/v2.0.0.html",
}
"""Where texts may lead beyond the machine. Nothing is fetched, so look at a new one."""

PROJECT = [ROOT / page for page in (*PAGES, "docs/verified.md")]
LESSONS = sorted(path.name for path in NOTEBOOKS.glob("*.ipynb"))
QUESTIONS = sorted((NOTEBOOKS / "questions").glob("*.toml"))


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """The folder of a learner."""
    return write_folder(tmp_path_factory.mktemp("learner"))


def faults(text, page):
    """Return the links of a text that stands on a page which lead nowhere."""
    return [
        link
        for link in links(text)
        if (link not in REMOTE if is_remote(link) else is_dead(link, page))
    ]


@pytest.mark.parametrize("page", PROJECT, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_of_the_project(page):
    assert faults(page.read_text(encoding="utf-8"), page) == []


@pytest.mark.parametrize("lesson", LESSONS)
def test_links_of_a_lesson_in_the_folder_of_a_learner(folder, lesson):
    assert faults(notebook_text(folder / lesson), folder / lesson) == []


@pytest.mark.parametrize("path", QUESTIONS, ids=lambda path: path.stem)
def test_links_of_questions_in_the_folder_of_a_learner(folder, path):
    lesson = folder / f"{path.stem}.ipynb"
    assert [fault for text in markdown(path) for fault in faults(text, lesson)] == []


def test_links_of_exercises_in_the_folder_of_a_learner(folder):
    notebooks = sorted(folder.glob("exercises/*/*.ipynb"))
    assert notebooks
    found = {page.name: faults(notebook_text(page), page) for page in notebooks}
    assert {name: dead for name, dead in found.items() if dead} == {}


def test_remote_links_of_the_list_are_in_use():
    texts = [page.read_text(encoding="utf-8") for page in PROJECT]
    texts += [notebook_text(NOTEBOOKS / lesson) for lesson in LESSONS]
    texts += [text for path in QUESTIONS for text in markdown(path)]
    assert {link for text in texts for link in links(text)} >= REMOTE


DEAD = {
    "no file": "[lesson 99](99_nothing.ipynb)",
    "no rule": "[rule 9](rules.html#rule-9)",
    "no heading": "[below](#Nowhere)",
    "no picture": "![a graph](graph.png)",
    "in HTML": "<details><summary>More</summary><a href='more.html'>here</a></details>",
    "in a table": "| a |\n|---|\n| [x](x.html) |",
    "on the machine of the author": "[x](/home)",
    "remote": "[x](https://example.org)",
    "remote without a scheme": "[x](//example.org/x)",
}
LIVING = "[1](01_layers_are_functions.ipynb) [5](rules.html#rule-5) `[x](y)` [b](#A-b)"


@pytest.mark.parametrize("text", DEAD.values(), ids=DEAD)
def test_a_dead_link_is_found(folder, text):
    assert len(faults(text, folder / LESSONS[0])) == 1


def test_a_living_link_is_none(folder):
    page = folder / "page.md"
    page.write_text(f"## A b\n\n{LIVING.replace('#A-b', '#a-b')}\n", encoding="utf-8")
    assert faults(page.read_text(encoding="utf-8"), page) == []
