"""A layout problem as Graphviz source, and Graphviz' JSON answer as a placement."""

from __future__ import annotations

from teachkit.errors import LayoutError
from teachkit.layout.engines.problem import (
    NODE_GAP,
    Placement,
    Point,
    Problem,
    Route,
)

POINTS_PER_INCH = 72.0


def source(problem: Problem) -> str:
    """Return the problem in the DOT language, boxes `n0`, `n1`, ... without labels."""
    lines = [
        "digraph {",
        f"nodesep={NODE_GAP / POINTS_PER_INCH:.4f}",
        f"ranksep={problem.row_gap / POINTS_PER_INCH:.4f}",
        'node [shape=box fixedsize=true label=""]',
        "edge [dir=none tailport=s headport=n]",
    ]
    lines += [
        f"n{k} [width={w / POINTS_PER_INCH:.4f} height={h / POINTS_PER_INCH:.4f}]"
        for k, (w, h) in enumerate(problem.sizes)
    ]
    lines += [f"n{a} -> n{b} [id={k}]" for k, (a, b) in enumerate(problem.edges)]
    if problem.top:
        first = "; ".join(f"n{k}" for k in sorted(problem.top))
        lines.append(f"{{ rank=min; {first} }}")
    return "\n".join([*lines, "}"])


def placement(answer: object, problem: Problem) -> Placement:
    """Return the coordinates from Graphviz' `json0` output.

    Raises:
        LayoutError: a box or an edge has no place.
    """
    centers: dict[int, Point] = {}
    routes: dict[int, Route] = {}
    try:
        height = float(answer["bb"].split(",")[3])  # type: ignore[index]
        for node in answer.get("objects", []):  # type: ignore[attr-defined]
            if "pos" in node:
                x, y = map(float, node["pos"].split(","))
                centers[int(node["name"][1:])] = (x, height - y)
        for edge in answer.get("edges", []):  # type: ignore[attr-defined]
            routes[int(edge["id"])] = _route(edge["pos"], height)
        return Placement(
            tuple(centers[k] for k in range(len(problem.sizes))),
            tuple(routes[k] for k in range(len(problem.edges))),
        )
    except (KeyError, ValueError, TypeError, IndexError) as error:
        raise LayoutError(
            "coordinates of every box from Graphviz",
            f"an answer without them ({type(error).__name__}: {error})",
            "try another engine, for example engine='layered'",
        ) from error


def _route(text: str, height: float) -> Route:
    points = (point.split(",") for point in text.split())
    return tuple((float(x), height - float(y)) for x, y in points)
