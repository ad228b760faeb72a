"""Run a recorded model as in training, and leave no trace of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from teachkit.keras_reader.recording import Recording
from teachkit.keras_runner.running import Arrays, State, run, variables_of


def run_in_training(
    recording: Recording, arrays: Mapping[str, Any], state: State = ()
) -> Arrays:
    """Run a model once as `fit` does, without changing its weights or statistics.

    Arguments:
        recording: of the model.
        arrays: one array for each input, by the id of the input.
        state: values that variables have in this run instead of their own.

    Raises:
        ModelError: code of the model fails.
    """
    found = run(recording, arrays, state, training=True)
    return {path: array.astype("float64") for path, array in found.items()}


def seeds_of(recording: Recording, number: int) -> list[tuple[Any, Any]]:
    """Return the seeds in a model with values that do not depend on what ran before.

    Arguments:
        recording: of the model.
        number: another one gives other seeds.
    """
    seeds = [one for one in variables_of(recording) if "seed" in one.name]
    return [
        (one, np.full(tuple(one.shape), number, str(one.dtype)))
        for one in seeds
        if "int" in str(one.dtype)
    ]
