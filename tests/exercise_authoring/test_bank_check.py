"""`teachkit exercises check`: each way in which an exercise can be faulty is told."""

from __future__ import annotations

import pytest

from teachkit.exercise_authoring.bank import check_bank, check_exercise
from teachkit.exercise_authoring.collecting import collect
from teachkit.exercise_authoring.tables import checked_text, slow_text
from tests.exercise_authoring.banks import TEXT, bank, changed, exercise

SOLUTION = "model = Model(x, Dense(3)(x))\n# %% accept"
QUESTION = """\
# [[questions]]
# id = "total"
# text = "How many?"
# answer = 15
# wrong = [{value = 12, message = "And the biases?", misconception = "M16"}]
# ///
"""


def faults(text):
    return [str(one) for one in check_exercise(exercise(text)).faults]


def test_nothing_is_wrong_with_an_exercise_that_is_right():
    checked = check_exercise(exercise())

    assert checked.faults == ()
    assert len(checked.graded) == 6
    assert all(seconds > 0 for seconds in checked.seconds)


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        (changed(SOLUTION, SOLUTION.replace("3", "5")), 17, "this solution fails firs"),
        (changed('activation="linear"', 'activation="softmax"'), 20, "this accept (li"),
        (changed("Dense(2)", "Dense(3)"), 23, "this wrong passes, not on 'outputs'"),
        (
            changed("# %% wrong params M16", "# %% wrong no_softmax"),
            30,
            "this wrong fails first on 'params', not on 'no_softmax': I count 12",
        ),
        (
            changed("# %% wrong runs", "# %% wrong model"),
            33,
            "this wrong fails first on 'runs', not on 'model'",
        ),
        (changed('"Four in."', '"`x = Input((4,))`"'), 7, "hint 1 has a line of the s"),
        (
            changed("three out.\n# %% start", "x\n# %% given\n1 / 0\n# %% start"),
            15,
            "given` stops: ZeroDiv",
        ),
        (
            changed("# %% wrong runs", "# %% wrong speed"),
            33,
            "no criterion 'speed': th",
        ),
        (changed("M20", "M37"), 26, "there is no M37: M01 to M36"),
        (changed("M20", "m20"), 26, "'m20' is no misconception: write M03"),
        (changed("params = 15", "parmas = 15"), 11, "did you mean params"),
        (
            changed("params = 15", "params = {totl = 15}"),
            11,
            "`totl` in criterion 'par",
        ),
        (changed("params = 15", "tied = true"), 11, "criterion 'tied' without it"),
        (
            changed("params = 15", "runs = {predicate = 'params', total = 15}"),
            11,
            "'run",
        ),
        (changed('"small"', '"tiny"'), 2, "the file of 'tiny' is to be called tiny.py"),
        (
            changed("# ///\n", QUESTION.replace('"total"', '"params"')),
            12,
            "two are called 'params'",
        ),
        (
            changed("# ///\n", QUESTION.replace("value = 12", "value = 15")),
            12,
            "the wrong answer 15 to 'total' passes",
        ),
        (
            changed(
                "# ///\n",
                QUESTION.replace("}]", '}, {value = "12.0", message = "No."}]'),
            ),
            12,
            "does not get its own message",
        ),
        (
            changed(
                "# ///\n",
                QUESTION.replace(
                    "# wrong", '# kind = "choice"\n# options = ["12", "13"]\n# wrong'
                ),
            ),
            12,
            "the answer 15 of 'total' is none of its options",
        ),
        (
            changed("# params = 15\n", "")[: TEXT.index("# outputs")] + "# ///\n"
            "# %% [markdown] prompt\n# Do it.\n# %% solution\nmodel = Model()\n",
            1,
            "neither criteria nor questions",
        ),
    ],
)
def test_a_fault_is_told_with_its_line(text, line, words):
    told = faults(text)

    assert [one for one in told if f"exercises/01/small.py:{line}: " in one]
    assert [one for one in told if words in one]


def test_each_variant_is_checked():
    text = changed("hints", "vary = {units = [3, 4]}\n# hints")

    (told,) = faults(changed("{y = [3]", '{y = ["{units}"]', text))[:1]

    assert "this solution fails first on 'outputs'" in told


def test_a_question_whose_answers_are_right():
    text = changed("# ///\n", QUESTION) + (
        "# %% wrong total\nx = Input((4,))\nmodel = Model(x, Dense(3)(x))\n"
        "answer = 12\n"
    )
    text = text.replace("# asks", "# asks")
    told = faults(text)

    assert not [one for one in told if "'total'" in one and ":12:" in one]


class TestCollecting:
    def test_a_broken_file_is_a_fault_and_the_others_are_there(self, tmp_path):
        bank(tmp_path, small=TEXT, broken=changed("level = 1", "level = 9"))

        exercises, broken = collect((), tmp_path)

        assert [one.id for one in exercises] == ["small"]
        assert [str(one) for one in broken] == [
            "exercises/01/broken.py:5: expected level: a level from 1 to 4; found 9; "
            "mend this entry"
        ]

    def test_ids_and_numbers_that_two_have(self, tmp_path):
        bank(tmp_path, small=TEXT, other=TEXT)

        _, broken = collect((), tmp_path)

        assert [str(one) for one in broken] == [
            "exercises/01/small.py:2: id 'small' belongs to exercises/01/other.py "
            "already",
            "exercises/01/small.py:3: number 'X90' belongs to exercises/01/other.py "
            "already",
        ]

    @pytest.mark.parametrize("name", ["small", "X90", "x90", "01"])
    def test_names(self, tmp_path, name):
        bank(tmp_path, small=TEXT)

        assert [one.id for one in collect([name], tmp_path)[0]] == ["small"]

    def test_a_file_anywhere(self, tmp_path):
        bank(tmp_path, small=TEXT, broken=changed("level = 1", "level = 9"))
        paths = [str(tmp_path / "01" / f"{name}.py") for name in ("small", "broken")]

        exercises, broken = collect(paths)

        assert [one.id for one in exercises] == ["small"]
        assert [(one.path, one.line) for one in broken] == [(paths[1], 5)]


def test_the_table_and_the_sums():
    told = []
    checked = list(check_bank([exercise()], told.append))
    text = checked_text(checked)

    assert told == ["X90 small ..."]
    heads, row, _, sums = text.splitlines()
    assert heads.split()[:4] == ["exercise", "id", "accept", "wrong"]
    assert row.split()[:4] == ["X90", "small", "1", "4"]
    assert row.split()[-1] == "ok"
    assert sums.startswith(
        "1 exercises, 4 wrong answers, 1 accepted answers; one check"
    )
    assert slow_text(checked) == []
