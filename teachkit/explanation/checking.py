"""Every call computed twice: by Keras, and by NumPy from the formula."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from teachkit.explanation.findings import Check
from teachkit.graph import Call, Shape
from teachkit.keras_reader.ports import map_leaves
from teachkit.layout.labels import count_text, shape_text
from teachkit.math import (
    Amount,
    Arguments,
    Formula,
    Meaning,
    Subject,
    meaning_of,
    specs_of,
)
from teachkit.math.numbers import flat_arrays, precise, relative_error, tolerance
from teachkit.math.subjects import Array

NOT_RUN = Check(None, None, "not computed")

_MOST = 5_000_000_000
"""Calls of more multiplications are not computed in NumPy: that is seconds for each."""


@dataclass(frozen=True, eq=False, slots=True)
class Observed:
    """What computing one call twice showed.

    Attributes:
        error: the largest difference, relative to the largest number if above one;
            None if NumPy could not compute it.
        allowed: how far rounding can go in its dtype.
        numbers: the numbers written out, if the call is small.
        reason: why it was not computed.
        macs: multiply-accumulates for one of the samples; None where not known.
        given: shapes of what the call got, also of masks that nobody wrote down.
    """

    error: float | None
    allowed: float = 0.0
    numbers: Formula | None = None
    reason: str = ""
    macs: Amount | None = None
    given: Arguments = field(default_factory=Arguments)


def observe(
    operation: object, given: Arguments, outputs: list[Array], training: bool
) -> Observed:
    """Compute one call in NumPy and compare with what Keras gave.

    Arguments:
        operation: the Keras layer or operation.
        given: its arguments with an array for each tensor.
        outputs: what Keras computed from them, in flat order.
        training: whether it did what it does in training.
    """
    if "training" in given:
        given["training"] = training
    exact = [precise(array) for array in outputs]
    specs = Arguments(specs_of(dict(given)))
    meaning = meaning_of(Subject(operation, specs, specs_of(tuple(outputs)), training))
    reason = _reason_not_to(operation, meaning, exact)
    if reason:
        return Observed(None, reason=reason, macs=meaning.macs, given=specs)
    arrays = Arguments(map_leaves(_precise, dict(given)))
    if meaning.residual is not None:
        error, ours = meaning.residual(arrays, exact), exact
    else:
        assert meaning.evaluate is not None
        ours = flat_arrays(meaning.evaluate(arrays))
        error = relative_error(ours, outputs)
    return Observed(
        error,
        allowed=tolerance(str(outputs[0].dtype)) if outputs else 0.0,
        numbers=meaning.by_hand(arrays, ours) if meaning.by_hand is not None else None,
        macs=meaning.macs,
        given=specs,
    )


def _reason_not_to(operation: object, meaning: Meaning, outputs: list[Array]) -> str:
    """Return why a call is not computed in NumPy; empty if it is."""
    if meaning.evaluate is None and meaning.residual is None:
        return f"no formula of {type(operation).__name__} is known"
    if meaning.macs is not None and meaning.macs.value > _MOST:
        return f"{meaning.macs.value:,} multiplications are too many for one call"
    if outputs and not any(map(_has_numbers, outputs)):
        return "its numbers are not finite, so that nothing could be compared"
    return ""


def _has_numbers(array: Array) -> bool:
    return (
        array.dtype.kind not in "fc" or not array.size or bool(np.isfinite(array).any())
    )


def check_of(
    call: Call, meaning: Meaning, seen: Observed | None, inner: Sequence[Check]
) -> Check:
    """Return the verdict on one call.

    Arguments:
        call: as Keras tells it.
        meaning: what our rule says.
        seen: what computing it twice showed, if that was done.
        inner: of the calls of a nested model.
    """
    if call.nested is not None:
        return _of_nested(inner)
    error = seen.error if seen is not None else None
    for spec, ours in zip(call.outputs, meaning.shapes, strict=False):
        if _contradict(spec.shape, ours):
            told, right = shape_text(spec.shape), shape_text(ours)
            return Check(False, error, f"Keras tells the shape {told}; it is {right}")
    return NOT_RUN if seen is None else _verdict(seen)


def _verdict(seen: Observed) -> Check:
    if seen.error is None:
        return Check(None, None, f"not computed: {seen.reason}")
    if seen.error == 0:
        return Check(True, seen.error, "NumPy agrees exactly")
    agrees = seen.error <= seen.allowed
    how = "agrees to" if agrees else "differs by"
    return Check(agrees, seen.error, f"NumPy {how} {error_text(seen.error)}")


def _contradict(one: Shape | None, other: Shape | None) -> bool:
    """Tell whether two shapes cannot both be right; an open length fits any other."""
    if one is None or other is None:
        return False
    pairs = zip(one, other, strict=False)
    lengths = any(a != b for a, b in pairs if None not in (a, b))
    return len(one) != len(other) or lengths


def _of_nested(inner: Sequence[Check]) -> Check:
    run = [check for check in inner if check.agrees is not None]
    errors = [check.error for check in run if check.error is not None]
    wrong = [check for check in run if check.agrees is False]
    worst = max(errors, default=None)
    if not run:
        return NOT_RUN
    if wrong:
        return Check(False, worst, f"{count_text(len(wrong), 'call')} inside differ")
    return Check(True, worst, f"{count_text(len(run), 'call')} inside agree")


def _precise(value: object) -> object:
    return precise(value) if isinstance(value, np.ndarray) else value


def error_text(error: float) -> str:
    """Return an error with one digit: `6e-8`."""
    return f"{error:.0e}".replace("e-0", "e-")
