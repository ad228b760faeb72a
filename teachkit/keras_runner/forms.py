"""What only the Keras objects tell about the form of a model, and a graph does not."""

from __future__ import annotations

from typing import Any

import keras

from teachkit.keras_reader.ports import first_parameter
from teachkit.keras_reader.recording import RecordedCall, Recording, Ref
from teachkit.keras_runner.limits import refs_of


def is_chain(recording: Recording) -> bool:
    """Tell whether a model is a `keras.Sequential`."""
    return isinstance(recording.root.model, keras.Sequential)


def calls_by_keyword(recording: Recording) -> frozenset[str]:
    """Return the ids of layer calls whose tensors are not the first argument."""
    return frozenset(c.id for c in _layer_calls(recording) if not _comes_first(c))


def calls_without_list(recording: Recording) -> frozenset[str]:
    """Return the ids of layer calls that read a tensor itself, and not a list of it."""
    calls = _layer_calls(recording)
    return frozenset(c.id for c in calls if isinstance(_first(c), Ref))


def _layer_calls(recording: Recording) -> list[RecordedCall]:
    calls = recording.root.calls.values()
    return [call for call in calls if isinstance(call.operation, keras.Layer)]


def _comes_first(call: RecordedCall) -> bool:
    return not refs_of((call.args, call.kwargs)) or bool(refs_of(_first(call)))


def _first(call: RecordedCall) -> Any:
    if call.args:
        return call.args[0]
    return call.kwargs.get(first_parameter(call.operation))
