"""A figure of matplotlib that a notebook shows, whether pyplot was imported or not."""

from __future__ import annotations

import io

from matplotlib.figure import Figure


class NotebookFigure(Figure):
    """A white figure, without matplotlib's global state.

    Notebooks learn to show figures when pyplot is imported, which these need not.

    Arguments:
        width, height: in inches.
    """

    def __init__(self, width: float, height: float) -> None:
        size = (width, height)
        super().__init__(figsize=size, layout="constrained", facecolor="white")

    def _repr_png_(self) -> bytes:
        file = io.BytesIO()
        # Without the note on the program, which changes with its version.
        self.savefig(file, format="png", metadata={"Software": None})
        return file.getvalue()
