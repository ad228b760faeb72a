"""Layers that cut off the border of what they are given, or put zeros around it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from teachkit.graph import Shape
from teachkit.math.formulas import Formula, Symbol, formula
from teachkit.math.layers.places import first_channel, place_letters, spatial_names
from teachkit.math.meanings import Meaning
from teachkit.math.rules import for_layers
from teachkit.math.subjects import Array, Subject
from teachkit.math.written import before_and_after


@dataclass(frozen=True, slots=True)
class _Border:
    """How many places are before and behind each axis, batch and channels too."""

    sizes: tuple[tuple[int, int], ...]
    first: int
    """The first axis that can have a border."""
    sign: int
    """1 where zeros are put around, -1 where places are cut off."""

    @property
    def axes(self) -> range:
        return range(self.first, self.first + len(self.sizes) - 2)

    def lengths(self, shape: Shape) -> Shape:
        pairs = zip(shape, self.sizes, strict=True)
        return tuple(
            None if length is None else length + self.sign * sum(size)
            for length, size in pairs
        )

    def rule(self, shape: Shape) -> str:
        """Return what becomes of each axis: `height: 8 + 1 + 1 = 10`."""
        sign = "+" if self.sign > 0 else "-"
        after = self.lengths(shape)
        told = []
        for name, axis in zip(spatial_names(len(self.axes)), self.axes, strict=True):
            before, behind = self.sizes[axis]
            length = "?" if shape[axis] is None else f"{shape[axis]:,}"
            total = "" if after[axis] is None else f" = {after[axis]:,}"
            told.append(f"{name}: {length} {sign} {before} {sign} {behind}{total}")
        return "; ".join(told)


@for_layers("Cropping1D", "Cropping2D", "Cropping3D")
def cropping(subject: Subject) -> Meaning:
    """The same numbers without so many places at each border."""
    border = _border(subject, subject.operation.cropping, -1)
    return _meaning(subject, border, "", lambda x: _cropped(x, border))


@for_layers("ZeroPadding1D", "ZeroPadding2D", "ZeroPadding3D")
def zero_padding(subject: Subject) -> Meaning:
    """The same numbers with zeros around them."""
    border = _border(subject, subject.operation.padding, 1)
    return _meaning(
        subject, border, ", and 0 outside of x", lambda x: np.pad(x, border.sizes)
    )


def _border(subject: Subject, sizes: Any, sign: int) -> _Border:
    # The layers for one axis have a plain pair.
    pairs = (sizes,) if isinstance(sizes[0], int) else sizes
    pairs = tuple((int(before), int(behind)) for before, behind in pairs)
    layout = getattr(subject.operation, "data_format", "channels_last")
    none = ((0, 0),)
    if layout == "channels_first":
        return _Border(none * 2 + pairs, 2, sign)
    return _Border(none + pairs + none, 1, sign)


def _meaning(subject: Subject, border: _Border, outside: str, function: Any) -> Meaning:
    shape = subject.shape
    result = border.lengths(shape)
    return Meaning(
        formula=_formula(border, shape, result, outside),
        shapes=(result,),
        shape_rule=border.rule(shape),
        evaluate=lambda given: function(given.first),
        by_hand=lambda given, outputs: before_and_after(
            first_channel(given.first, border.first),
            first_channel(outputs[0], border.first),
        ),
    )


def _formula(border: _Border, shape: Shape, result: Shape, outside: str) -> Formula:
    letters = place_letters(len(border.axes), border.first)
    places = list(letters)
    for axis in border.axes:
        before = -border.sign * border.sizes[axis][0]
        if before:
            places[axis] += f" {'+' if before > 0 else '-'} {abs(before)}"
    left, right = ", ".join(letters), ", ".join(places)
    words = rf"\text{{{outside}}}" if outside else ""
    return formula(
        f"${{y}}_{{{left}}} = ${{x}}_{{{right}}}{words}",
        f"$y({left}) = $x({right}){outside}",
        y=Symbol("y", "y", result, "output"),
        x=Symbol("x", "x", shape, "input"),
    )


def _cropped(x: Array, border: _Border) -> Array:
    cuts = zip(x.shape, border.sizes, strict=True)
    return x[tuple(slice(before, n - behind) for n, (before, behind) in cuts)]
