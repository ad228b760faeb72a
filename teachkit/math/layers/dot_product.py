"""Dot: products of two tensors, added up along one axis of each."""

from __future__ import annotations

from typing import Any

import numpy as np

from teachkit.graph import Shape
from teachkit.math.amounts import Amount, amount, product
from teachkit.math.formulas import Formula, Symbol, formula
from teachkit.math.meanings import Meaning
from teachkit.math.rules import for_layers
from teachkit.math.shapes import shape_of
from teachkit.math.subjects import Arguments, Array, Subject
from teachkit.math.written import small, weighted_sum

_SMALLEST = 1e-12
"""Keras divides by no length below this."""

_COSINE = (
    "Each vector is divided by its length first, so that what comes out is the cosine "
    "of the angle between the two."
)


@for_layers("Dot")
def dot(subject: Subject) -> Meaning:
    """Sums along an axis of each input, sample by sample."""
    layer = subject.operation
    left, right = (shape_of(one) for one in subject.given.first)
    axes = _axes(layer.axes, len(left), len(right))
    letters = _letters(len(left), len(right), axes)
    lengths = dict(zip("".join(letters[:2]), (*left, *right), strict=True))
    lengths["n"] = left[0] if left[0] is not None else right[0]
    result: Shape = tuple(lengths[letter] for letter in letters[2])
    result = (*result, 1) if len(result) == 1 else result
    return Meaning(
        formula=_formula(letters, (left, right, result), layer.normalize),
        shapes=(result,),
        shape_rule=f"axis {axes[0]} of the first and axis {axes[1]} of the second are "
        "summed over; the other axes stay, those of the first in front",
        macs=_macs(lengths),
        evaluate=lambda given: _evaluate(letters, axes, layer.normalize, given.first),
        by_hand=None if layer.normalize else _by_hand,
        notes=(_COSINE,) if layer.normalize else (),
    )


def _axes(axes: Any, left: int, right: int) -> tuple[int, int]:
    first, second = (axes, axes) if isinstance(axes, int) else axes
    return first % left, second % right


def _letters(left: int, right: int, axes: tuple[int, int]) -> tuple[str, str, str]:
    """Return the letters of the axes: `n` the batch, `k` what is summed over."""
    free = iter("ijlmpqrst")
    a, b = (
        "n" + "".join("k" if one == summed else next(free) for one in range(1, rank))
        for rank, summed in ((left, axes[0]), (right, axes[1]))
    )
    return a, b, (a + b[1:]).replace("k", "")


def _formula(
    letters: tuple[str, str, str], shapes: tuple[Shape, ...], normalize: bool
) -> Formula:
    a, b, y = letters
    symbols = {
        "a": Symbol("a", "a", shapes[0], "first input"),
        "b": Symbol("b", "b", shapes[1], "second input"),
        "y": Symbol("y", "y", shapes[2], "output"),
    }
    if not normalize:
        return formula(
            rf"${{y}}_{{{y}}} = \sum\limits_{{k}} ${{a}}_{{{a}}} \, ${{b}}_{{{b}}}",
            f"${{y}}_{y} = Σ_k ${{a}}_{a} ${{b}}_{b}",
            **symbols,
        )
    sums = formula(
        rf"${{y}}_{{{y}}} = \sum\limits_{{k}} \hat{{a}}_{{{a}}} \, \hat{{b}}_{{{b}}}",
        f"${{y}}_{y} = Σ_k â_{a} b̂_{b}",
        **symbols,
    )
    for name, hat in (("a", "â"), ("b", "b̂")):
        sums += formula(
            rf"\hat{{{name}}} = \frac{{$v}}{{\sqrt{{\sum\limits_{{k}} $v^{{2}}}}}}",
            f"{hat} = $v / √(Σ_k ${{v}}²)",
            v=symbols[name],
        )
    return sums


def _macs(lengths: dict[str, int | None]) -> Amount | None:
    inner = {letter: n for letter, n in lengths.items() if letter != "n"}
    if None in inner.values():
        return None
    return product(*(amount(n or 0, letter) for letter, n in inner.items()))


def _evaluate(
    letters: tuple[str, str, str], axes: tuple[int, int], normalize: bool, given: Any
) -> Array:
    arrays = list(given)
    if normalize:
        arrays = [_normalized(one, k) for one, k in zip(arrays, axes, strict=True)]
    result = np.einsum(f"{letters[0]},{letters[1]}->{letters[2]}", *arrays)
    return np.asarray(result[:, np.newaxis] if result.ndim == 1 else result)


def _normalized(array: Array, axis: int) -> Array:
    lengths = np.sqrt((array**2).sum(axis=axis, keepdims=True))
    return np.asarray(array / np.maximum(lengths, _SMALLEST))


def _by_hand(given: Arguments, outputs: list[Array]) -> Formula | None:
    """Return the sum of products of the first sample of two plain vectors."""
    a, b = (one[0] for one in given.first)
    if a.ndim != 1 or b.ndim != 1 or not small(a, b):
        return None
    pairs = list(zip(a, b, strict=True))
    return weighted_sum("y_1", pairs, None, float(outputs[0][0, 0]))
