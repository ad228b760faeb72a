"""Subjects for tests: a model, and an exercise around it."""

from __future__ import annotations

from teachkit.exercise_format import parse_exercise
from teachkit.grading.evidence.subject import Case, subject_of

_BLOCK = """\
# /// exercise
# id = "tiny"
# title = "Tiny"
# level = 1
# type = "build"
# asks = {asks}
# hints = ["Begin."]
# [criteria]
{criteria}
# ///
# %% [markdown] prompt
# Build it.
"""


def exercise(criteria="", cells="", asks='"model"'):
    """Return an exercise with these lines of criteria and these cells."""
    lines = "\n".join(f"# {line}" for line in criteria.strip().splitlines()) or "#"
    return parse_exercise(_BLOCK.format(criteria=lines, asks=asks) + cells)


def subject(model, criteria="", reference=None, name="model"):
    """Return a subject; the reference is a model, too."""
    names = None if reference is None else {name: reference}
    case = Case(exercise(criteria), {name: model}, reference=names)
    return subject_of(name, model, case)
