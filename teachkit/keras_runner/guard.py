"""Build and run things beside a learner's model, and leave no trace."""

from __future__ import annotations

import itertools
import random
import warnings
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any, TypeVar

import keras
import numpy as np

from teachkit.keras_reader import internals
from teachkit.keras_reader.untouched import untouched

Node = TypeVar("Node")
Chance = tuple[Any, Any]
"""At which random number Python and NumPy are."""


@contextmanager
def nothing_moved(*models: Any) -> Iterator[None]:
    """Keep Keras' counters and seeds, and all attributes of models, as they are.

    The random numbers of Python and NumPy go on as if nothing had run. TensorFlow has
    no public way to set its own ones back: `tf.random.normal` moves them.

    Arguments:
        models: those whose own code runs inside the block.
    """
    with ExitStack() as stack:
        stack.enter_context(same_chance(chance_now()))
        stack.enter_context(warnings.catch_warnings())
        warnings.simplefilter("ignore")
        stack.enter_context(internals.names_kept())
        stack.enter_context(internals.seeds_kept())
        for part in itertools.chain.from_iterable(map(_parts, models)):
            stack.enter_context(untouched(part))
        yield


def chance_now() -> Chance:
    """Return at which random number Python and NumPy are."""
    return random.getstate(), np.random.get_state()


def set_chance(chance: Chance) -> None:
    """Have Python and NumPy go on with the random numbers that came then."""
    random.setstate(chance[0])
    np.random.set_state(chance[1])


@contextmanager
def same_chance(chance: Chance) -> Iterator[None]:
    """Draw the random numbers of a time before; after the block all is as it was."""
    before = chance_now()
    set_chance(chance)
    try:
        yield
    finally:
        set_chance(before)


def inside_out(root: Node, inner: Callable[[Node], list[Node]]) -> list[Node]:
    """Return a thing and all things inside it, each once, the innermost first.

    Arguments:
        root: a model or graph.
        inner: gives the models or graphs directly inside one.
    """
    order: list[Node] = []
    seen = {id(root)}
    stack = [(root, iter(inner(root)))]
    while stack:
        node, waiting = stack[-1]
        child = next(waiting, None)
        if child is None:
            order.append(node)
            stack.pop()
        elif id(child) not in seen:
            seen.add(id(child))
            stack.append((child, iter(inner(child))))
    return order


def _parts(model: Any) -> list[Any]:
    """Return the layers in which everything is that a model can change."""
    if isinstance(model, keras.Layer):
        return [model]
    return [part for part in model.operations if isinstance(part, keras.Layer)]
