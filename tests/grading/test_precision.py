"""Answers of mixed precision are judged as those of full precision are."""

from __future__ import annotations

from collections.abc import Iterator

import keras
import pytest

from teachkit.exercise_format import find_exercise
from teachkit.exercise_format.records import Exercise
from teachkit.grading.answers.answering import report_on_code
from teachkit.grading.student_code.running_code import fresh_names
from teachkit.keras_runner.precision import full_precision, policy_kept

POLICY = 'keras.mixed_precision.set_global_policy("mixed_float16")\n'


@pytest.fixture(autouse=True)
def _same_policy() -> Iterator[None]:
    with policy_kept():
        yield


def _solution(slug: str) -> tuple[Exercise, str]:
    exercise = find_exercise(slug)
    return exercise, POLICY + exercise.code("solution")


@pytest.mark.parametrize("slug", ["bottleneck", "transformer-block", "distance-head"])
def test_a_solution_of_mixed_precision_passes_without_advice(slug: str) -> None:
    exercise, code = _solution(slug)
    report = report_on_code(exercise, code, fresh_names(exercise))
    assert (report.status, report.advice) == ("passed", ())


def test_an_answer_leaves_the_global_policy_as_it_was() -> None:
    exercise, code = _solution("bottleneck")
    report_on_code(exercise, code, fresh_names(exercise))
    assert keras.config.dtype_policy().name == "float32"


def test_layers_have_their_own_policies_back_after_the_judgement() -> None:
    exercise, code = _solution("transformer-block")
    names = fresh_names(exercise)
    report_on_code(exercise, code, names)
    policies = {layer.dtype_policy.name for layer in names["model"].layers[1:]}
    assert policies == {"mixed_float16"}


def test_only_layers_of_mixed_precision_change_inside_the_block() -> None:
    mixed = keras.layers.Dense(2, dtype="mixed_float16")
    half = keras.layers.Dense(2, dtype="float16")
    model = keras.Sequential([keras.Input((3,)), mixed, half])
    with full_precision([model]):
        inside = mixed.compute_dtype, half.compute_dtype
    assert inside == ("float32", "float16")
    assert mixed.compute_dtype == "float16"
