"""Which part of what a student wrote answers which question."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import keras
import numpy as np

from teachkit.exercise_format.records import Exercise, Question
from teachkit.grading.predictions.answer_values import forms_of, words_of
from teachkit.grading.predictions.answers_in_order import in_order_of_kinds

Given = dict[str, Any]

NAME = "answer"
"""Of the variable in which answers are looked for first."""
_SHORT = {"parameter": "param"}
_PLAIN = (str, int, float, list, tuple, dict, set, frozenset, np.ndarray, np.number)


def answers_given(exercise: Exercise, names: Mapping[str, Any]) -> Given:
    """Return what was answered, by the id of the question.

    An answer is a dict, a list in the order of the questions, a list of pairs, or one
    value; or a variable that is called like the question.

    Arguments:
        exercise: with its questions.
        names: that the student's code defined.
    """
    found: Given = {}
    for key in dict.fromkeys([NAME, *exercise.asks]):
        value = names.get(key)
        if isinstance(value, _PLAIN) or _is_only(exercise, key, value):
            value = _named(value, exercise, names)
            found = {**_assigned(value, exercise.questions), **found}
    found = _more_readable(found, _told_apart(exercise, names), exercise.questions)
    for question in exercise.questions:
        value = names.get(question.id)
        if question.id not in found and isinstance(value, _PLAIN):
            found[question.id] = value
    return {key: value for key, value in found.items() if value is not None}


def has_answers(exercise: Exercise, names: Mapping[str, Any]) -> bool:
    """Tell whether somebody answered without a variable `answer`."""
    return bool(exercise.questions) and bool(_own_variables(exercise, names))


def _told_apart(exercise: Exercise, names: Mapping[str, Any]) -> list[Given]:
    """Return other readings: variables of their own, and values by their kinds."""
    own = _own_variables(exercise, names)
    value = names.get(NAME)
    values = own if value is None else value
    by_variable = _by_key(own, exercise.questions) if value is None and own else {}
    return [by_variable, in_order_of_kinds(values, exercise.questions)]


def _own_variables(exercise: Exercise, names: Mapping[str, Any]) -> Given:
    """Return variables that are called like what is asked: `params_2`, `shapes`."""
    if len(exercise.questions) == 1:
        return _chosen_elsewhere(exercise.questions[0], names)
    wanted = {word for one in exercise.questions for word in _words(one.id)}
    wanted |= {"answer", "line"}
    plain = {
        key: value
        for key, value in names.items()
        if not key.startswith("_") and isinstance(value, _PLAIN)
    }
    return {
        key: value
        for key, value in plain.items()
        if key != NAME and wanted & set(_words(key))
    }


def _chosen_elsewhere(question: Question, names: Mapping[str, Any]) -> Given:
    """Return the first variable that has nothing but options in it."""
    options = {word for one in question.options for word in words_of(one)}
    for key, value in names.items():
        is_list = isinstance(value, (list, tuple, set, frozenset, dict))
        if question.kind != "choices" or key.startswith("_") or not is_list:
            continue
        chosen = words_of(value, question.options)
        if chosen and chosen <= options:
            return {question.id: value}
    return {}


def _more_readable(
    found: Given, others: Sequence[Given], questions: Sequence[Question]
) -> Given:
    """Return that reading by which most questions have an answer; rather the first."""
    if all(question.optional or _reads(found, question) for question in questions):
        return found
    scores = [sum(_reads(one, q) for q in questions) for one in (found, *others)]
    return (found, *others)[scores.index(max(scores))]


def _reads(found: Given, question: Question) -> bool:
    value = found.get(question.id)
    return bool(forms_of(value, question.kind, question.options)) and value is not None


def _is_only(exercise: Exercise, key: str, value: Any) -> bool:
    """Tell whether an odd value is at least meant for the only thing that is asked."""
    return key == NAME and value is not None and not isinstance(value, keras.Model)


def _named(value: Any, exercise: Exercise, names: Mapping[str, Any]) -> Any:
    """Return a list with the names of options in the place of the objects."""
    options = {one for question in exercise.questions for one in question.options}
    known = {id(names[one]): one for one in options if one in names}
    if isinstance(value, (list, tuple, set, frozenset)):
        try:
            return type(value)(known.get(id(member), member) for member in value)
        except TypeError:
            return value
    return value


def _assigned(value: Any, questions: Sequence[Question]) -> Given:
    if isinstance(value, Mapping) and not _is_choice(value, questions):
        return _by_key(value, questions)
    if len(questions) == 1:
        return {questions[0].id: value}
    if isinstance(value, np.ndarray):
        value = value.tolist()
    if isinstance(value, (list, tuple)):
        return _in_order(value, questions)
    return {}


def _is_choice(value: Mapping[Any, Any], questions: Sequence[Question]) -> bool:
    """Tell whether a dict says of each option whether it is chosen."""
    if len(questions) != 1 or not questions[0].options:
        return False
    options = {_words(option) for option in questions[0].options}
    return any(_words(str(key)) in options for key in value)


def _by_key(value: Mapping[Any, Any], questions: Sequence[Question]) -> Given:
    found: Given = {}
    for number, (key, item) in enumerate(value.items()):
        meant = _meant(key, questions)
        if not meant and len(value) == len(questions):
            meant = [questions[number]]
        for name, one in _assigned(item, meant).items() if meant else ():
            found.setdefault(name, one)
    return found


def _meant(key: Any, questions: Sequence[Question]) -> list[Question]:
    """Return the questions that a key names: exactly, in part, or by their number."""
    words = _words(str(key))
    exact = [one for one in questions if _words(one.id) == words]
    if exact:
        return exact
    inside = [one for one in questions if set(_words(one.id)) <= set(words)]
    if inside:
        most = max(len(_words(one.id)) for one in inside)
        return [one for one in inside if len(_words(one.id)) == most]
    numbers = {word for word in words if word.isdigit()}
    for wanted in (set(words), numbers):
        partly = [one for one in questions if wanted and wanted <= set(_words(one.id))]
        if partly:
            return partly
    if isinstance(key, int) and 1 <= key <= len(questions):
        return [questions[key - 1]]
    return []


def _words(text: str) -> tuple[str, ...]:
    """Return the words and numbers of a key, small, each without the s of a plural."""
    found = re.findall(r"[a-z]+|\d+", text.lower())
    singular = (word.removesuffix("s") for word in found)
    return tuple(_SHORT.get(word, word) for word in singular)


def _in_order(value: Sequence[Any], questions: Sequence[Question]) -> Given:
    """Return a list as answers in order; it may have one inner list for each line."""
    best: Given = {}
    most = -1
    for values in _readings(value):
        if len(values) != len(questions):
            continue
        for order in _orders(questions):
            found = {q.id: v for q, v in zip(order, values, strict=True)}
            readable = sum(
                bool(forms_of(found[q.id], q.kind, q.options)) for q in questions
            )
            if readable > most:
                best, most = found, readable
    if most < 0:
        best = {q.id: v for q, v in zip(questions, value, strict=False)}
    return best


def _readings(value: Sequence[Any]) -> Iterator[list[Any]]:
    yield list(value)
    opened: list[Any] = []
    for item in value:
        opened += item if isinstance(item, (list, tuple)) else [item]
    yield opened


def _orders(questions: Sequence[Question]) -> Iterator[list[Question]]:
    """Yield the order of the exercise, and that of all shapes, then all numbers."""
    yield list(questions)
    kinds = dict.fromkeys(_words(one.id)[:1] for one in questions)
    yield [one for kind in kinds for one in questions if _words(one.id)[:1] == kind]
