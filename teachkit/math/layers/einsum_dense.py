"""EinsumDense: the sum that an equation such as `abc,cd->abd` tells."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from teachkit.graph import Shape
from teachkit.math.activations import Activation, activation_of
from teachkit.math.amounts import Amount, amount, product
from teachkit.math.black_box import weights_amount
from teachkit.math.formulas import Formula, Symbol, formula
from teachkit.math.layers.dense import adapted_notes, dense_by_hand
from teachkit.math.meanings import Meaning
from teachkit.math.numbers import numbers
from teachkit.math.rules import for_layers
from teachkit.math.subjects import Array, Subject

_DOTS = "…"
"""Stands for `...` in an equation, as one letter."""

_TAKEN = frozenset("bgxyzW")
"""Letters that mean something else in the formula than an axis."""

_OTHERS = "ijklmnopqrstuvwadefhc"


@dataclass(frozen=True, slots=True)
class _Equation:
    """The letters of the axes of input, kernel and output, and how long each is.

    Attributes:
        x, kernel, y: the letters.
        bias: those of the axes of the bias.
        lengths: by letter.
        between: the axes that the dots stand for.
        names: the letters by those that the author gave them.
    """

    x: str
    kernel: str
    y: str
    bias: str
    lengths: dict[str, int | None]
    between: Shape
    names: dict[str, str]

    def shape(self, letters: str) -> Shape:
        found: list[int | None] = []
        for letter in letters:
            found += self.between if letter == _DOTS else [self.lengths[letter]]
        return tuple(found)

    @property
    def summed(self) -> str:
        """The letters that the output does not have."""
        both = dict.fromkeys(self.x + self.kernel)
        return "".join(letter for letter in both if letter not in self.y)


@for_layers("EinsumDense")
def einsum_dense(subject: Subject) -> Meaning:
    """Y = activation(the sum that the equation tells + b)."""
    layer, shape = subject.operation, subject.shape
    equation = _read(layer, shape)
    activation = activation_of(layer.activation)
    result = activation.shape(equation.shape(equation.y))
    like_dense = layer.equation in ("ab,bc->ac", "...x,xy->...y")
    return Meaning(
        formula=_formula(equation, result, activation),
        shapes=(result,),
        shape_rule=_shape_rule(equation, layer.equation),
        params=_params(layer, equation),
        macs=_macs(equation),
        evaluate=lambda given: _evaluate(layer, activation, given.first),
        by_hand=(
            (lambda given, outputs: dense_by_hand(layer, activation, given, outputs))
            if like_dense
            else None
        ),
        notes=(*activation.notes, *adapted_notes(layer), *_order_notes(equation)),
    )


def _order_notes(equation: _Equation) -> tuple[str, ...]:
    places = equation.between[1:]
    if equation.y[0] != _DOTS or places == places[::-1]:
        return ()
    return (
        "Keras 3.15 tells the axes that the dots stand for in reverse order as the "
        "shape of this layer; what it computes has them in their order.",
    )


def _read(layer: Any, shape: Shape) -> _Equation:
    left, y = layer.equation.replace(" ", "").replace("...", _DOTS).split("->")
    x, kernel = left.split(",")
    front, dots, back = x.partition(_DOTS)
    ends = len(shape) - len(back)
    lengths = dict(zip(front, shape, strict=False))
    lengths |= dict(zip(back, shape[ends:], strict=False))
    # The declared shape has neither the batch nor what the dots stand for.
    declared = y.replace(_DOTS, "") if y[0] == _DOTS else y.replace(_DOTS, "")[1:]
    for letter, length in zip(declared, layer.partial_output_shape, strict=False):
        if lengths.get(letter) is None:
            lengths[letter] = length
    names = _letters(x + kernel)
    x, kernel, y, bias = (
        "".join(names[letter] for letter in part)
        for part in (x, kernel, y, layer.bias_axes or "")
    )
    renamed = {names[letter]: length for letter, length in lengths.items()}
    between = shape[len(front) : ends] if dots else ()
    return _Equation(x, kernel, y, bias, renamed, between, names)


def _letters(given: str) -> dict[str, str]:
    """Return a letter for each: its own, if none of them means something else."""
    letters = [letter for letter in dict.fromkeys(given) if letter != _DOTS]
    others = _OTHERS if _TAKEN.intersection(letters) else "".join(letters)
    return {**dict(zip(letters, others, strict=False)), _DOTS: _DOTS}


def _formula(equation: _Equation, result: Shape, activation: Activation) -> Formula:
    symbols = {
        "y": Symbol("y", "y", result, "output"),
        "x": Symbol("x", "x", equation.shape(equation.x), "input"),
        "W": Symbol("W", "W", equation.shape(equation.kernel), "kernel"),
        "b": Symbol("b", "b", _bias_shape(equation), "bias"),
        "f": activation.symbol,
    }
    forms = []
    for sum_sign, dots in ((r"\sum\limits_{%s}", r"\ldots "), ("Σ_%s", _DOTS)):
        names = [
            f"{{{letters.replace(_DOTS, dots)}}}" if dots != _DOTS else letters
            for letters in (equation.x, equation.kernel, equation.y)
        ]
        sums = f"{sum_sign % equation.summed} " if equation.summed else ""
        inner = f"{sums}${{x}}_{names[0]} ${{W}}_{names[1]}"
        if equation.bias:
            place = f"{{{equation.bias}}}" if dots != _DOTS else equation.bias
            inner += f" + ${{b}}_{place}"
        value = inner if activation.is_linear else f"$f({inner})"
        forms.append(f"${{y}}_{names[2]} = {value}")
    return activation.defined(formula(*forms, **symbols))


def _shape_rule(equation: _Equation, written: str) -> str:
    told = [
        f"{letter} = {'?' if length is None else length}"
        for letter, length in equation.lengths.items()
    ]
    dots = f"; {_DOTS} are the axes before" if equation.y[0] == _DOTS else ""
    lengths = ", ".join(told)
    return (
        f"the axes are {equation.y}, with {lengths}{dots}{_renamed(equation, written)}"
    )


def _renamed(equation: _Equation, written: str) -> str:
    """Return which letters were changed."""
    other = {old: new for old, new in equation.names.items() if old != new}
    if not other:
        return ""
    return (
        f"; {', '.join(other.values())} stand for {', '.join(other)} of {written}, "
        "of which some have another meaning here"
    )


def _bias_shape(equation: _Equation) -> Shape:
    """Return the lengths of the axes with a bias, and 1 for those after the first."""
    axes = equation.bias
    first = min((equation.y.index(letter) for letter in axes), default=0)
    after = [
        (equation.lengths[letter],) if letter in axes else (1,)
        for letter in equation.y[first:]
        if letter != _DOTS
    ]
    dots = len(equation.between) if _DOTS in equation.y[first:] else 0
    return (*sum(after, ()), *(1,) * dots)


def _params(layer: Any, equation: _Equation) -> Amount:
    if getattr(layer, "lora_enabled", False):
        return weights_amount(layer)
    kernel = product(*(amount(equation.lengths[k] or 0, k) for k in equation.kernel))
    if not equation.bias:
        return kernel
    lengths = [amount(equation.lengths[k] or 0, k) for k in equation.bias]
    return kernel + product(*lengths)


def _macs(equation: _Equation) -> Amount | None:
    """Return the product of all lengths but that of the batch."""
    batched = equation.x[0] == _DOTS
    between = equation.between[1:] if batched else equation.between
    letters = dict.fromkeys(equation.x + equation.kernel)
    kept = [k for k in letters if k != _DOTS and (batched or k != equation.x[0])]
    lengths = {k: equation.lengths[k] for k in kept}
    if None in between or None in lengths.values():
        return None
    factors = [amount(length or 0, letter) for letter, length in lengths.items()]
    return product(*(amount(n or 0, "places") for n in between), *factors)


def _evaluate(layer: Any, activation: Activation, x: Array) -> Array:
    z = np.einsum(layer.equation, x, numbers(layer.kernel))
    if layer.bias is not None:
        z = z + numbers(layer.bias)
    return activation.evaluate(z)
