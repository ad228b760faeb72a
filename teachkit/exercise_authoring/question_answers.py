"""Questions answered with their own answers, the right one and the wrong ones."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from teachkit.exercise_authoring.faults import Fault, fault
from teachkit.exercise_format.records import Exercise, Question, WrongChoice
from teachkit.grading.predictions.questions import judge_questions
from teachkit.grading.report import Outcome

Answers = dict[str, Any]


def question_faults(exercise: Exercise) -> Iterator[Fault]:
    """Yield questions whose own answer is refused, or whose wrong answers pass.

    A wrong answer must get the message that its author wrote.
    """
    right = {one.id: _right(one) for one in exercise.questions}
    for one in exercise.questions:
        outcome = _outcome(exercise, one, right)
        if outcome is None or outcome.status != "passed":
            answer = f"the answer {right[one.id]!r} of '{one.id}'"
            told = f"{answer} is refused: {_said(outcome)}"
            yield fault(exercise, one.line, told)
        for wrong in one.wrong:
            yield from _wrong(exercise, one, wrong, right)


def _wrong(
    exercise: Exercise, question: Question, wrong: WrongChoice, right: Answers
) -> Iterator[Fault]:
    value = _chosen(question, wrong.value)
    outcome = _outcome(exercise, question, {**right, question.id: value})
    told = f"the wrong answer {wrong.value!r} to '{question.id}'"
    if outcome is None or outcome.status != "failed":
        yield fault(exercise, question.line, f"{told} passes")
    elif wrong.message not in _said(outcome):
        found = f"{told} does not get its own message: {_said(outcome)}"
        yield fault(exercise, question.line, found)


def _right(question: Question) -> Any:
    """Return a right answer: the first, where several are."""
    answer = question.answer
    if question.kind == "choices" or not isinstance(answer, list) or not answer:
        return answer
    several = question.kind != "shape" or any(
        isinstance(x, (list, str)) for x in answer
    )
    return answer[0] if several else answer


def _chosen(question: Question, value: Any) -> Any:
    """Return a wrong answer as a student gives it.

    Of several choices the author names one too many, or writes `not` before one that
    is left out.
    """
    if question.kind != "choices" or not isinstance(value, str):
        return value
    left_out = value.removeprefix("not ")
    if left_out != value:
        return [one for one in question.answer if one != left_out]
    return [*question.answer, value]


def _outcome(
    exercise: Exercise, question: Question, answers: Answers
) -> Outcome | None:
    found = judge_questions(exercise, {"answer": answers})
    return next((one for one in found if one.criterion == question.id), None)


def _said(outcome: Outcome | None) -> str:
    if outcome is None or outcome.message is None:
        return "nothing is said"
    return outcome.message.text
