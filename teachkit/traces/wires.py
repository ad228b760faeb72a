"""Which edges of a run a user means by `source->target`."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass

from teachkit.errors import WrongValueError
from teachkit.graph import ModelGraph

Port = tuple[str, str]
"""The path of a call, and the argument of it that reads a tensor."""


@dataclass(frozen=True, slots=True)
class Wire:
    """An edge with the full paths of its ends."""

    source: str
    target: str
    port: str

    @property
    def name(self) -> str:
        """How a user names it."""
        return f"{self.source}->{self.target}"


def wires_of(graph: ModelGraph, prefixes: Iterable[str]) -> list[Wire]:
    """Return the edges of a model and of those models inside it that were run open.

    Arguments:
        graph: of the model.
        prefixes: of the paths inside each opened model; empty for the model itself.
    """
    found = []
    for prefix in prefixes:
        level = graph.call(prefix[:-1]).nested if prefix else graph
        for edge in level.visible().tensors if level is not None else ():
            found.append(Wire(prefix + edge.source, prefix + edge.target, edge.port))
    return found


def chosen(wires: list[Wire], text: str) -> frozenset[Port]:
    """Return the ends of the edges that a text names.

    Raises:
        WrongValueError: there is no such edge; names that come close are told.
    """
    parts = text.split("->")  # a name may have an arrow in it too
    for cut in range(1, len(parts)):
        source, target = ("->".join(p).strip() for p in (parts[:cut], parts[cut:]))
        ends = _ends(wires, source, target)
        if ends:
            return ends
    raise _unknown(wires, text)


def _ends(wires: list[Wire], source: str, target: str) -> frozenset[Port]:
    prefix = source[: source.rfind("/") + 1]
    ways: list[tuple[str, str | None]] = [(target, None), (prefix + target, None)]
    if ":" in target:
        call, _, port = target.rpartition(":")
        ways += [(call, port), (prefix + call, port)]
    found: frozenset[Port] = frozenset()
    for path, wanted in ways:
        found = found or frozenset(
            (wire.target, wire.port)
            for wire in wires
            if wire.source == source and wire.target == path
            if wanted in (None, wire.port)
        )
    return found


def _unknown(wires: list[Wire], text: str) -> WrongValueError:
    names = list(dict.fromkeys(wire.name for wire in wires))
    close = difflib.get_close_matches(text, names, n=4, cutoff=0.4) or names[:6]
    return WrongValueError(
        "a tensor between two calls of the model, as source->target",
        f"'{text}'",
        "take one of its tensors, for example " + ", ".join(f"'{n}'" for n in close),
    )
