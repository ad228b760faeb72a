"""Small things that several explanations say."""

from __future__ import annotations

import ast
import difflib
import re
from collections.abc import Iterable
from typing import Any

Shape = tuple[int | None, ...]

_LAYER = re.compile(r"<(\w+) name=([^,>]+)")
_SHAPES = re.compile(r"\((?:(?:None|\d+),? ?)+\)")


def shapes_in(text: str) -> list[Shape]:
    """Return the shapes that a message tells."""
    found = [ast.literal_eval(one) for one in _SHAPES.findall(text)]
    return [one if isinstance(one, tuple) else (one,) for one in found]


def sample(shape: Shape) -> Shape:
    """Return the shape of one sample."""
    return shape[1:] if shape and shape[0] is None else shape


def layer_in(text: str) -> str:
    """Return the class of a layer that a message shows, or an empty text."""
    match = _LAYER.search(text)
    return match.group(1) if match and match.group(1) != "KerasTensor" else ""


def close_to(word: str, known: Iterable[str], cutoff: float = 0.6) -> str:
    """Return the words that come close as `did you mean`, or an empty text."""
    by_small = {one.lower(): one for one in known if not one.startswith("_")}
    close = difflib.get_close_matches(word.lower(), by_small, n=2, cutoff=cutoff)
    told = " or ".join(f"`{by_small[one]}`" for one in close)
    return f"Did you mean {told}?" if told else ""


def listed(items: Iterable[Any], joiner: str = "and") -> str:
    """Return items as `8, 6 and 4`."""
    texts = [str(item) for item in items]
    if len(texts) < 2:
        return "".join(texts)
    return f"{', '.join(texts[:-1])} {joiner} {texts[-1]}"
