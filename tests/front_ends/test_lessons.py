"""Each lesson in JupyterLab as a learner has it: run whole, and answered wrongly."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from pathlib import Path

import nbformat
import pytest
from playwright.sync_api import expect

from teachkit.question_format import load_questions
from tests.front_ends.notebooks import JupyterLab
from tests.front_ends.recording import OpenNotebook
from tests.lessons.learner import write_folder

LESSONS = sorted((Path(__file__).parents[2] / "notebooks").glob("[0-9][0-9]_*.ipynb"))
QUESTIONS = {one.name: one.questions for one in load_questions()}

VIEWS = {
    "ask": ".tkq",
    "compare": ".tkw, .tk-compare",
    "explain": ".tk-explain",
    "show": ".tkw svg",
    "trace": ".tkw svg",
}
"""What is seen below a cell that ends with a call of ours, by the name of the call."""

RED = """() => jupyterapp.shell.currentWidget.content.model.sharedModel.cells
  .flatMap(cell => cell.toJSON().outputs ?? [])
  .filter(output => output.name === 'stderr').map(output => String(output.text))"""


@dataclass(frozen=True)
class Lesson:
    """A lesson that was opened and run.

    Attributes:
        opened: its page.
        cells: its cells, as they are in the file.
        questions: what it asks before it computes the answer.
    """

    opened: OpenNotebook
    cells: list
    questions: list

    @property
    def page(self):
        return self.opened.page


@pytest.fixture(scope="module")
def folder(jupyter_server):
    """The folder of a learner, shown by JupyterLab."""
    return write_folder(jupyter_server.work / "course")


@pytest.fixture(scope="module", params=LESSONS, ids=lambda path: path.stem)
def lesson(request, folder, browser, jupyter_server):
    """Each lesson in turn, opened and run once for all tests."""
    path = folder / request.param.name
    cells = nbformat.read(path, as_version=4).cells
    asked = [one for one in QUESTIONS.get(path.stem, ()) if one.kind == "prediction"]
    with JupyterLab(jupyter_server, browser).opened_file(path, len(cells)) as opened:
        yield Lesson(opened, cells, asked)


def view_of(source):
    """Return what is to be seen of the call of ours in the last line; empty if none."""
    last = ast.parse(source).body[-1:]
    match last:
        case [ast.Expr(ast.Call(func=ast.Attribute(value=ast.Name("tk"), attr=name)))]:
            return VIEWS.get(name, "")
    return ""


def said(part):
    """Return what one reads, on one line."""
    return " ".join(part.inner_text().split())


def answer_by_keyboard(form, question, wrong):
    """Commit a wrong answer without a mouse; return it as the learner reads it."""
    page = form.page
    if question.entry == "number":
        form.get_by_role("textbox").focus()
        page.keyboard.type(str(wrong.value))
        page.keyboard.press("Enter")
        return str(wrong.value)
    radios = form.get_by_role("radio")
    radios.first.focus()
    page.keyboard.press("Space")
    place = question.options.index(wrong)
    for _ in range(place):
        page.keyboard.press("ArrowDown")
    expect(radios.nth(place)).to_be_checked()
    page.keyboard.press("Enter")
    return said(form.locator("label").nth(place).locator("span").last)


def test_no_cell_fails_and_none_is_red(lesson):
    assert lesson.opened.faults == []
    assert lesson.page.evaluate(RED) == []


def test_each_view_is_there(lesson):
    cells = lesson.page.locator(".jp-Notebook .jp-Cell")
    expect(cells).to_have_count(len(lesson.cells))
    code = [one for one in enumerate(lesson.cells) if one[1].cell_type == "code"]
    expected = {place: view_of(cell.source) for place, cell in code}
    assert any(expected.values())
    for place, view in expected.items():
        if view:
            output = cells.nth(place).locator(".jp-OutputArea-output")
            expect(output.locator(view).first).to_be_attached()


def test_wrong_predictions_stand_beside_the_results(lesson):
    cells = lesson.page.locator(".jp-Notebook .jp-Cell")
    for question in lesson.questions:
        both = lesson.page.locator(f".tkq[aria-label$='({question.id})']")
        expect(both).to_have_count(2)
        form, reveal = both.first, both.last
        expect(reveal.locator(".tkq-locked")).to_be_visible()
        assert reveal.locator(".tkq-both").count() == 0

        wrong = next(one for one in question.options if one is not question.answer)
        answer = answer_by_keyboard(form, question, wrong)

        expect(reveal.locator(".tkq-locked")).to_be_hidden()
        own, found = reveal.locator(".tkq-both dd").all()
        assert said(own) == answer, question.id
        assert said(found), question.id
        why = reveal.locator(".tkq-why:not(.tkq-right)").first
        expect(why).to_be_visible()
        expect(reveal.locator(".tkq-right")).to_be_visible()
    expect(cells).to_have_count(len(lesson.cells))


def test_nothing_was_wrong_and_nothing_left_this_machine(lesson):
    assert lesson.opened.faults == []
    assert lesson.opened.outside == []


def test_which_view_is_expected():
    assert view_of("x = 1\ntk.show(model, direction='LR')") == ".tkw svg"
    assert view_of("tk.show(model)\nprint('seen')") == ""
    assert view_of("print(tk.show(model).text)") == ""
    assert view_of("tk.read(model)") == ""
    assert view_of("# nothing") == ""


def test_what_is_red_is_found(browser, jupyter_server):
    red = "import sys\nprint('careful', file=sys.stderr)"
    with JupyterLab(jupyter_server, browser).opened(["1 / 0", red]) as notebook:
        assert "ZeroDivisionError" in "".join(notebook.faults)
        assert notebook.page.evaluate(RED) == []
    with JupyterLab(jupyter_server, browser).opened([red]) as notebook:
        assert notebook.page.evaluate(RED) == ["careful\n"]
