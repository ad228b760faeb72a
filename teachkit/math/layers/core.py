"""Identity, Masking and what begins a model.

A Lambda needs no rule: its function is followed into the operations that it makes.
"""

from __future__ import annotations

from typing import Any

import keras
import numpy as np

from teachkit.math.formulas import Formula, Symbol, formula, word
from teachkit.math.layers.same_shape import of_input, same_shape
from teachkit.math.meanings import Meaning
from teachkit.math.numbers import flat_arrays, numbers
from teachkit.math.rules import for_layers
from teachkit.math.subjects import Array, Subject
from teachkit.math.written import before_and_after


@for_layers("InputLayer")
def input_layer(subject: Subject) -> Meaning:
    """What the model is given: nothing is computed."""
    shape = tuple(subject.operation.batch_shape)
    name = word(subject.operation.name)
    x = Symbol("x", "x", shape, "input")
    return Meaning(
        formula=formula(r"$x = \text{given as }$n", "$x = given as $n", x=x, n=name),
        shapes=(shape,),
        shape_rule="as it was declared; the length of the batch is open"
        if shape[:1] == (None,)
        else "as it was declared",
    )


@for_layers("Identity")
def identity(subject: Subject) -> Meaning:
    """Y = x, of one tensor or of several nested ones."""
    specs = keras.tree.flatten(subject.given.first)
    shapes = tuple(spec.shape for spec in specs)
    return Meaning(
        formula=_unchanged(subject, shapes),
        shapes=shapes,
        shape_rule="every shape stays as it is",
        evaluate=lambda given: flat_arrays(given.first),
    )


def _unchanged(subject: Subject, shapes: Any) -> Formula:
    if len(shapes) == 1:
        return of_input(subject, "$y = $x")
    lines = [
        formula(
            "$y = $x",
            y=Symbol(f"y_{{{k}}}", f"y{k}", shape, "output"),
            x=Symbol(f"x_{{{k}}}", f"x{k}", shape, "input"),
        )
        for k, shape in enumerate(shapes, 1)
    ]
    return sum(lines, Formula(()))


@for_layers("Masking")
def masking(subject: Subject) -> Meaning:
    """A step of which every number is the mask value becomes zeros, and is skipped."""
    layer, shape = subject.operation, subject.shape
    plain = isinstance(layer.mask_value, (int, float))
    value = f"{layer.mask_value:g}" if plain else "the mask value"
    symbols = {
        "x": Symbol("x", "x", shape, "input"),
        "y": Symbol("y", "y", shape, "output"),
        "v": Symbol(value if plain else r"\text{the mask value}", value),
    }
    told = formula(
        r"${y}_{t} = ${x}_{t} \text{ if any of } ${x}_{t} \ne $v, \text{ else } 0",
        "${y}_t = ${x}_t if any of ${x}_t ≠ $v, else 0",
        **symbols,
    )
    return same_shape(
        subject,
        told,
        lambda given: np.where(_kept(layer, given.first), given.first, 0),
        by_hand=lambda given, outputs: before_and_after(given.first[0], outputs[0][0]),
        notes=(
            "Layers after this one that know masks also skip the masked steps: the "
            "mask travels beside the tensor.",
        ),
    )


def _kept(layer: Any, x: Array) -> Array:
    """Return where any number differs, compared with the rounding of the layer."""
    kind = np.dtype(layer.compute_dtype)
    value = numbers(layer.mask_value)
    different = x.astype(kind) != value.astype(kind)
    return np.asarray(different.any(axis=-1, keepdims=True))
