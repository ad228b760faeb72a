"""Tensors and weights made distinct in a run: each gets a gradient of its own."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import keras
import tensorflow as tf

from teachkit.keras_reader.overrides import like_output
from teachkit.keras_reader.recording import Constant, RecordedCall
from teachkit.keras_runner.levels import edges_of
from teachkit.keras_runner.observers import Observer
from teachkit.keras_runner.recorder import Key
from teachkit.keras_runner.running import State

Copies = dict[tuple[str, int], Any]
"""The copy of a weight for one call: by path of the call and `id` of the variable."""


_ASSIGNED = (
    "'{}' gives new numbers to its own weight '{}' while it runs. The gradient is that "
    "of the numbers it gave; `fit` may follow another one."
)


class Separating(Observer):
    """Gives each output a tensor of its own, and each call its own copy of weights.

    A Dropout at inference hands its input on: as one tensor the two would have one
    gradient, that of all who read either. And one output of a call may be computed from
    another one in it, as a sequence from states: what is read of each is a copy.

    Arguments:
        tape: that watches.
        roots: each trainable variable with its value.
        boxes: paths of models that run as one call.
    """

    def __init__(
        self, tape: tf.GradientTape, roots: State, boxes: Collection[str]
    ) -> None:
        self.copies: Copies = {}
        self.tensors: dict[Key, Any] = {}
        self.losses: list[Any] = []
        self.assigned: dict[str, list[str]] = {}
        self._tape = tape
        self._roots = {id(variable): (variable, value) for variable, value in roots}
        self._boxes = boxes
        self._seen: dict[int, Any] = {}
        self._open: dict[str, list[int]] = {}
        self._scope: Any = None

    def started(self, scope: keras.StatelessScope) -> None:
        """Take the scope whose variables are exchanged call by call."""
        self._scope = scope
        self.losses = scope.losses

    def calls(self, path: str, call: RecordedCall) -> None:
        """Give the call copies of its weights."""
        if call.inner is not None and path not in self._boxes:
            return
        self._open[path] = [v for v in _trained_by(call) if v in self._roots]
        for key in self._open[path]:
            variable, _ = self._roots[key]
            # A call before may have assigned, as a spectral normalization does.
            copy = tf.identity(self._scope.get_current_value(variable))
            self._tape.watch(copy)
            self._scope.add_update((variable, copy))
            self.copies[path, key] = copy

    def returned(self, path: str, call: RecordedCall, outputs: list[Any]) -> list[Any]:
        """Take the copies back, and return tensors that nobody else has."""
        del call
        for key in self._open.pop(path, ()):
            variable, value = self._roots[key]
            if self._scope.get_current_value(variable) is self.copies[path, key]:
                self._scope.add_update((variable, value))
            else:
                self.assigned.setdefault(path, []).append(variable.name)
        several = len(outputs) > 1
        return [
            self._separate((path, index), tensor, copied=several)
            for index, tensor in enumerate(outputs)
        ]

    def forget(self, prefix: str) -> None:
        """Forget what was seen inside a model."""
        for path in [path for path in self.assigned if path.startswith(prefix)]:
            del self.assigned[path]
        for known in (self.copies, self.tensors):
            for key in [key for key in known if str(key[0]).startswith(prefix)]:
                del known[key]

    def _separate(self, key: Key, tensor: Any, *, copied: bool) -> Any:
        if not isinstance(tensor, tf.Tensor) or not tensor.dtype.is_floating:
            return tensor
        if copied or id(tensor) in self._seen:
            tensor = like_output(tf.identity(tensor), tensor)
        self._seen[id(tensor)] = tensor
        self._tape.watch(tensor)
        self.tensors[key] = tensor
        return tensor

    @property
    def notes(self) -> list[str]:
        """What a learner should know of calls that assign what they are trained by."""
        return [
            _ASSIGNED.format(path, "', '".join(names))
            for path, names in self.assigned.items()
        ]


def _trained_by(call: RecordedCall) -> list[int]:
    """Return the `id` of each trainable variable that a call may read."""
    known = list(getattr(call.operation, "trainable_variables", ()))
    read = [edge.value for edge in edges_of(call) if isinstance(edge, Constant)]
    known += [value for value in read if isinstance(value, keras.Variable)]
    return list(dict.fromkeys(map(id, known)))
