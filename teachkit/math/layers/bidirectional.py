"""Bidirectional: a sequence is read forwards by one layer, backwards by another."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from teachkit.graph import Shape
from teachkit.math.amounts import total
from teachkit.math.explaining import meaning_of
from teachkit.math.layers.bidirectional_formulas import bidirectional_formula
from teachkit.math.meanings import Meaning
from teachkit.math.numbers import flat_arrays
from teachkit.math.rules import for_layers
from teachkit.math.subjects import Arguments, Array, Subject, UnknownShapeError, bound

Evaluate = Callable[[Arguments], Any]

_MERGE: dict[str, Callable[[Array, Array], Array]] = {
    "concat": lambda a, b: np.concatenate([a, b], axis=-1),
    "sum": lambda a, b: a + b,
    "mul": lambda a, b: a * b,
    "ave": lambda a, b: (a + b) / 2,
}


@for_layers("Bidirectional")
def bidirectional(subject: Subject) -> Meaning:
    """One layer reads the sequence forwards, one backwards; both outputs are merged."""
    layer = subject.operation
    calls = [_direction(subject, forward=True), _direction(subject, forward=False)]
    ahead, back = map(meaning_of, calls)
    if not ahead.shapes or not back.shapes:
        raise UnknownShapeError
    merged = _merged_shapes(layer.merge_mode, ahead.shapes[0], back.shapes[0])
    states = (*ahead.shapes[1:], *back.shapes[1:]) if layer.return_state else ()
    macs = [one.macs for one in (ahead, back) if one.macs is not None]
    evaluates = ahead.evaluate, back.evaluate
    return Meaning(
        formula=bidirectional_formula(layer, ahead, back, (subject.shape, merged[0])),
        shapes=(*merged, *states),
        shape_rule=_bidirectional_shape_rule(layer, ahead),
        params=total([ahead.params, back.params]),
        macs=total(macs) if len(macs) == len(calls) else None,
        evaluate=None
        if None in evaluates
        else (lambda given: _both(layer, evaluates, given)),  # type: ignore[arg-type]
        residual=_residual(layer, ahead, back),
        notes=tuple(dict.fromkeys((*ahead.notes, *_order_note(layer)))),
    )


def _direction(subject: Subject, *, forward: bool) -> Subject:
    layer = subject.operation
    given = _given_to(subject.given, forward=forward)
    inner = layer.forward_layer if forward else layer.backward_layer
    return subject.of(inner, subject.given.first, **given)


def _given_to(given: Arguments, *, forward: bool) -> dict[str, Any]:
    """Return the further arguments of one of the two layers."""
    found = {} if given.get("mask") is None else {"mask": given["mask"]}
    states = given.get("initial_state")
    if states is not None:
        half = len(states) // 2
        found["initial_state"] = list(states[:half] if forward else states[half:])
    return found


def _arguments_of(layer: Any, given: Arguments, *, forward: bool) -> Arguments:
    inner = layer.forward_layer if forward else layer.backward_layer
    return bound(inner, (given.first,), _given_to(given, forward=forward))


def _merged_shapes(
    mode: str | None, ahead: Shape | None, back: Shape | None
) -> tuple[Shape, ...]:
    if ahead is None or back is None:
        raise UnknownShapeError
    if mode is None:
        return ahead, back
    if mode != "concat":
        return (ahead,)
    lengths = ahead[-1], back[-1]
    both = None if None in lengths else sum(lengths)  # type: ignore[arg-type]
    return ((*ahead[:-1], both),)


def _bidirectional_shape_rule(layer: Any, ahead: Meaning) -> str:
    ends = {
        "concat": "the numbers of both directions lie side by side on the last axis",
        None: "the outputs of both directions are returned one after the other",
    }
    end = ends.get(layer.merge_mode, "both directions have this shape and are merged")
    states = ", and then the states of both" if layer.return_state else ""
    return f"{ahead.shape_rule}; {end}{states}"


def _order_note(layer: Any) -> tuple[str, ...]:
    if layer.return_sequences:
        return ()
    return (
        "The last step of the backward layer is the first place of the sequence: both "
        "have then read all of it.",
    )


def _both(
    layer: Any, evaluates: tuple[Evaluate, Evaluate], given: Arguments
) -> list[Array]:
    (ahead, *states), (back, *others) = (
        flat_arrays(evaluate(_arguments_of(layer, given, forward=forward)))
        for evaluate, forward in zip(evaluates, (True, False), strict=True)
    )
    if layer.return_sequences:
        back = back[:, ::-1]
    mode = layer.merge_mode
    merged = [ahead, back] if mode is None else [_MERGE[mode](ahead, back)]
    return [*merged, *states, *others]


def _residual(
    layer: Any, ahead: Meaning, back: Meaning
) -> Callable[[Arguments, list[Array]], float] | None:
    """Return how far outputs with dropout are from what can be, if both can be told."""
    first, second, mode = ahead.residual, back.residual, layer.merge_mode
    if first is None or second is None or mode not in {None, "concat"}:
        return None

    def residual(given: Arguments, outputs: list[Array]) -> float:
        if mode is None:
            forwards, backwards, *states = outputs
        else:
            (both, *states), length = outputs, ahead.shapes[0][-1]  # type: ignore[index]
            forwards, backwards = both[..., :length], both[..., length:]
        if layer.return_sequences:
            backwards = backwards[:, ::-1]
        half = len(ahead.shapes) - 1
        parts = [forwards, *states[:half]], [backwards, *states[half:]]
        calls = [_arguments_of(layer, given, forward=one) for one in (True, False)]
        return max(first(calls[0], parts[0]), second(calls[1], parts[1]))

    return residual
