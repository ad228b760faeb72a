"""The only place that knows Keras: a model comes in, a `ModelGraph` goes out."""

from __future__ import annotations

from contextlib import ExitStack
from typing import Any

import keras

from teachkit.errors import ModelError, WrongTypeError
from teachkit.graph import ModelGraph
from teachkit.keras_reader import internals
from teachkit.keras_reader import notices as say
from teachkit.keras_reader.assemble import Assembly
from teachkit.keras_reader.closed import chain_of_layers, closed_box
from teachkit.keras_reader.discovery import Discovery
from teachkit.keras_reader.dry import dry
from teachkit.keras_reader.files import load_model
from teachkit.keras_reader.records import Inventory
from teachkit.keras_reader.shapes import own_specs
from teachkit.keras_reader.sources import open_graph, symbolic_inputs

__all__ = ["dry", "load_model", "read_model"]


def read_model(model: Any) -> ModelGraph:
    """Read a Keras model into plain data; the model itself is left as it was.

    Arguments:
        model: a Functional, Sequential or subclassed `keras.Model`, or a
            `keras.Function`.

    Raises:
        WrongTypeError: it is something else.
        ModelError: it has nothing to read yet: no layers, or never called.
    """
    if not isinstance(model, (keras.Model, keras.Function)):
        raise WrongTypeError(
            "a Keras model (Functional, Sequential or subclassed)",
            _what_it_is(model),
            "pass the object that keras.Model(inputs, outputs) returned",
        )
    with internals.names_kept(), ExitStack() as undo:
        return _read(model, undo)


def _read(model: Any, undo: ExitStack) -> ModelGraph:
    if _has_no_graph_yet(model):
        return chain_of_layers(model)
    traced = not isinstance(model, (keras.Function, keras.Sequential))
    specs = symbolic_inputs(model) if traced else None
    source = open_graph(model, specs, undo)
    if isinstance(source, str):
        return closed_box(model, specs or {}, source)
    if traced:
        source.notices.append(say.traced_notice(model.name, source.type))
    if any(map(internals.without_numbers, getattr(model, "weights", ()))):
        source.notices.append(say.dry_notice())
    discovery = Discovery(source, undo)
    assembly = Assembly(discovery, Inventory(discovery, model))
    root = discovery.levels[id(model)]
    return assembly.graph(root, own_specs(root))


def _has_no_graph_yet(model: Any) -> bool:
    if not isinstance(model, keras.Sequential):
        return False
    if not model.layers:
        raise ModelError(
            "a model with at least one layer",
            f"Sequential model '{model.name}', which is empty",
            "add layers: keras.Sequential([keras.Input((4,)), keras.layers.Dense(2)])",
        )
    return internals.functional_of(model) is None


def _what_it_is(value: Any) -> str:
    if isinstance(value, type):
        return f"the class {value.__name__} itself, not a model made from it"
    if isinstance(value, keras.Layer):
        return f"the layer '{value.name}' ({type(value).__name__}), which is one box"
    if isinstance(value, keras.KerasTensor):
        return f"a tensor of shape {value.shape}, which is a wire and not a model"
    return f"a value of type {type(value).__name__}"
