"""From an answer to its report: was it attempted, is it a model, what is it worth."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import keras

from teachkit.exercise_format.records import Exercise
from teachkit.grading.answers.attempts import is_attempted, not_attempted
from teachkit.grading.checking import judge, summed
from teachkit.grading.evidence.subject import Case
from teachkit.grading.explained_errors import explained
from teachkit.grading.findings import Finding
from teachkit.grading.outcomes import failed_outcome
from teachkit.grading.predictions.answers_given import NAME, has_answers
from teachkit.grading.predictions.questions import judge_questions
from teachkit.grading.predictions.stand_ins import stand_ins
from teachkit.grading.report import Outcome, Report
from teachkit.grading.student_code.line_offences import lines_of
from teachkit.grading.student_code.line_order import names_made, statements_of
from teachkit.grading.student_code.parsons import order_in
from teachkit.grading.student_code.running_code import (
    fresh_names,
    reference_names,
    run_answer,
)
from teachkit.grading.student_code.use_cells import ReturnedError
from teachkit.keras_reader import what_it_is
from teachkit.keras_reader.orphans import calls_hanging_on
from teachkit.keras_runner.first_call import build_inner_layers
from teachkit.keras_runner.precision import full_precision, plain_policy, policy_kept

Outcomes = tuple[Outcome, ...]


def report_on_code(
    exercise: Exercise, code: str, names: dict[str, Any], filename: str = "<answer>"
) -> Report:
    """Run an answer and return the judgement on it.

    Arguments:
        exercise: what was asked.
        code: of the answer.
        names: in which it runs: what the exercise gives. They are changed.
        filename: of the answer, as its author knows it.
    """
    if not is_attempted(exercise, code):
        return not_attempted(exercise)
    if exercise.type == "parsons":
        code, offence = lines_of(exercise, code, names)
        if offence is not None:
            return failed(exercise, offence.finding, offence.criterion)
    before = calls_hanging_on(names.values())
    try:
        with policy_kept():
            run_answer(exercise, code, names, filename)
    except (Exception, SystemExit) as error:  # noqa: BLE001 - whatever a student's code raises becomes words
        return failed_run(exercise, error, filename, names)
    return report_on_names(exercise, names, source=code, before=before)


def report_on_names(
    exercise: Exercise,
    names: Mapping[str, Any],
    *,
    source: str | None = None,
    before: frozenset[int] = frozenset(),
) -> Report:
    """Return the judgement on what an answer defined.

    Arguments:
        exercise: what was asked.
        names: all of them, also those of the cell `use`.
        source: the text of the answer, if it is known.
        before: calls that hung on given tensors before the answer ran.
    """
    names = {**names, **stand_ins(exercise, names)}
    is_open = source is None or names.get(exercise.asks[0]) is None
    order = order_in(names) if exercise.type == "parsons" and is_open else None
    if order is not None:
        return report_on_code(exercise, f"order = {order!r}", fresh_names(exercise))
    missing = [name for name in exercise.asks if names.get(name) is None]
    if NAME in missing and has_answers(exercise, names):
        missing.remove(NAME)
    if len(missing) == len(exercise.asks) and source is None:
        return not_attempted(exercise)
    questions = judge_questions(exercise, names)
    if missing:
        return _incomplete(exercise, names, missing, questions)
    if not exercise.criteria:
        return summed(exercise, questions)
    return _judged(Case(exercise, names, source, None, before), questions)


def _judged(case: Case, questions: Outcomes) -> Report:
    """Return the judgement on models, and on what was asked beside them."""
    exercise, names = case.exercise, case.namespace
    objects = {name: names.get(name) for name in _models(exercise, names)}
    for name, value in objects.items():
        finding = no_model(name, value)
        if finding is not None:
            return failed(exercise, finding, "model")
        build_inner_layers(value)
    with plain_policy(), full_precision(objects.values()):
        report = judge(replace(case, reference=reference_names(exercise)), objects)
    # Who decides and then builds is spoken to in this order.
    parts = (report.criteria, questions)
    first, last = reversed(parts) if exercise.type == "decide" else parts
    return summed(exercise, (*first, *last), report.advice)


def _incomplete(
    exercise: Exercise, names: Mapping[str, Any], missing: list[str], said: Outcomes
) -> Report:
    """Return the report on an answer in which something is missing.

    Who decided that a model is no chain did not make a chain of it: that decision is
    then to be spoken about, and not what is missing.
    """
    has_decided = exercise.type == "decide" and exercise.asks[0] not in missing
    if not has_decided or all(one.status == "passed" for one in said):
        lines = statements_of(exercise.code("given"))
        given = set().union(*(names_made(line) for _, line in lines))
        given |= set(exercise.asks) - set(missing)
        own = {name: value for name, value in names.items() if name not in given}
        return failed(exercise, _no_name(missing[0], own), "defined")
    skipped = (Outcome(c.name, "skipped", c.weight) for c in exercise.criteria)
    return summed(exercise, (*said, *skipped))


def failed(exercise: Exercise, finding: Finding, criterion: str) -> Report:
    """Return the report on an answer of which no criterion could be asked."""
    first = failed_outcome(criterion, finding, weight=0.0)
    others = (one for one in exercise.criteria if one.name != criterion)
    skipped = tuple(Outcome(one.name, "skipped", one.weight) for one in others)
    return summed(exercise, (first, *skipped))


def failed_run(
    exercise: Exercise, error: BaseException, filename: str, names: Mapping[str, Any]
) -> Report:
    """Return the report on an answer whose code, or what is made of it, raised."""
    if isinstance(error, ReturnedError):
        return failed(exercise, error.finding, error.criterion)
    return failed(exercise, explained(error, filename, names), "runs")


def no_model(name: str, value: Any) -> Finding | None:
    """Return what is wrong with something that should be a built model."""
    # What a class says of itself with `__class__` is not believed.
    if not issubclass(type(value), keras.Model):
        return _other_thing(name, value)
    inputs = getattr(value, "inputs", None)
    if not value.built and not inputs:
        return Finding(
            f"`{name}` is a {type(value).__name__} that has seen no input yet.",
            "So it has no shapes and no weights.",
            "Begin with Input(...): a shape for one sample.",
            rule=1,
            misconception="M06",
        )
    return None


def _other_thing(name: str, value: Any) -> Finding:
    try:
        found = what_it_is(value)
        if isinstance(value, keras.Layer) and not issubclass(type(value), keras.Layer):
            found = f"a {type(value).__name__} that only says of itself to be a model"
    except Exception:  # noqa: BLE001 - a thing that fails when it is looked at is no model
        found = f"a {type(value).__name__}"
    look = f"`{name} = keras.Model(inputs, outputs)` makes one."
    if callable(value) and not issubclass(type(value), keras.Layer):
        found = f"a function or class ({type(value).__name__})"
        look = f"Did you forget to call it: `{name} = build()`?"
    return Finding(f"`{name}` is {found}.", "A Keras model is asked for.", look, rule=5)


def _models(exercise: Exercise, names: Mapping[str, Any]) -> list[str]:
    """Return the names of the objects that criteria look at, the default one first."""
    has_use = bool(exercise.of_kind("use"))
    default = "model" if has_use and "model" in names else exercise.asks[0]
    asked = [criterion.of or default for criterion in exercise.criteria]
    return list(dict.fromkeys([*([default] if default in asked else []), *asked]))


def _no_name(name: str, names: Mapping[str, Any]) -> Finding:
    models = [
        key
        for key, value in names.items()
        if issubclass(type(value), keras.Model) and not key.startswith("_")
    ]
    see = f"I find no `{name}` among the names that your code defines."
    if name in names:
        see = f"`{name}` is None."
    so = f"There is a model called `{models[-1]}`." if models else ""
    return Finding(see, so, f"Give the result the name `{name}`.")
