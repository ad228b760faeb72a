"""Lines to be put in order: how they are shown, and what is said of an order."""

from __future__ import annotations

import pytest

from teachkit.errors import WrongValueError
from teachkit.exercise_format import find_exercise, parse_exercise
from teachkit.grading.answers.answering import report_on_code, report_on_names
from teachkit.grading.student_code.parsons import Block, blocks_of, code_of
from teachkit.grading.student_code.running_code import fresh_names

_CHAIN = find_exercise("X02")
_RIGHT = tuple(
    next(one.number for one in blocks_of(_CHAIN) if one.text == line)
    for line in _CHAIN.code("solution").strip().splitlines()
)


def number(text):
    return next(one.number for one in blocks_of(_CHAIN) if text in one.text)


def checked(answer):
    code = answer if isinstance(answer, str) else f"order = {list(answer)}"
    return report_on_code(_CHAIN, code, fresh_names(_CHAIN))


def test_lines_and_those_that_do_not_belong_are_numbered_together():
    blocks = blocks_of(_CHAIN)
    assert [one.number for one in blocks] == list(range(1, 9))
    assert "model = Sequential(inputs, outputs)" in [one.text for one in blocks]
    assert set(Block.__dataclass_fields__) == {"number", "text"}


def test_the_lines_are_not_shown_in_the_order_of_the_solution():
    assert list(_RIGHT) != sorted(_RIGHT)
    assert blocks_of(_CHAIN) == blocks_of(_CHAIN)


def test_the_start_of_the_exercise_has_the_lines_as_they_are_shown():
    shown = [f"# {one.number}  {one.text}" for one in blocks_of(_CHAIN)]
    assert _CHAIN.code("start").splitlines()[:8] == shown


def test_an_order_is_code():
    assert code_of(_CHAIN, _RIGHT) == _CHAIN.code("solution")


@pytest.mark.parametrize("order", [[0], [9], [-1], ["x"], [None], [1.5], [[1]], [1, 1]])
def test_an_order_of_other_numbers_is_refused(order):
    with pytest.raises(WrongValueError):
        code_of(_CHAIN, order)
    report = checked(order)
    assert (report.status, report.first.criterion) == ("failed", "order")


@pytest.mark.parametrize(
    "answer",
    [
        f"order = {list(_RIGHT)}",
        f"answer = {_RIGHT}",
        f"{list(_RIGHT)}",
        f"order = '{' '.join(map(str, _RIGHT))}'",
        _CHAIN.code("solution"),
        "import keras\n" + _CHAIN.code("solution").replace('"', "'"),
    ],
)
def test_the_right_order_is_right_however_it_is_given(answer):
    assert checked(answer).status == "passed"


@pytest.mark.parametrize("name", ["order", "answer"])
def test_an_order_among_names_is_judged(name):
    names = fresh_names(_CHAIN)
    assert report_on_names(_CHAIN, {**names, name: list(_RIGHT)}).status == "passed"
    turned = report_on_names(_CHAIN, {**names, name: list(_RIGHT[::-1])})
    assert turned.first.criterion == "order"


@pytest.mark.parametrize("answer", ["", "order = []", "order = [____]"])
def test_no_order_is_no_attempt_or_has_no_model(answer):
    report = checked(answer)
    assert (
        report.status == "not_attempted" or "none makes `model`" in report.message.see
    )


def test_the_first_line_that_is_too_early_is_told():
    *first, outputs, model = _RIGHT
    report = checked([*first, model, outputs])
    assert report.first.criterion == "order"
    assert report.first.misconception == "M31"
    assert report.message.see == ("Line 4 uses `outputs`, which no line above defines.")
    assert "Line 5 makes it" in report.message.so


def test_a_line_that_is_missing_altogether_is_told_by_what_it_would_make():
    report = checked(_RIGHT[1:])
    assert report.message.see == "Line 1 uses `inputs`, which no line above defines."
    assert "too late" not in report.message.so
    assert "None of your 4 lines makes `model`" in checked(_RIGHT[:-1]).message.see


def test_a_line_that_does_not_belong_hears_its_own_message():
    inputs, _, second, outputs, model = _RIGHT
    uncalled = next(
        one.number for one in blocks_of(_CHAIN) if one.text.endswith('"relu")')
    )
    report = checked([inputs, uncalled, second, outputs, model])
    assert (report.first.criterion, report.first.misconception) == ("distractor", "M01")
    assert report.message.see.startswith("Line 2 is `x = Dense(64")
    assert "box" in report.message.so


def test_a_line_too_many_is_told_though_the_model_would_be_right():
    inputs, *rest = _RIGHT
    extra = number('Dense(32, activation="relu")(inputs)')
    report = checked([inputs, extra, *rest])
    assert (report.status, report.first.criterion) == ("failed", "distractor")


def test_a_line_is_missing_and_the_rest_runs():
    inputs, first, _, outputs, model = _RIGHT
    report = checked([inputs, first, outputs, model])
    assert report.first.criterion == "equivalent"
    assert "32 → 64 → 1" in report.message.text


def test_lines_of_ones_own_are_judged_by_what_they_come_to():
    code = _CHAIN.code("solution").replace("x", "h").replace("h =", "h =")
    assert checked(code.replace("hmodel", "model")).status == "passed"
    turned = code.replace("64", "?").replace("32, a", "64, a").replace("?", "32")
    report = checked(turned)
    assert report.first.criterion == "equivalent"
    assert "32 → 32 → 64 → 1" in report.message.text


def test_names_that_come_from_elsewhere_are_no_offence():
    code = "from math import *\nwidth = floor(64.5)\n" + _CHAIN.code("solution")
    assert checked(code.replace("64,", "width,")).status == "passed"


@pytest.mark.parametrize("answer", ["order = [4,", "model = ((", "raise SystemExit"])
def test_broken_lines_get_a_report(answer):
    assert checked(answer).status == "failed"


def test_names_in_functions_and_loops_are_known_when_they_are_needed():
    exercise = parse_exercise(
        """# /// exercise
# id = "lines"
# title = "Lines"
# level = 1
# type = "parsons"
# hints = ["Begin."]
# [criteria]
# order = true
# ///
# %% [markdown] prompt
# Order them.
# %% solution
def block(t):
    return Dense(units)(t)
units = 4
x = inputs = Input((4,))
for _ in range(2):
    x = block(x)
model = Model(inputs, [x for x in [x]])
"""
    )
    code = exercise.code("solution")
    assert report_on_code(exercise, code, fresh_names(exercise)).status == "passed"
    assert len(blocks_of(exercise)) == 5
