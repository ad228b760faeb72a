"""What a call inside a model gives, at any depth, for given numbers and weights."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import keras
import numpy as np

from teachkit.keras_reader.recording import RecordedCall, Recording
from teachkit.keras_runner.interpreter import Interpreter
from teachkit.keras_runner.observers import Observer
from teachkit.keras_runner.running import State


class _EachCall(Observer):
    def __init__(self) -> None:
        self.outputs: dict[str, list[np.ndarray[Any, Any]]] = {}

    def returned(self, path: str, call: RecordedCall, outputs: list[Any]) -> list[Any]:
        del call
        numbers = map(keras.ops.convert_to_numpy, outputs)
        self.outputs[path] = [np.asarray(one, "float64") for one in numbers]
        return outputs


def inner_values(
    recording: Recording, arrays: Mapping[str, Any], state: State = ()
) -> dict[str, list[np.ndarray[Any, Any]]]:
    """Return the outputs of each call at inference, by its path.

    Arguments:
        recording: of the model, which is left as it was.
        arrays: one for each input of the model, by the id of the input.
        state: values that variables have in this run instead of their own.

    Raises:
        TeachkitError: code of the model fails; the call is named.
    """
    observer = _EachCall()
    Interpreter(recording, [observer]).run(arrays, training=False, state=state)
    return observer.outputs
