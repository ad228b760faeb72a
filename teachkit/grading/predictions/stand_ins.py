"""Models that an answer has under other names than the exercise asks for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import keras

from teachkit.exercise_format.records import Exercise
from teachkit.grading.predictions.answers_given import NAME
from teachkit.grading.predictions.option_names import option_meant, words_in

_CHOICES = ("choice", "choices")


def stand_ins(exercise: Exercise, names: Mapping[str, Any]) -> dict[str, Any]:
    """Return models for the names that are asked for and missing.

    Who decides about `mlp` and `twice`, and is asked for `mlp_chain` and `twice_chain`,
    may write `seq_mlp`, a dict `{"mlp": ...}`, or a list of all in their order.

    Arguments:
        exercise: of type `decide`; any other has no stand-ins.
        names: that the answer defined.
    """
    if exercise.type != "decide":
        return {}
    options = tuple(
        one for q in exercise.questions if q.kind in _CHOICES for one in q.options
    )
    missing = [name for name in exercise.asks if names.get(name) is None]
    asked = {option_meant(name, options): name for name in missing}
    found: dict[str, Any] = {}
    for key, model in _models(names, exercise) if missing else ():
        meant = option_meant(key, options)
        if meant and meant in asked:
            found.setdefault(asked[meant], model)
    return found


def _models(names: Mapping[str, Any], exercise: Exercise) -> Iterator[tuple[str, Any]]:
    """Yield models by the names that an answer gave them, in dicts and lists too."""
    wanted = [name for name in exercise.asks if name != NAME]
    named = [one for q in exercise.questions for one in q.options]
    for key, value in names.items():
        if isinstance(value, Mapping):
            pairs = [(str(own), one) for own, one in value.items()]
        elif isinstance(value, (list, tuple)) and len(value) == len(wanted):
            pairs = list(zip(wanted, value, strict=True))
        else:
            pairs = [] if key in exercise.asks else [(key, value)]
        for own, one in pairs:
            is_given = key in named and not issubclass(type(one), keras.Sequential)
            if issubclass(type(one), keras.Model) and words_in(own) and not is_given:
                yield own, one
