"""Which whole numbers a model can be fed: those that its Embeddings have a row for.

An id may be reshaped, cut, joined or handed to a nested model before an Embedding reads
it. So limits are found by following each input forward through all calls that leave
its numbers as they are.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import keras

from teachkit.keras_reader import internals
from teachkit.keras_reader.recording import (
    Constant,
    RecordedCall,
    RecordedModel,
    Ref,
)
from teachkit.keras_runner.guard import inside_out

_LAYERS = """
    ActivityRegularization Concatenate Cropping1D Cropping2D Cropping3D Dropout Flatten
    GlobalMaxPooling1D GlobalMaxPooling2D GlobalMaxPooling3D Identity Masking
    MaxPooling1D MaxPooling2D MaxPooling3D Maximum Minimum Permute ReLU RepeatVector
    Reshape SpatialDropout1D SpatialDropout2D SpatialDropout3D UpSampling1D
    UpSampling2D UpSampling3D ZeroPadding1D ZeroPadding2D ZeroPadding3D
"""
_OPERATIONS = """
    Abs Absolute BroadcastTo Cast Clip Concatenate Copy Diagonal ExpandDims Flip Floor
    GetItem Identity Maximum Minimum Moveaxis Pad Ravel Repeat Reshape Roll Round Slice
    Split Squeeze Stack StopGradient Swapaxes Take TakeAlongAxis Tile Transpose Unstack
    Where
"""
_KEEPING_LAYERS = frozenset(_LAYERS.split())
_KEEPING_OPERATIONS = frozenset(_OPERATIONS.split())


@dataclass(slots=True)
class _Flow:
    """Where the inputs of one model arrive.

    Attributes:
        limits: by id of the input, the number of rows of the smallest Embedding.
        passed: ids of the inputs whose numbers are among the outputs.
    """

    inputs: list[str]
    limits: dict[str, int] = field(default_factory=dict)
    passed: frozenset[str] = frozenset()


def limits_of(root: RecordedModel) -> dict[str, int]:
    """Return, for each input that is read as ids, the first number that is too large.

    Arguments:
        root: a model as it was recorded; nested models are looked into.
    """
    flows: dict[int, _Flow] = {}
    for model in inside_out(root, _inner):
        flows[id(model)] = _flow(model, flows)
    return flows[id(root)].limits


def _inner(model: RecordedModel) -> list[RecordedModel]:
    return [call.inner for call in model.calls.values() if call.inner is not None]


def _flow(model: RecordedModel, flows: Mapping[int, _Flow]) -> _Flow:
    flow = _Flow([ref.call for ref in refs_of(model.inputs)])
    carried = {name: frozenset([name]) for name in flow.inputs}
    for call in model.calls.values():
        if call.id in flow.inputs:
            continue
        reached = flows[id(call.inner)] if call.inner is not None else None
        passed: set[str] = set()
        for position, ref in enumerate(refs_of((call.args, call.kwargs))):
            origins = carried.get(ref.call, frozenset())
            if not origins:
                continue
            limit, passes = _read(call, position, reached)
            if limit is not None:
                flow.limits.update(_lowered(flow.limits, origins, limit))
            if passes:
                passed |= origins
        carried[call.id] = frozenset(passed)
    ends = (carried.get(ref.call, frozenset()) for ref in refs_of(model.outputs))
    flow.passed = frozenset().union(*ends)
    return flow


def refs_of(structure: Any) -> list[Ref]:
    """Return the references to tensors in nested arguments, in Keras' flat order."""
    return [leaf for leaf in keras.tree.flatten(structure) if isinstance(leaf, Ref)]


def _lowered(
    limits: Mapping[str, int], origins: Iterable[str], limit: int
) -> dict[str, int]:
    return {name: min(limits.get(name, limit), limit) for name in origins}


def _read(
    call: RecordedCall, position: int, reached: _Flow | None
) -> tuple[int | None, bool]:
    """Tell what a call does with its tensor at a position: a limit, or hands it on."""
    if reached is not None:
        name = _inner_input(call, position, reached)
        return reached.limits.get(name), name in reached.passed
    operation = call.operation
    if isinstance(operation, keras.Layer):
        limit = _limit_of_layer(operation)
        return limit, type(operation).__name__ in _KEEPING_LAYERS
    return _limit_of_operation(call), type(operation).__name__ in _KEEPING_OPERATIONS


def _inner_input(call: RecordedCall, position: int, reached: _Flow) -> str:
    """Return the input of a nested model at which a tensor of its call arrives."""
    given = call.args[0] if call.args else None
    if isinstance(given, Mapping) and set(given) == set(reached.inputs):
        return str(sorted(given)[position])
    return reached.inputs[min(position, len(reached.inputs) - 1)]


def _limit_of_layer(layer: Any) -> int | None:
    if isinstance(layer, keras.layers.CategoryEncoding):
        return int(layer.num_tokens)
    inside = internals.flat_layers(layer)
    rows = [one.input_dim for one in inside if isinstance(one, keras.layers.Embedding)]
    return min(map(int, rows), default=None)


def _limit_of_operation(call: RecordedCall) -> int | None:
    operation = call.operation
    classes = getattr(operation, "num_classes", None)
    if isinstance(classes, int):
        return classes
    table = call.args[0] if call.args else call.kwargs.get("x")
    if type(operation).__name__ != "Take" or not isinstance(table, Constant):
        return None
    axis, shape = getattr(operation, "axis", None), tuple(table.value.shape)
    return int(shape[axis]) if axis is not None else math.prod(shape)
