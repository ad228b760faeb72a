"""Run a learner's code and leave no trace of it on the model.

Following the `call` of a subclassed model records calls on its layers, may build a
layer that had waited, and may count or collect something. All of it is put back.
"""

from __future__ import annotations

import random
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from teachkit.keras_reader import internals


@contextmanager
def untouched(model: Any) -> Iterator[None]:
    """Put a model and all its layers back, after the block, as they were before it."""
    layers = internals.flat_layers(model)
    attributes = [dict(vars(layer)) for layer in layers]
    contents = _contents(layers)
    chance = random.getstate()
    try:
        with internals.bookkeeping_kept(layers):
            yield
    finally:
        random.setstate(chance)
        for layer, before in zip(layers, attributes, strict=True):
            # Keras would track what is set through the layer itself.
            vars(layer).clear()
            vars(layer).update(before)
        for container, content in contents:
            _refill(container, content)


def _contents(layers: list[Any]) -> list[tuple[Any, Any]]:
    """Return every list, dict and set that a layer has, with a copy of its content."""
    found = []
    for layer in layers:
        for value in (*vars(layer).values(), *internals.bookkeeping_sets(layer)):
            if isinstance(value, (list, dict, set)):
                found.append((value, value.copy()))
    return found


def _refill(container: Any, content: Any) -> None:
    """Fill a container as Python's own types do: those of Keras would track it."""
    if isinstance(container, list):
        list.__setitem__(container, slice(None), content)
        return
    for kind in (OrderedDict, dict, set):
        if isinstance(container, kind):
            kind.clear(container)
            kind.update(container, content)
            return
