"""What a step bends: the name of its activation, also of one that the author wrote."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import keras
import numpy as np

from teachkit.grading.evidence.numbers import same
from teachkit.grading.evidence.routes import Routes
from teachkit.grading.evidence.subject import Subject

OWN = "an activation of your own"
_KNOWN = ("relu", "linear", "sigmoid", "tanh", "softmax", "gelu", "silu", "elu")
_GRID = np.linspace(-6.0, 6.0, 50, dtype="float32").reshape(5, 10)


def bend_of(subject: Subject, routes: Routes, number: int) -> str:
    """Return the name of an activation; relu under other names is relu.

    A function of the author's, or of TensorFlow, is known by what it computes.

    Arguments:
        subject: the model.
        routes: of that model.
        number: of a step that is an activation.
    """
    kind = routes.structure.kind(number)
    settings = dict(routes.nodes[number].meaning.settings)
    if kind == "leaky_relu" and float(settings.get("negative_slope", 1)) == 0:
        return "relu"
    if kind == "function":
        return _named_by_numbers(_function(subject, routes, number))
    return "relu" if kind == "maximum" else kind


def _function(subject: Subject, routes: Routes, number: int) -> Any:
    call = routes.nodes[number].call
    layers = subject.recording.layers
    layer = layers.get(call.layer_id or "") if call is not None else None
    return getattr(layer, "activation", None)


def _named_by_numbers(function: Callable[[Any], Any] | None) -> str:
    if function is None:
        return OWN
    grid = keras.ops.convert_to_tensor(_GRID)
    try:
        found = np.asarray(keras.ops.convert_to_numpy(function(grid)))
    except Exception:  # noqa: BLE001 - code of the author's may fail in any way
        return OWN
    for name in _KNOWN:
        wanted = keras.ops.convert_to_numpy(keras.activations.get(name)(grid))
        if found.shape == _GRID.shape and same(found, np.asarray(wanted)):
            return name
    return OWN
