"""The models that a function builds, one after the other, and how each differs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from teachkit.comparison.between_builds import Changes, changes
from teachkit.errors import ModelError, TeachkitError
from teachkit.keras_reader import Recording
from teachkit.keras_runner.rebuilding import (
    BuildError,
    Built,
    built,
    built_with_numbers,
    chance_kept,
)
from teachkit.views.play.facts import Fact, Sizes, change_lines, facts_of, sizes_of
from teachkit.views.play.problems import problem_of

Settings = Mapping[str, Any]


@dataclass(frozen=True, eq=False)
class Stage:
    """A model that was built, and how it differs from the one before.

    Attributes:
        built: the model, read.
        settings: with which it was built.
        sizes: how large it is.
        facts: its sizes, each with what it was before.
        changes: what is new, gone or changed.
        lines: the changes as sentences.
    """

    built: Built
    settings: Settings
    sizes: Sizes
    facts: tuple[Fact, ...]
    changes: Changes = field(default_factory=Changes)
    lines: tuple[str, ...] = ()


class Session:
    """A function, and the model of it that is shown.

    Arguments:
        build: the function.
        settings: where it starts.

    Attributes:
        now: the model that is shown.

    Raises:
        TeachkitError: there is no model to begin with.
    """

    def __init__(self, build: Callable[..., Any], settings: Settings) -> None:
        self._build = build
        self._model: Any = None
        first = self._first_built(settings)
        sizes = sizes_of(first.recording)
        self.now = Stage(first, settings, sizes, tuple(facts_of(sizes, sizes)))

    @property
    def model(self) -> Any:
        """The Keras model that is shown, with numbers.

        Raises:
            ModelError: it cannot be built with numbers.
        """
        if self._model is None:
            self._model = self.with_numbers().root.model
        return self._model

    def stage_at(self, settings: Settings) -> Stage:
        """Build the model at other settings. What is shown is still the one before.

        Raises:
            BuildError: the function failed, or what it returned is no model.
            TeachkitError: opened, the model would be too large.
        """
        new = built(self._build, settings, self.now.built.recording.root.model)
        before, now = self.now.built.recording.graph, new.recording.graph
        with chance_kept():  # what is told of layers may make others like them
            sizes, told = sizes_of(new.recording), changes(before, now)
        facts = tuple(facts_of(sizes, self.now.sizes))
        lines = tuple(change_lines(told, now, before))
        return Stage(new, settings, sizes, facts, told, lines)

    def take(self, stage: Stage) -> None:
        """Let a model be the one that is shown."""
        self.now, self._model = stage, None

    def with_numbers(self) -> Recording:
        """Return the model that is shown, with numbers.

        Raises:
            ModelError: it cannot be built with numbers.
        """
        if not self.now.built.is_dry:
            return self.now.built.recording
        try:
            full = built_with_numbers(self._build, self.now.settings)
        except BuildError as error:
            raise ModelError(
                "a function that can build this model with its numbers",
                problem_of(error, self.now.settings).rstrip("."),
                "mend the function, or take a smaller model",
            ) from error.error
        self.now = replace(self.now, built=full)
        return full.recording

    def _first_built(self, settings: Settings) -> Built:
        """Build for the first time: twice, to see which layers are not made by it.

        Raises:
            TeachkitError: there is no model to begin with.
        """
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
