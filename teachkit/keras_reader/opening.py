"""From a model to its `Source`: which of the ways to open a model is the right one."""

from __future__ import annotations

from contextlib import ExitStack
from typing import Any

import keras

from teachkit.errors import ModelError
from teachkit.keras_reader import internals
from teachkit.keras_reader import notices as say
from teachkit.keras_reader.closed import chain_of_layers, one_box
from teachkit.keras_reader.ports import Unknown
from teachkit.keras_reader.sources import Source, function_of, open_function
from teachkit.keras_reader.tracing import (
    given_by,
    given_when_built,
    signature_of,
    trace,
)
from teachkit.keras_reader.walk import Visit


def open_model(model: Any, undo: ExitStack) -> Source:
    """Open the model that is to be read.

    Arguments:
        model: a Keras model or a `keras.Function`.
        undo: receives what must be put back when the reading is over.

    Raises:
        ModelError: it has nothing to read yet: no layers, or never called.
    """
    source = open_function(model)
    if source is not None:
        return source
    if isinstance(model, keras.Sequential) and not internals.build_shapes(model):
        return chain_of_layers(model)
    if not model.built:
        raise _never_called(model)
    given = given_when_built(model)
    found = trace(model, given, undo)
    if isinstance(found, str):
        return one_box(model, given, found)
    found.notices.append(say.traced_notice(model.name, found.type, dtype_known=False))
    return found


def open_call(visit: Visit, undo: ExitStack) -> Source | str:
    """Open the model behind a call, or return the reason why it stays closed."""
    model = visit.operation
    source = open_function(model)
    if source is not None:
        return source
    if _in_the_dark(visit):
        if isinstance(model, keras.Sequential):
            return chain_of_layers(model) if model.layers else "it has no layers yet"
        if not model.built:
            return "it has never been called"
    given = given_when_built(model) if _in_the_dark(visit) else given_by(visit)
    found = trace(model, given, undo)
    if isinstance(found, Source):
        found.notices.append(say.traced_notice(model.name, found.type))
    return found


def key_of_call(visit: Visit) -> object:
    """Return what two calls share that open the same graph."""
    if function_of(visit.operation) is not None:
        return id(visit.operation)
    return id(visit.operation), signature_of(visit)


def _in_the_dark(visit: Visit) -> bool:
    """Tell whether a call reads something of which not even the shape is known."""
    return any(isinstance(argument.value, Unknown) for argument in visit.arguments)


def _never_called(model: Any) -> ModelError:
    return ModelError(
        "a model whose shapes are known",
        f"'{model.name}', a subclassed model ({type(model).__name__}) that has never "
        "been called",
        "call it once on a batch of data, model(x), then try again",
    )
