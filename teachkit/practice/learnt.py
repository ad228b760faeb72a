"""All that there is to do, and what a learner did of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from teachkit.exercise_format import load_all
from teachkit.exercise_format.records import Exercise
from teachkit.practice.progress_file import Progress, Record, Said
from teachkit.question_format import load_questions
from teachkit.question_format.records import LessonQuestion, LessonQuestions


@dataclass(frozen=True, slots=True)
class Count:
    """How many of all."""

    done: int
    all: int


@dataclass(frozen=True, slots=True)
class Learnt:
    """Exercises and questions, and what a learner did of them.

    Attributes:
        exercises: all of them, in order.
        records: what is remembered of exercises, by their ids.
        questions: those of all lessons, in order.
        said: what was said to questions, by their ids.
    """

    exercises: tuple[Exercise, ...]
    records: Mapping[str, Record]
    questions: tuple[LessonQuestions, ...] = ()
    said: Mapping[str, Said] = field(default_factory=dict)

    @property
    def lessons(self) -> tuple[str, ...]:
        """The numbers of the lessons that have exercises or questions, in order."""
        told = (
            *(e.lesson for e in self.exercises),
            *(q.lesson for q in self.questions),
        )
        return tuple(sorted(set(told)))

    @property
    def solved(self) -> tuple[str, ...]:
        """The ids of the exercises that are solved."""
        return tuple(e.id for e in self.exercises if self.of(e).status == "passed")

    @property
    def predicted(self) -> tuple[str, ...]:
        """The ids of the predictions that were made."""
        return tuple(
            one.id
            for one in self._asked("")
            if one.kind == "prediction" and one.id in self.said
        )

    def of(self, exercise: Exercise) -> Record:
        """Return what is remembered of an exercise."""
        return self.records.get(exercise.id, Record())

    def exercises_of(self, lesson: str) -> tuple[Exercise, ...]:
        """Return the exercises of a lesson."""
        return tuple(one for one in self.exercises if one.lesson == lesson)

    def predictions(self, lesson: str = "") -> Count:
        """Count the predictions of a lesson, or of all; right or wrong is no matter."""
        return self._count(q for q in self._asked(lesson) if q.kind == "prediction")

    def answers(self, lesson: str = "") -> Count:
        """Count the questions of a lesson, or of all, that are no predictions."""
        return self._count(q for q in self._asked(lesson) if q.kind != "prediction")

    def _asked(self, lesson: str) -> Iterable[LessonQuestion]:
        for one in self.questions:
            if lesson in {"", one.lesson}:
                yield from one.questions

    def _count(self, questions: Iterable[LessonQuestion]) -> Count:
        found = [one.id in self.said for one in questions]
        return Count(sum(found), len(found))


def load_learnt(
    progress: Progress, exercises: tuple[Exercise, ...] | None = None
) -> Learnt:
    """Return all that teachkit has to do, with what a learner did of it.

    Arguments:
        progress: what is remembered.
        exercises: by default all those of teachkit.

    Raises:
        WrongValueError: the file of an exercise or of questions is broken.
    """
    return Learnt(
        load_all() if exercises is None else exercises,
        progress.records(),
        load_questions(),
        progress.questions(),
    )
