"""A sealed exercise shows no answer, and judges each answer as the open one does."""

from __future__ import annotations

import pytest

from teachkit.errors import WrongValueError
from teachkit.exercise_authoring.sealing import sealed
from teachkit.exercise_authoring.writing import exercise_text
from teachkit.exercise_format import load_all, parse_exercise
from teachkit.grading.answers.answering import report_on_code
from teachkit.grading.student_code.running_code import fresh_names, names_for_cell
from tests.exercise_authoring.banks import changed, exercise

EQUIVALENT = changed("# params = 15", "# equivalent = true  # and nothing else")
EQUIVALENT = EQUIVALENT.replace("# %% wrong params M16", "# %% wrong equivalent M16")
QUESTION = """\
# [[questions]]
# id = "total"
# text = "How many?"
# answer = 9876
# wrong = [{value = 12, message = "And the biases?", misconception = "M16"}]
# ///
"""
SECRET = (
    "softmax(",
    "use_bias",
    "linear",
    "Dense(3)\n",
    "9876",
    "biases",
    "nothing el",
)


def reread(one):
    return parse_exercise(exercise_text(one), one.path, one.lesson)


def told(one, cell):
    """Return all that a report says but for names of layers, which go on counting."""
    report = report_on_code(one, cell.text, names_for_cell(OPEN, cell))
    return (
        report.status,
        [(x.criterion, x.status, x.misconception) for x in report.criteria],
    )


OPEN = exercise(changed("# ///\n", QUESTION, EQUIVALENT))


def test_no_answer_can_be_read():
    text = exercise_text(sealed(OPEN))

    assert [word for word in SECRET if word in text.replace(OPEN.hints[2], "")] == []
    assert {cell.kind for cell in reread(sealed(OPEN)).cells} == {
        "prompt",
        "start",
        "sealed",
    }


def test_answers_are_judged_alike():
    closed = reread(sealed(OPEN))
    cells = [
        cell for cell in OPEN.cells if cell.kind in {"solution", "accept", "wrong"}
    ]

    assert closed.is_sealed
    assert [told(closed, cell) for cell in cells] == [
        told(OPEN, cell) for cell in cells
    ]


def test_questions_are_judged_alike():
    closed = reread(sealed(OPEN))

    assert [(one.id, one.answer) for one in closed.questions] == [("total", 9876)]
    assert closed.questions[0].wrong == OPEN.questions[0].wrong


def test_what_is_left_is_the_same():
    closed = reread(sealed(OPEN))

    for name in ("id", "number", "title", "level", "type", "asks", "hints", "prompt"):
        assert getattr(closed, name) == getattr(OPEN, name)
    assert closed.code("start") == OPEN.code("start")


def test_a_sealed_exercise_cannot_be_sealed_again():
    with pytest.raises(WrongValueError, match="seal the file in which the solution is"):
        sealed(reread(sealed(exercise())))


def test_comments_of_code_that_students_do_not_read_are_left_out():
    text = changed("# %% solution", "# %% use\nmodel.n = 1  # aha\n# %% solution")

    closed = reread(sealed(exercise(text)))

    assert closed.code("use") == "model.n = 1\n"


def test_a_student_gets_one_variant():
    text = changed("hints", "vary = {units = [3, 4, 5]}\n# hints")
    text = changed(
        "three out.", "{units} out.", text.replace("Dense(3)", "Dense({units})")
    )
    text = text.replace("{y = [3]", '{y = ["{units}"]')

    closed = reread(sealed(exercise(text), "alice"))

    assert closed.vary == {}
    assert closed.prompt.replace("Four in, ", "")[0] in "345"
    names = fresh_names(closed)
    units = closed.prompt.replace("Four in, ", "")[0]
    code = f"x = Input((4,))\nmodel = Model(x, Dense({units})(x))"
    report = report_on_code(closed, code, names)
    assert report.criteria[0].status == "passed"


def test_a_damaged_seal_is_told_with_its_line():
    text = exercise_text(sealed(OPEN))
    head, _, packed = text.partition("# %% sealed\n")
    line = head.count("\n") + 1

    for broken in (packed[:-9], packed.replace("# e", "# f", 1), "# !!\n", ""):
        with pytest.raises(WrongValueError, match=rf"small\.py, line {line}\)"):
            parse_exercise(f"{head}# %% sealed\n{broken}", "small.py")


def test_written_exercises_are_read_as_they_were():
    for one in (*load_all(), OPEN):
        again = parse_exercise(exercise_text(one), one.path, one.lesson)

        assert [c.arguments for c in again.criteria] == [
            c.arguments if "" not in c.arguments else d.arguments
            for c, d in zip(one.criteria, again.criteria, strict=True)
        ]
        assert [(c.kind, c.text, c.criterion) for c in again.cells] == [
            (c.kind, c.text, c.criterion) for c in one.cells
        ]
        assert again.hints == one.hints
        assert [q.answer for q in again.questions] == [q.answer for q in one.questions]
