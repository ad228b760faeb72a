"""A short training of a learner's model, after which all is as it was before."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import keras
import numpy as np

from teachkit.keras_reader import internals
from teachkit.keras_reader.untouched import untouched
from teachkit.keras_runner.guard import nothing_moved

_SEED = 7


def result_of_fit(
    model: Any,
    data: tuple[Any, Any],
    *,
    loss: Any,
    metric: str,
    epochs: int,
    batch_size: int = 32,
) -> float:
    """Return a metric of a model after a short training with fixed seeds.

    Weights, what it was compiled with and all random numbers are as before.

    Arguments:
        model: that is trained.
        data: inputs and targets; the last fifth of the samples is kept for the metric.
        loss: as `compile` takes it.
        metric: its name.
        epochs: how often all samples are seen.
        batch_size: samples in one step.
    """
    inputs, targets = data
    count = len(keras.tree.flatten(inputs)[0])
    cut = max(1, count - count // 5)
    with _as_before(model):
        keras.utils.set_random_seed(_SEED)
        model.compile(keras.optimizers.Adam(0.01), loss=loss, metrics=[metric])
        model.fit(
            _part(inputs, 0, cut),
            _part(targets, 0, cut),
            epochs=epochs,
            batch_size=batch_size,
            verbose=0,
        )
        found = model.evaluate(
            _part(inputs, cut, count),
            _part(targets, cut, count),
            verbose=0,
            return_dict=True,
        )
    return float(next(v for k, v in found.items() if k not in {"loss"}))


def _part(arrays: Any, first: int, last: int) -> Any:
    return keras.tree.map_structure(lambda one: np.asarray(one)[first:last], arrays)


@contextmanager
def _as_before(model: Any) -> Iterator[None]:
    values = [(one, keras.ops.convert_to_numpy(one).copy()) for one in model.variables]
    with internals.global_seed_kept(), nothing_moved(), untouched(model):
        try:
            yield
        finally:
            for variable, value in values:
                variable.assign(value)
