"""Models whose inside cannot be seen: drawn as far as the truth goes, and no further.

A Sequential model without an input is a chain of layers whose shapes nobody knows yet;
a subclassed model that cannot be traced is one box.
"""

from __future__ import annotations

from typing import Any

import keras

from teachkit.graph import (
    Call,
    Endpoint,
    Layer,
    ModelGraph,
    Notice,
    Tensor,
    TensorSpec,
)
from teachkit.keras_reader import notices as say
from teachkit.keras_reader.configs import config_of
from teachkit.keras_reader.discovery import unique
from teachkit.keras_reader.ports import leaves_with_path
from teachkit.keras_reader.records import family_of, weight_record
from teachkit.keras_reader.shapes import spec_of
from teachkit.keras_reader.sources import call_parameters


def chain_of_layers(model: Any) -> ModelGraph:
    """Return the graph of a Sequential model that has not seen an input yet."""
    taken: set[str] = set()
    calls = [_layer_call(layer, taken) for layer in model.layers]
    wires = [
        Tensor(a.id, 0, b.id, "inputs", None, "unknown")
        for a, b in zip(calls, calls[1:], strict=False)
    ]
    return ModelGraph(
        name=model.name,
        type="Sequential",
        calls=tuple(calls),
        tensors=tuple(wires),
        outputs=(Endpoint(calls[-1].id, 0, "", None, "unknown"),),
        layers=tuple(_layers(calls)),
        notices=(
            Notice(
                "no-input",
                f"Sequential model '{model.name}' has no input yet, so no shapes and "
                "no weights are known. Put a keras.Input(...) first, or call the model "
                "on data.",
                (),
                1,
            ),
        ),
    )


def closed_box(model: Any, specs: dict[str, Any], reason: str) -> ModelGraph:
    """Return the graph of a subclassed model that cannot be traced: inputs and a box."""
    given = specs or dict.fromkeys(call_parameters(model))
    leaves = [
        (name + path, tensor)
        for name, structure in given.items()
        for path, tensor in leaves_with_path(structure)
    ]
    inputs = [_input_call(path, tensor) for path, tensor in leaves]
    outputs = _outputs(model, specs)
    taken: set[str] = set()
    weights = tuple(weight_record(v, unique(v.path, taken)) for v in model.weights)
    box = Call(
        id=unique(model.name, {call.id for call in inputs}),
        layer=model.name,
        kind="model",
        type=type(model).__name__,
        inputs=tuple(call.outputs[0] for call in inputs),
        outputs=outputs,
        params=sum(weight.size for weight in weights),
        layer_id=model.name,
        family="model",
    )
    wires = [
        Tensor(call.id, 0, box.id, path, *_pair(call.outputs[0]))
        for call, (path, _) in zip(inputs, leaves, strict=True)
    ]
    return ModelGraph(
        name=model.name,
        type=type(model).__name__,
        calls=(*inputs, box),
        tensors=tuple(wires),
        inputs=tuple(
            Endpoint(call.id, 0, call.id if len(inputs) > 1 else "", *_pair(spec), k)
            for k, (call, spec) in enumerate(zip(inputs, box.inputs, strict=True))
        ),
        outputs=tuple(
            Endpoint(box.id, k, f"[{k}]" if len(outputs) > 1 else "", *_pair(spec), k)
            for k, spec in enumerate(outputs)
        ),
        weights=weights,
        notices=(say.closed_notice(model.name, box.type, reason, box.id),),
    )


def _layer_call(layer: Any, taken: set[str]) -> Call:
    return Call(
        id=unique(layer.name, taken),
        layer=layer.name,
        kind="layer",
        type=type(layer).__name__,
        outputs=(TensorSpec(None, "unknown"),),
        config=config_of(layer),
        layer_id=layer.name,
        family=family_of(layer),
    )


def _layers(calls: list[Call]) -> list[Layer]:
    paths: dict[str, list[Call]] = {}
    for call in calls:
        paths.setdefault(str(call.layer), []).append(call)
    return [
        Layer(
            id=name,
            name=name,
            type=group[0].type,
            family=group[0].family,
            weights=(),
            params=0,
            trainable=True,
            calls=tuple(call.id for call in group),
        )
        for name, group in paths.items()
    ]


def _input_call(path: str, tensor: Any) -> Call:
    name = path if tensor is None else tensor.name
    spec = TensorSpec(None, "unknown") if tensor is None else spec_of(tensor)
    return Call(
        id=name,
        layer=name,
        kind="input",
        type="InputLayer",
        outputs=(spec,),
        layer_id=name,
        family="input",
    )


def _outputs(model: Any, specs: dict[str, Any]) -> tuple[TensorSpec, ...]:
    try:
        found = model.compute_output_spec(**specs)
        return tuple(spec_of(tensor) for tensor in keras.tree.flatten(found))
    except Exception:  # noqa: BLE001 - a closed model may refuse; one unknown output
        return (TensorSpec(None, "unknown"),)


def _pair(spec: TensorSpec) -> tuple[Any, str]:
    return spec.shape, spec.dtype
