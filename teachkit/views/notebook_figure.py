"""A figure of matplotlib that a notebook shows, whether pyplot was imported or not."""

from __future__ import annotations

import io

from matplotlib.backend_bases import RendererBase
from matplotlib.figure import Figure
from matplotlib.text import Text

from teachkit.views.fonts import spell


class NotebookFigure(Figure):
    """A white figure, without matplotlib's global state, for names in any language.

    Notebooks learn to show figures when pyplot is imported, which these need not.

    Arguments:
        width, height: in inches.
    """

    def __init__(self, width: float, height: float) -> None:
        size = (width, height)
        super().__init__(figsize=size, layout="constrained", facecolor="white")

    def draw(self, renderer: RendererBase) -> None:
        """Draw the figure, with fonts that have the letters of its texts."""
        spell(self.findobj(Text))
        super().draw(renderer)

    def _repr_png_(self) -> bytes:
        file = io.BytesIO()
        # Without the note on the program, which changes with its version.
        self.savefig(file, format="png", metadata={"Software": None})
        return file.getvalue()
