"""How sentences name the calls and tensors of a model."""

from __future__ import annotations

from collections.abc import Sequence

from teachkit.graph import Call, Shape
from teachkit.layout.labels import count_text, shape_text
from teachkit.layout.text_size import visible

_LONGEST = 48
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


def named(name: str) -> str:
    """Return a name in quotes, shortened and without line breaks.

    Example:
        >>> named("conv")
        "'conv'"
    """
    shown = name if len(name) <= _LONGEST else f"{name[: _LONGEST - 1]}…"
    return "'" + "".join(map(visible, shown.replace("\n", "⏎"))) + "'"


def with_shape(name: str, shape: Shape | None) -> str:
    """Return a name with the shape of its tensor: `'x' (None, 4)`."""
    return f"{named(name)} {shape_text(shape)}"


def listed(names: Sequence[str], word: str = "and", most: int = _MOST) -> str:
    """Return names as an enumeration, of which a long one is cut short.

    Example:
        >>> listed(["'a'", "'b'", "'c'"])
        "'a', 'b' and 'c'"
    """
    if len(names) > most + 1:
        names = [*names[:most], f"{len(names) - most} more"]
    *first, last = names
    return f"{', '.join(first)} {word} {last}" if first else last


def number(count: int) -> str:
    """Return a small number as a word.

    Example:
        >>> number(2), number(32)
        ('two', '32')
    """
    return _NUMBERS[count] if count < len(_NUMBERS) else f"{count:,}"


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


def sentence(text: str) -> str:
    """Return a text that begins with a capital letter and ends with a full stop."""
    return text[:1].upper() + text[1:] + ("" if text.endswith(".") else ".")
