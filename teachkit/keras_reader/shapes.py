"""Shapes and dtypes of the tensors of one model, as recorded or for other inputs.

Keras records the shapes with which a nested model was *defined*: `(None, None, 3)`. A
call of it on `(None, 32, 32, 3)` has others all the way through; they are computed with
`compute_output_spec`, which makes no nodes and no numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import keras

from teachkit.graph import TensorSpec
from teachkit.keras_reader.discovery import Level
from teachkit.keras_reader.internals import TensorKey, tensor_key
from teachkit.keras_reader.walk import Visit

Specs = tuple[TensorSpec, ...]


def spec_of(tensor: Any) -> TensorSpec:
    """Return shape and dtype of a symbolic tensor."""
    return TensorSpec(tuple(tensor.shape), tensor.dtype)


def recorded(level: Level) -> dict[TensorKey, TensorSpec]:
    """Return the shapes that Keras recorded when the model was defined."""
    return {
        tensor_key(tensor): spec_of(tensor)
        for visit in level.visits
        for tensor in visit.outputs
    }


def own_specs(level: Level) -> Specs:
    """Return the shapes of the model's own inputs, in Keras' flat order."""
    return tuple(spec_of(tensor) for tensor in level.source.flat_inputs)


def specs_for_call(inner: Level, visit: Visit, known: Mapping[TensorKey, Any]) -> Specs:
    """Return the specs that a call hands to the inputs of a nested model."""
    by_input = handed_tensors(inner, visit)
    return tuple(
        known[tensor_key(by_input[position])] if position in by_input else spec_of(own)
        for position, own in enumerate(inner.source.flat_inputs)
    )


def handed_tensors(inner: Level, visit: Visit) -> dict[int, Any]:
    """Return which tensor of a call arrives at which input of a nested model.

    They are matched as Keras does it: by key where both sides are dicts, by the name
    of the input where only the call has a dict, else by position.
    """
    given = visit.args[0] if visit.args else next(iter(visit.kwargs.values()), None)
    own = inner.source.flat_inputs
    if isinstance(given, Mapping) and not isinstance(inner.source.inputs, Mapping):
        pairs = ((k, given.get(tensor.name)) for k, tensor in enumerate(own))
    else:
        pairs = enumerate(keras.tree.flatten(given))
    return {k: t for k, t in pairs if isinstance(t, keras.KerasTensor) and k < len(own)}


def specialised(
    level: Level, specs: Specs, nested: Callable[[Visit, Mapping[TensorKey, Any]], Any]
) -> dict[TensorKey, TensorSpec]:
    """Return the shapes of all tensors of a model when its inputs have these specs."""
    known: dict[TensorKey, TensorSpec] = {}
    for tensor, spec in zip(level.source.flat_inputs, specs, strict=True):
        known[tensor_key(tensor)] = spec
    for visit in level.visits:
        if visit.is_input:
            known.setdefault(tensor_key(visit.outputs[0]), spec_of(visit.outputs[0]))
            continue
        outputs = nested(visit, known) or _outputs_of(visit, known)
        for tensor, spec in zip(visit.outputs, outputs, strict=True):
            known[tensor_key(tensor)] = spec
    return known


def _outputs_of(visit: Visit, known: Mapping[TensorKey, TensorSpec]) -> Specs:
    try:
        args = _with_specs(visit.args, known)
        kwargs = _with_specs(visit.kwargs, known)
        found = visit.operation.compute_output_spec(*args, **kwargs)
    except Exception:  # noqa: BLE001 - a layer may refuse; its recorded shapes stand
        return tuple(spec_of(tensor) for tensor in visit.outputs)
    specs = tuple(spec_of(tensor) for tensor in keras.tree.flatten(found))
    if len(specs) == len(visit.outputs):
        return specs
    return tuple(spec_of(tensor) for tensor in visit.outputs)


def _with_specs(value: Any, known: Mapping[TensorKey, TensorSpec]) -> Any:
    if isinstance(value, keras.KerasTensor):
        spec = known[tensor_key(value)]
        return keras.KerasTensor(spec.shape, dtype=spec.dtype)
    if isinstance(value, Mapping):
        return {key: _with_specs(item, known) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return type(value)(_with_specs(item, known) for item in value)
    return value
