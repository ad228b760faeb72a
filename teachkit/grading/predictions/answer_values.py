"""What a student wrote as an answer, in a form in which equal answers are alike."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import keras
import numpy as np

from teachkit.grading.predictions.option_names import option_meant, option_names_in

ERROR = "error"
"""The answer that something refuses to run."""

Form = Any
"""A number, a tuple of sizes, a word, or a frozenset of words."""

_OPEN = frozenset({"none", "?", "-1", "any", "batch", "batch_size", "n", "b"})
"""How people write a size that is left open."""
_REFUSALS = frozenset(
    {"error", "an error", "raises", "refuses", "it refuses", "exception", "fails"}
    | {"valueerror", "value error", "raises valueerror", "it raises", "it fails"}
)
_TRUTH = {"yes": "true", "no": "false", "y": "true", "n": "false"}
_NO = frozenset(
    {"no", "false", "n", "not", "functional", "functional api", "graph", "no chain"}
)
"""How people say of an option that it is not chosen."""
_NUMBER = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?", re.IGNORECASE)
_PLACE = re.compile(r"(?:(?:option|answer|choice|number|no|nr) )?\d+(?: 0+)?")
"""How people name an option by its number: `2`, `(2)`, `option 2`."""
_MOST = 64
"""Sizes of a shape, or members of a set, that are still read."""


def forms_of(value: Any, kind: str, options: tuple[str, ...] = ()) -> frozenset[Form]:
    """Return the forms of an answer; two answers are equal if they share one.

    Arguments:
        value: whatever a student, or the author of an exercise, wrote.
        kind: of the question: `number`, `shape`, `choice`, `choices` or `text`.
        options: of a choice; one of them may also be told by its number, from 1 on.

    Returns:
        None of them, if nobody can read it as an answer of this kind.
    """
    try:
        return _forms(value, kind, options)
    except Exception:  # noqa: BLE001 - an object of a student's own may fail at whatever is asked of it
        return frozenset()


def words_of(value: Any, options: tuple[str, ...] = ()) -> frozenset[str]:
    """Return the words of a list, a set, or a text with commas; none if it fails."""
    try:
        return _words_of(value, options)
    except Exception:  # noqa: BLE001 - an object of a student's own may fail at whatever is asked of it
        return frozenset()


def _words_of(value: Any, options: tuple[str, ...]) -> frozenset[str]:
    members = _chosen_by_place(value, options) or _members(value)
    if members is None:
        members = (
            re.split(r"[,;\n]|\band\b", value) if isinstance(value, str) else [value]
        )
    if len(members) == 1 and isinstance(members[0], str):
        members = option_names_in(members[0], options) or members
    found = (
        option_meant(member, options) or _word(member, options)
        for member in members[:_MOST]
    )
    return frozenset(word for word in found if word)


def told(value: Any) -> str:
    """Return an answer as a sentence has it, never more than a few words of it."""
    if isinstance(value, bool) or value is None:
        return str(value)
    number = _number(value) if not isinstance(value, str) else None
    if number is not None:
        return f"{number:,.6g}" if number % 1 else f"{int(number):,}"
    members = _members(value)
    if members is not None:
        inside = ", ".join("None" if m is None else told(m) for m in members[:8])
        return f"({inside},)" if len(members) == 1 else f"({inside})"
    text = value if isinstance(value, str) else f"a {type(value).__name__}"
    shown = "".join(c if c.isprintable() else " " for c in text)
    return shown if len(shown) <= 60 else shown[:57] + "..."


def _forms(value: Any, kind: str, options: tuple[str, ...]) -> frozenset[Form]:
    if kind != "choices" and _is_refusal(value):
        return frozenset({ERROR})
    if kind == "number":
        number = _number(value)
        return frozenset() if number is None else frozenset({number, *_grouped(value)})
    if kind == "shape":
        return _shapes(value)
    if kind == "choices":
        return frozenset({_words_of(value, options)})
    word = _word(value, options)
    return frozenset({word}) if word else frozenset()


def _is_refusal(value: Any) -> bool:
    if isinstance(value, type):
        return issubclass(value, Exception)
    return isinstance(value, Exception) or (
        isinstance(value, str) and _plain(value) in _REFUSALS
    )


def _number(value: Any) -> float | None:
    if isinstance(value, str):
        return _number_in(value)
    members = _members(value)
    if members is not None:
        return _number(members[0]) if len(members) == 1 else None
    if isinstance(value, (bool, int, float, np.number, np.bool_)):
        number = float(value)
        return number if np.isfinite(number) else None
    return None


def _number_in(text: str) -> float | None:
    """Return the only number in a text: `4,225`, `4 225`, `2_112 parameters`."""
    joined = re.sub(r"(?<=\d)[,_'\s](?=\d{3}(?!\d))", "", text.strip())
    found = _NUMBER.findall(joined)
    return float(found[0]) if len(found) == 1 else None


def _grouped(value: Any) -> list[float]:
    """Return the number in `4.225`, as some countries write 4,225."""
    text = value.strip() if isinstance(value, str) else ""
    is_grouped = re.fullmatch(r"[1-9]\d{0,2}(\.\d{3})+", text)
    return [float(text.replace(".", ""))] if is_grouped else []


def _shapes(value: Any) -> frozenset[Form]:
    sizes = _sizes(value)
    if sizes is None:
        return frozenset()
    # The batch may be told or left out: (None, 10) is (10,).
    return frozenset({sizes, sizes[1:] if sizes[:1] == (None,) else sizes})


def _sizes(value: Any) -> tuple[int | None, ...] | None:
    if isinstance(value, keras.KerasTensor):
        value = tuple(value.shape)
    if isinstance(value, str):
        value = [part for part in re.split(r"[\s,;x×*()\[\]]+", value.lower()) if part]
    members = _members(value)
    if members is None:
        members = [value]
    if len(members) == 1 and _members(members[0]) is not None:
        members = _members(members[0]) or []
    if len(members) > _MOST:
        return None
    sizes = [_size(member) for member in members]
    return None if "" in sizes else tuple(s for s in sizes if not isinstance(s, str))


def _size(value: Any) -> int | str | None:
    """Return a size, None for an open one, and an empty text for what is none."""
    if value is None or (isinstance(value, str) and value.strip().lower() in _OPEN):
        return None
    number = _number(value)
    if number is None or number % 1:
        return ""
    return None if number == -1 else int(number)


def _word(value: Any, options: tuple[str, ...]) -> str:
    members = _members(value)
    if members is not None and len(members) == 1:
        value = members[0]
    if isinstance(value, (bool, np.bool_)):
        return str(bool(value)).lower()
    plain = [_plain(option) for option in options]
    if isinstance(value, str) and _plain(value) in plain:
        return _TRUTH.get(_plain(value), _plain(value))
    # "what block 1 gave" has a number in it, and is not the first option for that.
    is_place = not isinstance(value, str) or _PLACE.fullmatch(_plain(value))
    number = _number(value) if is_place else None
    if number is not None and options and _plain(f"{number:g}") not in plain:
        place = int(number) - 1
        return plain[place] if 0 <= place < len(plain) and not number % 1 else ""
    if number is not None and not isinstance(value, str):
        return _plain(f"{number:g}")
    return _TRUTH.get(_plain(value), _plain(value)) if isinstance(value, str) else ""


def _plain(text: str) -> str:
    """Return the letters and digits of a text, with one blank between words."""
    return " ".join(re.findall(r"[^\W_]+", text.lower()))


def _chosen(key: Any, said: Any) -> list[Any]:
    """Return what an entry of a dict chooses: its key, or what it lists there."""
    if isinstance(said, (list, tuple, set, frozenset)):
        return [] if _plain(str(key)) in _NO else list(said)
    is_no = isinstance(said, str) and _plain(said) in _NO
    return [key] if said and not is_no else []


def _chosen_by_place(value: Any, options: tuple[str, ...]) -> list[str]:
    """Return the options at whose places a list says yes: `[True, False]`."""
    if not isinstance(value, (list, tuple)) or len(value) != len(options):
        return []
    if not all(isinstance(one, (bool, np.bool_)) for one in value):
        return []
    return [option for option, said in zip(options, value, strict=True) if said]


def _members(value: Any) -> list[Any] | None:
    """Return what is in a list, tuple, set or array; None for anything else."""
    if isinstance(value, np.ndarray):
        return list(value.tolist()) if value.ndim and value.size <= _MOST else None
    if isinstance(value, Mapping):
        return [one for key, said in value.items() for one in _chosen(key, said)]
    if isinstance(value, (list, tuple)):
        return list(value)
    if isinstance(value, (set, frozenset)):
        return sorted(value, key=str)
    return None
