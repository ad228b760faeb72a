"""What `teachkit.show` returns: one model, one set of choices, many renderings."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

import traitlets

from teachkit.errors import WrongTypeError
from teachkit.graph import ModelGraph
from teachkit.layout import (
    Choices,
    Direction,
    Drawing,
    EngineName,
    check_direction,
    draw,
)
from teachkit.layout.labels import Detail, check_details
from teachkit.layout.levels import Level, draw_levels
from teachkit.layout.scene import Nested
from teachkit.views.files import save
from teachkit.views.graphviz_source import graphviz_source
from teachkit.views.html import draw_html
from teachkit.views.marks import Mark
from teachkit.views.palette import Theme
from teachkit.views.svg import draw_svg
from teachkit.views.text import draw_text
from teachkit.views.text.options import Charset
from teachkit.views.warn import warn_user
from teachkit.views.widget.assets import module, styles
from teachkit.views.widget.graph_data import graph_data
from teachkit.views.widget.names import groups_of, names_of
from teachkit.views.widget.standalone import alone
from teachkit.views.widget.view import Content, View

if TYPE_CHECKING:
    from teachkit.keras_reader import Recording
    from teachkit.views.widget.panels import Panels

_LARGEST_FALLBACK = 60_000
"""Characters of an SVG that a page carries for browsers without scripts."""

Laid = TypeVar("Laid", Drawing, Level)


class GraphView(View):
    """The drawing of a model. A notebook shows it to be touched, a terminal as text.

    Made by `teachkit.show`; see there for the arguments, which can be set later too:
    `view.direction = "LR"`.

    Attributes:
        graph: the model as plain data.
        direction, nested, details, fold: as for `teachkit.show`.
        selected: path of the call that is selected; see `View` for this and the rest.
    """

    _esm = module("graph_view")
    _css = styles("graph_view")
    direction: traitlets.TraitType[Any, Any] = traitlets.TraitType("TB").tag(sync=True)
    nested: traitlets.TraitType[Any, Any] = traitlets.TraitType("collapsed")
    details: traitlets.TraitType[Any, Any] = traitlets.TraitType(("shape",))
    fold: traitlets.TraitType[Any, Any] = traitlets.TraitType(default_value=False).tag(
        sync=True
    )

    def __init__(
        self,
        model: ModelGraph | Recording,
        *,
        direction: Direction = "TB",
        nested: Nested = "collapsed",
        details: Sequence[str] = ("shape",),
        fold: bool = False,
        engine: EngineName = "auto",
    ) -> None:
        self.graph, self._recording = _parts(model)
        self._engine = engine
        self._marks: Mapping[str, Mark] = {}
        super().__init__(
            direction=direction, nested=nested, details=details, fold=bool(fold)
        )
        self._drawing = self._drawn(self.graph)
        self.observe(self._redraw, ["direction", "nested", "details", "fold"])

    def __repr__(self) -> str:
        return self.text

    @traitlets.validate("direction")
    def _check_direction(self, proposal: Any) -> Direction:
        check_direction(proposal.value)
        return cast("Direction", proposal.value)

    @traitlets.validate("nested")
    def _check_nested(self, proposal: Any) -> Nested:
        return Choices(proposal.value).nested

    @traitlets.validate("details")
    def _check_details(self, proposal: Any) -> tuple[Detail, ...]:
        return check_details(proposal.value)

    @traitlets.validate("fold")
    def _check_fold(self, proposal: Any) -> bool:
        if not isinstance(proposal.value, bool):
            raise WrongTypeError(
                "fold=True or fold=False", f"fold={proposal.value!r}", "take one"
            )
        return proposal.value

    @property
    def drawing(self) -> Drawing:
        """Return boxes and wires with their coordinates in pixels."""
        return self._drawing

    @property
    def size(self) -> tuple[float, float]:
        """Return width and height of the drawing in pixels."""
        return self._drawing.width, self._drawing.height

    @property
    def text(self) -> str:
        """The drawing in letters and box characters, at most 100 columns wide."""
        return self.as_text()

    def as_text(self, *, width: int = 100, charset: Charset = "unicode") -> str:
        """Return the drawing in letters.

        Arguments:
            width: columns of the terminal.
            charset: `unicode` for box characters, `ascii` for plain letters.
        """
        return draw_text(
            self.graph,
            details=self.details,
            nested=self.nested,
            width=width,
            charset=charset,
        )

    def svg(self, *, theme: Theme = "auto") -> str:
        """Return the drawing as SVG, in the theme of the page or a fixed one."""
        return draw_svg(self.graph, self._drawing, self.text, theme)

    def html(self) -> str:
        """Return one page with the drawing, a table of the calls and the text.

        The drawing can be touched as in a notebook. The page needs no network.
        """
        shown = replace(self.live(), fallback=self._without_scripts())
        return draw_html(self.graph, alone(shown), self.text)

    def graphviz(self) -> str:
        """Return the graph in the language of Graphviz."""
        return graphviz_source(self.graph)

    def save(self, path: str | Path, *, theme: Theme = "light") -> Path:
        """Write the drawing to a file; its ending says in which form.

        Arguments:
            path: ends with .svg, .html, .png, .pdf, .txt or .gv (Graphviz source).
            theme: of .png and .pdf, which cannot follow the page they stand on.

        Raises:
            FileError: the ending is another one, or the file cannot be written.
        """
        return save(self, path, theme)

    def replace_model(
        self, model: ModelGraph | Recording, marks: Mapping[str, Mark] | None = None
    ) -> None:
        """Show another model in the same place.

        Arguments:
            model: as plain data, or with its Keras objects, for formulas.
            marks: what to point out, by the path of a call.
        """
        graph, recording = _parts(model)
        drawing = self._drawn(graph)  # if that fails, all is still as it was
        self.selected, self.highlighted = "", []
        self.graph, self._recording, self._drawing = graph, recording, drawing
        self._marks = dict(marks or {})
        self._forget_level()
        self.renew()

    def content(self) -> Content:  # noqa: D102 - as the base class says
        panels = self.panels()
        return graph_data(
            self.graph,
            self._level,
            panels=panels.all(),
            marks=self._marks,
            code=panels.code(),
        )

    def panels(self) -> Panels:
        """Return what tells of each call of the model that is shown."""
        from teachkit.views.widget.panels import Panels  # noqa: PLC0415 - loads TensorFlow, which takes seconds: only when it is needed

        return Panels(self.graph, self._recording)

    def panel_of(self, path: str) -> str:  # noqa: D102 - as the base class says
        return self.panels().computed(path)

    def prepare(self) -> None:  # noqa: D102 - as the base class says
        if not self._data:
            self.opened = list(dict.fromkeys([*self.opened, *self._wanted_open()]))
        super().prepare()

    def static_forms(self) -> dict[str, str]:  # noqa: D102 - as the base class says
        return {"image/svg+xml": self.svg(), "text/plain": self.text}

    def names(self) -> frozenset[str]:  # noqa: D102 - as the base class says
        return self._names

    def refuse(self, name: str) -> None:  # noqa: D102 - as the base class says
        self.graph.call(name)  # one in a folded block is there all the same

    @cached_property
    def _level(self) -> Level:
        return self._laid_out(draw_levels, self.graph)

    @cached_property
    def _names(self) -> frozenset[str]:
        return frozenset(names_of(self._level))

    def _drawn(self, graph: ModelGraph) -> Drawing:
        return self._laid_out(draw, graph)

    def _laid_out(self, draws: Callable[..., Laid], graph: ModelGraph) -> Laid:
        choices = Choices(self.nested, self.details, self.fold)
        return draws(
            graph,
            choices,
            direction=self.direction,
            engine=self._engine,
            tell=warn_user,
        )

    def _redraw(self, change: Any) -> None:
        """Draw again after a choice has changed."""
        self._forget_level()
        self._drawing = self._drawn(self.graph)
        if change.name in {"nested", "fold"}:
            self.opened = self._wanted_open()
        self.renew()

    def _without_scripts(self) -> str:
        """Return what a page shows where scripts are off."""
        svg = self.svg()
        if len(svg) <= _LARGEST_FALLBACK:
            return svg
        return "<p>The drawing needs scripts, which are off. Below are its calls.</p>"

    def _forget_level(self) -> None:
        for name in ("_level", "_names"):
            self.__dict__.pop(name, None)

    def _wanted_open(self) -> list[str]:
        """Return the groups that are open unless a reader closes them."""
        groups = groups_of(self._level)
        blocks = [key for key in groups if key.endswith("#block")]
        return groups if self.nested == "expanded" else blocks


def _parts(model: ModelGraph | Recording) -> tuple[ModelGraph, Recording | None]:
    if isinstance(model, ModelGraph):
        return model, None
    return model.graph, model
