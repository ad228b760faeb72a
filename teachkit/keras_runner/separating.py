"""Tensors and weights made distinct in a run: each gets a gradient of its own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from typing import Any

import keras
import tensorflow as tf

from teachkit.keras_reader.overrides import like_output
from teachkit.keras_reader.recording import Constant, RecordedCall
from teachkit.keras_runner.levels import edges_of
from teachkit.keras_runner.observers import Observer
from teachkit.keras_runner.readings import Place, Readings
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

    A tensor that is read at several places is a copy at each of them: the gradient of
    the copy is what this reader alone sends back.

    Arguments:
        tape: that watches.
        roots: each trainable variable with its value.
        boxes: paths of models that run as one call.
        readings: where each tensor is read.

    Attributes:
        copies: of weights, by call.
        tensors: of the run.
        readings: as they were given.
        read: the copy of a tensor at each place where it is read, if there are several.
        losses: all that layers have added.
        added: the losses that a call added by itself, by its path.
        assigned: the weights that a call gave new numbers, by its path.
    """

    def __init__(
        self,
        tape: tf.GradientTape,
        roots: State,
        boxes: Collection[str],
        readings: Readings,
    ) -> None:
        self.copies: Copies = {}
        self.tensors: dict[Key, Any] = {}
        self.read: dict[Place, Any] = {}
        self.losses: list[Any] = []
        self.added: dict[str, list[Any]] = {}
        self.assigned: dict[str, list[str]] = {}
        self._tape = tape
        self._roots = {id(variable): (variable, value) for variable, value in roots}
        self._boxes = boxes
        self._seen: dict[int, Any] = {}
        self._open: dict[str, list[int]] = {}
        self._scope: Any = None
        self.readings = readings
        counts = Counter(readings.values())
        self._forked = {key for key, count in counts.items() if count > 1}
        self._losses_before: dict[str, int] = {}

    def started(self, scope: keras.StatelessScope) -> None:
        """Take the scope whose variables are exchanged call by call."""
        self._scope = scope
        self.losses = scope.losses

    def reads(self, path: str, port: str, tensor: Any) -> Any:
        """Return a copy of what is read elsewhere too."""
        return self._handed_out((path, port), tensor)

    def leaves(self, prefix: str, place: str, tensor: Any) -> Any:
        """Return a copy of what is read elsewhere too."""
        return self._handed_out((prefix, place), tensor)

    def calls(self, path: str, call: RecordedCall) -> None:
        """Give the call copies of its weights."""
        if call.inner is not None and path not in self._boxes:
            return
        self._losses_before[path] = len(self.losses)
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
        count = self._losses_before.pop(path, len(self.losses))
        if len(self.losses) > count:
            self.added[path] = self.losses[count:]
            self._forked.update((path, index) for index in range(len(outputs)))
        return [
            self._separate((path, index), tensor, copied=several)
            for index, tensor in enumerate(outputs)
        ]

    def forget(self, prefix: str) -> None:
        """Forget what was seen inside a model."""
        for paths in (self.assigned, self.added):
            for path in [path for path in paths if path.startswith(prefix)]:
                del paths[path]
        seen: tuple[dict[Any, Any], ...] = (self.copies, self.tensors, self.read)
        for known in seen:
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

    def _handed_out(self, place: Place, tensor: Any) -> Any:
        key = self.readings.get(place)
        # What is another tensor was put in its place: nothing comes back from there.
        if key not in self._forked or self.tensors.get(key) is not tensor:
            return tensor
        copy = like_output(tf.identity(tensor), tensor)
        self.read[place] = copy  # the tape watches it, as it is made of what it watches
        return copy

    @property
    def forks(self) -> dict[Key, list[Place]]:
        """The tensors with several readers that were computed, with all of these."""
        found: dict[Key, list[Place]] = {}
        for place, key in self.readings.items():
            if key in self._forked and key in self.tensors:
                found.setdefault(key, []).append(place)
        return found

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
