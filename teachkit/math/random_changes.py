"""How the random changes of images are written: formulas, ranges, probabilities."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Change:
    """What one random layer does in training.

    Attributes:
        lines: formulas as LaTeX and as text, with `$x` for the images and `$y`.
        told: the same in a sentence.
        notes: what else one should know.
    """

    lines: tuple[Pair, ...]
    told: str
    notes: tuple[str, ...] = ()


def chance(inner: str, probability: float, text: str | None = None) -> Pair:
    """Return the line of a change that comes with a probability."""
    told = f"{probability:g}"
    return (
        rf"$y = {inner} \text{{ with probability }} {told}, \text{{ else }} x",
        f"$y = {inner if text is None else text} with probability {told}, else x",
    )


def clipped(inner: str | Pair, layer: Any) -> Pair:
    """Return the line of a change whose values stay in the range of the layer."""
    latex, text = (inner, inner) if isinstance(inner, str) else inner
    low, high = (f"{limit:g}" for limit in layer.value_range)
    return (
        rf"$y = \min(\max({latex}, {low}), {high})",
        f"$y = min(max({text}, {low}), {high})",
    )


def drawn(letter: str, least: float, most: float, text: str | None = None) -> Pair:
    """Return the line that tells from which range a number is drawn."""
    return (
        rf"{letter} \in [{least:g}, {most:g}] \text{{ at random}}",
        f"{text or letter} from [{least:g}, {most:g}], at random",
    )


def average(layer: Any) -> float:
    """Return how likely a change is whose probability is drawn itself."""
    return float(sum(layer.factor)) / 2


def spread_note(layer: Any) -> tuple[str, ...]:
    """Return the note that a probability is drawn itself, where it is."""
    low, high = layer.factor
    if low == high:
        return ()
    return (
        f"The probability itself is drawn from {low:g} to {high:g} for each image: it "
        f"is {(low + high) / 2:g} on average, not {high:g}.",
    )
