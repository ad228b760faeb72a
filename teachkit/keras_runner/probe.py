"""Random protocol R: what a model computes for random weights and random inputs.

A model that was trained, or copied, may by chance look right at its own weights. With
others it shows what it is made of. Nothing is written into the model: Keras reads the
new values in a scope of their own, so that an interruption leaves nothing behind.
"""

from __future__ import annotations

import math
import time
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from functools import cached_property
from typing import Any

import keras
import numpy as np

from teachkit.keras_reader import internals
from teachkit.keras_reader.recording import Recording
from teachkit.keras_runner.inputs import InputSpec, arrays_of, specs_of
from teachkit.keras_runner.running import Arrays, State, model_of, run

DRAWS = 3
SAMPLES = 16
LENGTH = 6
"""Of axes that are left open."""
BUDGET = 2.0
"""Seconds for all runs of one check; after them one draw must do."""
_LARGEST = 2**22
"""A weight of more numbers keeps its own."""
_LARGE = 4096
"""Numbers of one sample, from which on runs are saved."""
_DRAWS_IF_LARGE = 2
_SAMPLES_IF_LARGE = 8
_BATCH_STATISTICS = frozenset({"moving_mean", "moving_variance"})

Outputs = list[np.ndarray[Any, Any]]


class Probe:
    """Runs one model with re-drawn weights.

    Arguments:
        recording: of the model, which is never changed.
        limits: by id of the input, the first number that is not fed to it: what it
            reads are whole numbers from 0 on, whatever its dtype.
        budget: seconds for all runs together.

    Raises:
        ModelError: the model has no numbers, or no input yet.
    """

    def __init__(
        self,
        recording: Recording,
        limits: Mapping[str, int] | None = None,
        budget: float = BUDGET,
    ) -> None:
        self.recording = recording
        limits = limits or {}
        self.specs = [
            replace(spec, limit=limits.get(spec.id, spec.limit))
            for spec in specs_of(recording)
        ]
        self._budget = budget
        self._spent = 0.0
        self._states: dict[tuple[int, float], list[tuple[Any, Any]]] = {}

    @cached_property
    def is_large(self) -> bool:
        """Tell whether a sample has so many numbers that every run takes long."""
        sizes = ([n or LENGTH for n in (one.shape or ())[1:]] for one in self.specs)
        return sum(map(math.prod, sizes)) > _LARGE

    @property
    def samples(self) -> int:
        """How many samples a run has, where nothing else is said."""
        return _SAMPLES_IF_LARGE if self.is_large else SAMPLES

    def draws(self) -> Iterator[int]:
        """Yield the number of each draw: three of them, or one if time is up.

        A model of large inputs gets two.
        """
        for draw in range(_DRAWS_IF_LARGE if self.is_large else DRAWS):
            if draw and self._spent > self._budget:
                return
            yield draw

    def inputs(
        self, draw: int = 0, *, length: int = LENGTH, samples: int | None = None
    ) -> Arrays:
        """Return random arrays by the id of the input.

        Floats are N(0, 1); whole numbers are below the rows of what embeds them.
        """
        count = self.samples if samples is None else samples
        return arrays_of(self.specs, count, 1000 + draw, length=length)

    def spec(self, input_id: str) -> InputSpec:
        """Return what an input takes."""
        return next(spec for spec in self.specs if spec.id == input_id)

    def weights(self, draw: int = 0, scale: float = 1.0) -> list[tuple[Any, Any]]:
        """Return variables with random values: those to be learnt, and statistics.

        Frozen ones are among them; seeds, counts and constants are not.

        Arguments:
            draw: another one gives other values.
            scale: of the numbers.
        """
        key = draw, scale
        if key not in self._states:
            generator = np.random.default_rng(draw)
            self._states[key] = [
                (variable, _drawn(generator, variable, is_table, scale))
                for variable, is_table in _redrawable(self.recording)
            ]
        return self._states[key]

    def run(self, arrays: Mapping[str, Any], weights: State = ()) -> Outputs:
        """Run the model at inference and return its outputs in the author's order.

        Raises:
            ModelError: it fails on these numbers.
        """
        start = time.monotonic()
        try:
            found = run(self.recording, arrays, weights)
        finally:
            self._spent += time.monotonic() - start
        return [_as_floats(array) for array in found.values()]

    def zeroed(
        self, weights: State, variables: Collection[int]
    ) -> list[tuple[Any, Any]]:
        """Return weights with zeros for some variables, given by their `id`."""
        known = {id(variable): (variable, value) for variable, value in weights}
        for layer in _layers(self.recording):
            for variable in layer.variables:
                if id(variable) in variables:
                    known[id(variable)] = (variable, np.zeros(tuple(variable.shape)))
        return list(known.values())


def _layers(recording: Recording) -> list[Any]:
    roots = [model_of(recording), *recording.layers.values()]
    layers = [
        layer
        for root in roots
        if isinstance(root, keras.Layer)
        for layer in internals.flat_layers(root)
    ]
    return list({id(layer): layer for layer in layers}.values())


def _redrawable(recording: Recording) -> list[tuple[Any, bool]]:
    """Return each variable that is drawn anew, and whether it is a table of vectors."""
    found: dict[int, tuple[Any, bool]] = {}
    for layer in _layers(recording):
        is_table = isinstance(layer, keras.layers.Embedding)
        own = internals.variables_to_learn(layer)
        if isinstance(layer, keras.layers.BatchNormalization):
            own += [v for v in layer.variables if v.name in _BATCH_STATISTICS]
        for variable in own:
            size = int(np.prod(variable.shape))
            if keras.backend.is_float_dtype(variable.dtype) and size <= _LARGEST:
                found.setdefault(id(variable), (variable, is_table))
    return list(found.values())


def _drawn(
    generator: np.random.Generator, variable: Any, is_table: bool, scale: float
) -> np.ndarray[Any, Any]:
    shape = tuple(variable.shape)
    if "variance" in variable.name:
        values = generator.uniform(0.5, 1.5, shape)
    elif is_table:
        values = scale * generator.normal(0, 0.7, shape)
    elif len(shape) > 1:
        spread = scale / np.sqrt(max(1, np.prod(shape[:-1])))
        values = generator.normal(0, spread, shape)
    else:
        now = np.asarray(keras.ops.convert_to_numpy(variable), "float64")
        values = now + scale * generator.uniform(-0.3, 0.3, shape)
    return np.asarray(values, "float32")


def _as_floats(array: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    return array.astype("float64") if array.dtype.kind in "fiub" else array
