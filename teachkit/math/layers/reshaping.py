"""Layers that give numbers other places: Flatten, Reshape, Permute, RepeatVector."""

from __future__ import annotations

from math import prod

import numpy as np

from teachkit.graph import Shape
from teachkit.math.formulas import Formula, Line, Symbol, formula
from teachkit.math.meanings import Meaning
from teachkit.math.rules import for_layers
from teachkit.math.shapes import told_shape
from teachkit.math.subjects import Arguments, Array, Subject
from teachkit.math.written import before_and_after

_LETTERS = "ijklmpqrst"
_CHANNELS_FIRST = (
    "The channels are brought to the end before the numbers are read in order: the "
    "result is the same as for channels_last."
)


@for_layers("Flatten")
def flatten(subject: Subject) -> Meaning:
    """All numbers of a sample in one row, the last axis running fastest."""
    shape = subject.shape
    turned = subject.operation.data_format == "channels_first" and len(shape) > 2
    read = (shape[0], *shape[2:], shape[1]) if turned else shape
    lengths = read[1:]
    length = None if None in lengths else prod(n or 0 for n in lengths)
    told = " × ".join("?" if n is None else f"{n:,}" for n in lengths) or "1"
    many = length is not None and len(lengths) > 1
    return Meaning(
        formula=_flatten_formula(shape, read, (shape[0], length), turned),
        shapes=((shape[0], length),),
        shape_rule=f"all axes but the batch become one: {told}"
        + (f" = {length:,}" if many else "")
        + _open_words(lengths),
        evaluate=lambda given: _flattened(given.first, turned),
        by_hand=_by_hand,
        notes=(_CHANNELS_FIRST,) if turned else (),
    )


def _flattened(x: Array, turned: bool) -> Array:
    x = np.moveaxis(x, 1, -1) if turned else x
    return x.reshape(len(x), -1)


def _flatten_formula(shape: Shape, read: Shape, result: Shape, turned: bool) -> Formula:
    """Return the number at each place, and which place it gets."""
    axes = _LETTERS[: len(shape) - 1]
    symbols = {
        "y": Symbol("y", "y", result, "output"),
        "x": Symbol("x", "x", shape, "input"),
    }
    if len(shape) < 3:
        return formula("$y = $x", **symbols)
    fast = axes[1:] + axes[0] if turned else axes
    place = fast[0]
    for letter, length in zip(fast[1:], read[2:], strict=True):
        inner = f"({place})" if len(place) > 1 else place
        place = f"{inner} × {'?' if length is None else length} + {letter}"
    value = formula(
        f"${{y}}_{{n, o}} = ${{x}}_{{n, {', '.join(axes)}}}",
        f"${{y}}_no = ${{x}}_n{axes}",
        **symbols,
    )
    counted = Line(
        rf"\text{{where }} o = {place.replace('×', chr(92) + 'times')}"
        r"\text{, all counted from 0}",
        f"where o = {place}, all counted from 0",
    )
    return value + Formula((counted,))


@for_layers("Reshape")
def reshape(subject: Subject) -> Meaning:
    """The same numbers in the same order, cut into other axes."""
    shape, target = subject.shape, tuple(subject.operation.target_shape)
    target = tuple(-1 if n is None else n for n in target)
    result = (shape[0], *_resolved(shape[1:], target))
    rule = f"{told_shape(shape)} is read as {told_shape(result)}"
    if -1 in target:
        rule += ", where -1 is what is left over: " + _left_over(shape[1:], target)
    return Meaning(
        formula=formula(
            r"$y = $x \text{ read in order, the last axis fastest}",
            "$y = $x read in order, the last axis fastest",
            y=Symbol("y", "y", result, "output"),
            x=Symbol("x", "x", shape, "input"),
        ),
        shapes=(result,),
        shape_rule=rule,
        evaluate=lambda given: given.first.reshape(len(given.first), *target),
        by_hand=_by_hand,
    )


def _resolved(shape: Shape, target: tuple[int, ...]) -> Shape:
    known = prod(n for n in target if n != -1)
    if None in shape or not known:
        return tuple(None if n == -1 else n for n in target)
    size = prod(n or 0 for n in shape)
    return tuple(size // known if n == -1 else n for n in target)


def _left_over(shape: Shape, target: tuple[int, ...]) -> str:
    known = " / ".join(f"{n:,}" for n in target if n != -1)
    told = " × ".join("?" if n is None else f"{n:,}" for n in shape)
    several = known.count("/") or (known and told.count("×"))
    known = f"({known.replace(' / ', ' × ')})" if "/" in known else known
    told = f"({told})" if several and "×" in told else told
    return (f"{told} / {known}" if known else told) + _open_words(shape)


def _open_words(lengths: Shape) -> str:
    """Return what `?` stands for, if a length is open."""
    count = lengths.count(None)
    if not count:
        return ""
    each = "is a length that is" if count == 1 else "are lengths that are"
    return f", where ? {each} known only when the layer is called"


@for_layers("Permute")
def permute(subject: Subject) -> Meaning:
    """The axes in another order."""
    shape, dims = subject.shape, tuple(subject.operation.dims)
    result = (shape[0], *(shape[k] for k in dims))
    letters = "n" + _LETTERS[: len(dims)]
    turned = "n" + "".join(letters[k] for k in dims)
    return Meaning(
        formula=formula(
            f"${{y}}_{{{turned}}} = ${{x}}_{{{letters}}}",
            f"${{y}}_{turned} = ${{x}}_{letters}",
            y=Symbol("y", "y", result, "output"),
            x=Symbol("x", "x", shape, "input"),
        ),
        shapes=(result,),
        shape_rule="the axes behind the batch in the order "
        f"{', '.join(map(str, dims))}: {told_shape(shape)} becomes "
        f"{told_shape(result)}",
        evaluate=lambda given: given.first.transpose(0, *dims),
        by_hand=_by_hand,
    )


@for_layers("RepeatVector")
def repeat_vector(subject: Subject) -> Meaning:
    """The same vector at each of n steps."""
    shape, count = subject.shape, subject.operation.n
    result = (shape[0], count, shape[1])
    return Meaning(
        formula=formula(
            rf"${{y}}_{{n, t}} = ${{x}}_{{n}}, \quad t = 1, \ldots, {count}",
            f"${{y}}_nt = ${{x}}_n for t = 1 … {count}",
            y=Symbol("y", "y", result, "output"),
            x=Symbol("x", "x", shape, "input"),
        ),
        shapes=(result,),
        shape_rule=f"an axis of length {count:,} is put behind the batch",
        evaluate=lambda given: np.stack([given.first] * count, axis=1),
        by_hand=_by_hand,
    )


def _by_hand(given: Arguments, outputs: list[Array]) -> Formula | None:
    return before_and_after(given.first[0], outputs[0][0])
