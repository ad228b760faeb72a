"""How two sets of numbers hang together: a ratio, a constant gap, or neither."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from teachkit.grading.evidence.numbers import same, told

Array = np.ndarray[Any, Any]
Pairs = Sequence[tuple[Array, Array]]
"""For each draw what an answer gives, and what it should give."""


@dataclass(frozen=True, slots=True)
class Relation:
    """What an answer's numbers are beside those that are wanted.

    Attributes:
        ratio: mine / wanted, where it is the same everywhere; 1 where a constant gap
            is all; None where there is no such rule.
        gap: mine - ratio * wanted where that is constant, the largest over the
            numbers of one sample; 0 where there is none.
        samples: how many were compared.
        residue: what the best ratio and gap leave, as a share of the spread.
        spread: the largest deviation of the wanted numbers from their mean.
        largest: the largest difference.
        place: of the largest difference: draw, sample, number in the sample.
    """

    ratio: float | None
    gap: float
    samples: int
    residue: float
    spread: float
    largest: float
    place: tuple[int, int, int]


def relation_of(pairs: Pairs) -> Relation:
    """Return how numbers are related. All arrays of a pair have the same shape."""
    flat = [(_flat(mine), _flat(wanted)) for mine, wanted in pairs]
    samples = sum(len(mine) for mine, _ in flat)
    gaps = [_gaps(mine, wanted) for mine, wanted in flat]
    draw = int(np.argmax([gap.max() for gap in gaps]))
    sample, number = np.unravel_index(np.argmax(gaps[draw]), gaps[draw].shape)
    centred = [(m - m.mean(axis=0), w - w.mean(axis=0)) for m, w in flat]
    spread = max(float(np.abs(w).max()) for _, w in centred)
    centred_ratio, residue = _fit(centred)
    plain_ratio, _ = _fit(flat)
    ratio: float | None = None
    gap = 0.0
    if plain_ratio is not None and _follows(flat, plain_ratio):
        ratio = plain_ratio
    elif centred_ratio is not None and _follows(centred, centred_ratio):
        ratio = 1.0 if abs(centred_ratio - 1) < 1e-3 else centred_ratio
        rests = [(m - ratio * w).mean(axis=0) for m, w in flat]
        gap = float(max((r for rest in rests for r in rest), key=abs))
    place = draw, int(sample), int(number)
    largest = float(gaps[draw].max())
    return Relation(ratio, gap, samples, residue, spread, largest, place)


def relation_told(relation: Relation, whose: str) -> str:
    """Return the rule in a sentence, empty where there is none.

    Arguments:
        relation: that was found.
        whose: what the numbers are compared with: `the formula`.
    """
    ratio = relation.ratio
    where = f"on all {relation.samples} samples"
    if ratio is None or (ratio == 1 and not relation.gap):
        return ""
    if ratio == 1:
        return (
            f"Between your model and {whose} there is a constant gap {where}: it "
            f"reaches {told(relation.gap)} and does not depend on x."
        )
    apart = ", apart from the last bias" if relation.gap else ""
    if ratio < 0:
        return f"Yours is {told(ratio)} times {whose} {where}{apart}."
    size = f"{_times(ratio)} times too large" if ratio > 1 else ""
    size = size or f"{_times(1 / ratio)} times too small"
    return f"Yours is {size}: ratio {ratio:.2f} {where}{apart}."


def _times(number: float) -> str:
    whole = round(number)
    return f"{whole}" if abs(number - whole) < 5e-3 else f"{number:.2f}"


def _gaps(mine: Array, wanted: Array) -> Array:
    with np.errstate(invalid="ignore"):
        gaps = np.abs(mine - wanted)
    return np.where(np.isfinite(gaps), gaps, np.inf)


def _flat(array: Array) -> Array:
    return np.asarray(array, "float64").reshape(len(array), -1)


def _fit(pairs: Pairs) -> tuple[float | None, float]:
    """Return the best factor from wanted to mine, and the share that it leaves."""
    mine = np.concatenate([np.ravel(m) for m, _ in pairs])
    wanted = np.concatenate([np.ravel(w) for _, w in pairs])
    size = float(wanted @ wanted)
    if not np.isfinite(size + mine.sum()) or size < 1e-12:
        return None, float("inf")
    ratio = float(mine @ wanted) / size
    rest = mine - ratio * wanted
    share = float(np.sqrt(rest @ rest / max(float(mine @ mine), 1e-12)))
    return (ratio if abs(ratio) > 1e-3 else None), share


def _follows(pairs: Pairs, ratio: float) -> bool:
    scale = max(float(np.abs(w).max()) for _, w in pairs)
    allowed = 1e-5 + 2e-4 * scale * max(1.0, abs(ratio))
    return all(float(np.abs(m - ratio * w).max()) <= allowed for m, w in pairs)


def all_same(pairs: Pairs) -> bool:
    """Tell whether all numbers are the same up to rounding."""
    return all(same(mine, wanted) for mine, wanted in pairs)
