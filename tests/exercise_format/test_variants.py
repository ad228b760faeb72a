"""Each student has numbers of their own, in all parts of an exercise."""

from __future__ import annotations

from teachkit.exercise_format import parse_exercise, varied
from teachkit.exercise_format.variants import variants

TEXT = """\
# /// exercise
# id = "wide"
# title = "{units} units"
# level = 1
# type = "build"
# hints = ["Take {units}."]
# vary = {units = [16, 32, 64], shape = [[8, 8, 1], [12, 12, 1]]}
# [criteria]
# inputs = {x = "{shape}"}
# count = {op = "Dense", n = "{units}", so = "{units} are asked, {n} found."}
# [[questions]]
# id = "width"
# text = "How many of {units}?"
# answer = "{units}"
# why = "{units} it is."
# kind = "choice"
# options = ["{units}", "7"]
# wrong = [{value = "7", message = "Not {units}?"}]
# ///
# %% [markdown] prompt
# Build {units} units from {shape}.
# %% given
units = {units}
# %% start
model = ____
# %% solution
model = Model(x := Input({shape}), Dense({units})(x))
# %% accept
model = Model(x := Input({shape}), Dense(units)(x))
# %% wrong count
model = Model(x := Input({shape}), Dense({units} + 1)(x))
# %% use
model.wide = {units}
"""
EXERCISE = parse_exercise(TEXT)


def everything(exercise):
    return repr(exercise)


def test_no_blank_is_left_anywhere():
    told = everything(varied(EXERCISE, "alice"))

    assert "{units}" not in told
    assert "{shape}" not in told
    assert "{n} found" in told


def test_a_number_alone_stays_a_number():
    first = varied(EXERCISE)

    assert first.title == "16 units"
    assert first.criteria[0].arguments == {"x": [8, 8, 1]}
    assert first.criteria[1].arguments == {"op": "Dense", "n": 16}
    (question,) = first.questions
    assert question.options == ("16", "7")
    assert question.wrong[0].message == "Not 16?"
    assert "Dense(16)" in first.code("solution")
    assert "Input([8, 8, 1])" in first.code("solution")


def test_the_same_student_has_the_same_numbers():
    names = [f"student {number}" for number in range(40)]
    titles = [varied(EXERCISE, name).title for name in names]

    assert titles == [varied(EXERCISE, name).title for name in names]
    assert set(titles) == {"16 units", "32 units", "64 units"}


def test_each_value_occurs_among_the_variants():
    found = list(variants(EXERCISE))

    assert [one.title for one in found] == ["16 units", "32 units", "64 units"]
    assert [one.criteria[0].arguments["x"][0] for one in found] == [8, 12, 8]


def test_an_exercise_without_variants_is_itself():
    plain = parse_exercise(TEXT.replace("# vary =", "# # vary ="))

    assert varied(plain, "alice") is plain
    assert list(variants(plain)) == [plain]
