"""Figures show themselves in a notebook, and are the same each time."""

import pytest
from IPython.core.formatters import DisplayFormatter

from teachkit.views.fonts import _font_with
from teachkit.views.notebook_figure import NotebookFigure


def test_a_notebook_shows_it_without_pyplot():
    shown, _ = DisplayFormatter().format(NotebookFigure(2, 1))

    assert shown["image/png"].startswith(b"\x89PNG")


def test_the_same_figure_gives_the_same_bytes():
    one, other = NotebookFigure(2, 1), NotebookFigure(2, 1)

    assert one._repr_png_() == other._repr_png_()


class TestNamesInAnyLanguage:
    def test_a_font_that_has_the_letters_is_added(self):
        figure = NotebookFigure(2, 1)
        title = figure.add_subplot().set_title("层 dense")
        if _font_with("层") is None:
            pytest.skip("no font of this machine has Chinese letters")
        own = list(title.get_fontfamily())
        figure._repr_png_()
        assert title.get_fontfamily() == [*own, _font_with("层")]

    def test_nothing_is_done_where_the_own_font_has_them(self):
        figure = NotebookFigure(2, 1)
        title = figure.add_subplot().set_title("слой dense →")
        own = list(title.get_fontfamily())
        figure._repr_png_()
        assert title.get_fontfamily() == own

    def test_a_letter_that_no_font_has(self):
        assert _font_with("\U000f1234") is None
