"""The student's graph, with the calls that a message speaks of lit up."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cached_property

from teachkit.graph import ModelGraph
from teachkit.keras_reader import Recording
from teachkit.layout import Choices, Drawing, draw
from teachkit.layout.drawing import Box
from teachkit.views.comparison.marking import on_boxes
from teachkit.views.graph_view import GraphView
from teachkit.views.marks import Mark
from teachkit.views.palette import Theme
from teachkit.views.svg import drawing_parts, sheet
from teachkit.views.text import draw_text
from teachkit.views.warn import warn_user

_MOST_DRAWN = 200
"""Calls; a report on a larger model has no drawing unless it is asked for."""
_LABEL = "look here"
_TITLE = "Your model"
_HALO = 4.0


@dataclass(frozen=True, eq=False)
class LitDrawing:
    """A model, and what is lit up in it.

    Attributes:
        recording: the model, read.
        calls: paths of the calls that light up.
        tip: what is said of them.
    """

    recording: Recording
    calls: tuple[str, ...]
    tip: str

    @property
    def graph(self) -> ModelGraph:
        """The model as plain data."""
        return self.recording.graph

    @property
    def is_small(self) -> bool:
        """Whether the drawing is small enough to stand below every report."""
        return len(self.graph.calls) <= _MOST_DRAWN

    def text(self, width: int = 100) -> str:
        """Return the drawing in letters, and which calls are meant."""
        drawn = draw_text(self.graph, width=width)
        lit = ", ".join(f"'{call}'" for call in self.calls)
        return f"{drawn}\nLook at: {lit}" if lit else drawn

    def svg(self, theme: Theme = "auto") -> str:
        """Return the drawing as SVG."""
        marks = {call: Mark("reason", _LABEL, tip=self.tip) for call in self.calls}
        drawn = {box.item.key for box in (*self._laid.boxes, *self._laid.frames)}
        lit = on_boxes(marks, drawn)
        boxes = [*self._laid.frames, *self._laid.boxes]
        rings = [_ring(box) for box in boxes if box.item.key in lit]
        parts = [*rings, *drawing_parts(self._laid, lit)]
        size = self._laid.width, self._laid.height
        return sheet(_TITLE, self.text(), size, parts, theme)

    def view(self) -> GraphView:
        """Return the drawing to be touched."""
        view = GraphView(self.recording, nested=self._choices.nested)
        view.highlighted = [call for call in self.calls if call in view.names()]
        return view

    @cached_property
    def _choices(self) -> Choices:
        inside = any("/" in call for call in self.calls)
        return Choices("expanded" if inside else "collapsed", ("shape",))

    @cached_property
    def _laid(self) -> Drawing:
        return draw(self.graph, self._choices, tell=warn_user)


def _ring(box: Box) -> str:
    """Return a line around a box, drawn below it."""
    return (
        f'<rect class="ring" x="{box.x - _HALO:.1f}" y="{box.y - _HALO:.1f}" '
        f'width="{box.width + 2 * _HALO:.1f}" height="{box.height + 2 * _HALO:.1f}" '
        f'rx="{2 * _HALO:.1f}"/>'
    )


def known_calls(graph: ModelGraph, calls: Iterable[str]) -> tuple[str, ...]:
    """Return those of some paths that a model has, each once."""
    have = set(_paths(graph, ""))
    return tuple(call for call in dict.fromkeys(calls) if call in have)


def _paths(graph: ModelGraph, prefix: str) -> Collection[str]:
    found = [prefix + call.id for call in graph.calls]
    for call in graph.calls:
        if call.nested is not None:
            found += _paths(call.nested, f"{prefix}{call.id}/")
    return found
