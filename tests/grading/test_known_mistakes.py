"""Who makes a mistake that the author knows, hears the author."""

from __future__ import annotations

import pytest

from teachkit.exercise_authoring.sealing import sealed
from teachkit.exercise_format import parse_exercise
from teachkit.grading.answers.answering import report_on_code
from teachkit.grading.student_code.running_code import fresh_names

TEXT = """\
# /// exercise
# id = "known"
# title = "Known"
# level = 1
# type = "build"
# hints = ["Look."]
# [criteria]
# params = 15
# ///
# %% [markdown] prompt
# Four in, three out.
# %% solution
x = Input((4,))
model = Model(x, Dense(3)(x))
# %% wrong params M07
x = Input((4,))
model = Model(x, Dense(9)(x))
# %% wrong params M16
# Without biases
# twelve numbers are left.
x = Input((4,))
model = Model(x, Dense(3, use_bias=False, name="z")(x))
# %% wrong params M08
x = Input((4,))
model = Model(x, Dense(5)(x))
"""
NO_BIAS = "a = Input((4,))\nmodel = Model(a, layers.Dense(3, use_bias=False)(a))"
FIVE = "a = Input((4,))\nmodel = Model(a, Dense(5)(a))"
SIX = "a = Input((4,))\nmodel = Model(a, Dense(6)(a))"


def first(code, text=TEXT, exercise=None):
    one = exercise or parse_exercise(text)
    return report_on_code(one, code, fresh_names(one)).first


def test_the_comment_stands_in_the_place_of_the_second_sentence():
    known, other = first(NO_BIAS), first(SIX)

    assert known.message.so == "Without biases twelve numbers are left."
    assert known.message.see.startswith("I count 12 parameters")
    assert known.message.look == other.message.look


def test_the_belief_is_that_of_the_cell():
    assert first(NO_BIAS).misconception == "M16"
    assert first(FIVE).misconception == "M08"


def test_another_mistake_hears_the_usual_words():
    found = first(SIX)

    assert "biases" not in found.message.text
    assert found.misconception == ""  # the wrong answers have several


@pytest.mark.parametrize(
    "broken",
    [
        "import sys\nsys.exit()\n",
        "1 / 0\n",
        "model = 3\n",
        "((\n",
        "print('loud')\nmodel.fit(x)\n",
    ],
)
def test_a_broken_wrong_answer_harms_nobody(broken, capsys):
    text = TEXT.replace(
        "# %% wrong params M16",
        f"# %% wrong params M16\n# Never.\n{broken}# %% wrong params M16",
    )

    assert first(NO_BIAS, text).message.so == "Without biases twelve numbers are left."
    assert capsys.readouterr().out == ""


def test_a_sealed_exercise_has_no_wrong_answers():
    closed = sealed(parse_exercise(TEXT))

    assert "biases" not in first(NO_BIAS, exercise=closed).message.text
