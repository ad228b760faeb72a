"""What is said to a question is remembered, and compared with what is computed."""

from __future__ import annotations

import numpy as np
import pytest

from teachkit.errors import WrongTypeError, WrongValueError
from teachkit.practice.asking import NO_IDEA, Asking
from teachkit.practice.progress_file import Progress
from tests.questions import question


@pytest.fixture
def progress(tmp_path):
    return Progress(tmp_path / "progress.json", pytest.fail)


@pytest.fixture
def asking(progress):
    return lambda name: Asking(question(name), lambda: progress)


def test_nothing_is_said_at_first(asking):
    assert asking("same-seed").said == ""


@pytest.mark.parametrize("answer", ["not equal", "c", "(c)", " not equal "])
def test_an_option_is_named_by_its_words_or_its_letter(asking, answer):
    one = asking("same-seed")
    one.commit(answer)
    assert one.said == "not equal"


@pytest.mark.parametrize("name", ["same-seed", "how-many", "why"])
def test_no_idea_is_an_answer_to_everything(asking, name):
    one = asking(name)
    one.commit(NO_IDEA)
    assert one.said == NO_IDEA


@pytest.mark.parametrize(
    ("name", "answer", "error"),
    [
        ("same-seed", "perhaps", WrongValueError),
        ("same-seed", "", WrongValueError),
        ("how-many", "many", WrongValueError),
        ("how-many", " ", WrongValueError),
        ("why", "", WrongValueError),
        ("why", None, WrongTypeError),
        ("how-many", True, WrongTypeError),
    ],
)
def test_what_is_no_answer_is_refused_and_not_remembered(
    asking, progress, name, answer, error
):
    one = asking(name)
    with pytest.raises(error):
        one.commit(answer)
    assert one.said == ""
    assert progress.questions() == {}


def test_numbers_stay_as_they_were_typed(asking):
    one = asking("how-many")
    one.commit("1,234")
    assert one.said == "1,234"


def test_the_next_kernel_knows_the_last_answer_and_the_file_the_first(asking, progress):
    one = asking("same-seed")
    one.commit("a")
    one.forget()
    assert one.said == ""
    one.commit("b")

    assert asking("same-seed").said == "nearly <i>equal</i>"
    said = progress.questions()["same-seed"]
    assert (said.first, said.last) == ("exactly equal", "nearly <i>equal</i>")


def test_exercises_and_questions_share_the_file(asking, progress):
    progress.add_attempt("four-steps", 1.0, passed=True)
    asking("why").commit("because")
    progress.add_hint("four-steps", 1)

    assert progress.of("four-steps").hints == 1
    assert set(progress.questions()) == {"why"}


@pytest.mark.parametrize(
    ("name", "result", "says"),
    [
        ("same-seed", "exactly", "exactly equal"),
        ("same-seed", "about", None),
        ("how-many", np.int64(50), "50"),
        ("how-many", np.array([50.0]), "50"),
        ("how-many", 41, None),
    ],
)
def test_a_result_finds_its_option(asking, name, result, says):
    outcome = asking(name).outcome(result, "")
    assert (outcome.option.say if outcome.option else None) == says


@pytest.mark.parametrize("result", [None, [1, 2], np.zeros(2), object()])
def test_a_result_is_one_value(asking, result):
    with pytest.raises(WrongTypeError, match="same-seed"):
        asking("same-seed").outcome(result, "")
