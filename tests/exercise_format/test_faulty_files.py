"""What an author is told of a file that is no exercise: line, what, and why."""

from __future__ import annotations

import pytest

from teachkit.errors import WrongValueError
from teachkit.exercise_format import parse_exercise

BLOCK = """\
# /// exercise
# id = "tiny"
# number = "X99"
# title = "A tiny model"
# level = 1
# type = "build"
# hints = ["Begin with Input."]
# [criteria]
# params = 33
# ///
"""
CELLS = """\
# %% [markdown] prompt
# Build it.
# %% solution
model = Model(x := Input((32,)), Dense(1)(x))
"""
FILE = BLOCK + CELLS


def told(text):
    """Return what the author of a file is told."""
    with pytest.raises(WrongValueError) as caught:
        parse_exercise(text, "exercises/01/tiny.py", "01")
    return str(caught.value)


def changed(old, new, text=FILE):
    assert text.count(old) == 1
    return text.replace(old, new)


def test_the_file_that_is_broken_below_is_right():
    exercise = parse_exercise(FILE, "exercises/01/tiny.py", "01")

    assert (exercise.id, exercise.number, exercise.lesson) == ("tiny", "X99", "01")
    assert exercise.prompt == "Build it."


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("", 1, ["`# /// exercise` in the first line", "an empty file"]),
        (CELLS, 1, ["`# /// exercise` in the first line", "# %% [markdown] prompt"]),
        (changed("# ///\n", ""), 10, ["`# ///`"]),
        (changed("# ///\n", "x = 1\n"), 10, ["begins with #", "x = 1", "`# ///`"]),
        (changed("level = 1", "level = "), 5, ["TOML", "Invalid value"]),
        (changed("level = 1", "level = 1\n# level = 2"), 6, ["TOML", "overwrite"]),
        (changed("level", "levle"), 5, ["`levle`"]),
        (changed('# title = "A tiny model"\n', ""), 1, ["`title`"]),
        (changed("level = 1", 'level = "one"'), 5, ["level", "`int`", "`str`"]),
        (changed("level = 1", "level = 5"), 5, ["level from 1 to 4", "5"]),
        (changed('"tiny"', '"Tiny Model"'), 2, ["small letters", "Tiny Model"]),
        (changed('"X99"', '"99"'), 3, ["number such as X36", "99"]),
        (changed('"build"', '"make"'), 6, ["type", "'make'", "parsons"]),
        (changed('["Begin with Input."]', "[]"), 7, ["one to three hints"]),
        (changed('["Begin with Input."]', '["a", "b", "c", "d"]'), 7, ["three hints"]),
        (changed('["Begin with Input."]', '"one"'), 7, ["hints", "`array`", "`str`"]),
        (changed("# %% solution", "# %% answer"), 13, ["kind of cell", "# %% answer"]),
        (changed("# %% solution", "# %%"), 13, ["kind of cell", "solution"]),
        (BLOCK + "x = 1\n" + CELLS, 11, ["before the first cell", "x = 1"]),
        (FILE + "# %% wrong\nx\n", 15, ["wrong criterion", "`# %% wrong`"]),
        (FILE + "# %% wrong M03\nx\n", 15, ["criterion", "M03"]),
        (changed("# %% [markdown] prompt\n# Build it.\n", ""), 10, ["prompt"]),
        (changed("# Build it.\n", "Build it.\n"), 12, ["begins with #", "Build it."]),
        (changed("# Build it.\n", ""), 11, ["prompt", "empty"]),
        (changed("params = 33", "params = {see = 3}"), 9, ["`see`", "`str`"]),
        (changed("params = 33", 'params = {weight = "2"}'), 9, ["`weight`", "`float`"]),
        (changed("params = 33", "params = {weight = -1}"), 9, ["`weight`", ">= 0"]),
        (changed("params = 33", 'params = {rule = "2"}'), 9, ["`rule`", "`int"]),
        (changed("params = 33", "params = {advice = 1}"), 9, ["`advice`", "`bool`"]),
        (changed("params = 33", 'params = {stage = "last"}'), 9, ["stage", "live"]),
        (changed("params = 33", "params = {of = 1}"), 9, ["`of`", "`str`"]),
        (FILE + "# %% sealed\n# abc\n", 15, ["seal", "again"]),
    ],
)
def test_line_and_words(text, line, words):
    said = told(text)

    assert f"(exercises/01/tiny.py, line {line})" in said
    assert [word for word in words if word not in said] == []


QUESTION = """\
# [[questions]]
# id = "total"
# text = "How many?"
# answer = 33
# ///
"""


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("# answer = 33\n", "", 10, ["questions[0]", "`answer`"]),
        ("# answer = 33\n", "# answer = 33\n# why = 3\n", 14, ["why", "`str`"]),
        ("# answer = 33\n", "# answer = 33\n# anser = 3\n", 14, ["`anser`"]),
        ('# id = "total"\n', "", 10, ["questions[0]", "`id`"]),
        (
            "# answer = 33\n",
            '# answer = 33\n# kind = "nmber"\n',
            14,
            ["nmber", "shape"],
        ),
        ("# answer = 33\n", '# answer = 33\n# kind = "choice"\n', 14, ["options"]),
        (
            "# answer = 33\n",
            "# answer = 33\n# wrong = [{value = 32}]\n",
            14,
            ["questions[0].wrong[0]", "`message`"],
        ),
    ],
)
def test_questions(old, new, line, words):
    text = changed("# ///\n", QUESTION)
    text = changed(old, new, text)

    said = told(text)

    assert f"(exercises/01/tiny.py, line {line})" in said
    assert [word for word in words if word not in said] == []


def test_the_second_question_is_found():
    second = QUESTION.replace("total", "units").replace("# answer = 33\n", "")
    both = QUESTION.removesuffix("# ///\n") + second

    assert "(exercises/01/tiny.py, line 14)" in told(changed("# ///\n", both))


def test_lines_are_remembered():
    text = changed("# ///\n", QUESTION) + "# %% wrong params M03 too few\nx\n"

    exercise = parse_exercise(text)

    assert exercise.line_of("hints") == 7
    assert exercise.line_of("asks") == 1
    assert [one.line for one in exercise.criteria] == [9]
    assert [one.line for one in exercise.questions] == [10]
    (wrong,) = exercise.of_kind("wrong")
    assert (wrong.line, wrong.criterion, wrong.misconception, wrong.note) == (
        19,
        "params",
        "M03",
        "too few",
    )


def test_a_criterion_called_like_an_entry_is_found_in_its_table():
    text = changed("params = 33", "title = {predicate = 'params', total = 33}")

    assert parse_exercise(text).criteria[0].line == 9


def test_windows_line_ends_and_a_byte_order_mark_are_read():
    text = "\ufeff" + FILE.replace("\n", "\r\n")

    assert parse_exercise(text) == parse_exercise(FILE)
