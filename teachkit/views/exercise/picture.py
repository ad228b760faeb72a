"""The picture of what is to be built, where seeing it gives nothing away."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from teachkit.errors import TeachkitError
from teachkit.exercise_format.records import Exercise
from teachkit.grading.student_code.running_code import reference_names
from teachkit.keras_reader import read_model
from teachkit.layout import Choices, draw
from teachkit.layout.labels import Detail
from teachkit.practice.checking import models_of
from teachkit.views.svg import draw_svg
from teachkit.views.text import draw_text
from teachkit.views.warn import warn_user

_DETAILS: tuple[Detail, ...] = ("shape", "config")
_SHOWN = re.compile(r"\b(?:from|in|on) the \W*(?:picture|diagram|drawing)\b")
_BUILDS = frozenset({"build", "wiring"})


@dataclass(frozen=True)
class Picture:
    """The graph of a solution: as SVG, and in letters."""

    svg: str
    text: str


def has_picture(exercise: Exercise) -> bool:
    """Tell whether an exercise is to build what a picture shows.

    Only where something is built or wired, and prompt or hints say "from the picture"
    or "in the picture". To find a fault, to predict or to put lines in order, one must
    not see the solution.
    """
    if exercise.is_sealed or exercise.type not in _BUILDS:
        return False
    return any(_SHOWN.search(text) for text in (exercise.prompt, *exercise.hints))


def picture_of(exercise: Exercise) -> Picture | None:
    """Return the picture of an exercise; None where there is none to be shown."""
    if not has_picture(exercise):
        return None
    return next(_pictures(exercise), None)


def _pictures(exercise: Exercise) -> Iterator[Picture]:
    for model in models_of(exercise, reference_names(exercise) or {}).values():
        try:
            graph = read_model(model)
        except TeachkitError:  # a closed box, of which there is nothing to see
            continue
        text = draw_text(graph, details=_DETAILS)
        drawing = draw(graph, Choices("collapsed", _DETAILS), tell=warn_user)
        yield Picture(draw_svg(graph, drawing, text), text)
