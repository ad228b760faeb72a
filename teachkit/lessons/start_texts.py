"""What stands on the page that a learner starts from, as Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from teachkit.exercise_format.records import Exercise
from teachkit.practice.learnt import Learnt
from teachkit.rules import CARD
from teachkit.views.progress.words import (
    SIGNS,
    SPOKEN,
    asked_words,
    headline,
    lesson_name,
)

_TITLE = re.compile(r"^# +(?P<title>.+)$", re.MULTILINE)
_GOAL = re.compile(r"^\*\*Goal\.?\*\*\.? *(?P<goal>.+?)(?:\n\s*\n|\Z)", re.S | re.M)
_SPECIAL = re.compile(r"([\\`*_\[\]<>|#$&~])")


@dataclass(frozen=True, slots=True)
class Lesson:
    """A lesson, as it is announced.

    Attributes:
        number: `02`.
        path: of its notebook, seen from the folder of the learner.
        title: with its number, in Markdown.
        goal: what one can do afterwards, in Markdown; empty if it does not say.
    """

    number: str
    path: str
    title: str
    goal: str


def lesson_of(path: str, card: str) -> Lesson:
    """Return a lesson.

    Arguments:
        path: of its notebook, such as `02_the_same_chain_twice.ipynb`.
        card: the text of its first cell, with title and goal.

    Example:
        >>> lesson_of(
        ...     "02_b.ipynb", "# Lesson 2 · B" + chr(10) + "**Goal.** You can."
        ... ).goal
        'You can.'
    """
    title, goal = _TITLE.search(card), _GOAL.search(card)
    return Lesson(
        path[:2],
        path,
        title["title"].strip() if title else path.removesuffix(".ipynb"),
        " ".join(goal["goal"].split()) if goal else "",
    )


def opening_text(learnt: Learnt) -> str:
    """Return the top of the page."""
    signs = ", ".join(f"{SIGNS[status]} {SPOKEN[status]}" for status in reversed(SIGNS))
    return f"""# Start here

Take the lessons in their order, and after each one its exercises. A click on a name
opens it; Shift+Enter runs a cell. Predict before you run: nobody marks predictions.
What lessons and feedback call a *rule* stands on one page: [the eight rules]({CARD}).

**So far:** {headline(learnt)}

Signs of exercises: {signs}. As long as you change nothing in it, this page is written
anew each time you start; its last cell shows your progress at any time."""


def lesson_text(lesson: Lesson, learnt: Learnt) -> str:
    """Return a lesson with its exercises."""
    asked = asked_words(learnt, lesson.number)
    parts = [
        f"## [{lesson.title}]({lesson.path})",
        lesson.goal,
        f"{asked[:1].upper()}{asked[1:]}." if asked else "",
        _items(learnt.exercises_of(lesson.number), learnt),
    ]
    return "\n\n".join(filter(None, parts))


def further_text(numbers: Iterable[str], learnt: Learnt) -> str:
    """Return the exercises of lessons that have no notebook yet."""
    members = [one for number in numbers for one in learnt.exercises_of(number)]
    items = _items(members, learnt, with_lesson=True)
    return f"## More exercises\n\nTheir lessons are still to come.\n\n{items}"


def _items(
    exercises: Iterable[Exercise], learnt: Learnt, *, with_lesson: bool = False
) -> str:
    return "\n".join(
        _item(one, learnt.of(one).status, with_lesson=with_lesson) for one in exercises
    )


def _item(exercise: Exercise, status: str, *, with_lesson: bool) -> str:
    title = _SPECIAL.sub(r"\\\1", exercise.title)
    told = [
        f"[{title}](exercises/{exercise.lesson}/{exercise.id}.ipynb)",
        *[lesson_name(exercise.lesson).lower()] * with_lesson,
        f"level {exercise.level} of 4",
        f"{SIGNS[status]} {SPOKEN[status]}",
    ]
    return f"- {' · '.join(told)}"
