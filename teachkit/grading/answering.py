"""From an answer to its report: was it attempted, is it a model, what is it worth."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from typing import Any

import keras

from teachkit.exercise_format.records import Exercise
from teachkit.grading.checking import judge, summed
from teachkit.grading.explained_errors import explained
from teachkit.grading.findings import Finding
from teachkit.grading.questions import judge_questions
from teachkit.grading.report import Message, Outcome, Report
from teachkit.grading.running_code import reference_names, run_answer
from teachkit.grading.subject import Case
from teachkit.keras_reader import what_it_is
from teachkit.keras_reader.orphans import calls_hanging_on

BLANK = "____"
"""What stands in a `start` cell where the student is to write."""


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
    before = calls_hanging_on(names.values())
    try:
        run_answer(exercise, code, names, filename)
    except (Exception, SystemExit) as error:  # noqa: BLE001 - whatever a student's code raises becomes words
        return failed(exercise, explained(error, filename, names), "runs")
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
    missing = [name for name in exercise.asks if names.get(name) is None]
    if len(missing) == len(exercise.asks) and source is None:
        return not_attempted(exercise)
    if missing:
        return failed(exercise, _no_name(missing[0], names), "defined")
    questions = judge_questions(exercise, names)
    if not exercise.criteria:
        return summed(exercise, questions)
    objects = {name: names.get(name) for name in _models(exercise, names)}
    for name, value in objects.items():
        finding = no_model(name, value)
        if finding is not None:
            return failed(exercise, finding, "model")
    case = Case(exercise, names, source, reference_names(exercise), before)
    report = judge(case, objects)
    return summed(exercise, (*report.criteria, *questions), report.advice)


def is_attempted(exercise: Exercise, code: str) -> bool:
    """Tell whether an answer is more than what the student began with."""
    if BLANK in _without_comments(code):
        return False
    return _dumped(code) not in {_dumped(exercise.code("start")), _dumped("")}


def not_attempted(exercise: Exercise) -> Report:
    """Return the report on an answer that nobody has begun."""
    names = " and ".join(f"`{name}`" for name in exercise.asks)
    message = Message(
        f"Nothing is there yet: no {names}, or still a blank.",
        "",
        "Read the prompt, fill in what is missing, run the cell, and check again.",
    )
    skipped = tuple(Outcome(c.name, "skipped", c.weight) for c in exercise.criteria)
    return Report(exercise.id, "not_attempted", skipped, message)


def failed(exercise: Exercise, finding: Finding, criterion: str) -> Report:
    """Return the report on an answer of which no criterion could be asked."""
    first = Outcome(
        criterion,
        "failed",
        0.0,
        Message(finding.see, finding.so, finding.look),
        finding.calls,
        "",
        finding.misconception,
        finding.rule,
    )
    skipped = tuple(Outcome(c.name, "skipped", c.weight) for c in exercise.criteria)
    return summed(exercise, (first, *skipped))


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


def _without_comments(code: str) -> str:
    return "\n".join(line.split("#")[0] for line in code.splitlines())


def _dumped(code: str) -> str:
    try:
        return ast.dump(ast.parse(code))
    except (SyntaxError, ValueError):
        return code
