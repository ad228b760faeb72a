"""Attempts, hints one by one, and a solution for who has tried."""

from __future__ import annotations

import pytest
from keras import Input, Model, layers

from teachkit.errors import WrongValueError
from teachkit.practice.progress_file import Progress
from teachkit.practice.sessions import PAUSE, Session
from teachkit.practice.student_code import StudentCode
from tests.practice.exercises import made


class Clock:
    now = 100.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def progress(tmp_path):
    return Progress(tmp_path / "progress.json", print)


@pytest.fixture
def session(progress, clock):
    return a_session(progress, clock)


def a_session(progress, clock, kind="build", **changed):
    return Session(
        made(kind, **changed), lambda: progress, lambda: StudentCode({}), clock
    )


def model(units):
    x = Input((4,))
    return Model(x, layers.Dense(units)(x))


class TestAttempts:
    def test_each_is_remembered(self, session, progress):
        session.check(model(2))
        session.check(model(3))
        record = progress.of("tiny-build")

        assert (record.attempts, record.best, record.status) == (2, 1.0, "passed")

    def test_what_is_not_begun_is_none(self, session, progress):
        session.check()

        assert progress.of("tiny-build").attempts == 0
        assert session.last is None


class TestHints:
    def test_the_first_one_opens_at_once(self, session, progress):
        assert session.open_hint()
        assert session.opened == 1
        assert progress.of("tiny-build").hints == 1

    def test_the_next_one_waits(self, session):
        session.open_hint()

        assert not session.open_hint()
        assert session.opened == 1

    def test_a_minute_opens_it(self, session, clock):
        session.open_hint()
        clock.now += PAUSE - 1
        assert not session.open_hint()
        clock.now += 1
        assert session.open_hint()

    def test_an_attempt_opens_one_and_no_more(self, session):
        session.open_hint()
        session.check(model(2))

        assert session.open_hint()
        assert not session.open_hint()

    def test_what_is_no_attempt_opens_none(self, session):
        session.open_hint()
        session.check()

        assert not session.open_hint()

    def test_after_the_last_there_is_none(self, session, clock):
        for _ in range(5):
            session.open_hint()
            clock.now += PAUSE

        assert session.opened == 3

    def test_what_was_open_before_the_kernel_ended_opens_at_once(
        self, session, progress, clock
    ):
        session.open_hint()
        session.check(model(2))
        session.open_hint()
        later = a_session(progress, clock)

        assert later.open_hint()
        assert later.open_hint()
        assert not later.open_hint()
        assert progress.of("tiny-build").hints == 2

    def test_they_cost_nothing(self, session, progress):
        session.open_hint()
        session.check(model(3))

        assert progress.of("tiny-build").best == 1.0


class TestSolution:
    def test_it_waits_for_an_attempt(self, session):
        with pytest.raises(WrongValueError, match="an answer of your own first"):
            session.solution()

    def test_it_opens_after_one_that_failed(self, session):
        session.check(model(2))

        assert "Dense(3)" in session.solution()

    def test_one_before_the_kernel_ended_counts(self, session, progress, clock):
        session.check(model(2))

        assert a_session(progress, clock).solution()

    def test_an_exercise_that_counts_for_a_course_has_none(self, progress, clock):
        sealed = a_session(progress, clock, old="# %% solution", new="# %% accept")
        sealed.check(model(2))

        with pytest.raises(WrongValueError, match="counts for a course"):
            sealed.solution()


class TestStart:
    def test_imports_given_and_blanks(self, progress, clock):
        code = a_session(progress, clock).start()
        assert code.startswith("import keras\n")
        assert code.endswith("model = ____\n")
        assert "shared = Dense" in a_session(progress, clock, "function").start()

    def test_imports_that_are_there_are_left_out(self, progress, clock):
        names = dict.fromkeys(["keras", "np", "Input", "Model", "Sequential"])
        names |= dict.fromkeys(["layers", "ops", "L", "Dense"])
        session = Session(
            made("build"), lambda: progress, lambda: StudentCode(names), clock
        )

        assert session.start().startswith("x = Input((4,))")

    def test_where_nothing_begins_the_name_is_told(self, progress, clock):
        assert "`block` and `units`" in a_session(progress, clock, "function").start()
