"""A limit to how many numbers weights may have, asked before memory is taken."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from keras.src.backend.common import variables
from keras.src.backend.common.name_scope import current_path
from keras.src.backend.common.stateless_scope import in_stateless_scope

PER_WEIGHT = 100_000_000
ALTOGETHER = 250_000_000


class TooManyNumbersError(MemoryError):
    """A weight was asked for that is larger than what there is room for.

    Attributes:
        path: of the weight: `dense/kernel`.
        shape: of it.
        most: the limit that it passes.
        before: numbers of the weights that were made before it.
    """

    def __init__(
        self, path: str, shape: tuple[int, ...], most: int, before: int = 0
    ) -> None:
        self.path = path
        self.shape = shape
        self.most = most
        self.before = before
        super().__init__(
            f"the weight '{path}' of shape {shape} has {math.prod(shape):,} numbers"
        )


@contextmanager
def weights_limited(
    per_weight: int = PER_WEIGHT, altogether: int = ALTOGETHER
) -> Iterator[None]:
    """Refuse, inside the block, weights with more numbers than there is room for.

    Arguments:
        per_weight: numbers of one weight.
        altogether: numbers of all weights that are made inside the block.

    Raises:
        TooManyNumbersError: inside the block, where such a weight is made.
    """
    kind = variables.Variable
    original: Callable[..., None] = kind.__init__
    made = 0

    def checked(
        variable: Any, initializer: Any, shape: Any = None, *more: Any, **named: Any
    ) -> None:
        nonlocal made
        wanted = shape if shape is not None else getattr(initializer, "shape", ())
        sizes = _sizes(wanted)
        # In a block without memory (`tk.dry()`) a variable costs nothing.
        if not in_stateless_scope():
            _refuse(named.get("name"), sizes, (per_weight, altogether), made)
            made += math.prod(sizes)
        original(variable, initializer, shape, *more, **named)

    kind.__init__ = checked
    try:
        yield
    finally:
        kind.__init__ = original


def _sizes(shape: Any) -> tuple[int, ...]:
    if isinstance(shape, int):
        return (shape,)
    try:
        return tuple(int(size) for size in shape)
    except (TypeError, ValueError):
        return ()


def _refuse(
    name: Any, sizes: tuple[int, ...], limits: tuple[int, int], made: int
) -> None:
    numbers = math.prod(sizes)
    per_weight, altogether = limits
    if numbers <= per_weight and made + numbers <= altogether:
        return
    path = "/".join(part for part in (current_path(), str(name or "")) if part)
    most = per_weight if numbers > per_weight else altogether
    raise TooManyNumbersError(path, sizes, most, made if most == altogether else 0)
