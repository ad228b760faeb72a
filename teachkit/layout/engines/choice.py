"""Which engine places a graph, and which one takes over when it fails."""

from __future__ import annotations

import math
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
_ROUNDING = 1.0


class Placer:
    """Places the levels of one drawing, with the next engine where one fails.

    An engine that failed once is not tried again for the same drawing: it may have
    taken all of its time.

    Arguments:
        engine: the engine to try first.

    Raises:
        WrongValueError: there is no engine of that name.
    """

    def __init__(self, engine: EngineName = "auto") -> None:
        if engine not in get_args(EngineName):
            raise WrongValueError(
                "an engine: " + ", ".join(f"'{name}'" for name in get_args(EngineName)),
                f"engine={engine!r}",
                "leave engine='auto' unless you compare layouts",
            )
        self._wanted = engine
        self._failures: dict[str, str] = {}
        self._used = ""
        self._placed: dict[Problem, Placement] = {}

    def place(self, problem: Problem) -> Placement:
        """Return where the boxes are, from the first engine that can tell.

        A model that is called many times is placed once: its problems are equal.
        """
        if not problem.sizes:
            return Placement((), ())
        if problem not in self._placed:
            self._placed[problem] = self._place(problem)
        return self._placed[problem]

    def _place(self, problem: Problem) -> Placement:
        for name in self._order(problem):
            try:
                placement = _checked(_engine(name)(problem), problem)
            except LayoutError as error:
                self._failures[name] = error.found
            except Exception as error:  # noqa: BLE001 - a drawing is never lost
                self._failures[name] = f"{type(error).__name__}: {error}"
            else:
                self._used = name
                return placement
        raise LayoutError("an engine that can place the boxes", "none", "report this")

    def report(self) -> str | None:
        """Return a sentence on the engines that failed, None if none did."""
        if not self._failures:
            return None
        reasons = "; ".join(
            f"the layout engine '{name}' failed: {_on_one_line(reason)}"
            for name, reason in self._failures.items()
        )
        return f"Drawn by the layout engine '{self._used}', since {reasons}."

    def _order(self, problem: Problem) -> list[str]:
        large = len(problem.sizes) + len(problem.edges) > _LARGE
        usual = ["layered", "graphviz"] if large else ["graphviz", "layered"]
        names = [self._wanted, *usual, "dot", "rows"]
        known = dict.fromkeys(name for name in names if name in _MODULES)
        return [name for name in known if name not in self._failures]


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


def _checked(placement: Placement, problem: Problem) -> Placement:
    """Refuse an answer in which a tensor would flow backwards or nowhere."""
    if len(placement.centers) != len(problem.sizes) or not all(
        math.isfinite(x) and math.isfinite(y) for x, y in placement.centers
    ):
        raise LayoutError("a place for every box", "no place for some", "report this")
    for source, target in problem.edges:
        bottom = placement.centers[source][1] + problem.sizes[source][1] / 2
        top = placement.centers[target][1] - problem.sizes[target][1] / 2
        if bottom > top + _ROUNDING:
            raise LayoutError(
                "boxes in the order of the flow", "another", "report this"
            )
    return placement


def _on_one_line(text: str, most: int = 200) -> str:
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[:most]}…"
