"""Operations that take numbers out of tensors, and put them in, by their places."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from teachkit.math.formulas import Line
from teachkit.math.operations.arguments import shape_of, told_shape
from teachkit.math.operations.axes import taken_axes, told_length
from teachkit.math.operations.places import equal, letters, stepped
from teachkit.math.operations.tables import Row, Shapes, by_call, by_row
from teachkit.math.subjects import Array

_ADDED = "What is put in the same place several times is added."
_UPDATES: dict[Any, Any] = {
    "add": np.add,
    "max": np.maximum,
    "min": np.minimum,
    "mul": np.multiply,
}


def _take(x: Array, indices: Any, axis: int | None) -> Array:
    return np.take(x, np.asarray(indices, int), axis)


def _slice(inputs: Array, start_indices: Any, shape: Any) -> Array:
    return inputs[_window(inputs, start_indices, shape)]


def _window(inputs: Array, start_indices: Any, lengths: Any) -> tuple[slice, ...]:
    """Return slices from the starts; a length of -1 goes to the end of the axis."""
    starts = [int(one) for one in start_indices]
    return tuple(
        slice(start, full if n in (-1, None) else start + int(n))
        for start, n, full in zip(starts, lengths, inputs.shape, strict=True)
    )


def _slice_update(inputs: Array, start_indices: Any, updates: Array) -> Array:
    result = np.array(inputs)
    result[_window(result, start_indices, updates.shape)] = updates
    return result


def _places(indices: Any) -> tuple[Array, ...]:
    return tuple(np.moveaxis(np.asarray(indices, int), -1, 0))


def _scatter(indices: Any, values: Array, shape: Any) -> Array:
    values = np.asarray(values)
    result = np.zeros(tuple(shape), values.dtype)
    np.add.at(result, _places(indices), values)
    return result


def _scatter_update(
    inputs: Array, indices: Any, updates: Any, reduction: str | None = None
) -> Array:
    result = np.array(inputs)
    if reduction is None:
        result[_places(indices)] = updates
    else:
        _UPDATES[reduction].at(result, _places(indices), updates)
    return result


def _as_first(name: str) -> Any:
    def shapes(arguments: Mapping[str, Any]) -> Shapes:
        return (shape_of(arguments[name]),)

    return shapes


def _select(condlist: Any, choicelist: Any, default: Any) -> Array:
    return np.select([np.asarray(one, bool) for one in condlist], choicelist, default)


_ROWS: dict[str, Row] = {
    "Scatter": Row(
        latex=r"0 \text{ everywhere, but } y_{$indices} = $values",
        text="0 everywhere, but $values at $indices",
        function=_scatter,
        shape_rule="the shape that is asked for: {shape}",
        notes=(_ADDED,),
    ),
    "ScatterUpdate": Row(
        latex=r"$inputs \text{ with } $updates \text{ at } $indices",
        text="$inputs with $updates at $indices",
        function=_scatter_update,
        shape_rule="the shape stays",
        shapes=_as_first("inputs"),
    ),
    "Select": Row(
        latex=r"\text{the choice } ($choicelist...) \text{ of the first true } "
        r"($condlist...) \text{, else } $default",
        text="the choice ($choicelist...) of the first true ($condlist...), "
        "else $default",
        function=_select,
        shape_rule="the shapes are stretched to a common one",
    ),
    "SliceUpdate": Row(
        latex=r"$inputs \text{ with } $updates \text{ from } $start_indices",
        text="$inputs with $updates from $start_indices on",
        function=_slice_update,
        shape_rule="the shape stays",
        shapes=_as_first("inputs"),
    ),
    "TakeAlongAxis": Row(
        latex=r"${x}_{i k} \text{ with } k = ${indices}_{i j} \text{, } $along",
        text="$x at the places $indices, $along",
        function=lambda x, indices, axis: np.take_along_axis(
            x, np.asarray(indices, int), axis
        ),
        shape_rule="as the indices",
    ),
    "Where": Row(
        latex=r"$x1 \text{ where } $condition \text{, else } $x2",
        text="$x1 where $condition, else $x2",
        function=lambda condition, x1, x2: np.where(
            np.asarray(condition, bool), x1, x2
        ),
        shape_rule="the three shapes are stretched to a common one",
    ),
}

for _name, _row in _ROWS.items():
    by_row(_name, _row)


def _taken(arguments: Mapping[str, Any]) -> Row:
    shape, axis = shape_of(arguments["x"]), arguments["axis"]
    indices = arguments["indices"]
    many = told_shape(shape_of(indices))
    at_places = "at the places" if shape_of(indices) else "at the place"
    if axis is None:
        which, rule = "in reading order", f"a place for each of the indices {many}"
    else:
        (place,) = taken_axes(len(shape), axis)
        which = f"of axis {place}"
        length = told_length(shape[place])
        rule = (
            f"axis {place}, of length {length}, becomes the axes of the indices {many}"
        )
        if not shape_of(indices):
            rule = f"axis {place}, of length {length}, goes away"
    return Row(
        latex=rf"$x \text{{ {at_places} }} $indices \text{{ {which}}}",
        text=f"$x {at_places} $indices {which}",
        function=_take,
        shape_rule=rule,
    )


by_call("Take", _taken)


def _part(arguments: Mapping[str, Any]) -> Row:
    starts, lengths = arguments["start_indices"], arguments["shape"]
    line = Line(
        r"$inputs \text{ from } $start_indices \text{ on}",
        "$inputs from $start_indices on",
    )
    if isinstance(starts, (list, tuple)):
        names = letters(len(starts))
        places = [stepped(a, int(n), 1) for a, n in zip(names, starts, strict=True)]
        line = equal(names, "inputs", places)
    long = " × ".join(map(str, lengths))
    return Row(
        latex=line.latex,
        text=line.text,
        function=_slice,
        shape_rule=f"the part that begins at place {{start_indices}}, {long} long",
    )


by_call("Slice", _part)
