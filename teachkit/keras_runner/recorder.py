"""Keeps the tensors of a run as they are, as far as the memory for them goes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, TypeVar

import keras
import numpy as np
import tensorflow as tf

from teachkit.keras_reader.recording import RecordedCall
from teachkit.keras_runner.observers import Observer

Key = tuple[str, int]
"""A tensor of a run: the path of its call, and which output of the call it is."""

AnyKey = TypeVar("AnyKey", bound=tuple[str, Any])
Array = np.ndarray[Any, Any]
Summarise = Callable[[Array], Any]


class Store(Generic[AnyKey]):
    """Tensors by key, and a summary of each for which there was no memory.

    Arguments:
        memory: so many bytes of tensors are kept.
        summarise: what is told of an array that is not kept.
        first: nothing is kept or told before this key comes.

    Attributes:
        tensors: those that are kept, not copied.
        told: what is told of the others.
        specs: shape and dtype of all of them.
        variables: keys of weights that a call reads like a tensor.
    """

    def __init__(
        self,
        memory: float,
        summarise: Summarise | None = None,
        first: AnyKey | None = None,
    ) -> None:
        self.tensors: dict[AnyKey, Any] = {}
        self.told: dict[AnyKey, Any] = {}
        self.specs: dict[AnyKey, tuple[tuple[int, ...], str]] = {}
        self.variables: set[AnyKey] = set()
        self._free = memory
        self._summarise = summarise
        self._first = first
        self._wanted = first
        self._kept: dict[int, int] = {}

    def put(self, key: AnyKey, tensor: Any) -> None:
        """Keep a tensor if there is memory left, else only what is told of it."""
        if isinstance(tensor, keras.Variable):
            self.variables.add(key)
            tensor = tf.convert_to_tensor(tensor.value)
        dtype = keras.backend.standardize_dtype(tensor.dtype)
        self.specs[key] = tuple(map(int, tensor.shape)), dtype
        if self._first not in (None, key):
            return
        wanted_now, self._first = self._first is not None, None
        size = 0 if id(tensor) in self._kept else _bytes_of(tensor)
        if size <= self._free or wanted_now:
            self._free -= size
            self._kept.setdefault(id(tensor), size)
            self.tensors[key] = tensor
        elif self._summarise is not None:
            self.told[key] = self._summarise(numbers_of(tensor))

    def forget(self, prefix: str) -> None:
        """Forget all whose path begins like this."""
        wanted = self._wanted
        if wanted is not None and wanted[0].startswith(prefix) and wanted in self.specs:
            self._first = wanted
        for known in (self.tensors, self.told, self.specs):
            for key in [key for key in known if key[0].startswith(prefix)]:
                del known[key]
        self.variables = {key for key in self.variables if key in self.specs}
        still = {id(tensor) for tensor in self.tensors.values()}
        for gone in self._kept.keys() - still:
            self._free += self._kept.pop(gone)


class Recorder(Observer):
    """Puts all that a run computes into a store."""

    def __init__(self, store: Store[Key]) -> None:
        self.store = store

    def returned(self, path: str, call: RecordedCall, outputs: list[Any]) -> list[Any]:
        """Keep what a call gives."""
        del call
        for index, tensor in enumerate(outputs):
            if tensor is not None:
                self.store.put((path, index), tensor)
        return outputs

    def forget(self, prefix: str) -> None:
        """Forget what was computed inside a model."""
        self.store.forget(prefix)


def numbers_of(tensor: Any) -> Array:
    """Return the numbers of a tensor; they are not copied where that can be avoided."""
    try:
        return np.asarray(memoryview(tensor))
    except (TypeError, ValueError):  # no memory of its own, or a dtype of no buffer
        return np.asarray(keras.ops.convert_to_numpy(tensor))


def _bytes_of(tensor: Any) -> int:
    size = getattr(tf.as_dtype(tensor.dtype), "size", None) or 8
    return int(np.prod(tensor.shape, dtype="int64")) * int(size)
