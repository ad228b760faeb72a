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

    def calls(self, path: str, call: RecordedCall) -> None:
        """Take note that a call is about to be made."""

    def returned(self, path: str, call: RecordedCall, outputs: list[Any]) -> list[Any]:
        """Take note of what a call, input or constant gives."""
        del path, call
        return outputs

    def forget(self, prefix: str) -> None:
        """Forget what was seen inside a model, which did not run as it was read."""


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

    def started(self, scope: keras.StatelessScope) -> None:
        """Take the losses that layers are going to add."""
        self.losses = scope.losses

    def reads(self, path: str, port: str, tensor: Any) -> Any:
        """Return zeros for an edge that is to be cut."""
        if (path, port) not in self._wanted.edges:
            return tensor
        self.read[path, port] = _zeros(tensor)
        return self.read[path, port]

    def returned(self, path: str, call: RecordedCall, outputs: list[Any]) -> list[Any]:
        """Return the outputs with those exchanged that are to be others."""
        del call
        return [
            self._other(path, index, output) for index, output in enumerate(outputs)
        ]

    def _other(self, path: str, index: int, output: Any) -> Any:
        if (path, index) in self._wanted.calls:
            return _zeros(output)
        if (path, index) in self._wanted.outputs:
            array = self._wanted.outputs[path, index]
            new = keras.ops.convert_to_tensor(array, dtype=output.dtype)
            return with_mask_of(new, output)
        return output


def _zeros(tensor: Any) -> Any:
    return with_mask_of(keras.ops.zeros_like(tensor), tensor)
