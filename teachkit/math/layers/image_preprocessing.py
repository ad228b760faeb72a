"""Random changes of images: in training only, at inference they change nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import keras
import numpy as np

from teachkit.math.black_box import black_box
from teachkit.math.blend_changes import BLENDS
from teachkit.math.colour_changes import COLOURS
from teachkit.math.formulas import Formula, Symbol, formula
from teachkit.math.image_residuals import RESIDUALS
from teachkit.math.meanings import Meaning
from teachkit.math.place_changes import PLACES
from teachkit.math.random_changes import Change
from teachkit.math.rules import Rule, for_layers
from teachkit.math.subjects import Subject

_STAYS = "the shape stays"
_CALLED = (
    "predict() and evaluate() say that it is not training; a plain call model(x) does "
    "not, and then the images are changed: write model(x, training=False)."
)
_CHANGES = {**BLENDS, **COLOURS, **PLACES}


def _rule(name: str) -> Rule:
    """Return the rule for a class: y = x at inference, what it draws in training."""

    def rule(subject: Subject) -> Meaning:
        if isinstance(subject.given.first, Mapping):
            return _of_several(name, subject)
        change = _CHANGES[name](subject.operation, subject.shape)
        return (
            _drawn(name, subject, change)
            if subject.trains
            else _same(name, subject, change)
        )

    return for_layers(name)(rule)


def _same(name: str, subject: Subject, change: Change) -> Meaning:
    return Meaning(
        formula=_formula(subject, (("$y = $x", "$y = $x"),)),
        shapes=(subject.shape,),
        shape_rule=_STAYS,
        evaluate=lambda given: np.asarray(given.first),
        notes=(f"{name} changes images in training only. Then {change.told}", _CALLED),
    )


def _drawn(name: str, subject: Subject, change: Change) -> Meaning:
    layer, residual = subject.operation, RESIDUALS.get(name)
    told = change.told[0].upper() + change.told[1:]
    return Meaning(
        formula=_formula(subject, change.lines),
        shapes=(subject.shape,),
        shape_rule=_STAYS,
        residual=None
        if residual is None
        else lambda given, outputs: residual(layer, given.first, outputs[0]),
        notes=(told, *change.notes),
    )


def _formula(subject: Subject, lines: tuple[tuple[str, str], ...]) -> Formula:
    symbols: dict[str, Any] = {
        "x": Symbol("x", "x", subject.shape, "images"),
        "y": Symbol("y", "y", subject.shape, "output"),
    }
    return sum((formula(*one, **symbols) for one in lines), Formula(()))


def _of_several(name: str, subject: Subject) -> Meaning:
    """Return the meaning for a dict of images, labels and so on."""
    first = subject.given.first
    if subject.trains or "bounding_boxes" in first:
        return black_box(subject)
    x = Symbol("x", "x", None, "images, labels and what else is given")
    return Meaning(
        formula=formula("$y = $x", x=x, y=Symbol("y", "y", None, "output")),
        shapes=tuple(one.shape for one in keras.tree.flatten(first)),
        shape_rule="all shapes stay",
        evaluate=lambda given: keras.tree.flatten(given.first),
        notes=(f"{name} changes nothing at inference.",),
    )


RULES = {name: _rule(name) for name in _CHANGES}
"""The rule of each class, by its name."""
