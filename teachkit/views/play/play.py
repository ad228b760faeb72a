"""What `teachkit.play` returns: controls, and the model that they build."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import Any

import ipywidgets

from teachkit.comparison.rebuilding import Changes, changes
from teachkit.errors import ModelError, TeachkitError, WrongValueError
from teachkit.keras_reader import Recording
from teachkit.keras_runner.rebuilding import (
    BuildError,
    Built,
    built,
    built_with_numbers,
    chance_kept,
)
from teachkit.speech import listed, named
from teachkit.views.clean import clean
from teachkit.views.palette import Theme
from teachkit.views.play.controls import control_of, set_control, settings_text
from teachkit.views.play.facts import change_lines, facts_of, marks_of, sizes_of
from teachkit.views.play.parameters import defaults_of
from teachkit.views.play.problems import problem_of
from teachkit.views.play.widgets import FactsView, PlayView

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
        self._build = build
        self.controls: dict[str, Any] = {
            name: control_of(name, wanted, defaults[name])
            for name, wanted in controls.items()
        }
        self._built = self._first_built()
        self._settings = self._asked_for()
        self._model: Any = None
        self._sizes = sizes_of(self._built.recording)
        self._facts = facts_of(self._sizes, self._sizes)
        self._lines: list[str] = []
        self.view = PlayView(self._built.recording, self._with_numbers)
        self._facts_view = FactsView()
        self._show_facts(self._built.printed)
        self._is_paused = False
        for control in self.controls.values():
            control.observe(self._moved, "value")

    @property
    def settings(self) -> dict[str, Any]:
        """The settings with which the model that is shown was built."""
        return dict(self._settings)

    @property
    def model(self) -> Any:
        """The Keras model that is shown, with numbers: the last one that was built.

        Raises:
            ModelError: it cannot be built with numbers.
        """
        if self._model is None:
            self._model = self._with_numbers().root.model
        return self._model

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
        return ", ".join(fact.text for fact in self._facts)

    @property
    def text(self) -> str:
        """Settings, sizes, what was changed, and the drawing, in letters."""
        problem = [self.problem] if self.problem else []
        told = [settings_text(self._settings), self.facts, *self._lines, *problem]
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

    def _first_built(self) -> Built:
        """Build for the first time: twice, to see which layers are not made by it.

        Raises:
            TeachkitError: there is no model to begin with.
        """
        settings = self._asked_for()
        try:
            first = built(self._build, settings)
            if not first.is_dry:
                return first
            return built(self._build, settings, first.recording.root.model)
        except BuildError as error:
            if isinstance(error.error, TeachkitError):
                raise error.error from error.error.__cause__
            raise ModelError(
                "a function that builds a model at the settings where it starts",
                problem_of(error, settings).rstrip("."),
                "mend the function, or give its parameters defaults at which it works",
            ) from error.error

    def _moved(self, _: object) -> None:
        if not self._is_paused:
            self._rebuild()

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
            new = built(self._build, settings, self._built.recording.root.model)
            with chance_kept():  # what is told of layers may make others like them
                self._take(new, settings)
        except BuildError as error:
            self._tell(problem_of(error, settings))
        except TeachkitError as error:  # the model is too large to be drawn
            self._tell(str(error))

    def _take(self, new: Built, settings: dict[str, Any]) -> None:
        """Show a model that was built."""
        before, now = self._built.recording.graph, new.recording.graph
        sizes, told = sizes_of(new.recording), changes(before, now)
        with self.view.hold_sync():
            self._redraw(new.recording, told)
            self.view.problem = ""
        self._lines = list(change_lines(told, now, before))
        self._facts = facts_of(sizes, self._sizes)
        self._built, self._sizes, self._model = new, sizes, None
        self._settings = settings
        self._show_facts(new.printed)

    def _redraw(self, recording: Recording, told: Changes) -> None:
        """Draw another model; what was selected and open stays so, if it is there."""
        paths = dict(told.path_of)
        selected = paths.get(self.view.selected, "")
        opened = [paths[one] for one in self.view.opened if one in paths]
        self.view.opened = []
        self.view.replace_model(recording, marks_of(told))
        self.view.opened = opened
        self.view.selected = selected

    def _tell(self, problem: str) -> None:
        self.view.problem = (
            f"{problem}\n\nBelow is still the model of {settings_text(self._settings)}."
        )

    def _show_facts(self, printed: str) -> None:
        facts = [
            {"name": one.name, "now": one.now, "before": one.before, "ratio": one.ratio}
            for one in self._facts
        ]
        with self._facts_view.hold_sync():
            self._facts_view.content = {"facts": facts, "lines": self._lines}
            self._facts_view.printed = clean(printed.strip(), _MOST_PRINTED)

    def _with_numbers(self) -> Recording:
        """Return the model that is shown, with numbers.

        Raises:
            ModelError: it cannot be built with numbers.
        """
        if not self._built.is_dry:
            return self._built.recording
        try:
            self._built = built_with_numbers(self._build, self._settings)
        except BuildError as error:
            raise ModelError(
                "a function that can build this model with its numbers",
                problem_of(error, self._settings).rstrip("."),
                "mend the function, or take a smaller model",
            ) from error.error
        return self._built.recording
