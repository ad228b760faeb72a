"""A graph as JSON values and back, validated, with the number of the format."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

import msgspec

from teachkit.errors import WrongValueError
from teachkit.graph.config import Config

FORMAT = 1
"""Number of the JSON format that `ModelGraph.to_dict` writes."""

Graph = TypeVar("Graph")


def encoded(graph: object) -> dict[str, Any]:
    """Return a graph as JSON values."""
    content: dict[str, Any] = msgspec.to_builtins(graph, enc_hook=_encode)
    return {"format": FORMAT, **content}


def decoded(data: Any, kind: type[Graph]) -> Graph:
    """Return the graph of this class that `encoded` wrote.

    Raises:
        WrongValueError: the format is another one, or the data are damaged; the
            message tells where.
    """
    if not isinstance(data, Mapping):
        raise damaged(f"a {type(data).__name__}")
    if data.get("format") != FORMAT:
        raise WrongValueError(
            f"a model graph of format {FORMAT}, as ModelGraph.to_dict gives it",
            f"format {data.get('format')}",
            "read the model again with teachkit.read",
        )
    try:
        return msgspec.convert(dict(data), kind, dec_hook=_decode)
    except (msgspec.ValidationError, RecursionError) as error:
        raise damaged(str(error)) from None


def _encode(value: object) -> object:
    if isinstance(value, Config):
        return {"values": dict(value), "chosen": list(value.chosen)}
    raise WrongValueError("plain data", f"a {type(value).__name__}", "report this")


def _decode(kind: type, value: Any) -> object:
    if kind is not Config:
        return value
    entries = value if isinstance(value, dict) else {}
    values, chosen = entries.get("values"), entries.get("chosen")
    if not isinstance(values, dict) or not isinstance(chosen, list):
        raise TypeError("a config has `values`, a mapping, and `chosen`, a list")
    return Config(values, tuple(chosen))


def damaged(found: str) -> WrongValueError:
    """Return the error that says what is wrong with the data of a graph."""
    return WrongValueError(
        "a whole model graph, as ModelGraph.to_dict gives it",
        found,
        "write the file again",
    )
