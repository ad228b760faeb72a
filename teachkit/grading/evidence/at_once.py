"""Several trials of a model in one run, where a run takes long."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from teachkit.errors import ModelError

Values = Mapping[str, "np.ndarray[Any, Any]"]
"""Arrays by role, samples first."""
Run = Callable[[Values], Values]


def at_once(run: Run, trials: Sequence[Values]) -> list[Values]:
    """Return what a model gives for each of several trials.

    They are run together, as more samples; one after the other, if the model has a
    number of samples of its own, or does not give one answer for each.

    Arguments:
        run: the model.
        trials: what to run it on; all have the same roles.

    Raises:
        ModelError: the model fails on one of them.
    """
    joined = {role: np.concatenate([one[role] for one in trials]) for role in trials[0]}
    try:
        found = run(joined)
    except ModelError:
        return [run(one) for one in trials]
    ends = np.cumsum([len(next(iter(one.values()))) for one in trials])
    if any(array.shape[:1] != (ends[-1],) for array in found.values()):
        return [run(one) for one in trials]
    parts = {role: np.split(array, ends[:-1]) for role, array in found.items()}
    return [{role: parts[role][n] for role in parts} for n in range(len(trials))]
