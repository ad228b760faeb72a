"""Which of several named things somebody means who writes the name in another way."""

from __future__ import annotations

import re
from typing import Any

_DENIED = frozenset({"all", "but", "except", "no", "none", "not", "without"})
"""A text with one of these may mean the other options."""
_LEAST = 3
"""Letters by which the beginning of a word is known."""


def option_meant(value: Any, options: tuple[str, ...]) -> str:
    """Return the option that a text means, as plain words; an empty text if none.

    `the MLP`, `plain autoencoder` and `unused_arm_chain` mean `mlp`, `autoencoder` and
    `unused_arm`. Only options that are names are looked for in this way.

    Arguments:
        value: what somebody wrote.
        options: all of them.
    """
    if not isinstance(value, str) or not _are_names(options):
        return ""
    words = words_in(value)
    if _DENIED & set(words):
        return ""
    joined = "".join(words)
    inside = [one for one in options if "".join(words_in(one)) in joined]
    scores = {
        one: max(_score(words, one, options), int(one in inside)) for one in options
    }
    best = max(scores.values())
    meant = [one for one, score in scores.items() if score == best and best > 0]
    return " ".join(words_in(meant[0])) if len(meant) == 1 else ""


def option_names_in(text: str, options: tuple[str, ...]) -> list[str]:
    """Return the options whose names stand in a text of several: `mlp residual`."""
    if not _are_names(options) or _DENIED & set(words_in(text)):
        return []
    plain = f" {' '.join(words_in(text))} "
    found = [one for one in options if f" {' '.join(words_in(one))} " in plain]
    return found if len(found) > 1 else []


def words_in(text: str) -> list[str]:
    """Return the words and numbers of a text or of a name such as `MyChain`, small."""
    parted = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", text)
    return re.findall(r"[a-z]+|\d+", parted.lower())


def _are_names(options: tuple[str, ...]) -> bool:
    return bool(options) and all(one.isidentifier() for one in options)


def _score(words: list[str], option: str, options: tuple[str, ...]) -> int:
    """Return how many words of an option are meant that no other option has."""
    others = {word for one in options if one != option for word in words_in(one)}
    own = [word for word in words_in(option) if word not in others]
    starts = tuple(word for word in words if len(word) > _LEAST)
    return sum(
        one in words or any(one.startswith(start) for start in starts) for one in own
    )
