"""Which query may look at which value, for all layers of attention."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np

from teachkit.math.subjects import Arguments, Array

CAUSAL_NOTE = (
    "Causal: place i of the query sees the values at 1, ..., i alone, nothing of what "
    "comes later."
)


@dataclass(frozen=True, slots=True)
class AttentionCall:
    """The arguments of a call of attention; the key is the value if none is given."""

    query: Any
    value: Any
    key: Any
    query_mask: Any
    value_mask: Any
    key_mask: Any
    attention_mask: Any
    causal: bool
    scores: bool

    @classmethod
    def of(cls, given: Arguments) -> AttentionCall:
        """Return them from lists of tensors and masks, or each from its own name."""
        named: dict[str, Any] = dict(given)
        if "query" not in given:
            tensors, masks = given.first, given.get("mask") or ()
            names = ("query", "value", "key")
            named |= dict(zip(names, tensors, strict=False))
            named |= dict(zip(("query_mask", "value_mask"), masks, strict=False))
        key = named.get("key")
        return cls(
            named["query"],
            named["value"],
            named["value"] if key is None else key,
            named.get("query_mask"),
            named.get("value_mask"),
            named.get("key_mask"),
            named.get("attention_mask"),
            bool(given.get("use_causal_mask")),
            bool(given.get("return_attention_scores")),
        )


def causal_mask(queries: int, values: int) -> Array:
    """Return where place j of the value is not later than place i of the query."""
    return np.tri(queries, values, dtype=bool)


def window_mask(queries: int, values: int, window: int) -> Array:
    """Return where two places are less than a window apart."""
    apart = np.arange(queries)[:, None] - np.arange(values)
    return np.asarray(np.abs(apart) < window)


def all_of(parts: Iterable[Array | None]) -> Array | None:
    """Return where all masks that there are agree, None if there is none."""
    found: Array | None = None
    for part in parts:
        if part is not None:
            wide = np.asarray(part, bool)
            found = wide if found is None else found & wide
    return found
