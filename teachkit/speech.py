"""How sentences name the calls and tensors of a model, list and count."""

from __future__ import annotations

from collections.abc import Sequence

from teachkit.graph import Call, Shape
from teachkit.layout.labels import count_text, shape_text
from teachkit.layout.text_size import visible

_LONGEST = 60
_LONGEST_VALUE = 80
_MOST = 4
_NUMBERS = (
    "no",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
)
_TIMES = {1: "once", 2: "twice"}
_ENDINGS = {1: "st", 2: "nd", 3: "rd"}
_ORDINALS = (
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
)


def named(name: str) -> str:
    """Return a name in quotes, shortened and without line breaks.

    Example:
        >>> named("conv")
        "'conv'"
    """
    shown = name if len(name) <= _LONGEST else f"{name[: _LONGEST - 1]}…"
    return "'" + "".join(map(visible, shown.replace("\n", "⏎"))) + "'"


def cut(text: str) -> str:
    """Return a text of which not more is left than one wants to read of a value."""
    return text if len(text) <= _LONGEST_VALUE else f"{text[: _LONGEST_VALUE - 3]}..."


def with_shape(name: str, shape: Shape | None) -> str:
    """Return a name with the shape of its tensor: `'x' (None, 4)`."""
    return f"{named(name)} {'(shape unknown)' if shape is None else shape_text(shape)}"


def shape_words(shape: Shape | None) -> str:
    """Return a shape as what a tensor has: `shape (None, 4)`, `an unknown shape`."""
    return "an unknown shape" if shape is None else f"shape {shape_text(shape)}"


def listed(names: Sequence[str], word: str = "and", most: int = _MOST) -> str:
    """Return names as an enumeration, of which a long one is cut short.

    Example:
        >>> listed(["'a'", "'b'", "'c'"])
        "'a', 'b' and 'c'"
    """
    if not names:
        return ""
    if len(names) > most + 1:
        names = [*names[:most], f"{len(names) - most:,} more"]
    *first, last = names
    return f"{', '.join(first)} {word} {last}" if first else last


def number(count: int) -> str:
    """Return a small number as a word.

    Example:
        >>> number(2), number(32)
        ('two', '32')
    """
    return _NUMBERS[count] if count < len(_NUMBERS) else f"{count:,}"


def times(count: int) -> str:
    """Return how often: `twice`, `five times`."""
    return _TIMES.get(count, f"{number(count)} times")


def ordinal(place: int) -> str:
    """Return the word for a place that is counted from 0: `first`, `10th`."""
    if place < len(_ORDINALS):
        return _ORDINALS[place]
    count = place + 1
    teen = 10 < count % 100 < 20
    return f"{count:,}{'th' if teen else _ENDINGS.get(count % 10, 'th')}"


def output_of(call: Call, index: int = 0) -> str:
    """Return which tensor is meant: `the output of 'dense'`, `input 'x'`."""
    if call.kind == "input":
        return f"input {named(call.id)}"
    if len(call.outputs) > 1:
        return f"output {index} of {named(call.id)}"
    return f"the output of {named(call.id)}"


def calls_text(count: int) -> str:
    """Return `one call`, `two calls`, `12 calls`."""
    return count_text(count, "call").replace(f"{count:,}", number(count))


def sentence_start(text: str) -> str:
    """Return a text with a capital letter: `The activation of 'hidden'`."""
    return text[:1].upper() + text[1:]


def sentence(text: str) -> str:
    """Return a text that begins with a capital letter and ends with a full stop."""
    return sentence_start(text) + ("" if text.endswith(".") else ".")
