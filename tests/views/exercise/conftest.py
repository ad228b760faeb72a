"""An exercise at work, with a clock and a file of its own."""

from __future__ import annotations

import pytest

from teachkit.practice.progress_file import Progress
from teachkit.practice.sessions import Session
from teachkit.practice.student_code import StudentCode
from teachkit.views.exercise import ExerciseSheet
from tests.practice.exercises import made


@pytest.fixture
def shown(tmp_path):
    """Return a function that shows an exercise of a kind to a student."""
    progress = Progress(tmp_path / "progress.json", print)
    now = [100.0]

    def show(kind="build", names=(), **changed):
        student = StudentCode(dict(names))
        session = Session(
            made(kind, **changed), lambda: progress, lambda: student, lambda: now[0]
        )
        sheet = ExerciseSheet(session)
        sheet.now = now
        return sheet

    return show
