"""Models whose inside cannot be walked: shown as far as the truth goes, no further.

A Sequential model without an input is a chain of layers whose shapes nobody knows yet;
a subclassed model whose call cannot be followed is one box.
"""

from __future__ import annotations

from typing import Any

import keras

from teachkit.errors import ModelError
from teachkit.keras_reader import notices as say
from teachkit.keras_reader.ports import Unknown, arguments_of
from teachkit.keras_reader.sources import Place, Source, in_flat_order, places_of
from teachkit.keras_reader.tracing import Given, input_places, missing_tensors
from teachkit.keras_reader.walk import Visit


def chain_of_layers(model: Any) -> Source:
    """Open a Sequential model that has not seen an input yet.

    Raises:
        ModelError: it has no layers.
    """
    if not model.layers:
        raise ModelError(
            "a model with at least one layer",
            f"Sequential model '{model.name}', which is empty",
            "add layers: keras.Sequential([keras.Input((4,)), keras.layers.Dense(2)])",
        )
    visits: list[Visit] = []
    for layer in model.layers:
        args = tuple(visits[-1].outputs) if visits else ()
        visits.append(_visit(layer, args, {}, [Unknown(layer.name)], len(visits)))
    return Source(
        model=model,
        name=str(model.name),
        type=type(model).__name__,
        inputs=[],
        outputs=[Place("", visits[-1].outputs[0], 0)],
        chain=visits,
        notices=[say.no_input_notice(model.name)],
    )


class Frame:
    """What stands around a closed model: its inputs, and the model as one box."""

    def __init__(self, model: Any) -> None:
        self.weights = model.weights


def one_box(model: Any, given: Given, reason: str) -> Source:
    """Show a subclassed model that cannot be followed: its inputs and a box.

    Arguments:
        model: it has been built.
        given: what it is called with, as far as that is known.
        reason: why it cannot be followed.
    """
    unknown = {name: Unknown(name) for name in missing_tensors(model, given)}
    kwargs = {**given.kwargs, **unknown}
    inputs = [a for a in arguments_of(model, (), kwargs) if a.is_tensor]
    for argument in inputs:
        argument.value.name = argument.port
    outputs = _outputs(model, given)
    feeds = [Visit(None, [argument.value], is_input=True) for argument in inputs]
    return Source(
        model=Frame(model),
        name=str(model.name),
        type=type(model).__name__,
        inputs=input_places(inputs),
        outputs=outputs,
        chain=[*feeds, _visit(model, (), kwargs, in_flat_order(outputs), 0)],
        closed=reason,
    )


def _visit(
    operation: Any, args: Any, kwargs: Any, outputs: list[Any], index: int
) -> Visit:
    arguments = arguments_of(operation, args, kwargs)
    return Visit(operation, outputs, args, kwargs, arguments, index)


def _outputs(model: Any, given: Given) -> list[Place]:
    try:
        found = model.compute_output_spec(*given.args, **given.kwargs)
        places = places_of(found)
    except Exception:  # noqa: BLE001 - a closed model may refuse: one unknown output
        places = []
    if places and all(isinstance(p.tensor, keras.KerasTensor) for p in places):
        return places
    return [Place("", Unknown("output"), 0)]
