"""What `teachkit.check` returns: a judgement in many renderings, and plain data."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from teachkit.errors import TeachkitError
from teachkit.exercise_format.records import Exercise
from teachkit.grading.report import Message, Outcome, Report, Status
from teachkit.keras_reader import record_model
from teachkit.views.clean import clean_html
from teachkit.views.graph_view import GraphView
from teachkit.views.html_page import page
from teachkit.views.report.drawing import LitDrawing, known_calls
from teachkit.views.report.page import piece
from teachkit.views.report.words import (
    PASSED,
    headline,
    report_text,
    sentences,
)
from teachkit.views.rule_links import card_address, rule_links
from teachkit.views.sheet import Sheet
from teachkit.views.widget.standalone import alone

_CAPTION = "Your model"


class AnswerReport(Sheet):
    """The judgement on an answer. Made by `teachkit.check`.

    A notebook shows ticks for the criteria that are met and open circles for the rest,
    what the first open one has to say, and the drawing of the model with the calls
    concerned lit up; a terminal shows the same in letters.

    Attributes:
        report: the judgement as plain data.
    """

    def __init__(
        self, exercise: Exercise, report: Report, models: Mapping[str, Any]
    ) -> None:
        self.report = report
        self._exercise = exercise
        self._drawing = _drawing_of(report, models)

    @property
    def status(self) -> Status:
        """`passed`, `failed`, `not_attempted`, or `error` where we failed."""
        return self.report.status

    @property
    def score(self) -> float:
        """The share of the criteria that are met, from 0 to 1."""
        return self.report.score

    @property
    def criteria(self) -> tuple[Outcome, ...]:
        """What became of each criterion, in the order in which they were asked."""
        return self.report.criteria

    @property
    def message(self) -> Message:
        """What the first open criterion says: `.see`, `.so`, `.look`, `.text`."""
        return self.report.message

    @property
    def advice(self) -> tuple[str, ...]:
        """What is good to know and costs nothing."""
        return self.report.advice

    @cached_property
    def view(self) -> GraphView | None:
        """The drawing to be touched, with the calls lit; None without a model."""
        return None if self._drawing is None else self._drawing.view()

    @property
    def headline(self) -> str:
        """How far the answer is, and the message, as one line."""
        return " ".join([headline(self.report), *sentences(self.report.message)])

    def to_dict(self) -> dict[str, Any]:
        """Return the judgement as JSON values, with the number of the format."""
        return self.report.to_dict()

    def html(self) -> str:
        """Return one page with everything, to be touched. It needs no network."""
        # It may be saved anywhere, so nothing in it leads to the card of rules.
        parts = [f"<h1>{clean_html(self._title)}</h1>", piece("", self.report, "")]
        if self.view is not None:
            parts += [f"<h2>{_CAPTION}</h2>", alone(self.view.live())]
        return page(self._title, "\n".join(parts))

    @property
    def _title(self) -> str:
        return self._exercise.title

    @cached_property
    def _piece(self) -> str:
        told = piece(self._title, self.report, self._figure(), card_address())
        return rule_links(told)

    def _figure(self) -> str:
        if self._drawing is None or not self._drawing.is_small:
            return ""
        caption = f"<figcaption>{_CAPTION}</figcaption>"
        return f"<figure>{caption}{self._drawing.svg()}</figure>"

    def _words(self, width: int) -> str:
        drawing = self._drawing
        drawn = drawing.text(width) if drawing is not None and drawing.is_small else ""
        return report_text(self._title, self.report, drawn, width)

    def _plain(self, words: str) -> str:
        return super()._plain(words.replace(PASSED, "+"))


def _drawing_of(report: Report, models: Mapping[str, Any]) -> LitDrawing | None:
    """Read the model that the message speaks of; None where there is none to read."""
    spoken = report.first
    name = spoken.of if spoken is not None else ""
    model = models.get(name) if name else next(iter(models.values()), None)
    if model is None:
        return None
    try:
        recording = record_model(model)
    except TeachkitError:
        return None  # the report says so already
    lit = known_calls(recording.graph, spoken.calls if spoken is not None else ())
    return LitDrawing(recording, lit, report.message.see)
