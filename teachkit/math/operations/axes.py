"""Axes of a call in words, and what is left of a shape without some of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from teachkit.graph import Shape, TensorSpec
from teachkit.math.shapes import shape_of, told_shape
from teachkit.speech import listed


def taken_axes(rank: int, axis: Any) -> tuple[int, ...]:
    """Return axes counted from the front; all of them for None."""
    if axis is None:
        return tuple(range(rank))
    several = axis if isinstance(axis, (list, tuple)) else [axis]
    return tuple(sorted(int(one) % rank for one in several)) if rank else ()


def reduced(shape: Shape, axes: tuple[int, ...], *, keepdims: bool) -> Shape:
    """Return a shape without axes, or with a length of 1 in their place."""
    kept = [1 if k in axes else length for k, length in enumerate(shape)]
    return tuple(n for k, n in enumerate(kept) if keepdims or k not in axes)


def told_axes(axes: tuple[int, ...], rank: int) -> str:
    """Return axes in words: `axis 1`, `axes 1 and 2`, `all axes`."""
    if len(axes) == rank:
        return "all axes" if rank > 1 else "the only axis"
    if len(axes) == 1:
        return f"axis {axes[0]}"
    return f"axes {listed(list(map(str, axes)))}" if axes else "no axis"


def told_length(length: int | None) -> str:
    """Return a length as it is written: `4`, or `?` for an open one."""
    return "?" if length is None else str(length)


def reduced_rule(shape: Shape, axes: tuple[int, ...], *, keepdims: bool) -> str:
    """Return what becomes of a shape: `axis 1, of length 4, goes away`."""
    if not axes:
        return "the shape stays"
    which = told_axes(axes, len(shape))
    if len(axes) == 1:
        length = told_length(shape[axes[0]])
        becomes = "becomes 1" if keepdims else "goes away"
        return f"{which}, of length {length}, {becomes}"
    lengths = told_shape(tuple(shape[k] for k in axes))
    return f"{which}, {lengths}, {'become 1' if keepdims else 'go away'}"


def axis_words(arguments: Mapping[str, Any], shapes: Sequence[Shape]) -> dict[str, str]:
    """Return phrases for the axis of a call, by their names in a row of a table.

    Arguments:
        arguments: those of the call; without `axis` and `axes` there is no phrase.
        shapes: of its tensors; the axis is one of the first.

    Returns:
        `which`: the axis, counted from the front; `along`: along the axis, or in
        reading order if there is none; `stays`: what becomes of the shape if nothing
        goes away; `gone`: what becomes of it if the axis does.
    """
    name = "axes" if "axes" in arguments else "axis"
    axis = arguments.get(name)
    if name not in arguments or not shapes or not _is_axis(axis):
        return {}
    shape = shapes[0]
    axes = taken_axes(len(shape), axis)
    which = told_axes(axes, len(shape))
    return {
        "which": which,
        "along": "in reading order" if axis is None else f"along {which}",
        "stays": "all numbers in one row" if axis is None else "the shape stays",
        "gone": reduced_rule(shape, axes, keepdims=bool(arguments.get("keepdims"))),
    }


def _is_axis(axis: Any) -> bool:
    several = axis if isinstance(axis, (list, tuple)) else [axis]
    return axis is None or all(isinstance(one, int) for one in several)


def shapes_in(arguments: Mapping[str, Any]) -> list[Shape]:
    """Return the shapes of the arguments that are tensors, in their order."""
    return [shape_of(a) for a in arguments.values() if isinstance(a, TensorSpec)]
