"""Two drawings that are touched together: what pairs lights up, what differs is told.

One drawing stands alone where there is nothing beside it: a model without a twin.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from teachkit.errors import WrongValueError
from teachkit.graph import ModelGraph
from teachkit.layout import Choices
from teachkit.layout.levels import Level, draw_levels
from teachkit.views.clean import clean
from teachkit.views.marks import Mark
from teachkit.views.warn import warn_user
from teachkit.views.widget.assets import module, styles
from teachkit.views.widget.graph_data import graph_data
from teachkit.views.widget.names import groups_of, names_of
from teachkit.views.widget.packing import packed
from teachkit.views.widget.panels import Panels
from teachkit.views.widget.standalone import Live, live
from teachkit.views.widget.view import Content, View

if TYPE_CHECKING:
    from teachkit.keras_reader import Recording
    from teachkit.layout import Direction
    from teachkit.layout.labels import Detail

SIDES = ("left", "right")


@dataclass(frozen=True, eq=False)
class Side:
    """One of the models.

    Attributes:
        title: what to call it.
        graph: the model as plain data.
        recording: the model with its Keras objects; None if there is only the graph.
        marks: what to point out, by the path of a call.
        code: the source to be copied; empty for the one that the recording gives.
    """

    title: str
    graph: ModelGraph
    recording: Recording | None = None
    marks: Mapping[str, Mark] = field(default_factory=dict)
    code: str = ""


@dataclass(frozen=True)
class Point:
    """One reason or difference: a button that lights up the calls concerned.

    Attributes:
        code: one word or two.
        text: one plain sentence.
        calls: paths of the calls on the left and on the right.
    """

    code: str
    text: str
    calls: tuple[tuple[str, ...], tuple[str, ...]]


@dataclass(frozen=True)
class Frame:
    """What is told around the drawings, as HTML.

    Attributes:
        before, after: what stands above and below.
        points: the list of the points, for a page whose scripts do not run.
        static: makes what stands for the view where no widget can be shown.
    """

    before: str
    after: str
    points: str
    static: Callable[[], dict[str, str]]


class ComparisonView(View):
    """The drawings of a comparison. Names of calls begin with their side.

    Attributes:
        selected: `left/encoder/dense` or `right/dense:2`, or an edge in the same way.
        highlighted, opened: as `selected`, several of them.
    """

    _esm = module("comparison")
    _css = styles("comparison")

    def __init__(
        self,
        sides: Sequence[Side],
        pairs: Sequence[tuple[str, str]],
        points: Sequence[Point],
        frame: Frame,
        *,
        direction: Direction = "TB",
        details: tuple[Detail, ...] = ("shape",),
    ) -> None:
        self._sides = sides
        self._pairs = pairs
        self._points = points
        self._frame = frame
        choices = Choices("collapsed", details)
        self._levels = [
            draw_levels(
                side.graph,
                choices,
                direction=direction,
                engine="auto",
                tell=warn_user,
            )
            for side in sides
        ]
        super().__init__()

    def content(self) -> Content:  # noqa: D102 - as the base class says
        frame = {"before": self._frame.before, "after": self._frame.after}
        return {**self._drawn(), **frame}

    def prepare(self) -> None:  # noqa: D102 - as the base class says
        self._open_what_differs()
        super().prepare()

    def static_forms(self) -> dict[str, str]:  # noqa: D102 - as the base class says
        return self._frame.static()

    def live(self) -> Live:
        """Return the drawings as they stand, for a page that tells the rest itself."""
        self._open_what_differs()
        return live(
            {**self.state(), "_data": packed(self._drawn())}, self._frame.points
        )

    def _drawn(self) -> Content:
        sides = zip(self._sides, self._levels, strict=True)
        return {
            "sides": [_side_data(side, level) for side, level in sides],
            "pairs": [list(pair) for pair in self._pairs],
            "points": [
                {"code": clean(one.code), "text": clean(one.text), "calls": one.calls}
                for one in self._points
            ],
        }

    def _open_what_differs(self) -> None:
        """Open the groups inside of which something is pointed out, at first."""
        if self._data or self.opened:
            return
        found = []
        sides = zip(SIDES, self._sides, self._levels, strict=False)  # perhaps only one
        for name, side, level in sides:
            told = [path for path, one in side.marks.items() if one.kind != "pair"]
            for group in groups_of(level):
                if any(path.startswith(f"{group}/") for path in told):
                    found.append(f"{name}/{group}")
        self.opened = found

    def names(self) -> frozenset[str]:  # noqa: D102 - as the base class says
        return self._names

    def refuse(self, name: str) -> None:  # noqa: D102 - as the base class says
        calls = [one for one in self._all_names() if "->" not in one and "#" not in one]
        # Who left out the side gets both.
        sought = [name, *(f"{side}/{name}" for side in SIDES)]
        near = dict.fromkeys(
            close
            for one in sought
            for close in difflib.get_close_matches(one, calls, n=2, cutoff=0.6)
        )
        shown = ", ".join(f"'{one}'" for one in [*(near or calls)][:6])
        raise WrongValueError(
            f"a side and the path of a call on it, such as '{calls[0]}'",
            f"'{name}', which is on neither side",
            f"take for example one of {shown}",
        )

    def panel_of(self, path: str) -> str:  # noqa: D102 - as the base class says
        name, _, call = path.partition("/")
        found = dict(zip(SIDES, self._sides, strict=False))
        if name not in found:
            self.refuse(path)
        return Panels(found[name].graph, found[name].recording).computed(call)

    @cached_property
    def _names(self) -> frozenset[str]:
        return frozenset(self._all_names())

    def _all_names(self) -> Iterator[str]:
        for side, level in zip(SIDES, self._levels, strict=False):  # perhaps only one
            yield from (f"{side}/{name}" for name in names_of(level))


def _side_data(side: Side, level: Level) -> Content:
    panels = Panels(side.graph, side.recording)
    data = graph_data(
        side.graph,
        level,
        panels=panels.all(),
        marks=side.marks,
        code=side.code or panels.code(),
    )
    for path, mark in side.marks.items():
        # The number of a pair says nothing about the closed group that it is in.
        data["marks"][path]["own"] = mark.kind == "pair"
    return {**data, "title": clean(side.title, 200)}
