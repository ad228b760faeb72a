"""What `teachkit.show` returns: one model, one set of choices, many renderings."""

from __future__ import annotations

import sys
import warnings
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

from teachkit.graph import ModelGraph
from teachkit.layout import Choices, Direction, Drawing, EngineName, draw
from teachkit.layout.labels import check_details
from teachkit.layout.scene import Nested
from teachkit.views.files import save
from teachkit.views.html import draw_html
from teachkit.views.palette import Theme
from teachkit.views.svg import draw_svg
from teachkit.views.text import draw_text

Charset = Literal["unicode", "ascii"]
_PACKAGE = str(Path(__file__).parents[1])


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
            graph, self._choices, direction=direction, engine=engine, tell=_tell
        )

    @property
    def drawing(self) -> Drawing:
        """Return boxes and wires with their coordinates in pixels."""
        return self._drawing

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

    def save(self, path: str | Path, *, theme: Theme = "light") -> Path:
        """Write the drawing to a file; its ending says in which form.

        Arguments:
            path: ends with .svg, .html, .png, .pdf, .txt or .gv (Graphviz source).
            theme: of .png and .pdf, which cannot follow the page they stand on.

        Raises:
            FileError: the ending is another one, or the file cannot be written.
        """
        return save(self, Path(path), theme)

    def __repr__(self) -> str:
        return self.text

    def _repr_mimebundle_(self, **_: Any) -> dict[str, str]:
        return {"image/svg+xml": self.svg(), "text/plain": self.text}


def _tell(sentence: str) -> None:
    """Warn, and point to the line of the user that asked for the drawing."""
    frame, level = sys._getframe(), 1  # noqa: SLF001 - as the module warnings does
    while frame.f_back is not None and frame.f_code.co_filename.startswith(_PACKAGE):
        frame, level = frame.f_back, level + 1
    warnings.warn(sentence, stacklevel=level)
