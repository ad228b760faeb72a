"""Models without weights: built in milliseconds, looked at, never run."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import keras

from teachkit.keras_reader import internals


@contextmanager
def dry() -> Iterator[None]:
    """Build models inside the block without allocating a single weight.

    Keras keeps a list of variables that wait for their numbers, and would allocate all
    of them when any later scope ends. Those made here are taken off that list.
    """
    before = {id(variable) for variable in internals.pending_variables()}
    try:
        with (
            internals.seeds_kept(),
            keras.StatelessScope(initialize_variables=False),
        ):
            yield
    finally:
        waiting = internals.pending_variables()
        waiting[:] = [variable for variable in waiting if id(variable) in before]
