"""Predictions: what is read as an answer, and what is said about it."""

from __future__ import annotations

import numpy as np
import pytest

from teachkit.exercise_format import find_exercise, parse_exercise
from teachkit.grading.answers.answering import report_on_code, report_on_names
from teachkit.grading.predictions.questions import judge_questions
from teachkit.grading.student_code.running_code import fresh_names

_HEAD = """\
# /// exercise
# id = "guess"
# title = "Guess"
# level = 1
# type = "predict"
# asks = "answer"
# hints = ["Begin."]
"""
_TAIL = """\
# ///
# %% [markdown] prompt
# Guess.
# %% solution
answer = 1
"""


def guess(*questions):
    """Return an exercise with questions, each given by the lines of its table."""
    tables = "".join(
        "# [[questions]]\n" + "".join(f"# {line}\n" for line in lines.splitlines())
        for lines in questions
    )
    return parse_exercise(_HEAD + tables + _TAIL)


_ANY = 'options = ["7777", "a", "yes", "no", "error"]'


def question(kind, answer, more=""):
    if kind.startswith("choice") and "options" not in more:
        more = f"{_ANY}\n{more}"
    return guess(
        f'id = "it"\ntext = "What?"\nkind = "{kind}"\nanswer = {answer}\n{more}'
    )


def verdict(exercise, answer):
    (outcome,) = judge_questions(exercise, {"answer": answer})
    return outcome


@pytest.mark.parametrize(
    "written",
    [
        4225,
        4225.0,
        "4225",
        "4,225",
        "4 225",
        "4_225",
        "4'225",
        np.int64(4225),
        [4225],
        {"it": 4225},
        {"it": "4,225 parameters"},
        np.array([4225]),
        (4225,),
    ],
)
def test_a_number_is_read_however_it_is_written(written):
    assert verdict(question("number", 4225), written).status == "passed"


@pytest.mark.parametrize("written", [422, "42,25", "4225 or 4226", "many", {}, True])
def test_another_number_is_not_right(written):
    assert verdict(question("number", 4225), written).status == "failed"


@pytest.mark.parametrize(
    "written",
    [
        (None, 10),
        (10,),
        [10],
        10,
        (-1, 10),
        "(None, 10)",
        "(10,)",
        "10",
        "[?, 10]",
        ("?", 10),
        "None, 10",
        "(batch, 10)",
        (None, np.int32(10)),
        [(None, 10)],
    ],
)
def test_the_batch_of_a_shape_may_be_left_out(written):
    assert verdict(question("shape", '"(None, 10)"'), written).status == "passed"


@pytest.mark.parametrize("written", [(10, None), (10, 10), (None, 10, 1), 11, "ten"])
def test_another_shape_is_not_right(written):
    assert verdict(question("shape", '"(None, 10)"'), written).status == "failed"


def test_an_open_axis_behind_the_batch_stays_in_a_shape():
    open_length = question("shape", '"(None, None, 16)"')
    assert verdict(open_length, (None, None, 16)).status == "passed"
    assert verdict(open_length, (None, 16)).status == "passed"
    assert verdict(open_length, (16,)).status == "failed"


@pytest.mark.parametrize("written", ["error", "an error", "Refuses", ValueError])
def test_that_it_refuses_is_an_answer_of_any_kind(written):
    for kind in ("number", "shape", "choice", "text"):
        assert verdict(question(kind, '"error"'), written).status == "passed"
        other = '"no"' if kind in {"choice", "text"} else "10"
        assert verdict(question(kind, other), written).status == "failed"


def test_a_tolerance_is_relative():
    close = question("number", 200, "tolerance = 0.01")
    assert verdict(close, 201.9).status == "passed"
    assert verdict(close, 203).status == "failed"


def test_a_choice_is_told_by_its_word_or_its_number():
    choice = question("choice", '"same_output"', 'options = ["other", "same_output"]')
    for written in ("same_output", "Same output", "same-output", 2, ["same_output"]):
        assert verdict(choice, written).status == "passed"
    for written in ("other", 1, 3, 0, "", None):
        assert verdict(choice, written).status == "failed"


def test_yes_is_true():
    for written in (True, "yes", "True", "y"):
        assert verdict(question("choice", '"yes"'), written).status == "passed"
    assert verdict(question("choice", '"yes"'), False).status == "failed"


@pytest.mark.parametrize(
    "written",
    [
        ["a", "b"],
        ("b", "a"),
        {"a", "b"},
        "a, b",
        "a and b",
        {"a": True, "b": True},
        {"a": True, "b": True, "c": False},
        [1, 2],
        np.array(["a", "b"]),
    ],
)
def test_choices_are_a_set(written):
    choices = question("choices", '["a", "b"]', 'options = ["a", "b", "c"]')
    assert verdict(choices, written).status == "passed"


def test_a_belief_hears_its_own_message():
    belief = '{value = 2048, message = "No bias.", misconception = "M01"}'
    outcome = verdict(question("number", 2112, f"wrong = [{belief}]"), "2,048")
    assert (outcome.message.so, outcome.misconception) == ("No bias.", "M01")
    assert "2,048" in outcome.message.see


def test_a_choice_too_many_and_one_too_few_hear_their_own_messages():
    wrong = '[{value = "c", message = "Not c."}, {value = "not a", message = "And a?"}]'
    choices = question(
        "choices", '["a", "b"]', f'options = ["a", "b", "c"]\nwrong = {wrong}'
    )
    assert verdict(choices, ["a", "b", "c"]).message.so == "Not c."
    assert verdict(choices, ["b"]).message.so == "And a?"


def test_a_choice_that_there_is_not_is_named():
    choices = question("choices", '["a"]', 'options = ["a", "b"]')
    message = verdict(choices, ["a", "resnet"]).message
    assert message.see == "For 'it' I see resnet."
    assert "a, b" in message.so


def test_thousands_may_be_set_apart_by_a_point():
    assert verdict(question("number", 4225), "4.225").status == "passed"
    assert verdict(question("number", 125), "0.125").status == "failed"


def test_an_unexpected_number_hears_in_which_direction_it_is_off():
    message = verdict(question("number", 2112), 5).message
    assert "larger" in message.so
    assert "2112" not in message.text.replace(",", "")


class Nasty:
    """Fails at whatever is asked of it."""

    def __getattribute__(self, name):
        raise RuntimeError(name)

    def __eq__(self, other):
        raise RuntimeError

    __hash__ = None

    def __repr__(self):
        raise RuntimeError

    def __bool__(self):
        raise RuntimeError

    def __iter__(self):
        raise RuntimeError


def _endless():
    value = []
    value.append(value)
    return value


_ODD = {
    "nasty": Nasty,
    "nasty class": lambda: Nasty,
    "object": object,
    "endless": _endless,
    "list of nasty": lambda: [Nasty()],
    "dict of nasty": lambda: {"it": Nasty()},
    "bytes": lambda: b"1",
    "function": lambda: print,
    "nan": lambda: float("nan"),
    "infinite": lambda: float("inf"),
    "huge": lambda: 10**400,
    "long number": lambda: "9" * 5000,
    "long text": lambda: "x" * 10**6,
    "long line of blanks": lambda: " " * 10**5 + "1 " * 10**4,
    "empty dict": dict,
    "empty list": list,
    "empty text": str,
    "empty set": set,
    "empty array": lambda: np.zeros((0,)),
    "large array": lambda: np.full(10**6, 7),
    "nothing in a list": lambda: [None],
    "nothing in a dict": lambda: {None: None},
    "complex": lambda: 1j,
    "iterator": lambda: iter([1]),
    "dots": lambda: ...,
}


@pytest.mark.parametrize("kind", ["number", "shape", "choice", "choices", "text"])
@pytest.mark.parametrize("odd", _ODD)
def test_whatever_is_written_there_is_a_report(kind, odd):
    asked = question(kind, '["a"]' if kind == "choices" else '"7777"')
    outcome = verdict(asked, _ODD[odd]())
    assert outcome.status == "failed"
    assert len(outcome.message.text) < 500


def _two(optional=""):
    return guess(
        'id = "shape_1"\ntext = "?"\nkind = "shape"\nanswer = "(None, 4)"',
        'id = "params_1"\ntext = "?"\nanswer = 8',
        'id = "shape_2"\ntext = "?"\nkind = "shape"\nanswer = "(None, 2)"',
        f'id = "params_2"\ntext = "?"\nanswer = 10\n{optional}',
    )


@pytest.mark.parametrize(
    "written",
    [
        {"shape_1": 4, "params_1": 8, "shape_2": 2, "params_2": 10},
        {"Shape 1": 4, "params-1": 8, "SHAPE_2": 2, "param 2": 10},
        [4, 8, 2, 10],
        [(None, 4), 8, (None, 2), 10],
        [[(None, 4), 8], [(None, 2), 10]],
        [[(None, 4), (None, 2)], [8, 10]],
        {"shapes": [(None, 4), (None, 2)], "params": [8, 10]},
        {"line 1": [(None, 4), 8], "line 2": [(None, 2), 10]},
        {1: {"shape": 4, "params": 8}, 2: {"shape": 2, "params": 10}},
    ],
)
def test_several_answers_come_as_a_dict_a_list_or_pairs(written):
    outcomes = judge_questions(_two(), {"answer": written})
    assert [one.status for one in outcomes] == ["passed"] * 4


def test_answers_may_be_variables_of_their_own():
    names = {"shape_1": (4,), "params_1": 8, "shape_2": (2,), "params_2": 10}
    outcomes = judge_questions(_two(), {"answer": {}, **names})
    assert [one.status for one in outcomes] == ["passed"] * 4


def test_what_is_not_answered_is_told():
    outcomes = judge_questions(_two(), {"answer": {"shape_1": 4}})
    assert [one.status for one in outcomes] == ["passed"] + ["failed"] * 3
    assert "'params_1'" in outcomes[1].message.see
    assert "'shape_1'" in outcomes[1].message.so


def test_an_optional_question_costs_nothing_without_an_answer():
    three = {"shape_1": 4, "params_1": 8, "shape_2": 2}
    optional = _two("optional = true")
    assert len(judge_questions(optional, {"answer": three})) == 3
    wrong = judge_questions(optional, {"answer": {**three, "params_2": 9}})
    assert wrong[-1].status == "failed"


def test_a_prediction_without_an_answer_is_not_attempted():
    exercise = find_exercise("X03")
    assert report_on_names(exercise, {}).status == "not_attempted"
    start = exercise.code("start")
    assert report_on_code(exercise, start, {}).status == "not_attempted"


def test_the_score_of_a_prediction_is_the_share_of_right_answers():
    answer = [32, 0, 64, 2048, 32, 2080, 1, 33, 4224]
    report = report_on_names(find_exercise("X03"), {"answer": answer})
    assert report.status == "failed"
    assert report.score == pytest.approx(7 / 9, abs=1e-3)
    assert report.first.criterion == "params_2"


def test_who_decides_otherwise_is_spoken_to_about_that_before_what_is_missing():
    exercise = find_exercise("X07")
    names = fresh_names(exercise)
    report = report_on_code(exercise, 'answer = ["mlp", "unused_arm", "twice"]', names)
    assert report.first.criterion == "answer"
    assert report.first.misconception == "M26"


def test_given_models_stand_for_their_names_in_an_answer():
    exercise = find_exercise("X07")
    names = fresh_names(exercise)
    chosen = [names[one] for one in ("mlp", "unused_arm", "autoencoder", "twice")]
    (outcome,) = judge_questions(exercise, {**names, "answer": chosen})
    assert outcome.status == "passed"
