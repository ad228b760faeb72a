"""Figures show themselves in a notebook, and are the same each time."""

from IPython.core.formatters import DisplayFormatter

from teachkit.views.notebook_figure import NotebookFigure


def test_a_notebook_shows_it_without_pyplot():
    shown, _ = DisplayFormatter().format(NotebookFigure(2, 1))

    assert shown["image/png"].startswith(b"\x89PNG")


def test_the_same_figure_gives_the_same_bytes():
    one, other = NotebookFigure(2, 1), NotebookFigure(2, 1)

    assert one._repr_png_() == other._repr_png_()
