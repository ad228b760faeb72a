"""The inputs of a model as calls of `keras.Input`."""

from __future__ import annotations

from typing import Any

import keras

from teachkit.graph import Call, Shape
from teachkit.keras_reader import RecordedCall
from teachkit.source_code.expressions import Expression, Text, call
from teachkit.source_code.layer_names import is_automatic, is_automatic_tensor
from teachkit.source_code.values import text_source


def name_of_input(recorded: RecordedCall, one: Call) -> str | None:
    """Return the name that the author gave to an input, None if Keras gave it."""
    layer = recorded.operation
    if layer is None:
        return None if is_automatic_tensor(one.id) else one.id
    return None if is_automatic(layer) else str(layer.name)


def input_source(
    recorded: RecordedCall, one: Call, *, named: bool, shape: Shape | None = None
) -> Expression:
    """Return the `keras.Input` of an input.

    Arguments:
        recorded: the input with its layer.
        one: the input in the graph.
        named: its name is the author's; that of an argument of a call is not.
        shape: instead of its own.
    """
    layer = recorded.operation
    own = one.outputs[0].shape if layer is None else layer.batch_shape
    dtype = one.outputs[0].dtype if layer is None else layer.dtype
    arguments = _shape_arguments(shape or own)
    positional = [value for name, value in arguments if name == "shape"]
    rest = [(name, value) for name, value in arguments if name != "shape"]
    if dtype != "float32" or keras.config.floatx() != "float32":
        rest.append(("dtype", Text(text_source(dtype))))
    for switch in ("sparse", "ragged", "optional"):
        if getattr(layer, switch, False):
            rest.append((switch, Text("True")))
    name = name_of_input(recorded, one)
    if name is not None and named:
        rest.append(("name", Text(text_source(name))))
    return call("keras.Input", positional, rest)


def _shape_arguments(shape: Any) -> list[tuple[str, Expression]]:
    lengths = tuple(None if n is None else int(n) for n in shape or ())
    if not lengths:
        return [("batch_shape", Text("()"))]
    shape_itself = ("shape", Text(str(lengths[1:])))
    if lengths[0] is None:
        return [shape_itself]
    return [shape_itself, ("batch_size", Text(str(lengths[0])))]
