"""What a learner did, in signs and words."""

from __future__ import annotations

from teachkit.layout.labels import count_text
from teachkit.practice.learnt import Count, Learnt
from teachkit.practice.progress_file import Record

SIGNS = {"passed": "✓", "failed": "◐", "new": "○"}
"""What stands before an exercise, by its status."""

SPOKEN = {"passed": "solved", "failed": "begun", "new": "not begun"}
"""The same in words."""


def headline(learnt: Learnt) -> str:
    """Say how much of all is done."""
    solved = Count(len(learnt.solved), len(learnt.exercises))
    told = [_told(solved, "exercise", "solved"), asked_words(learnt)]
    return f"{', '.join(filter(None, told))}."


def asked_words(learnt: Learnt, lesson: str = "") -> str:
    """Say how many predictions were made, and how many other questions answered.

    Nobody marks them, so nothing tells how many were right.

    Arguments:
        learnt: what was done.
        lesson: its number; empty for all lessons.
    """
    told = [
        _told(learnt.predictions(lesson), "prediction", "made"),
        _told(learnt.answers(lesson), "question", "answered"),
    ]
    return ", ".join(filter(None, told))


def record_words(record: Record) -> str:
    """Say how an exercise went; nothing of one that was not begun."""
    if not record.attempts and not record.hints:
        return ""
    told = [count_text(record.attempts, "attempt")]
    if record.attempts and record.status != "passed":
        told.append(f"best {record.best:.0%}")
    if record.hints:
        told.append(count_text(record.hints, "hint"))
    return ", ".join(told)


def lesson_name(number: str) -> str:
    """Return how a lesson is called.

    Example:
        >>> lesson_name("09")
        'Lesson 9'
    """
    return f"Lesson {number.lstrip('0') or '0'}"


def _told(count: Count, noun: str, verb: str) -> str:
    """Say how many of all; nothing of questions that nobody asks."""
    if not count.all and noun != "exercise":
        return ""
    return f"{count.done} of {count_text(count.all, noun)} {verb}"
