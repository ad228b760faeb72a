"""A question of a lesson in a browser: an answer first, then what is so."""

from __future__ import annotations

from typing import Any

import anywidget
import traitlets

from teachkit.errors import TeachkitError
from teachkit.practice.asking import NO_IDEA, Asking, Outcome
from teachkit.question_format.records import LessonQuestion, Option
from teachkit.views.markdown import inline_html, markdown_html
from teachkit.views.question.page import why_html
from teachkit.views.question.words import (
    FIELDS,
    LEADS,
    MODEL_ANSWER,
    SURPRISE,
    doubt,
    explained,
    found_words,
)
from teachkit.views.widget.assets import module, styles
from teachkit.views.widget.standalone import Live, live


class QuestionWidget(anywidget.AnyWidget):
    """A question, or the reveal that waits for its answer.

    Both are of one kind: the browser tells all of them on a page when one is answered,
    so that a page without a kernel can do the same.

    Arguments:
        asking: what is asked, and who remembers what was said.
        outcome: what was computed, of a reveal; None of a question.

    Attributes:
        content: what never changes.
        said: the answer that was committed; empty while there is none.
        problem: why an answer could not be taken; empty for none.
    """

    _esm = module("question")
    _css = styles("question")
    content: Any = traitlets.Dict().tag(sync=True)
    said = traitlets.Unicode("").tag(sync=True)
    problem = traitlets.Unicode("").tag(sync=True)

    def __init__(self, asking: Asking, outcome: Outcome | None = None) -> None:
        self._asking = asking
        super().__init__(content=_content(asking.question, outcome))
        self.on_msg(lambda _, content, __: self.answer(content))

    def answer(self, content: Any) -> None:
        """Do what the browser asks for; what makes no sense is passed over.

        Arguments:
            content: its message, with what happened as `event`: `hello` from a new
                page, `commit` with what was `said`, `again` to answer once more.
        """
        event = content.get("event") if isinstance(content, dict) else None
        if event == "hello":
            # Only now: a notebook that nobody looks at has nobody's answers in it.
            self.said = self._asking.said
        elif event == "commit":
            self._commit(content.get("said"))
        elif event == "again":
            self._asking.forget()
            self.said = ""

    def bundle(self) -> dict[str, Any]:
        """Return what shows the widget in a notebook."""
        data, _ = super()._repr_mimebundle_() or ({}, {})
        return dict(data)

    def live(self) -> Live:
        """Return the widget as it stands, to be put into a page without a kernel."""
        return live({name: getattr(self, name) for name in sorted(self.keys)})

    def _commit(self, said: Any) -> None:
        self.problem = ""
        try:
            self._asking.commit(said)
        except TeachkitError as error:
            self.problem = f"Found {error.found}: {error.action}."
        self.said = self._asking.said


def _content(question: LessonQuestion, outcome: Outcome | None) -> dict[str, Any]:
    return {
        "id": question.id,
        "lead": LEADS[question.kind],
        "ask": markdown_html(question.ask),
        "entry": question.entry,
        "field": FIELDS.get(question.entry, ""),
        "computed": question.computed,
        "options": [
            {
                "letter": one.letter,
                "say": one.option.say,
                "html": inline_html(one.option.say),
            }
            for one in explained(question, None)
        ],
        "noIdea": NO_IDEA,
        "reveal": _reveal(question, outcome),
        "isReveal": outcome is not None,
    }


def _reveal(question: LessonQuestion, outcome: Outcome | None) -> dict[str, Any] | None:
    """Return what is shown once an answer is committed; None if it is not known."""
    if outcome is None and question.computed:
        return None
    if question.entry == "sentence":
        return {"name": MODEL_ANSWER, "found": why_html(question.model_answer)}
    right, details, told = question.answer, "", ""
    if outcome is not None:
        right, details = outcome.option, outcome.details
        told = doubt(question, outcome)
    found = found_words(outcome) if outcome else (right.say if right else "")
    return {
        "name": "Computed" if outcome else "Answer",
        "found": inline_html(found),
        "details": details,
        "doubt": told,
        "surprise": SURPRISE if outcome else "",
        "tolerance": question.tolerance,
        "options": _explained_options(question, right),
        "otherwise": why_html(question.otherwise) if question.otherwise else "",
    }


def _explained_options(
    question: LessonQuestion, right: Option | None
) -> list[dict[str, Any]]:
    return [
        {
            "say": one.option.say,
            "html": inline_html(one.name),
            "value": one.option.value if question.entry == "number" else None,
            "right": one.is_right,
            "why": why_html(one.option.why),
        }
        for one in explained(question, right)
    ]
