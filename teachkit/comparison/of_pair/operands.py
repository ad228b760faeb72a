"""The operands of an operation with their values: `'x' ** 2`, `2 ** 'x'`."""

from __future__ import annotations

from teachkit.comparison.of_pair.wording import name_of, names_of
from teachkit.normal_form import Node, NormalGraph
from teachkit.speech import sentence_start

_SIGNS = {
    "subtract": "-",
    "divide": "/",
    "floordivide": "//",
    "mod": "%",
    "power": "**",
    "matmul": "@",
    "less": "<",
    "lessequal": "<=",
    "greater": ">",
    "greaterequal": ">=",
    "equal": "==",
    "notequal": "!=",
}
_PLACES = {"0": 0, "x1": 0, "1": 1, "x2": 1}


def computed(
    left: tuple[NormalGraph, Node], right: tuple[NormalGraph, Node]
) -> tuple[str, str] | None:
    """Return a code and a sentence on calls whose operands are not the same.

    Arguments:
        left: a graph and its node.
        right: its partner.

    Returns:
        `swapped` if they are the same in another order, else `changed`; None if one of
        them has no two operands of which one is a plain number.
    """
    ours, theirs = left[1], right[1]
    formulas = [_formula(graph, node) for graph, node in (left, right)]
    if ours.meaning.type != theirs.meaning.type or None in formulas:
        return None
    text = (
        f"{sentence_start(names_of(ours, theirs))} computes {formulas[0]} on the left "
        f"and {formulas[1]} on the right."
    )
    values = [sorted(_values(node)) for node in (ours, theirs)]
    return ("swapped" if values[0] == values[1] else "changed"), text


def _values(node: Node) -> list[str]:
    return [word.partition("=")[2] for word in node.meaning.words]


def _formula(graph: NormalGraph, node: Node) -> str | None:
    """Return what a node computes, None if it is not of two operands in order."""
    given = [word.partition("=") for word in node.meaning.words]
    operands = [(name, value) for name, _, value in given]
    operands += [(r.port, name_of(graph.nodes[r.source])) for r in node.reads]
    placed = {_PLACES.get(name): value for name, value in operands}
    if not given or len(operands) != 2 or set(placed) != {0, 1}:
        return None
    name = node.meaning.type.removeprefix("operation ").lower()
    if name in _SIGNS:
        return f"{placed[0]} {_SIGNS[name]} {placed[1]}"
    return f"{name}({placed[0]}, {placed[1]})"
