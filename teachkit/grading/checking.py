"""The order of grading: interface, live, behaviour, structure; advice at the end."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from teachkit.errors import ModelError, TeachkitError
from teachkit.exercise_format.records import Criterion, Exercise
from teachkit.grading.advice import advice_on, is_on_orphans
from teachkit.grading.always import never_accepted
from teachkit.grading.evidence.subject import Case, Subject, subject_of
from teachkit.grading.findings import Finding, Stage
from teachkit.grading.known_mistakes import in_words_of_author
from teachkit.grading.outcomes import failed_outcome
from teachkit.grading.predicates import __name__ as _registered
from teachkit.grading.registry import Predicate, predicate_of
from teachkit.grading.report import CriterionStatus, Message, Outcome, Report

assert _registered  # importing the package registers all predicates

Asked = tuple[Criterion, Predicate]


def judge(case: Case, objects: dict[str, Any]) -> Report:
    """Return the judgement on objects that an answer made.

    Arguments:
        case: what they are judged with.
        objects: the models, by the name of the variable. All are Keras models.
    """
    subjects = {name: subject_of(name, one, case) for name, one in objects.items()}
    asked = _all_asked(case, subjects)
    outcomes = [outcome for criterion, outcome in asked if not criterion.advice]
    advice = [text for one, found in asked if one.advice for text in _as_advice(found)]
    if all(outcome.status != "skipped" for outcome in outcomes):
        outcomes = _with_what_is_never_accepted(outcomes, subjects.values())
        advice += [text for one in subjects.values() for text in advice_on(one)]
    told = in_words_of_author(case, subjects, tuple(outcomes))
    if any(one.criterion == "live" and one.status == "failed" for one in told):
        advice = [text for text in advice if not is_on_orphans(text)]
    return summed(case.exercise, told, tuple(dict.fromkeys(advice)))


def _all_asked(
    case: Case, subjects: Mapping[str, Subject]
) -> list[tuple[Criterion, Outcome]]:
    """Ask all criteria in their order; after another interface nothing is asked."""
    first = next(iter(subjects.values()), None)
    found: list[tuple[Criterion, Outcome]] = []
    closed = False
    for criterion, predicate in ordered(case.exercise.criteria):
        subject = subjects.get(criterion.of) if criterion.of else first
        if closed or subject is None:
            found.append((criterion, _skipped(criterion)))
            continue
        outcome = _asked(criterion, predicate, subject)
        found.append((criterion, outcome))
        is_interface = stage_of(criterion, predicate) is Stage.INTERFACE
        closed = is_interface and outcome.status == "failed" and not criterion.advice
    return found


def _with_what_is_never_accepted(
    outcomes: list[Outcome], subjects: Iterable[Subject]
) -> list[Outcome]:
    """Return outcomes with one more in front where no exercise accepts a model."""
    for subject in subjects:
        found = never_accepted(subject)
        if found is not None:
            name, finding = found
            return [failed_outcome(name, finding, of=subject.name), *outcomes]
    return outcomes


def ordered(criteria: Sequence[Criterion]) -> list[Asked]:
    """Return criteria in the order in which they are asked, with their predicates.

    Raises:
        WrongValueError: one names a predicate that there is not.
    """
    asked = [(one, predicate_of(one)) for one in criteria]
    return sorted(asked, key=lambda pair: stage_of(*pair))


def stage_of(criterion: Criterion, predicate: Predicate) -> Stage:
    """Return when a criterion is asked."""
    return Stage[criterion.stage.upper()] if criterion.stage else predicate.stage


def summed(
    exercise: Exercise, outcomes: tuple[Outcome, ...], advice: tuple[str, ...] = ()
) -> Report:
    """Return the report on a number of outcomes."""
    states = {one.status for one in outcomes}
    report = Report(exercise.id, "passed", outcomes, advice=advice)
    if "failed" in states:
        failed = replace(report, status="failed")
        spoken = failed.first
        message = spoken.message if spoken is not None else None
        return replace(failed, message=message or Message(""))
    if "error" in states:
        told = next(one.message for one in outcomes if one.status == "error")
        return replace(report, status="error", message=told or Message(""))
    done = (
        f"All {len(outcomes)} criteria are met."
        if len(outcomes) > 1
        else "It is right."
    )
    return replace(report, message=Message(done))


def _asked(criterion: Criterion, predicate: Predicate, subject: Subject) -> Outcome:
    if predicate.needs_inside and subject.is_closed:
        return _outcome(criterion, predicate, subject, _closed_box(subject))
    try:
        arguments = predicate.arguments(criterion)
        finding = predicate.decides(subject, **arguments)
    except ModelError as error:
        finding = Finding(
            f"Your model fails when it runs: {error.found}.",
            "",
            f"{error.action.capitalize()}.",
        )
    except Exception as error:  # noqa: BLE001 - a fault of ours must cost no points
        return _ours(criterion, error)
    return _outcome(criterion, predicate, subject, finding)


def _outcome(
    criterion: Criterion,
    predicate: Predicate,
    subject: Subject,
    finding: Finding | None,
) -> Outcome:
    if finding is None:
        return Outcome(criterion.name, "passed", criterion.weight, of=subject.name)
    finding = finding.worded(criterion.words)
    told = replace(
        finding,
        rule=criterion.rule or finding.rule or predicate.rule,
        misconception=finding.misconception
        or criterion.misconception
        or _usual(criterion, predicate, subject),
    )
    return failed_outcome(
        criterion.name, told, weight=criterion.weight, of=subject.name
    )


def _usual(criterion: Criterion, predicate: Predicate, subject: Subject) -> str:
    """Return the belief behind all wrong answers that fail this criterion.

    What is amiss at the interface has many reasons, and tells its own.
    """
    if stage_of(criterion, predicate) is Stage.INTERFACE:
        return ""
    wrong = subject.case.exercise.of_kind("wrong")
    tags = {c.misconception for c in wrong if c.criterion == criterion.name}
    return tags.pop() if len(tags) == 1 else ""


def _closed_box(subject: Subject) -> Finding:
    return Finding(
        f"I can run '{subject.name}', but not look inside: it is a class with code of "
        "its own.",
        "So this criterion cannot be seen.",
        "Build it as a graph with Model(inputs, outputs).",
    )


def _skipped(criterion: Criterion) -> Outcome:
    return Outcome(criterion.name, "skipped", criterion.weight)


def _ours(criterion: Criterion, error: Exception) -> Outcome:
    status: CriterionStatus = "error"
    reason = error.found if isinstance(error, TeachkitError) else str(error)
    message = Message(
        f"'{criterion.name}' could not be checked: {type(error).__name__}: {reason}",
        "That is a fault of ours and costs no points.",
        "Please tell your teacher.",
    )
    return Outcome(criterion.name, status, criterion.weight, message)


def _as_advice(outcome: Outcome) -> list[str]:
    if outcome.status != "failed" or outcome.message is None:
        return []
    return [outcome.message.text]
