"""What `teachkit.ask` returns: a question, or what was said beside what is so."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import Any

from teachkit.practice.asking import Asking, Outcome
from teachkit.question_format.records import LessonQuestion
from teachkit.views.html_page import page
from teachkit.views.question.page import (
    question_html,
    question_text,
    reveal_html,
    reveal_text,
)
from teachkit.views.question.widget import QuestionWidget
from teachkit.views.question.words import LEADS
from teachkit.views.sheet import Sheet
from teachkit.views.widget.standalone import alone


class QuestionSheet(Sheet):
    """A question of a lesson. Made by `teachkit.ask`.

    A notebook shows it with what is to be chosen or filled in.
    """

    def __init__(self, asking: Asking) -> None:
        self._asking = asking

    @property
    def id(self) -> str:
        """By which a lesson asks it: `same-seed`."""
        return self._question.id

    @property
    def said(self) -> str:
        """What the learner said; empty for nothing."""
        return self._asking.said

    def commit(self, answer: str) -> None:
        """Answer in Python what the buttons answer in a browser.

        Arguments:
            answer: the words of an option or its letter, a number, or a sentence.

        Raises:
            TeachkitError: this can be no answer to this question.
        """
        self._asking.commit(answer)
        self.widget.said = self._asking.said

    def html(self) -> str:
        """Return one page with the question, which can be answered there."""
        shown = replace(self.widget.live(), fallback=self._piece)
        return page(self._title, f"<h1>{self._title}</h1>\n{alone(shown)}")

    @cached_property
    def widget(self) -> QuestionWidget:
        """The question as a notebook shows it."""
        return QuestionWidget(self._asking)

    def _repr_mimebundle_(self, **_: Any) -> Any:
        return {**self.widget.bundle(), **super()._repr_mimebundle_()}

    def _display_(self) -> QuestionWidget:
        """Return what marimo shows."""
        return self.widget

    @property
    def _question(self) -> LessonQuestion:
        return self._asking.question

    @property
    def _title(self) -> str:
        return LEADS[self._question.kind]

    @cached_property
    def _piece(self) -> str:
        return question_html(self._question)

    def _words(self, width: int) -> str:
        return question_text(self._question, width)


class RevealSheet(QuestionSheet):
    """What was computed, beside what the learner said. Made by `teachkit.ask`.

    In a browser it stays closed until an answer is committed; text and pages without
    scripts have all of it.
    """

    def __init__(self, asking: Asking, outcome: Outcome) -> None:
        super().__init__(asking)
        self.outcome = outcome

    @cached_property
    def widget(self) -> QuestionWidget:
        """The reveal as a notebook shows it."""
        return QuestionWidget(self._asking, self.outcome)

    @cached_property
    def _piece(self) -> str:
        return reveal_html(self._question, self.outcome)

    def _words(self, width: int) -> str:
        # What somebody has said is theirs: it is no part of a notebook's text.
        return reveal_text(self._question, self.outcome, width)
