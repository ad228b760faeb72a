"""A number that remembers how it was computed: `(32 + 1) × 64 = 2,112`."""

from __future__ import annotations

from dataclasses import dataclass

_SUM, _PRODUCT, _ATOM = 1, 2, 3


@dataclass(frozen=True, slots=True)
class Amount:
    """A whole number as arithmetic, with numbers and with the names of what they are.

    Made by `amount`, and then by `+`, `-` and `*`.

    Attributes:
        value: what comes out.
        numbers: the arithmetic with numbers: `(32 + 1) × 64`.
        words: the same with names: `(features + 1) × units`.

    Example:
        >>> weights = (amount(32, "features") + 1) * amount(64, "units")
        >>> weights.text
        '(32 + 1) × 64 = 2,112'
        >>> weights.words
        '(features + 1) × units'
    """

    value: int
    numbers: str
    words: str
    binding: int = _ATOM

    @property
    def text(self) -> str:
        """The arithmetic and its result: `(32 + 1) × 64 = 2,112`."""
        told = f"{self.value:,}"
        return told if self.numbers == told else f"{self.numbers} = {told}"

    @property
    def latex(self) -> str:
        """The same for LaTeX."""
        return self.text.replace("×", r"\times").replace(",", "{,}")

    def __add__(self, other: Amount | int) -> Amount:
        return _joined(self, " + ", _taken(other), _SUM)

    def __radd__(self, other: Amount | int) -> Amount:
        return _taken(other) + self

    def __sub__(self, other: Amount | int) -> Amount:
        return _joined(self, " − ", _taken(other), _SUM)

    def __mul__(self, other: Amount | int) -> Amount:
        return _joined(self, " × ", _taken(other), _PRODUCT)

    def __rmul__(self, other: Amount | int) -> Amount:
        return _taken(other) * self


def amount(value: int, name: str = "") -> Amount:
    """Return a plain number; `name` says in a word or two what it counts."""
    return Amount(int(value), f"{int(value):,}", name or f"{int(value):,}")


NOTHING = amount(0)


def product(*factors: Amount | int) -> Amount:
    """Return factors multiplied, those that are a plain 1 left out."""
    told = [_taken(factor) for factor in factors]
    kept = [one for one in told if one.numbers != "1"] or told[:1] or [amount(1)]
    first, *rest = kept
    for one in rest:
        first = first * one
    return first


def total(parts: list[Amount]) -> Amount:
    """Return a sum, of which parts that are zero are left out."""
    kept = [one for one in parts if one.value]
    if not kept:
        return NOTHING
    first, *rest = kept
    for one in rest:
        first = first + one
    return first


def _taken(value: Amount | int) -> Amount:
    return value if isinstance(value, Amount) else amount(value)


def _joined(left: Amount, sign: str, right: Amount, binding: int) -> Amount:
    values = {
        " + ": left.value + right.value,
        " − ": left.value - right.value,
        " × ": left.value * right.value,
    }
    pieces = []
    for kind in ("numbers", "words"):
        a, b = getattr(left, kind), getattr(right, kind)
        a = f"({a})" if left.binding < binding else a
        # a - (b + c) needs its brackets, a + (b + c) does not.
        tight = right.binding < binding or (sign == " − " and right.binding == binding)
        pieces.append(f"{a}{sign}({b})" if tight else f"{a}{sign}{b}")
    return Amount(values[sign], pieces[0], pieces[1], binding)
