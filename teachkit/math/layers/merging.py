"""Merging layers that work number by number, and Concatenate."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial, reduce
from typing import Any

import numpy as np

from teachkit.graph import Shape
from teachkit.math.formulas import Formula, Line, Symbol, formula
from teachkit.math.layers.merged_masks import (
    ARE_ONE,
    LEFT_OUT,
    masked_extreme,
    masked_product,
)
from teachkit.math.meanings import Meaning
from teachkit.math.rules import for_layers
from teachkit.math.shapes import shape_of, told_shape
from teachkit.math.subjects import Arguments, Array, Subject
from teachkit.math.written import line, matrix, small, upright

_MOST = 4
"""More inputs than these are written with dots between the first and the last."""


@dataclass(frozen=True, slots=True)
class _Merger:
    """How one of these layers joins its inputs.

    Attributes:
        around: what stands around them, as LaTeX and as text, with `INPUTS` for them.
        between: what stands between them, in both forms.
        function: NumPy for two of them.
        masked: NumPy for all of them and their masks, if it reads masks.
        without: what becomes of masked places, in words.
    """

    around: tuple[str, str]
    between: tuple[str, str]
    function: Callable[[Array, Array], Array]
    masked: Callable[[list[Array], list[Array | None]], Array] | None = None
    without: str = ""

    def written(self, inputs: Sequence[Line]) -> Line:
        """Return the inputs joined."""
        latex = self.between[0].join(one.latex for one in inputs)
        text = self.between[1].join(one.text for one in inputs)
        return Line(
            self.around[0].replace("INPUTS", latex),
            self.around[1].replace("INPUTS", text),
        )


_MERGERS = {
    "Add": _Merger(("INPUTS",) * 2, (" + ",) * 2, np.add),
    "Maximum": _Merger(
        (r"\max(INPUTS)", "max(INPUTS)"),
        (", ",) * 2,
        np.maximum,
        partial(masked_extreme, np.maximum),
        LEFT_OUT,
    ),
    "Minimum": _Merger(
        (r"\min(INPUTS)", "min(INPUTS)"),
        (", ",) * 2,
        np.minimum,
        partial(masked_extreme, np.minimum),
        LEFT_OUT,
    ),
    "Multiply": _Merger(
        ("INPUTS",) * 2, (r" \odot ", " × "), np.multiply, masked_product, ARE_ONE
    ),
    "Subtract": _Merger(("INPUTS",) * 2, (" - ",) * 2, np.subtract),
}


def _register() -> None:
    for name, merger in _MERGERS.items():
        for_layers(name)(partial(_merged, merger=merger))


@for_layers("Average")
def average(subject: Subject) -> Meaning:
    """The sum of numbers at the same place, divided by how many there are."""
    count = len(subject.given.first)
    around = (rf"\frac{{1}}{{{count}}} (INPUTS)", f"1/{count} (INPUTS)")
    return _merged(subject, _Merger(around, (" + ",) * 2, np.add), count)


@for_layers("Concatenate")
def concatenate(subject: Subject) -> Meaning:
    """The inputs one behind the other along an axis."""
    shapes = [shape_of(one) for one in subject.given.first]
    axis = subject.operation.axis % len(shapes[0])
    lengths = [shape[axis] for shape in shapes]
    length = None if None in lengths else sum(n or 0 for n in lengths)
    result = (*shapes[0][:axis], length, *shapes[0][axis + 1 :])
    told = " + ".join("?" if n is None else f"{n:,}" for n in lengths)
    told += "" if length is None else f" = {length:,}"
    along = f" along axis {subject.operation.axis}"
    joined = _Merger(
        (rf"[INPUTS] \text{{{along}}}", f"[INPUTS]{along}"), (", ",) * 2, np.add
    )
    return Meaning(
        formula=_formula(joined, shapes, result),
        shapes=(result,),
        shape_rule=f"axis {axis}: {told}; the other axes stay",
        evaluate=lambda given: np.concatenate(given.first, axis),
        by_hand=lambda given, outputs: _by_hand(joined, given, outputs),
    )


def _merged(subject: Subject, merger: _Merger, count: int = 1) -> Meaning:
    """Return the meaning of inputs joined number by number, and divided by a count."""
    shapes = [shape_of(one) for one in subject.given.first]
    result = _broadcast(shapes)
    masked = merger.masked is not None and subject.given.get("mask") is not None
    unequal = len({shape[1:] for shape in shapes}) > 1
    rule = "all inputs have the same shape, and it stays"
    if unequal:
        rule = f"{_listed(shapes)} are brought to {told_shape(result)}"

    def evaluate(given: Arguments) -> Array:
        arrays = [_expanded(one, len(result)) for one in given.first]
        masks = given.get("mask")
        if merger.masked is not None and masks is not None:
            # Keras gives an input with fewer axes new ones, and loses its mask.
            lost = [one.ndim < len(result) for one in given.first]
            pairs = zip(masks, lost, strict=True)
            return merger.masked(arrays, [None if gone else m for m, gone in pairs])
        return np.asarray(reduce(merger.function, arrays) / count)

    return Meaning(
        formula=_formula(merger, shapes, result)
        + (line(upright(merger.without)) if masked else Formula(())),
        shapes=(result,),
        shape_rule=rule,
        evaluate=evaluate,
        by_hand=None
        if masked
        else lambda given, outputs: _by_hand(merger, given, outputs),
        notes=(_broadcast_note(shapes, result),) if unequal else (),
    )


def _broadcast(shapes: Sequence[Shape]) -> Shape:
    """Return the shape that all are brought to; each has a batch in front."""
    rank = max(map(len, shapes))
    full = [(*shape[:1], *(1,) * (rank - len(shape)), *shape[1:]) for shape in shapes]
    batches = [shape[0] for shape in full if shape[0] is not None]
    lengths = [_longest(set(column)) for column in zip(*full, strict=True)]
    return (max(batches, default=None), *lengths[1:])


def _longest(lengths: set[int | None]) -> int | None:
    if None in lengths:
        return None
    # Of a length of one and of zero, zero comes out.
    others = {n for n in lengths if n is not None and n != 1}
    return others.pop() if others else 1


def _expanded(array: Array, rank: int) -> Array:
    """Return an array with axes of length one behind its batch, as Keras does it."""
    shape = (*array.shape[:1], *(1,) * (rank - array.ndim), *array.shape[1:])
    return array.reshape(shape)


def _broadcast_note(shapes: Sequence[Shape], result: Shape) -> str:
    return (
        f"The inputs have different shapes, {_listed(shapes)}: where one is shorter, "
        f"its numbers are used again and again until all have {told_shape(result)}. "
        "Keras says nothing about it, so make sure that it is meant."
    )


def _listed(shapes: Sequence[Shape]) -> str:
    first, last = map(told_shape, (shapes[0], shapes[-1]))
    told = [told_shape(shape) for shape in shapes[:-1]]
    if len(shapes) > _MOST:
        told = [first, "…"]
    return f"{', '.join(told)} and {last}"


def _formula(merger: _Merger, shapes: Sequence[Shape], result: Shape) -> Formula:
    y = Symbol("y", "y", result, "output")
    symbols = [
        Symbol(f"x_{{{k}}}", f"x{k}", shape, "input")
        for k, shape in enumerate(shapes, 1)
    ]
    names = {f"x{k}": symbol for k, symbol in enumerate(symbols, 1)}
    inputs = [Line(f"${name}", f"${name}") for name in names]
    if len(inputs) > _MOST:
        inputs = [*inputs[:2], Line(r"\ldots", "…"), inputs[-1]]
    joined = merger.written(inputs)
    return formula(f"$y = {joined.latex}", f"$y = {joined.text}", y=y, **names)


def _by_hand(merger: _Merger, given: Arguments, outputs: list[Any]) -> Formula | None:
    """Return the first sample of all inputs joined."""
    firsts = [one[0] for one in given.first]
    result = outputs[0][0]
    if len(firsts) > _MOST or not small(*firsts, result):
        return None
    return line(
        "y =", merger.written([matrix(one) for one in firsts]), "=", matrix(result)
    )


_register()
