"""The task with its buttons in a browser: Python judges, the browser shows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

import anywidget
import traitlets

from teachkit.errors import TeachkitError
from teachkit.views.exercise.page import Asked, task_html
from teachkit.views.exercise.sheets import HintSheet, SolutionSheet
from teachkit.views.markdown import inline_html
from teachkit.views.report import AnswerReport
from teachkit.views.widget.assets import module, styles
from teachkit.views.widget.standalone import Live, live


class _Shown(Protocol):
    def _repr_mimebundle_(self) -> dict[str, str]: ...


class ExerciseWidget(anywidget.AnyWidget):
    """An exercise with buttons, and fields where it asks for lines or predictions.

    Arguments:
        asked: what the student sees at first.
        check, hint, solution: do what the buttons promise.

    Attributes:
        order: numbers of the lines that were put in order.
        predictions: what was written or chosen, by the ids of the questions.
        feedback, hints, solution: what was opened so far, as HTML.
        told: the same in a sentence, for who does not see what changed.
        problem: why a button could not do what it promises; empty for none.
    """

    _esm = module("exercise")
    _css = styles("exercise")
    content: Any = traitlets.Dict().tag(sync=True)
    order: Any = traitlets.List(traitlets.Int()).tag(sync=True)
    predictions: Any = traitlets.Dict().tag(sync=True)
    feedback = traitlets.Unicode("").tag(sync=True)
    hints = traitlets.Unicode("").tag(sync=True)
    solution = traitlets.Unicode("").tag(sync=True)
    told = traitlets.Unicode("").tag(sync=True)
    problem = traitlets.Unicode("").tag(sync=True)

    def __init__(
        self,
        asked: Asked,
        check: Callable[[Any], AnswerReport],
        hint: Callable[[], HintSheet],
        solution: Callable[[], SolutionSheet],
    ) -> None:
        self._asked = asked
        self._actions: dict[str, Callable[[], None]] = {
            "check": lambda: self._checked(check),
            "hint": lambda: self._hinted(hint),
            "solution": lambda: self._solved(solution),
        }
        super().__init__(content=_content(asked))
        self.on_msg(lambda _, content, __: self.answer(content))

    def answer(self, content: Any) -> None:
        """Do what the browser asks for; what makes no sense is passed over.

        Arguments:
            content: its message, with what happened as `event`: `hello` from a new
                page, and the name of a button that was pressed.
        """
        event = content.get("event") if isinstance(content, dict) else None
        if event == "hello":
            self.send({"event": "live"})
        elif isinstance(event, str) and event in self._actions:
            self._press(event)

    def bundle(self) -> dict[str, Any]:
        """Return what shows the widget in a notebook."""
        data, _ = super()._repr_mimebundle_() or ({}, {})
        return dict(data)

    def live(self) -> Live:
        """Return the widget as it stands, to be put into a page without a kernel."""
        return live({name: getattr(self, name) for name in sorted(self.keys)})

    def _press(self, event: str) -> None:
        self.problem = ""
        try:
            self._actions[event]()
        except TeachkitError as error:
            self.problem = _sentences(error)
        except Exception as error:  # noqa: BLE001 - a button that does nothing would be a riddle
            self.problem = f"That did not work: {type(error).__name__}: {error}"
        finally:
            self.send({"event": "done"})

    def _checked(self, check: Callable[[Any], AnswerReport]) -> None:
        report = check(self._filled_in())
        self.feedback = _html(report)
        self.told = report.headline

    def _hinted(self, hint: Callable[[], HintSheet]) -> None:
        found = hint()
        self.hints = _html(found)
        self.told = found.note if not found.is_new else f"Hint: {found.hints[-1]}"

    def _solved(self, solution: Callable[[], SolutionSheet]) -> None:
        self.solution = _html(solution())
        self.told = "A solution is shown below."

    def _filled_in(self) -> Any:
        """Return what stands in the fields; None where the notebook has the answer.

        Raises:
            TeachkitError: there are fields, and nothing is in them.
        """
        if self._asked.blocks:
            found: Any = list(self.order)
        elif self._asked.questions:
            found = {key: one for key, one in self.predictions.items() if one}
        else:
            return None
        if not found:
            raise TeachkitError(
                "an answer", "none yet", "fill something in, then check again"
            )
        return found


def _content(asked: Asked) -> dict[str, Any]:
    return {
        "id": asked.exercise.id,
        "title": asked.exercise.title,
        "about": asked.about,
        "task": task_html(asked),
        "blocks": [{"number": b.number, "text": b.text} for b in asked.blocks],
        "questions": [
            {
                "id": one.id,
                "text": inline_html(one.text),
                "kind": one.kind,
                "options": [*one.options],
                "optional": one.optional,
            }
            for one in asked.questions
        ],
        "calls": [*asked.calls],
    }


def _html(shown: _Shown) -> str:
    return shown._repr_mimebundle_()["text/html"]


def _sentences(error: TeachkitError) -> str:
    return f"{error.expected[:1].upper()}{error.expected[1:]}: {error.action}."
