"""Predictions: what a student says will come out, beside what comes out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from teachkit.exercise_format.records import Exercise, Question, WrongChoice
from teachkit.grading.predictions.answer_values import Form, forms_of, told, words_of
from teachkit.grading.predictions.answers_given import answers_given
from teachkit.grading.report import Message, Outcome

_KINDS = {
    "number": "a number",
    "shape": "a shape such as (None, 10)",
    "choice": "one of the choices",
    "choices": "a list of choices",
    "text": "a word",
}


def judge_questions(
    exercise: Exercise, names: Mapping[str, Any]
) -> tuple[Outcome, ...]:
    """Return one outcome for each question of an exercise, whatever was written.

    Arguments:
        exercise: with its questions; one that is optional and not answered is left
            out.
        names: that the answer defined: `answer`, or what the exercise asks for, is a
            dict by the ids of the questions, a list in their order, or one value.
    """
    if not exercise.questions:
        return ()
    try:
        given = answers_given(exercise, names)
    except Exception:  # noqa: BLE001 - an object of a student's own may fail at whatever is asked of it
        given = {}
    outcomes = (_outcome(question, given) for question in exercise.questions)
    return tuple(outcome for outcome in outcomes if outcome is not None)


def _outcome(question: Question, given: Mapping[str, Any]) -> Outcome | None:
    if question.id not in given:
        return None if question.optional else _unanswered(question, given)
    value = given[question.id]
    if is_right(question, value):
        message = Message(question.why) if question.why else None
        return Outcome(question.id, "passed", message=message)
    forms = forms_of(value, question.kind, question.options)
    if not forms or _unknown(question, value):
        return _unreadable(question, value)
    chosen = _believed(question, value, forms)
    if chosen is None:
        return _other(question, value, forms)
    return Outcome(
        question.id,
        "failed",
        message=Message(_see(question, value), chosen.message),
        misconception=chosen.misconception,
    )


def _unknown(question: Question, value: Any) -> list[str]:
    """Return those of several choices that are none of the options."""
    if question.kind != "choices":
        return []
    options = {word for one in question.options for word in words_of(one)}
    return sorted(words_of(value, question.options) - options)[:3]


def _is_listed(question: Question, forms: frozenset[Form]) -> bool:
    """Tell whether an answer is one of the choices, where there are any."""
    if question.kind != "choice" or not question.options:
        return True
    listed = (forms_of(one, "choice", question.options) for one in question.options)
    return any(forms & one for one in listed)


def is_right(question: Question, value: Any) -> bool:
    """Tell whether an answer is that of the question, however it is written."""
    forms = forms_of(value, question.kind, question.options)
    several = question.kind != "choices" and isinstance(question.answer, list)
    # A list of numbers is one shape; a list of words, or of shapes, are several.
    if several and question.kind == "shape":
        several = any(isinstance(one, (list, str)) for one in question.answer)
    rights = question.answer if several else [question.answer]
    for right in rights:
        wanted = forms_of(right, question.kind, question.options)
        if forms & wanted or _is_close(forms, wanted, question.tolerance):
            return True
    return False


def _is_close(
    forms: frozenset[Form], wanted: frozenset[Form], tolerance: float
) -> bool:
    return any(
        abs(one - other) <= tolerance * abs(other) + 1e-9
        for one in forms
        for other in wanted
        if isinstance(one, float) and isinstance(other, float)
    )


def _believed(
    question: Question, value: Any, forms: frozenset[Form]
) -> WrongChoice | None:
    """Return the wrong answer of the author's that this one is, or contains.

    Of several choices, the author names one that should not be there, or writes `not`
    before one that is missing.
    """
    for wrong in question.wrong:
        if forms & forms_of(wrong.value, question.kind, question.options):
            return wrong
    if question.kind != "choices":
        return None
    have = words_of(value, question.options)
    need = words_of(question.answer, question.options)
    for wrong in question.wrong:
        if not isinstance(wrong.value, str):
            continue
        missing = wrong.value.removeprefix("not ")
        (word,) = words_of(missing, question.options) or {""}
        if missing != wrong.value and word in need - have:
            return wrong
        if missing == wrong.value and word in have - need:
            return wrong
    return None


def _unanswered(question: Question, given: Mapping[str, Any]) -> Outcome:
    have = ", ".join(f"'{key}'" for key in list(given)[:6])
    see = f"I see no answer for '{question.id}' yet."
    so = f"There are answers for {have}." if have else ""
    look = f"The question is: {question.text}"
    return Outcome(question.id, "failed", message=Message(see, so, look))


def _unreadable(question: Question, value: Any) -> Outcome:
    seen = _unknown(question, value) or [value]
    see = f"For '{question.id}' I see {', '.join(map(_safely_told, seen))}."
    options = f": {', '.join(question.options)}" if question.options else ""
    so = f"I cannot read it as {_KINDS.get(question.kind, 'an answer')}{options}."
    if question.kind in {"choice", "choices"}:
        so = f"The choices are{options}."
    return Outcome(question.id, "failed", message=Message(see, so, question.text))


def _other(question: Question, value: Any, forms: frozenset[Form]) -> Outcome:
    if not _is_listed(question, forms):
        # It may mean what is right in other words, so nothing is said against it.
        return _unreadable(question, value)
    see = _see(question, value)
    so = f"Something else comes out. {_hint(question, value)}".strip()
    look = f"Once more: {question.text}"
    return Outcome(question.id, "failed", message=Message(see, so, look))


def _hint(question: Question, value: Any) -> str:
    """Return in which direction an answer is off."""
    forms = forms_of(value, question.kind, question.options)
    wanted = forms_of(question.answer, question.kind, question.options)
    if question.kind == "choices":
        have, need = (
            words_of(value, question.options),
            words_of(question.answer, question.options),
        )
        return f"You chose {len(have)}; {len(have & need)} of them belong there."
    if question.kind == "shape":
        return _hint_at_shape(forms, wanted)
    if question.kind != "number":
        return ""
    mine, theirs = (next(iter(one), None) for one in (forms, wanted))
    if not isinstance(mine, float) or not isinstance(theirs, float):
        return ""
    return f"The number is {'smaller' if theirs < mine else 'larger'}."


def _hint_at_shape(forms: frozenset[Form], wanted: frozenset[Form]) -> str:
    if any(_is_closed(one, other) for one in forms for other in wanted):
        return "The first size is that of the batch: it stays open, None."
    ranks = [set(map(_rank, one)) for one in (forms, wanted)]
    return "" if ranks[0] & ranks[1] else "It has another number of axes."


def _is_closed(form: Form, wanted: Form) -> bool:
    """Tell whether a shape has a number where the batch is left open."""
    if not isinstance(form, tuple) or not isinstance(wanted, tuple):
        return False
    is_open = wanted[:1] == (None,) and form[:1] != (None,)
    return is_open and len(form) == len(wanted) and form[1:] == wanted[1:]


def _rank(form: Form) -> int:
    return len(form) if isinstance(form, tuple) else 0


def _see(question: Question, value: Any) -> str:
    if question.kind == "choices":
        chosen = words_of(value, question.options)
        own = [one for one in question.options if words_of(one) & chosen]
        return f"You chose {', '.join(own) or 'nothing'}."
    return f"You said {_safely_told(value)} for '{question.id}'."


def _safely_told(value: Any) -> str:
    try:
        return told(value)
    except Exception:  # noqa: BLE001 - an object of a student's own may fail at whatever is asked of it
        return "something that I cannot read"
