"""What `teachkit.show` returns: one model, one set of choices, many renderings."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

from teachkit.graph import ModelGraph
from teachkit.layout import Choices, Direction, Drawing, EngineName, draw
from teachkit.layout.labels import check_details
from teachkit.layout.scene import Nested
from teachkit.views.files import save
from teachkit.views.graphviz_source import graphviz_source
from teachkit.views.html import draw_html
from teachkit.views.palette import Theme
from teachkit.views.svg import draw_svg
from teachkit.views.text import draw_text
from teachkit.views.warn import warn_user

Charset = Literal["unicode", "ascii"]


class GraphView:
    """The drawing of a model. A notebook shows it as SVG, a terminal as text.

    Made by `teachkit.show`; see there for the arguments.

    Attributes:
        graph: the model as plain data.
    """

    def __init__(
        self,
        graph: ModelGraph,
        *,
        direction: Direction = "TB",
        nested: Nested = "collapsed",
        details: Sequence[str] = ("shape",),
        fold: bool = False,
        engine: EngineName = "auto",
    ) -> None:
        self.graph = graph
        self._choices = Choices(nested, check_details(details), fold)
        self._direction = direction
        self._engine = engine
        self._drawing = draw(
            graph, self._choices, direction=direction, engine=engine, tell=warn_user
        )

    @property
    def drawing(self) -> Drawing:
        """Return boxes and wires with their coordinates in pixels."""
        return self._drawing

    @property
    def size(self) -> tuple[float, float]:
        """Return width and height of the drawing in pixels."""
        return self._drawing.width, self._drawing.height

    @cached_property
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
            details=self._choices.details,
            nested=self._choices.nested,
            width=width,
            charset=charset,
        )

    def svg(self, *, theme: Theme = "auto") -> str:
        """Return the drawing as SVG, in the theme of the page or a fixed one."""
        return draw_svg(self.graph, self._drawing, self.text, theme)

    def html(self) -> str:
        """Return one page with the drawing, a table of the calls and the text."""
        return draw_html(self.graph, self.svg(), self.text)

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

    def __repr__(self) -> str:
        return self.text

    def _repr_mimebundle_(self, **_: Any) -> dict[str, str]:
        return {"image/svg+xml": self.svg(), "text/plain": self.text}
