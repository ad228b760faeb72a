"""What running two models showed: plain data, which does not need Keras."""

from __future__ import annotations

from dataclasses import dataclass

Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Agreement:
    """Whether two models gave the same numbers.

    Attributes:
        equal: they agree up to rounding.
        max_error: the largest difference between two outputs; None if not run.
        samples: on how many random inputs.
        text: one sentence that says so.
    """

    equal: bool
    max_error: float | None
    samples: int
    text: str
