"""From the parts of an answer's file to a report, without a process of its own."""

from __future__ import annotations

import inspect

import pytest

from teachkit.grading.answers.answer_files import AnswerFile, Part
from teachkit.grading.process.file_answering import Answering
from teachkit.grading.process.limits import Limits
from tests.grading.subjects import exercise

START = "# %% start\ninputs = Input((4,))\nmodel = ____\n"
CRITERIA = "inputs = {x = [4]}\noutputs = {y = [1]}"
RIGHT = "inputs = Input((4,))\nmodel = Model(inputs, Dense(1)(inputs))\n"


def report(*codes, notebook=True, asks='"model"', use=""):
    """Return the report on an answer of these parts."""
    names = [f"cell {number} of a.ipynb" for number in range(1, len(codes) + 1)]
    parts = tuple(Part(*pair) for pair in zip(names, codes, strict=True))
    if not notebook:
        parts = (Part("a.py", codes[0]),)
    answering = Answering(
        exercise(CRITERIA, START + use, asks), AnswerFile("", parts, notebook)
    )
    return answering.run() or answering.judged()


def script(code, **options):
    return report(code, notebook=False, **options)


@pytest.mark.parametrize(
    ("code", "criterion", "words"),
    [
        ("x = Dense(3)(4\n", "runs", ["line 1", "never closed"]),
        ("raise EOFError", "runs", ["line 1", "typed"]),
        ("import sys\nsys.exit()\n" + RIGHT, "runs", ["line 2", "leaves Python"]),
        ("raise KeyboardInterrupt", "runs", ["line 1", "interrupted"]),
        (RIGHT + "1 / 0", "runs", ["line 3", "ZeroDivisionError"]),
        ("model = None", "defined", ["`model` is None"]),
        ("net = 3", "defined", ["no `model`"]),
        ("model = Dense(4)", "model", ["`model`", "Dense"]),
        ("model = [1]", "model", ["`model`", "list"]),
        ("model = Input((4,))", "model", ["`model`", "tensor"]),
        ("def model():\n    return 3", "model", ["function", "call it"]),
        ("model = Sequential([Dense(4)])", "model", ["Sequential", "no input yet"]),
    ],
)
def test_what_is_no_model_fails_with_a_sentence(code, criterion, words):
    found = script(code)
    assert found.status == "failed"
    assert found.first.criterion == criterion
    for word in words:
        assert word in found.message.text


@pytest.mark.parametrize(
    "end",
    [
        "raise SystemExit(1)",
        "import nothing_of_this_name",
        "raise EOFError",
        "open('gone.csv')",
    ],
)
def test_a_right_answer_may_do_more_than_it_can_do_here(end):
    assert script(RIGHT + end).status == "passed"


def test_what_was_given_is_not_an_attempt():
    start = "import keras\nfrom keras import Input\ninputs = Input((4,))\nmodel = ____"
    assert script(start).status == "not_attempted"
    checks = "import teachkit as tk\nmine = tk.exercise('tiny')\nmine.check()"
    assert report(start, checks).status == "not_attempted"
    assert report("import teachkit as tk", checks).status == "not_attempted"
    assert report().status == "not_attempted"


def test_a_cell_that_stops_does_not_stop_the_next():
    found = report("1 / 0", RIGHT)
    assert found.status == "passed"
    assert "cell 1 of a.ipynb" in " ".join(found.advice)


def test_the_cell_that_should_have_made_what_is_asked_is_told():
    found = report("1 / 0", "x = 3\nmodel = Model(x)")
    assert found.first.criterion == "runs"
    assert "line 2 of cell 2 of a.ipynb" in found.message.text


def test_the_cell_that_should_have_made_a_name_that_lacks_is_told():
    found = report("1 / 0", "inputs = Input(4)", "model = Model(inputs, inputs)")
    assert "line 1 of cell 2" in found.message.text


def test_an_error_inside_a_function_that_is_used_tells_its_line():
    use = "# %% use\nmodel = Model(given := Input((4,)), block(given))\n"
    code = "def block(x):\n    return Add()(x, x)\n"
    found = report("x = 1", code, asks='"block"', use=use)
    assert "line 2 of cell 2" in found.message.text
    assert "one list" in found.message.text


def test_the_line_that_runs_when_the_time_is_over_is_told():
    code = "import inspect\n\nframe = inspect.currentframe()\nline = 4\n"
    answering = Answering(exercise(CRITERIA), AnswerFile("", (Part("a.py", code),)))
    answering.run()
    found = answering.too_long(answering.names["frame"], Limits(seconds=3))
    assert "after 3 seconds" in found.message.text
    assert "line 4" in found.message.text
    assert answering.too_long(inspect.currentframe(), Limits()) is None
