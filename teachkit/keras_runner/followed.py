"""A subclassed model inside a run: its own code, and what was read of it, side by side.

What was read of a model is one way through its `call`. So the `call` itself runs too,
and what was read is believed where both give the same numbers; else the model is one
call, of which nothing inside is shown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import keras
import numpy as np

from teachkit.keras_reader.ports import arguments_of
from teachkit.keras_reader.recording import Ref
from teachkit.keras_runner.guard import Chance, chance_now, set_chance

if TYPE_CHECKING:
    from teachkit.keras_runner.interpreter import Interpreter
    from teachkit.keras_runner.levels import Level


class Followed:
    """Stands in for the `call` of a model.

    Arguments:
        model: a subclassed model.
        scope: has the values of all variables of the run.
        interpreter: makes the calls that were read.
    """

    def __init__(
        self, model: Any, scope: keras.StatelessScope, interpreter: Interpreter
    ) -> None:
        self._model = model
        self._own = model.call
        self._scope = scope
        self._interpreter = interpreter

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Return what the model returns, of the calls that were read if that is so."""
        level = self._interpreter.take(self._model)
        if level is None:
            return self._own(*args, **kwargs)
        before = self._state()
        truth = self._own(*args, **kwargs)
        after = self._state()
        given = self._given(level, args, kwargs)
        for wrap in self._ways(kwargs.get("training")) if given is not None else ():
            self._set(before)
            found = self._run(level, given or {}, wrap)
            is_same = _same(truth, found)
            if is_same and not self._interpreter.intervenes(level):
                return _packed(truth, found)
            self._interpreter.forget(level)
            if is_same:  # by itself, and now with the change that is wanted
                self._set(before)
                return _packed(
                    truth, self._interpreter.run_level(level, given or {}, wrap)
                )
        self._set(after)
        self._interpreter.close(level)
        return truth

    def _run(self, level: Level, given: dict[Ref, Any], wrap: Any) -> Any:
        try:
            with self._interpreter.untouched():
                return self._interpreter.run_level(level, given, wrap)
        except Exception:  # noqa: BLE001 - the model itself ran: it is shown as one call
            return None

    def _given(
        self, level: Level, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> dict[Ref, Any] | None:
        arrived = {a.port: a.value for a in arguments_of(self._model, args, kwargs)}
        if not all(ref.call in arrived for ref in level.inputs):
            return None
        return {ref: arrived[ref.call] for ref in level.inputs}

    def _ways(self, training: Any) -> Iterator[Callable[[Any], Any]]:
        """Yield how a recorded `training` may be meant: as it is, or handed along."""
        yield lambda operation: operation
        if training:
            yield lambda operation: _with_training(operation)

    def _state(self) -> tuple[dict[int, Any], list[Any], Chance]:
        scope = self._scope
        return dict(scope.state_mapping), list(scope.losses), chance_now()

    def _set(self, state: tuple[dict[int, Any], list[Any], Chance]) -> None:
        mapping, losses, chance = state
        set_chance(chance)
        self._scope.state_mapping = dict(mapping)
        self._scope.losses[:] = losses


def _with_training(operation: Any) -> Callable[..., Any]:
    def call(*args: Any, **kwargs: Any) -> Any:
        if "training" in kwargs:
            kwargs["training"] = True
        return operation(*args, **kwargs)

    return call


def _packed(truth: Any, found: Any) -> Any:
    return keras.tree.pack_sequence_as(truth, keras.tree.flatten(found))


def _same(truth: Any, found: Any) -> bool:
    ours, theirs = keras.tree.flatten(found), keras.tree.flatten(truth)
    return len(ours) == len(theirs) and all(map(_equal, ours, theirs))


def _equal(one: Any, other: Any) -> bool:
    if one is None or other is None:
        return one is other
    left, right = (keras.ops.convert_to_numpy(tensor) for tensor in (one, other))
    if left.dtype.kind in "OSU":
        return bool(np.array_equal(left, right))
    return left.shape == right.shape and bool(
        np.allclose(left, right, 1e-5, 1e-6, equal_nan=True)
    )
