"""Lessons ask what stands in their files of questions; the next cell reveals it."""

from __future__ import annotations

import ast
import copy
from collections import Counter
from dataclasses import dataclass

import nbformat
import pytest

from notebooks.build import NOTEBOOKS
from teachkit.question_format import load_questions

LESSONS = {path.stem: path for path in sorted(NOTEBOOKS.glob("*.ipynb"))}
QUESTIONS = {one.name: one.questions for one in load_questions()}

EXACTLY = {"recall": 2, "questionnaire": 5}
AT_LEAST = {"prediction": 1, "decide": 1, "explain": 1}
"""How many questions of a kind a lesson has."""


@dataclass(frozen=True)
class Call:
    """A call of `tk.ask` in a lesson.

    Attributes:
        cell: its cell of code, counted from 0.
        id: of the question.
        reveals: whether it has a result.
        fault: what is not as it should be in its cell.
    """

    cell: int
    id: str
    reveals: bool
    fault: str = ""


def calls(notebook) -> list[Call]:
    """Return the calls of `tk.ask` in their order."""
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    return [
        call
        for place, cell in enumerate(code)
        if "tk.ask" in cell.source
        for call in calls_in(place, cell)
    ]


def calls_in(place, cell):
    """Yield the calls of `tk.ask` in a cell of code."""
    body = ast.parse(cell.source).body
    for node in ast.walk(ast.Module(body, [])):
        match node:
            case ast.Call(func=ast.Attribute(ast.Name("tk"), "ask"), args=[name]):
                reveals = any(one.arg == "result" for one in node.keywords)
                fault = fault_of_cell(node, body, cell, reveals)
                yield Call(place, ast.literal_eval(name), reveals, fault)


def fault_of_cell(node, body, cell, reveals):
    """Return what is not as it should be in the cell of a call; empty if all is."""
    if not isinstance(body[-1], ast.Expr) or body[-1].value is not node:
        return "is not the last line of its cell"
    if not reveals and len(body) > 1:
        return "is not alone in its cell"
    if [output.output_type for output in cell.outputs] != ["execute_result"]:
        return "has other outputs in its cell"
    return ""


def faults(notebook, questions) -> list[str]:
    """Tell which questions are not asked and revealed as they should be."""
    found = [f"{call.id} {call.fault}" for call in calls(notebook) if call.fault]
    asked = [call for call in calls(notebook) if not call.reveals]
    told, written = [call.id for call in asked], [one.id for one in questions]
    if told != written:
        odd = (Counter(told) - Counter(written)) + (Counter(written) - Counter(told))
        moved = [one for one, other in zip(told, written, strict=False) if one != other]
        found.append(f"asked not once {sorted(odd)}, or in another order {moved[:1]}")
    for one in questions:
        at = [call.cell for call in asked if call.id == one.id]
        shown = [c.cell for c in calls(notebook) if c.reveals and c.id == one.id]
        if at and shown != ([at[0] + 1] if one.computed else []):
            found.append(f"{one.id} is not revealed once, in the next cell of code")
    return found


@pytest.fixture(params=LESSONS)
def name(request):
    return request.param


@pytest.fixture
def notebook(name):
    return nbformat.read(LESSONS[name], as_version=4)


def test_every_lesson_has_questions_and_every_file_of_questions_a_lesson():
    assert list(QUESTIONS) == list(LESSONS)


def test_each_question_is_asked_once_and_revealed_in_the_next_cell(name, notebook):
    assert faults(notebook, QUESTIONS[name]) == []


def test_a_lesson_has_questions_of_all_kinds(name):
    count = Counter(one.kind for one in QUESTIONS[name])
    assert {kind: count[kind] for kind in EXACTLY} == EXACTLY
    assert [kind for kind, least in AT_LEAST.items() if count[kind] < least] == []


def test_each_prediction_is_computed(name):
    predictions = [one for one in QUESTIONS[name] if one.kind == "prediction"]
    assert [one.id for one in predictions if not one.computed] == []


def test_the_questionnaire_stands_under_its_heading(name, notebook):
    wanted = [one.id for one in QUESTIONS[name] if one.kind == "questionnaire"]
    heads = [cell.source.strip().splitlines()[:1] for cell in notebook.cells]
    start = next(
        place
        for place, head in enumerate(heads)
        if head and head[0].startswith("## ") and head[0].endswith(" · Five questions")
    )
    rest = copy.deepcopy(notebook)
    del rest.cells[:start]
    assert [call.id for call in calls(rest)] == wanted


def test_ids_are_unique_over_all_lessons():
    count = Counter(one.id for questions in QUESTIONS.values() for one in questions)
    assert [name for name, times in count.items() if times > 1] == []


class TestTheTestsCanFail:
    """Each fault that is looked for, put into a good lesson."""

    @pytest.fixture
    def spoiled(self):
        """A small lesson with two questions, the second one computed."""
        two = [one for one in QUESTIONS["01_layers_are_functions"] if one.options]
        plain = next(one for one in two if not one.computed)
        computed = next(one for one in two if one.computed)
        sources = [
            f'tk.ask("{plain.id}")',
            f'tk.ask("{computed.id}")',
            f'x = 1\ntk.ask("{computed.id}", result=x)',
        ]
        result = nbformat.v4.new_output("execute_result", {"text/plain": "Question"})
        cells = [
            nbformat.v4.new_code_cell(source, outputs=[copy.deepcopy(result)])
            for source in sources
        ]
        return nbformat.v4.new_notebook(cells=cells), [plain, computed]

    def test_the_small_lesson_is_good(self, spoiled):
        assert faults(*spoiled) == []

    @pytest.mark.parametrize(
        ("spoil", "fault"),
        [
            (lambda cells: cells.pop(0), "asked not once"),
            (lambda cells: cells.append(copy.deepcopy(cells[0])), "asked not once"),
            (lambda cells: cells.append(cells.pop(0)), "in another order"),
            (lambda cells: cells.pop(2), "not revealed once"),
            (lambda cells: cells.append(copy.deepcopy(cells[2])), "not revealed once"),
            (lambda cells: cells.insert(2, code("y = 2")), "in the next cell"),
            (lambda cells: cells[0].update(source="1\n" + cells[0].source), "alone"),
            (
                lambda cells: cells[2].update(source=cells[2].source + "\n1"),
                "last line",
            ),
            (lambda cells: cells[2].outputs.insert(0, printed()), "other outputs"),
        ],
        ids=[
            *("not asked", "asked twice", "order", "not revealed", "revealed twice"),
            *("revealed late", "not alone", "not last", "prints"),
        ],
    )
    def test_a_fault_is_found(self, spoiled, spoil, fault):
        notebook, questions = spoiled
        spoil(notebook.cells)
        assert fault in "\n".join(faults(notebook, questions))


def code(source):
    return nbformat.v4.new_code_cell(source)


def printed():
    return nbformat.v4.new_output("stream", name="stdout", text="42")
