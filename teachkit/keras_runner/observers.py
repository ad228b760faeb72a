"""What may look at the tensors of a running model, or put others in their place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import keras

from teachkit.keras_reader.overrides import with_mask_of
from teachkit.keras_reader.recording import RecordedCall


class Observer:
    """Is told of each tensor; what it returns goes on in the place of the tensor."""

    def started(self, scope: keras.StatelessScope) -> None:
        """Take note of the scope, which has the values of all variables."""

    def reads(self, path: str, port: str, tensor: Any) -> Any:
        """Take note of a tensor that a call is about to read."""
        del path, port
        return tensor

    def leaves(self, prefix: str, place: str, tensor: Any) -> Any:
        """Take note of a tensor that a model inside returns, or the model itself."""
        del prefix, place
        return tensor

    def calls(self, path: str, call: RecordedCall) -> None:
        """Take note that a call is about to be made."""

    def returned(self, path: str, call: RecordedCall, outputs: list[Any]) -> list[Any]:
        """Take note of what a call, input or constant gives."""
        del path, call
        return outputs

    def forget(self, prefix: str) -> None:
        """Forget what was seen inside a model, which did not run as it was read."""

    def intervenes(self, prefix: str) -> bool:
        """Tell whether this puts other tensors in the place of some inside a model."""
        del prefix
        return False


@dataclass(frozen=True, slots=True)
class Replacements:
    """Which tensors are to be others than the model computes.

    Attributes:
        edges: path of a call and port at which it is to read zeros.
        calls: path of a call and index of the output that is to be zero.
        outputs: other numbers for an output, by path of the call and index.
    """

    edges: frozenset[tuple[str, str]] = frozenset()
    calls: frozenset[tuple[str, int]] = frozenset()
    outputs: Mapping[tuple[str, int], Any] = field(default_factory=dict)

    @property
    def paths(self) -> set[str]:
        """The paths of the calls at which something is exchanged."""
        wanted = (self.edges, self.calls, self.outputs)
        return {path for keys in wanted for path, _ in keys}

    def __bool__(self) -> bool:
        return bool(self.edges or self.calls or self.outputs)

    def __or__(self, other: Replacements) -> Replacements:
        return Replacements(
            self.edges | other.edges,
            self.calls | other.calls,
            {**self.outputs, **other.outputs},
        )


class Replacing(Observer):
    """Puts zeros or other numbers in the place of what a model computes."""

    def __init__(self, wanted: Replacements) -> None:
        self._wanted = wanted
        self.read: dict[tuple[str, str], Any] = {}
        self.losses: list[Any] = []
        self.notes: list[str] = []
        self._added: dict[str, int] = {}

    def started(self, scope: keras.StatelessScope) -> None:
        """Take the losses that layers are going to add."""
        self.losses = scope.losses

    def reads(self, path: str, port: str, tensor: Any) -> Any:
        """Return zeros for an edge that is to be cut."""
        if (path, port) not in self._wanted.edges:
            return tensor
        self.read[path, port] = _zeros(tensor)
        return self.read[path, port]

    def calls(self, path: str, call: RecordedCall) -> None:
        """Count the losses that were added before a call."""
        del call
        self._added[path] = len(self.losses)

    def returned(self, path: str, call: RecordedCall, outputs: list[Any]) -> list[Any]:
        """Return the outputs with those exchanged that are to be others."""
        others = [
            self._other(path, index, output) for index, output in enumerate(outputs)
        ]
        added = len(self.losses) - self._added.pop(path, len(self.losses))
        moved = any(a is not b for a, b in zip(others, outputs, strict=True))
        if added and moved and call.inner is None:
            self._penalise(path, call.operation, others, added)
        return others

    def intervenes(self, prefix: str) -> bool:
        """Tell whether anything inside a model is to be another tensor."""
        return any(path.startswith(prefix) for path in self._wanted.paths)

    def _penalise(
        self, path: str, operation: Any, others: list[Any], added: int
    ) -> None:
        """Have the activity regularizer of a call see what it returns now."""
        own = activity_losses(operation, others)
        if len(own) == added:
            self.losses[len(self.losses) - added :] = own
            return
        self.notes.append(
            f"'{path}' adds a loss by itself. It is that of the numbers which the call "
            "computed, not of those that were put in their place."
        )

    def _other(self, path: str, index: int, output: Any) -> Any:
        if (path, index) in self._wanted.calls:
            return _zeros(output)
        if (path, index) in self._wanted.outputs:
            array = self._wanted.outputs[path, index]
            new = keras.ops.convert_to_tensor(array, dtype=output.dtype)
            return with_mask_of(new, output)
        return output


def activity_losses(operation: Any, outputs: list[Any]) -> list[Any]:
    """Return what a layer's activity regularizer adds, for one sample, as Keras does.

    Arguments:
        operation: a layer, with or without such a regularizer.
        outputs: of one call of it.
    """
    penalty = getattr(operation, "activity_regularizer", None)
    if penalty is None:
        return []
    losses = [(penalty(out), out) for out in outputs if keras.ops.is_tensor(out)]
    return [
        loss / keras.ops.cast(out.shape[0], loss.dtype) if len(out.shape) else loss
        for loss, out in losses
    ]


def _zeros(tensor: Any) -> Any:
    return with_mask_of(keras.ops.zeros_like(tensor), tensor)
