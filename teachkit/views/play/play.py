"""What `teachkit.play` returns: controls, and the model that they build."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import Any

import ipywidgets

from teachkit.errors import TeachkitError, WrongValueError
from teachkit.keras_reader import Recording
from teachkit.keras_runner.rebuilding import BuildError, chance_kept
from teachkit.speech import listed, named
from teachkit.views.clean import clean
from teachkit.views.palette import Theme
from teachkit.views.play.controls import control_of
from teachkit.views.play.facts import marks_of
from teachkit.views.play.moving import Follower, function_key, set_control
from teachkit.views.play.parameters import defaults_of
from teachkit.views.play.problems import problem_of
from teachkit.views.play.session import Session, Stage
from teachkit.views.play.widgets import FactsView, PlayView
from teachkit.views.play.wording import settings_text

_MOST_PRINTED = 4000


class Play:
    """A model that is built again whenever a control moves.

    Made by `teachkit.play`; see there for the arguments. A notebook shows the controls,
    the sizes of the model and its drawing; a terminal shows the last two as text.

    Attributes:
        view: the drawing, a `GraphView`: `play.view.direction = "LR"`.
        controls: the widgets, by the names of the parameters.
    """

    def __init__(self, build: Callable[..., Any], controls: Mapping[str, Any]) -> None:
        defaults = defaults_of(build, controls)
        self.controls: dict[str, Any] = {
            name: control_of(name, wanted, defaults[name])
            for name, wanted in controls.items()
        }
        self._session = Session(build, self._asked_for())
        recording = self._session.now.built.recording
        # A method of this object: while somebody has the drawing, it follows.
        self.view = PlayView(recording, self._with_numbers)
        self._facts_view = FactsView()
        self._show_facts()
        self._is_paused = False
        self._follow(build)

    @property
    def settings(self) -> dict[str, Any]:
        """The settings with which the model that is shown was built."""
        return dict(self._session.now.settings)

    @property
    def model(self) -> Any:
        """The Keras model that is shown, with numbers: the last one that was built.

        Raises:
            ModelError: it cannot be built with numbers.
        """
        return self._session.model

    @property
    def problem(self) -> str:
        """Why the settings of the controls give no model; empty if they do."""
        return str(self.view.problem)

    @property
    def printed(self) -> str:
        """What the function printed while it built the model that is shown."""
        return str(self._facts_view.printed)

    @property
    def facts(self) -> str:
        """The sizes of the model, each with what it was before the last change."""
        return ", ".join(fact.text for fact in self._session.now.facts)

    @property
    def text(self) -> str:
        """Settings, sizes, what was changed, and the drawing, in letters."""
        now = self._session.now
        problem = [self.problem] if self.problem else []
        told = [settings_text(now.settings), self.facts, *now.lines, *problem]
        return "\n".join([*told, "", self.view.text])

    def set(self, **settings: Any) -> None:
        """Move controls, all at once, and build the model.

        Arguments:
            settings: new values, by the names of the parameters.

        Raises:
            WrongValueError: there is no such control, or it cannot take this value.
        """
        for name in settings:
            if name not in self.controls:
                raise WrongValueError(
                    f"the name of a control: {listed([*map(named, self.controls)])}",
                    named(name),
                    "take one of these",
                )
        before = self._asked_for()
        with self._paused():
            try:
                for name, value in settings.items():
                    set_control(name, self.controls[name], value)
            except TeachkitError:
                for name, value in before.items():
                    self.controls[name].value = value
                raise
        self._rebuild()

    def svg(self, *, theme: Theme = "auto") -> str:
        """Return the drawing as SVG; see `GraphView.svg`."""
        return self.view.svg(theme=theme)

    def save(self, path: str | Path, *, theme: Theme = "light") -> Path:
        """Write the drawing of the model to a file; see `GraphView.save`."""
        return self.view.save(path, theme=theme)

    @cached_property
    def widget(self) -> Any:
        """What a notebook shows, made when it does: to be put beside other widgets."""
        controls = ipywidgets.VBox([*self.controls.values()])
        box = ipywidgets.VBox([controls, self._facts_view, self.view])
        return box.add_class("tkp-play")

    def __repr__(self) -> str:
        return self.text

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        bundle = self.widget._repr_mimebundle_()
        return {**(bundle or {}), "image/svg+xml": self.svg(), "text/plain": self.text}

    def _asked_for(self) -> dict[str, Any]:
        return {name: control.value for name, control in self.controls.items()}

    def _with_numbers(self) -> Recording:
        return self._session.with_numbers()

    def _follow(self, build: Callable[..., Any]) -> None:
        key = function_key(build), *self.controls
        self._follower = Follower(self._moved, self._left)
        for control in self.controls.values():
            self._follower.follow(control, key)

    def _moved(self) -> None:
        if not self._is_paused:
            self._rebuild()

    def _left(self) -> None:
        self._tell("The same function was given to tk.play again, with this control.")

    @contextmanager
    def _paused(self) -> Iterator[None]:
        self._is_paused = True
        try:
            yield
        finally:
            self._is_paused = False

    def _rebuild(self) -> None:
        settings = self._asked_for()
        try:
            stage = self._session.stage_at(settings)
            with chance_kept():  # what is told of layers may make others like them
                self._take(stage)
        except BuildError as error:
            self._tell(problem_of(error, settings))
        except TeachkitError as error:  # the model is too large to be drawn
            self._tell(str(error))

    def _take(self, stage: Stage) -> None:
        """Show a model that was built."""
        with self.view.hold_sync():
            self._redraw(stage)
            self.view.problem = ""
        self._session.take(stage)
        self._show_facts()

    def _redraw(self, stage: Stage) -> None:
        """Draw another model; what was selected and open stays so, if it is there."""
        paths = dict(stage.changes.path_of)
        selected = paths.get(self.view.selected, "")
        opened = [paths[one] for one in self.view.opened if one in paths]
        self.view.opened = []
        self.view.replace_model(stage.built.recording, marks_of(stage.changes))
        self.view.opened = opened
        self.view.selected = selected

    def _tell(self, problem: str) -> None:
        shown = settings_text(self._session.now.settings)
        self.view.problem = f"{problem}\n\nBelow is still the model of {shown}."

    def _show_facts(self) -> None:
        now = self._session.now
        facts = [
            {"name": one.name, "now": one.now, "before": one.before, "ratio": one.ratio}
            for one in now.facts
        ]
        with self._facts_view.hold_sync():
            self._facts_view.content = {"facts": facts, "lines": [*now.lines]}
            self._facts_view.printed = clean(now.built.printed.strip(), _MOST_PRINTED)
