"""Which engine places a graph, and which one takes over when it fails."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Literal, get_args

from teachkit.errors import LayoutError, WrongValueError
from teachkit.layout.engines.problem import Engine, Placement, Problem

EngineName = Literal["auto", "graphviz", "dot", "layered", "rows"]

_MODULES = {
    "graphviz": "graphviz",
    "dot": "dot_program",
    "layered": "layered",
    "rows": "rows",
}
_LARGE = 700
"""Boxes and edges together from which the layered engine is the first choice: above,
Graphviz takes more than a tenth of a second, and its pictures are no better."""


def place(
    problem: Problem, engine: EngineName = "auto", tell: Callable[[str], None] = print
) -> Placement:
    """Place boxes with an engine, and with the next one where that fails.

    Arguments:
        problem: the boxes and edges.
        engine: the engine to try first.
        tell: called with a sentence for each engine that failed.

    Raises:
        WrongValueError: there is no engine of that name.
    """
    check(engine)
    if not problem.sizes:
        return Placement((), ())
    for name in _order(problem, engine):
        try:
            return _engine(name)(problem)
        except LayoutError as error:
            tell(f"The layout engine '{name}' failed: {error.found}.")
    raise LayoutError("an engine that can place the boxes", "none", "report this")


def check(engine: str) -> None:
    """Refuse the name of an engine that does not exist."""
    if engine not in get_args(EngineName):
        raise WrongValueError(
            "an engine: " + ", ".join(f"'{name}'" for name in get_args(EngineName)),
            repr(engine),
            "leave engine='auto' unless you compare layouts",
        )


def _order(problem: Problem, engine: EngineName) -> list[str]:
    large = len(problem.sizes) + len(problem.edges) > _LARGE
    usual = ["layered", "graphviz"] if large else ["graphviz", "layered"]
    first = [] if engine == "auto" else [engine]
    rest = [name for name in [*usual, "dot", "rows"] if name not in first]
    return first + rest


def _engine(name: str) -> Engine:
    """Import an engine when it is wanted: each brings a library of its own."""
    try:
        module = import_module(f"teachkit.layout.engines.{_MODULES[name]}")
    except ImportError as error:
        raise LayoutError(
            f"the library behind the layout engine '{name}'",
            f"it cannot be imported ({error})",
            "install teachkit again with pip",
        ) from error
    found: Engine = module.place
    return found
