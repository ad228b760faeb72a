"""The only place that knows Keras: a model comes in, a `ModelGraph` goes out."""

from __future__ import annotations

import warnings
from contextlib import ExitStack
from typing import Any

import keras
import numpy as np

from teachkit.errors import ModelError, TeachkitError, WrongTypeError
from teachkit.graph import ModelGraph
from teachkit.keras_reader import internals
from teachkit.keras_reader import notices as say
from teachkit.keras_reader.discovery import Discovery
from teachkit.keras_reader.dry import dry
from teachkit.keras_reader.files import load_model
from teachkit.keras_reader.opening import open_model
from teachkit.keras_reader.recording import (
    Constant,
    RecordedCall,
    RecordedModel,
    Recording,
    Ref,
    recording_of,
)
from teachkit.keras_reader.tracing import reason_of

__all__ = [
    "Constant",
    "RecordedCall",
    "RecordedModel",
    "Recording",
    "Ref",
    "dry",
    "load_model",
    "read_model",
    "record_model",
    "what_it_is",
]


def read_model(model: Any) -> ModelGraph:
    """Read a Keras model into plain data; see `record_model`."""
    return record_model(model).graph


def record_model(model: Any) -> Recording:
    """Read a Keras model: its graph, with the objects behind each call.

    The model itself is left as it was.

    Arguments:
        model: a Functional, Sequential or subclassed `keras.Model`, or a
            `keras.Function`.

    Raises:
        WrongTypeError: it is something else.
        ModelError: it has nothing to read yet: no layers, or never called; or code of
            its own fails while it is looked at.
    """
    if not isinstance(model, (keras.Model, keras.Function)):
        raise WrongTypeError(
            "a Keras model (Functional, Sequential or subclassed)",
            what_it_is(model),
            "pass the object that keras.Model(inputs, outputs) returned",
        )
    try:
        return _read(model)
    except TeachkitError:
        raise
    except Exception as error:
        raise _unreadable(model, error) from error


def _read(model: Any) -> Recording:
    dry_built = any(map(internals.without_numbers, getattr(model, "weights", ())))
    # In a dry block nothing that Keras computes on the way is kept or allocated.
    with internals.names_kept(), dry(), warnings.catch_warnings(), ExitStack() as undo:
        warnings.simplefilter("ignore")
        source = open_model(model, undo)
        if dry_built:
            source.notices.append(say.dry_notice())
        return recording_of(Discovery(source, undo))


def _unreadable(model: Any, error: Exception) -> ModelError:
    kind = type(model).__name__
    own = not type(model).__module__.startswith("keras.")
    return ModelError(
        "a model that Keras can use",
        f"a {kind} that fails when it is looked at: {reason_of(error)}",
        f"check the class {kind}: does its __init__ call super().__init__() first"
        if own
        else "tell the authors of teachkit, with the code that builds the model",
    )


def what_it_is(value: Any) -> str:
    """Return in words what was given in the place of a model."""
    if isinstance(value, type):
        return f"the class {value.__name__} itself, not a model made from it"
    if isinstance(value, keras.Layer):
        return f"the layer '{value.name}' ({type(value).__name__}), which is one box"
    if isinstance(value, keras.KerasTensor):
        return f"a tensor of shape {value.shape}, which is a wire and not a model"
    if keras.ops.is_tensor(value) or isinstance(value, (keras.Variable, np.ndarray)):
        return f"numbers of shape {tuple(value.shape)} ({type(value).__name__})"
    return "None" if value is None else f"a value of type {type(value).__name__}"
