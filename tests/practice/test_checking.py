"""Answers of all kinds, judged in a notebook, which stays as it was."""

from __future__ import annotations

import random
import sys

import keras
import numpy as np
import pytest
from keras import Input, Model, Sequential, layers

from teachkit.errors import WrongTypeError, WrongValueError
from teachkit.practice.answers import check_defined, check_given
from teachkit.practice.student_code import StudentCode, student_code
from tests.practice.exercises import made

NOBODY = StudentCode({})
RIGHT = {"shape": (None, 3), "total": 15, "does": "mix"}
IMPORTS = "import keras\nfrom keras import Input, Model\nfrom keras.layers import *"


def model(units=3):
    x = Input((4,))
    return Model(x, layers.Dense(units)(x))


def given(exercise, answer, student=NOBODY):
    return check_given(exercise, answer, student).report


def in_notebook(exercise):
    return check_defined(exercise, student_code()).report


class TestModels:
    def test_a_right_model_passes(self):
        assert given(made("build"), model()).status == "passed"

    def test_the_first_failing_criterion_speaks(self):
        report = given(made("build"), model(5))

        assert report.status == "failed"
        assert report.first.criterion == "outputs"

    def test_the_models_come_along_for_the_drawing(self):
        answer = model(5)

        assert check_given(made("build"), answer, NOBODY).models == {"model": answer}

    @pytest.mark.parametrize(
        "odd", [3, "text", [1], {"a": 1}, layers.Dense(3), Sequential(), model]
    )
    def test_what_is_no_model_gets_a_report(self, odd):
        found = check_given(made("build"), odd, NOBODY)

        assert found.report.first.criterion == "model"
        assert found.models == {}

    def test_a_dict_by_name_is_taken_apart(self):
        assert given(made("build"), {"model": model()}).status == "passed"


class TestFunctions:
    def test_several_things_are_handed_over_by_name(self):
        def block(x):
            return layers.Dense(3)(layers.Dense(3)(x))

        report = given(made("function"), {"block": block, "units": 3})

        assert report.status == "passed"

    def test_one_of_them_alone_is_refused_in_words(self):
        with pytest.raises(WrongTypeError, match=r"'block' and 'units'") as caught:
            given(made("function"), lambda x: x)
        assert "pass {'block': block, 'units': units}" in str(caught.value)

    def test_one_that_is_missing_is_named(self):
        report = given(made("function"), {"block": lambda x: x})

        assert report.first.criterion == "defined"
        assert "`units`" in report.message.text

    def test_one_that_raises_gets_a_report(self):
        report = given(made("function"), {"block": lambda x: x.nothing(), "units": 3})

        assert report.first.criterion == "runs"
        assert "nothing" in report.message.text

    def test_one_that_ends_the_program_gets_a_report(self):
        report = given(made("function"), {"block": lambda x: exit(3), "units": 3})

        assert report.status == "failed"

    def test_a_new_layer_may_stand_beside_one_of_the_notebook(self, cell):
        cell(IMPORTS)
        cell("shared = Dense(3)\nunits = 3")
        cell("def block(x): return Dense(units)(shared(x))")

        assert in_notebook(made("function")).status == "passed"


class TestOrders:
    def test_numbers_of_lines(self):
        exercise = made("order")
        lines = ["x = Input((4,))", "y = Dense(3)(x)", "model = Model(x, y)"]
        numbers = {b.text: b.number for b in blocks(exercise)}
        order = [numbers[line] for line in lines]

        assert given(exercise, order).status == "passed"
        assert given(exercise, tuple(order)).status == "passed"
        assert given(exercise, order[::-1]).status == "failed"

    @pytest.mark.parametrize("odd", [[1, 1], [0], [99], ["a"], [None], [1.5]])
    def test_what_is_no_order_is_refused(self, odd):
        with pytest.raises(WrongValueError):
            given(made("order"), odd)

    def test_the_model_of_the_lines_is_an_answer_too(self):
        assert given(made("order"), model(2)).status == "failed"

    def test_a_variable_of_the_notebook(self, cell):
        cell("order = [1, 2]")

        assert in_notebook(made("order")).status == "failed"

    def test_without_one_it_is_told_how(self):
        with pytest.raises(WrongValueError, match=r"check\(\[2, 1\]\)"):
            check_defined(made("order"), NOBODY)


class TestPredictions:
    def test_a_dict_of_answers(self):
        assert given(made("predict"), RIGHT).status == "passed"

    def test_texts_as_a_form_sends_them(self):
        texts = {"shape": "(None, 3)", "total": "15", "does": "mix", "all": ["Dense"]}
        report = given(made("predict"), texts)

        assert [one.criterion for one in report.criteria if one.status == "failed"] == [
            "all"
        ]

    def test_one_that_is_missing_is_asked_for(self):
        report = given(made("predict"), {"total": 15})

        assert report.first.criterion == "shape"

    def test_without_any_it_is_told_how(self):
        with pytest.raises(WrongValueError, match=r"check\({'shape': \(None, 8\)"):
            check_defined(made("predict"), NOBODY)

    def test_a_variable_of_the_notebook(self, cell):
        cell(f"answer = {RIGHT}")

        assert in_notebook(made("predict")).status == "passed"


class TestNotebook:
    def test_the_name_that_is_asked_is_taken(self, cell):
        cell(IMPORTS)
        cell("x = Input((4,))\nmodel = Model(x, Dense(3)(x))")

        assert in_notebook(made("build")).status == "passed"

    def test_an_empty_notebook_is_no_attempt(self, cell):
        assert in_notebook(made("build")).status == "not_attempted"

    def test_a_start_that_was_run_is_no_attempt(self, cell):
        cell(IMPORTS)
        cell(made("fix").code("start"))

        assert in_notebook(made("fix")).status == "not_attempted"

    def test_nor_is_a_start_with_blanks_after_another_exercise(self, cell):
        cell(IMPORTS)
        cell("x = Input((4,))\nmodel = Model(x, Dense(7)(x))")
        cell(made("build").code("start"), fails=True)

        assert in_notebook(made("build")).status == "not_attempted"

    def test_a_start_handed_over_is_no_attempt_either(self, cell):
        cell(IMPORTS)
        names = cell(made("fix").code("start"))
        report = given(made("fix"), names["model"], student_code())

        assert report.status == "not_attempted"

    def test_another_object_than_that_of_the_cell_is_one(self, cell):
        cell(IMPORTS)
        cell(made("fix").code("start"))

        assert given(made("fix"), model(2), student_code()).status == "failed"

    def test_what_is_given_is_that_of_the_notebook(self, cell):
        used = "Concatenate()([block(x), shared(x)]))"
        cell(IMPORTS)
        cell("shared = Dense(3)\nunits = 3")
        cell("def block(x): return Dense(3)(shared(x))")

        # One layer, called by the student and by the exercise, has one set of weights.
        report = in_notebook(made("function", old="block(x))", new=used))
        assert report.status == "passed"

    def test_what_is_given_is_run_where_it_is_missing(self, cell):
        cell(IMPORTS)
        names = cell("units = 3\ndef block(x): return Dense(3)(Dense(3)(x))")

        assert in_notebook(made("function")).status == "passed"
        assert "shared" not in names
        assert "model" not in names


class TestKernel:
    """What a check leaves behind: nothing."""

    def test_weights_stay(self):
        answer = model()
        before = answer.get_weights()
        given(made("build"), answer)
        after = answer.get_weights()

        assert all(np.array_equal(a, b) for a, b in zip(before, after, strict=True))

    @pytest.mark.parametrize("kind", ["build", "function"])
    def test_random_numbers_go_on_as_if_nothing_was(self, kind):
        answers = {"build": model, "function": lambda: {"block": twice, "units": 3}}
        answer = answers[kind]()
        random.seed(1)
        np.random.seed(1)
        keras.utils.set_random_seed(1)
        expected = drawn()
        keras.utils.set_random_seed(1)
        given(made(kind), answer)

        assert drawn() == expected

    def test_automatic_names_go_on_as_if_nothing_was(self):
        first = layers.Dense(1).name
        given(made("function"), {"block": twice, "units": 3})
        given(made("order"), [1, 2])
        number = int(first.rpartition("_")[2]) if "_" in first else 0

        assert layers.Dense(1).name == f"dense_{number + 1}"

    def test_nothing_is_printed(self, capsys):
        def block(x):
            sys.stdout.write("loud " * 1000)
            return twice(x)

        given(made("function"), {"block": block, "units": 3})

        assert capsys.readouterr().out == ""


def twice(x):
    return layers.Dense(3)(layers.Dense(3)(x))


def drawn():
    numbers = random.random(), float(np.random.random())
    weight = layers.Dense(1).kernel_initializer((1, 1))
    return *numbers, float(keras.random.uniform(())), float(weight[0, 0])


def blocks(exercise):
    from teachkit.grading.student_code.parsons import blocks_of

    return blocks_of(exercise)
