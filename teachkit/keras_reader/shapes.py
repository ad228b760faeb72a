"""Shapes and dtypes of the tensors of one model, as recorded or for other inputs.

Keras records the shapes with which a nested model was *defined*: `(None, None, 3)`. A
call of it on `(None, 32, 32, 3)` has others all the way through; they are computed with
`compute_output_spec`, which makes no nodes and no numbers.
"""

from __future__ import annotations

from typing import Any

import keras

from teachkit.graph import Shape, TensorSpec
from teachkit.keras_reader.discovery import Level
from teachkit.keras_reader.internals import TensorKey, tensor_key
from teachkit.keras_reader.ports import Unknown, map_leaves
from teachkit.keras_reader.sources import Casting, in_flat_order
from teachkit.keras_reader.walk import Visit

Specs = tuple[TensorSpec, ...]
Known = dict[TensorKey, TensorSpec]


def spec_of(tensor: Any) -> TensorSpec:
    """Return shape and dtype of a symbolic tensor."""
    if isinstance(tensor, Unknown):
        return TensorSpec(None, "unknown")
    # Keras 3.12 keeps lengths as NumPy gave them, and JSON does not know those.
    shape = tuple([None if n is None else int(n) for n in tensor.shape])
    return TensorSpec(shape, str(tensor.dtype))


def recorded(level: Level) -> Known:
    """Return the shapes that Keras recorded when the model was defined."""
    return {
        tensor_key(tensor): spec_of(tensor)
        for visit in level.visits
        for tensor in visit.outputs
    }


def own_specs(level: Level) -> Specs:
    """Return the shapes of the model's own inputs, in Keras' flat order."""
    return tuple(map(spec_of, in_flat_order(level.source.inputs)))


def specs_for_call(inner: Level, visit: Visit, known: Known) -> Specs:
    """Return the specs with which a call reaches the inputs of a nested model."""
    handed = inner.source.handed(visit)
    casting = inner.source.casting
    return tuple(
        _arriving(own, known[tensor_key(handed[position])], casting)
        if position in handed
        else own
        for position, own in enumerate(own_specs(inner))
    )


def _arriving(own: TensorSpec, given: TensorSpec, casting: Casting) -> TensorSpec:
    """Return what becomes of a tensor at an input: Keras may cast and reshape it."""
    if own.shape is None or given.shape is None:
        return own
    if casting == "to input":
        return TensorSpec(_with_rank_of(own.shape, given.shape), own.dtype)
    floats = map(keras.backend.is_float_dtype, (own.dtype, given.dtype))
    if casting == "float to input" and all(floats):
        return TensorSpec(given.shape, own.dtype)
    return given


def _with_rank_of(own: Shape, given: Shape) -> Shape:
    """Drop or add a last axis of length one, as a Functional model does."""
    if len(given) == len(own) + 1 and given[-1] == 1:
        return given[:-1]
    if len(given) == len(own) - 1 and own[-1] == 1:
        return (*given, 1)
    return given


def computed(visit: Visit, known: Known) -> Specs:
    """Return what a call gives for inputs of other shapes than the recorded ones."""
    as_recorded = tuple(map(spec_of, visit.outputs))
    try:
        args = _with_specs(visit.args, known)
        kwargs = _with_specs(visit.kwargs, known)
        found = visit.operation.compute_output_spec(*args, **kwargs)
        specs = tuple(map(spec_of, keras.tree.flatten(found)))
    except Exception:  # noqa: BLE001 - a layer may refuse; its recorded shapes stand
        return as_recorded
    return specs if len(specs) == len(as_recorded) else as_recorded


def _with_specs(structure: Any, known: Known) -> Any:
    def replaced(leaf: Any) -> Any:
        if not isinstance(leaf, keras.KerasTensor):
            return leaf
        spec = known[tensor_key(leaf)]
        # Keras takes its time to invent a name.
        return keras.KerasTensor(
            spec.shape, dtype=spec.dtype, sparse=leaf.sparse, name=leaf.name
        )

    return map_leaves(replaced, structure)
