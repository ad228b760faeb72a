"""Run a recorded model on arrays, at inference, and leave no trace of it."""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Mapping, Sequence
from typing import Any

import keras
import numpy as np

from teachkit.errors import ModelError
from teachkit.keras_reader import internals
from teachkit.keras_reader.ports import leaves_with_path, map_leaves
from teachkit.keras_reader.recording import RecordedCall, Recording, Ref
from teachkit.keras_reader.sources import function_of, is_graph
from teachkit.keras_reader.tracing import reason_of
from teachkit.keras_runner.guard import nothing_moved

Arrays = dict[str, np.ndarray[Any, Any]]
State = Sequence[tuple[Any, Any]]
"""Variables, each with the value that it is to have during a run."""

_MISSING = inspect.Parameter.empty


def model_of(recording: Recording) -> Any:
    """Return the Keras object that was recorded, also when it is a closed box."""
    model = recording.root.model
    closed = closed_call(recording)
    return model if closed is None else closed.operation


def variables_of(recording: Recording) -> list[Any]:
    """Return every variable of a model once, seeds and statistics too."""
    layers = [model_of(recording), *recording.layers.values()]
    found = [v for layer in layers for v in getattr(layer, "variables", ())]
    return list({id(variable): variable for variable in found}.values())


def has_numbers(recording: Recording) -> bool:
    """Tell whether all weights of a model have numbers: those of a dry one have not."""
    return not any(map(internals.without_numbers, variables_of(recording)))


def check_numbers(recording: Recording) -> None:
    """Refuse to run a model that has no numbers.

    Raises:
        ModelError: it was built in teachkit.dry(), or has seen no input yet.
    """
    name = recording.graph.name
    if not has_numbers(recording):
        raise ModelError(
            "a model with numbers in its weights",
            f"'{name}', built inside teachkit.dry(), so its weights have no numbers",
            "build it again without teachkit.dry()",
        )
    check_inputs(recording)


def check_inputs(recording: Recording) -> None:
    """Refuse a model that has seen no input yet.

    Raises:
        ModelError: its shapes are not known.
    """
    name = recording.graph.name
    if not recording.graph.inputs:
        raise ModelError(
            "a model whose input is known",
            f"'{name}', which has no input yet",
            "put a keras.Input(...) first",
        )


def run(
    recording: Recording,
    arrays: Mapping[str, Any],
    state: State = (),
    *,
    training: bool = False,
) -> Arrays:
    """Run a model once, at inference, without changing it.

    Arguments:
        recording: of the model.
        arrays: one array for each input, by the id of the input.
        state: values that variables have in this run instead of their own.
        training: as in training instead.

    Returns:
        The outputs by their path, in the order of `recording.graph.outputs`.

    Raises:
        ModelError: code of the model fails.
    """
    model = model_of(recording)
    args, kwargs = arguments_for(recording, arrays)
    kwargs |= training_for(model, training=training)
    try:
        with (
            nothing_moved(model),
            # Pending weights of other dry models are not to be allocated at its end.
            keras.StatelessScope(state_mapping=state, initialize_variables=False),
        ):
            found = model(*args, **kwargs)
    except Exception as error:
        raise failed(recording, error) from error
    return _by_path(recording, found)


def structured(recording: Recording, arrays: Mapping[str, Any]) -> Any:
    """Return arrays nested as the model takes them, given by the id of the input."""
    return _filled(recording.root.inputs, arrays)


def _filled(structure: Any, arrays: Mapping[str, Any]) -> Any:
    return map_leaves(
        lambda leaf: arrays[leaf.call] if isinstance(leaf, Ref) else leaf, structure
    )


def arguments_for(
    recording: Recording, arrays: Mapping[str, Any]
) -> tuple[tuple[Any, ...], dict[str, Any]]:
    """Return what to call a model with.

    A Functional model takes one structure; a subclassed one may take several
    arguments, and the inputs of its recording are named after them.
    """
    closed = closed_call(recording)
    if closed is not None:
        return (), {k: _filled(v, arrays) for k, v in closed.kwargs.items()}
    if function_of(recording.root.model) is not None:
        return (structured(recording, arrays),), {}
    return (), _by_argument(
        {end.call: arrays[end.call] for end in recording.graph.inputs}
    )


def closed_call(recording: Recording) -> RecordedCall | None:
    """Return the only call of a model that could not be followed."""
    if is_graph(recording.root.model):
        return None
    calls = recording.root.calls.values()
    return next(call for call in calls if call.operation is not None)


def training_for(model: Any, training: bool | None) -> dict[str, bool]:
    """Return `training` as an argument for a model, False where it asks for one.

    Arguments:
        model: that is to be called.
        training: None to leave it to the model.
    """
    if not isinstance(model, keras.Layer):
        return {}
    parameter = inspect.signature(type(model).call).parameters.get("training")
    if training is None and parameter is not None and parameter.default is _MISSING:
        training = False
    return {} if training is None else {"training": training}


def _by_argument(arrays: Mapping[str, Any]) -> dict[str, Any]:
    """Return arguments from ports: `b[0]` and `b[1]` become a list named `b`."""
    arguments: dict[Any, Any] = {}
    for port, array in arrays.items():
        *outer, last = _keys(port)
        place = arguments
        for key in outer:
            place = place.setdefault(key, {})
        place[last] = array
    return {name: _unpacked(value) for name, value in arguments.items()}


def _unpacked(value: Any) -> Any:
    """Return a list for each dict whose keys are positions."""
    if not isinstance(value, dict):
        return value
    items = {key: _unpacked(item) for key, item in value.items()}
    is_list = all(isinstance(key, int) for key in items)
    return [items[key] for key in sorted(items)] if is_list else items


def _keys(port: str) -> list[Any]:
    name, _, rest = port.partition("[")
    inside = re.findall(r"\[([^\]]*)\]", f"[{rest}") if rest else []
    return [name, *(ast.literal_eval(key) for key in inside)]


def _by_path(recording: Recording, found: Any) -> Arrays:
    leaves = {path: _numbers(leaf) for path, leaf in leaves_with_path(found)}
    paths = [end.path for end in recording.graph.outputs]
    known = [path for path in paths if path in leaves]
    # What a closed model returns is seen only now.
    return {path: leaves[path] for path in known} if known == paths else leaves


def _numbers(value: Any) -> np.ndarray[Any, Any]:
    return np.asarray(keras.ops.convert_to_numpy(value))


def failed(recording: Recording, error: Exception) -> ModelError:
    """Return what to say of a model whose code fails on random numbers."""
    return ModelError(
        "a model that runs on random numbers of the shapes of its inputs",
        f"'{recording.graph.name}' fails when it is run: {reason_of(error)}",
        "run the model on data of your own, and mend what fails there",
    )
