"""What every comparison can do: show itself as picture, text, page and file."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, Generic, TypeVar

from teachkit.comparison.findings import Agreement, PairFinding, TwinFinding
from teachkit.errors import FileError
from teachkit.layout import Choices, Direction, check_direction, draw
from teachkit.layout.labels import check_details
from teachkit.views.clean import clean_html
from teachkit.views.comparison.marking import on_boxes
from teachkit.views.comparison.page import STYLE, Parts, framed, piece
from teachkit.views.comparison.picture import Half, draw_picture, picture_size
from teachkit.views.files import save
from teachkit.views.html_page import page, with_headings
from teachkit.views.palette import Theme
from teachkit.views.text import ASCII
from teachkit.views.text.options import Charset, check_width
from teachkit.views.warn import warn_user
from teachkit.views.widget.comparison_view import ComparisonView, Frame, Point, Side
from teachkit.views.widget.standalone import alone

_WIDE = "body { max-width: 96rem }"
"""Two drawings beside each other need more room than a text."""
Finding = TypeVar("Finding", bound=TwinFinding | PairFinding)


class Comparison(ABC, Generic[Finding]):
    """Two models side by side. A notebook shows it to be touched, a terminal as text.

    Made by `teachkit.compare`; see there for the arguments.

    Attributes:
        finding: all that was found, as plain data.
    """

    def __init__(
        self,
        finding: Finding,
        *,
        direction: Direction = "TB",
        details: Sequence[str] = ("shape",),
    ) -> None:
        check_direction(direction)
        self.finding = finding
        self._direction = direction
        self._details = check_details(details)

    @property
    @abstractmethod
    def same(self) -> bool:
        """Whether the two models are the same graph, however they are written."""

    @property
    def agreement(self) -> Agreement | None:
        """What running both on the same random inputs showed; None if not run."""
        return self.finding.agreement

    @property
    def max_error(self) -> float | None:
        """The largest difference between outputs of the two; None if not run."""
        return None if self.agreement is None else self.agreement.max_error

    @cached_property
    def text(self) -> str:
        """Everything that was found, in words, at most 100 columns wide."""
        return self.as_text()

    @abstractmethod
    def _words(self, width: int) -> str: ...

    def as_text(self, *, width: int = 100, charset: Charset = "unicode") -> str:
        """Return everything that was found in words.

        Arguments:
            width: columns of the terminal.
            charset: `unicode` for box characters, `ascii` for plain letters.
        """
        words = self._words(check_width(width))
        return words.translate(ASCII) if charset == "ascii" else words

    @property
    def size(self) -> tuple[float, float]:
        """Width and height of the picture in pixels."""
        return picture_size(self._halves)

    def svg(self, *, theme: Theme = "auto") -> str:
        """Return the drawings beside each other, with what differs marked."""
        return draw_picture(self._halves, self._title, self.text, theme)

    @cached_property
    def widget(self) -> ComparisonView:
        """The drawings to be touched, as a notebook shows them.

        `widget.selected = "left/dense"` selects a call and the one it pairs with;
        `widget.on_select(function)` tells what a person has selected.
        """
        parts = self._parts
        frame = Frame(
            before=piece(parts.before),
            after=piece(parts.after),
            points=piece(parts.points),
            static=self._static_forms,
        )
        return ComparisonView(
            self._sides,
            self.finding.pairs,
            self._points,
            frame,
            direction=self._direction,
            details=self._details,
        )

    def html(self) -> str:
        """Return one page with everything, to be touched. It needs no network."""
        parts = self._parts
        told = [
            f"<h1>{clean_html(self._title)}</h1>",
            with_headings(framed(parts.before), "h2"),
            alone(self.widget.live()),
            with_headings(framed(parts.after), "h2"),
        ]
        return page(self._title, "\n".join(told), STYLE + _WIDE)

    def graphviz(self) -> str:
        """Refuse: the language of Graphviz has no two drawings side by side.

        Raises:
            FileError: always.
        """
        raise FileError(
            "a form that can show two models side by side",
            "the language of Graphviz, which has one graph in a file",
            "save each model by itself: teachkit.show(model).save('model.gv')",
        )

    def save(self, path: str | Path, *, theme: Theme = "light") -> Path:
        """Write the comparison to a file; its ending says in which form.

        Arguments:
            path: ends with .svg, .html, .png, .pdf or .txt.
            theme: of .png and .pdf, which cannot follow the page they stand on.

        Raises:
            FileError: the ending is another one, or the file cannot be written.
        """
        return save(self, path, theme)

    def __repr__(self) -> str:
        return self.text

    def _repr_mimebundle_(self, **_: Any) -> Any:
        return self.widget._repr_mimebundle_()

    def _display_(self) -> ComparisonView:
        """Return what marimo shows."""
        return self.widget

    def _static_forms(self) -> dict[str, str]:
        """Return what stands for the widget where none can be shown."""
        parts = self._parts
        figure = f"<figure>{self.svg()}</figure>"
        told = piece(parts.before, parts.points, figure, parts.after)
        return {"text/html": told, "text/plain": self.text}

    @property
    @abstractmethod
    def _title(self) -> str: ...

    @cached_property
    @abstractmethod
    def _sides(self) -> list[Side]: ...

    @property
    @abstractmethod
    def _points(self) -> list[Point]: ...

    @property
    @abstractmethod
    def _parts(self) -> Parts: ...

    @cached_property
    def _halves(self) -> list[Half]:
        return [self._half(side) for side in self._sides]

    def _half(self, side: Side) -> Half:
        """Draw one side, its nested models open if something in them is marked."""
        marks = side.marks
        inside = any("/" in path for path, one in marks.items() if one.kind != "pair")
        choices = Choices("expanded" if inside else "collapsed", self._details)
        drawing = draw(side.graph, choices, direction=self._direction, tell=warn_user)
        drawn = {box.item.key for box in (*drawing.boxes, *drawing.frames)}
        return Half(side.title, side.graph, drawing, on_boxes(marks, drawn))
