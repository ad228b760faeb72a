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
    try:
        with chance_kept(), internals.bookkeeping_kept(layers):
            yield
    finally:
        for layer, before in zip(layers, attributes, strict=True):
            # Keras would track what is set through the layer itself.
            for name in vars(layer).keys() - before.keys():
                del vars(layer)[name]
            vars(layer).update(before)
        for container, content in contents:
            if not _same(container, content):
                _refill(container, content)


@contextmanager
def chance_kept() -> Iterator[None]:
    """Let Python's random numbers go on after the block as if nothing was.

    Keras draws the seed of an initializer that is made without one.
    """
    before = random.getstate()
    try:
        yield
    finally:
        random.setstate(before)


def _contents(layers: list[Any]) -> list[tuple[Any, Any]]:
    """Return every list, dict and set that a layer has, with a copy of its content."""
    found = []
    for layer in layers:
        for value in (*vars(layer).values(), *internals.bookkeeping_sets(layer)):
            if isinstance(value, _KINDS):
                kind = next(kind for kind in _KINDS if isinstance(value, kind))
                found.append((value, kind(value)))
    return found


def _same(container: Any, content: Any) -> bool:
    """Tell whether a container still has the very things that it had."""
    if isinstance(content, dict):
        return _same([*container, *container.values()], [*content, *content.values()])
    ids = [id(item) for item in container], [id(item) for item in content]
    return (
        sorted(ids[0]) == sorted(ids[1])
        if isinstance(content, set)
        else ids[0] == ids[1]
    )


_KINDS: tuple[type[Any], ...] = (list, OrderedDict, dict, set)


def _refill(container: Any, content: Any) -> None:
    """Fill a container as Python's own types do: those of Keras would track it."""
    container = internals.unwrapped(container)
    if isinstance(content, list):
        list.__setitem__(container, slice(None), content)
    else:
        type(content).clear(container)
        type(content).update(container, content)
