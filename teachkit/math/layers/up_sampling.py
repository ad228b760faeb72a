"""UpSampling: each place becomes several, with the same number or one in between."""

from __future__ import annotations

import numpy as np

from teachkit.graph import Shape
from teachkit.math.formulas import Formula, Line, Symbol, formula
from teachkit.math.layers.places import first_channel, place_letters, spatial_names
from teachkit.math.meanings import Meaning
from teachkit.math.resampling import resized, weights
from teachkit.math.rules import for_layers
from teachkit.math.subjects import Array, Subject
from teachkit.math.written import before_and_after

_REPEATING = ("nearest", "area")
"""For a whole factor both give each place the number of the one that it lies in."""


@for_layers("UpSampling1D", "UpSampling2D", "UpSampling3D")
def up_sampling(subject: Subject) -> Meaning:
    """The spatial axes are so many times as long."""
    layer, shape = subject.operation, subject.shape
    factors = (layer.size,) if isinstance(layer.size, int) else tuple(layer.size)
    method = getattr(layer, "interpolation", "nearest")
    layout = getattr(layer, "data_format", "channels_last")
    first = 2 if layout == "channels_first" else 1
    result = _lengths(shape, factors, first)
    repeats = method in _REPEATING
    return Meaning(
        formula=_repeated(shape, result, factors, first)
        if repeats
        else _weighted(shape, result, method),
        shapes=(result,),
        shape_rule=_shape_rule(shape, factors, first),
        evaluate=lambda given: (
            _repeat(given.first, factors, first)
            if repeats
            else _resize(given.first, factors, first, method)
        ),
        by_hand=lambda given, outputs: before_and_after(
            first_channel(given.first, first), first_channel(outputs[0], first)
        ),
        notes=() if repeats else (_note(method, factors),),
    )


def _lengths(shape: Shape, factors: tuple[int, ...], first: int) -> Shape:
    found = list(shape)
    for axis, factor in enumerate(factors, first):
        length = shape[axis]
        found[axis] = None if length is None else length * factor
    return tuple(found)


def _shape_rule(shape: Shape, factors: tuple[int, ...], first: int) -> str:
    told = []
    named = zip(spatial_names(len(factors)), factors, strict=True)
    for axis, (name, factor) in enumerate(named, first):
        length = shape[axis]
        counted = f"? × {factor}"
        if length is not None:
            counted = f"{length:,} × {factor} = {length * factor:,}"
        told.append(f"{name}: {counted}")
    return "; ".join(told)


def _repeated(
    shape: Shape, result: Shape, factors: tuple[int, ...], first: int
) -> Formula:
    letters = place_letters(len(factors), first)
    latex, text = list(letters), list(letters)
    for axis, factor in enumerate(factors, first):
        if factor > 1:
            latex[axis] = rf"\lfloor {letters[axis]} / {factor} \rfloor"
            text[axis] = f"{letters[axis]} // {factor}"
    left = ", ".join(letters)
    return formula(
        f"${{y}}_{{{left}}} = ${{x}}_{{{', '.join(latex)}}}",
        f"$y({left}) = $x({', '.join(text)})",
        y=Symbol("y", "y", result, "output"),
        x=Symbol("x", "x", shape, "input"),
    )


def _weighted(shape: Shape, result: Shape, method: str) -> Formula:
    """Return an image as rows and columns that are weighted sums of the old ones."""
    channel = formula(
        r"$y = A \, $x \, B^{\top} \text{ for each channel}",
        "$y = A $x Bᵀ for each channel",
        y=Symbol("y", "y", result, "output"),
        x=Symbol("x", "x", shape, "input"),
    )
    told = f"A, B: the {method} weights of old rows and columns in new ones"
    return channel + Formula((Line(rf"\text{{{told}}}", told),))


def _note(method: str, factors: tuple[int, ...]) -> str:
    """Return which weights a new pixel in the middle of a row has."""
    factor = max(factors)
    old = 12  # enough that the middle does not see the border
    middle = weights(old, old * factor, method, False)[old // 2 * factor]
    told = [f"{value:.3g}" for value in middle if abs(value) > 1e-9]
    return (
        f"Where an axis becomes {factor} times as long, the first of {factor} new "
        f"numbers is the sum of the old ones around it times {', '.join(told)}; at the "
        "border the weights of what is missing go to the others."
    )


def _repeat(x: Array, factors: tuple[int, ...], first: int) -> Array:
    for axis, factor in enumerate(factors, first):
        x = np.repeat(x, factor, axis)
    return x


def _resize(x: Array, factors: tuple[int, ...], first: int, method: str) -> Array:
    turned = np.moveaxis(x, 1, -1) if first == 2 else x
    height, width = (n * f for n, f in zip(turned.shape[1:3], factors, strict=True))
    result = resized(turned, (height, width), method)
    return np.moveaxis(result, -1, 1) if first == 2 else result
