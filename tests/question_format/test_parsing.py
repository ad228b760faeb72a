"""The file of a lesson's questions: read as data, refused where it is not whole."""

from __future__ import annotations

import pytest

from teachkit.errors import WrongTypeError, WrongValueError
from teachkit.question_format import find_question, load_questions
from teachkit.question_format.parsing import parse_questions
from tests.questions import FILE, question


def test_a_question_is_plain_data():
    one = question("same-seed")

    assert (one.kind, one.computed, one.covers) == ("prediction", True, "P1")
    assert (one.items, one.fights) == (("23", "24"), ("M31",))
    assert one.answer == one.options[0]
    assert one.ask.startswith("One seed")


def test_a_value_left_out_is_what_the_option_says():
    text = FILE.replace('value = "exactly"\n', "")
    assert parse_questions(text, "x.toml")[0].options[0].value == "exactly equal"


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('kind = "prediction"', 'kind = "guess"', "guess"),
        ('answer = "exactly equal"', 'answer = "equal"', "'equal'"),
        ('id = "how-many"', 'id = "same-seed"', "same-seed more than once"),
        ('id = "how-many"', 'id = "How many"', "id"),
        ('say = "not equal"', 'say = "exactly equal"', "more than once"),
        ('why = "(4 + 1) × 10."\n', "", "why"),
        ('otherwise = "Count weights and biases."\n', "", "otherwise"),
        ("value = 40", 'value = "forty"', "forty"),
        ('model_answer = "It walks back', 'model = "It walks back', "model"),
        ("[[question]]", "[[question", "line 2"),
        ('covers = "P1"', 'cover = "P1"', "cover"),
    ],
)
def test_a_broken_file_is_refused_with_its_name(old, new, told):
    assert old in FILE
    with pytest.raises(WrongValueError, match=r"made\.toml") as refused:
        parse_questions(FILE.replace(old, new, 1), "made.toml")
    assert told in str(refused.value)


def test_a_choice_needs_two_options():
    text = FILE[: FILE.index('[[question.option]]\nsay = "nearly')]
    with pytest.raises(WrongValueError, match="options to choose from"):
        parse_questions(text, "made.toml")


@pytest.mark.parametrize(
    ("value", "result", "agrees"),
    [
        (4225, 4225, True),
        (4225, 4225.0, True),
        (4225, 4224, False),
        (True, True, True),
        (True, 1, False),
        (1, True, False),
        ("yes", "yes", True),
        ("yes", True, False),
        (0, 0.0, True),
    ],
)
def test_a_result_agrees_with_what_it_equals(value, result, agrees):
    from teachkit.question_format.records import Option

    assert Option("it", value, "because").agrees(result) is agrees


def test_a_tolerance_is_relative():
    text = FILE.replace('entry = "number"', 'entry = "number"\ntolerance = 0.1')
    one = parse_questions(text, "x.toml")[1]
    assert one.option_of(54).value == 50
    assert one.option_of(60) is None


class TestFinding:
    def test_ours_are_found_by_id(self):
        assert find_question("weights-before-call").kind == "prediction"

    def test_an_unknown_one_tells_what_comes_close(self):
        with pytest.raises(WrongValueError, match="weights-before-call"):
            find_question("weight-before-call")

    @pytest.mark.parametrize("name", [None, 3, ["a"]])
    def test_an_id_is_a_string(self, name):
        with pytest.raises(WrongTypeError, match="the id of a question"):
            find_question(name)

    def test_a_file_of_ones_own(self, tmp_path):
        path = tmp_path / "mine.toml"
        path.write_text(FILE, encoding="utf-8")
        assert find_question("why", path) == question("why")
        with pytest.raises(WrongValueError, match="same-seed"):
            find_question("weights-before-call", path)
        with pytest.raises(WrongValueError, match="check its name"):
            find_question("why", tmp_path / "none.toml")

    def test_two_files_do_not_share_an_id(self, tmp_path):
        for name in ("01_a.toml", "02_b.toml"):
            (tmp_path / name).write_text(FILE, encoding="utf-8")
        with pytest.raises(WrongValueError, match=r"01_a\.toml and in 02_b\.toml"):
            load_questions(tmp_path)

    def test_lessons_are_in_order(self):
        names = [one.name for one in load_questions()]
        assert names == sorted(names)
        assert load_questions()[0].lesson == "01"
