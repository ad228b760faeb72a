"""What a notebook has, and which cell made it."""

from __future__ import annotations

import sys

import pytest

from teachkit.practice.student_code import StudentCode, names_made, student_code


@pytest.mark.parametrize(
    ("code", "names"),
    [
        ("a = b = 1\nc, (d, *e) = f", {"a", "b", "c", "d", "e"}),
        ("def f(x): y = x", {"f"}),
        ("class C: z = 1", {"C"}),
        ("for i in r:\n    j = i", {"i", "j"}),
        ("with open(p) as file: pass", {"file"}),
        ("import numpy as np, os.path", {"np", "os"}),
        ("x += 1\ny: int = 2", {"x", "y"}),
        ("[k for k in r]\nprint(m)", set()),
        ("%magic ?\n", set()),
        ("x = (", set()),
        ("null\0", set()),
        ("", set()),
    ],
)
def test_names_that_code_makes_at_its_top(code, names):
    assert names_made(code) == names


class TestSource:
    def test_the_last_cell_that_assigned_a_name(self):
        code = StudentCode({}, ["model = 1", "model = 2", "other = model", "model"])

        assert code.source_of(["model"]) == "model = 2\n"

    def test_a_cell_that_failed_is_the_last_one_all_the_same(self):
        code = StudentCode({}, ["model = 1", "x = ____\nmodel = x"])

        assert "____" in code.source_of(["model"])

    def test_several_names_may_come_from_several_cells(self):
        code = StudentCode({}, ["a = 1", "b = 2", "c = 3", "b = 4"])

        assert code.source_of(["b", "a"]) == "a = 1\n\nb = 4\n"
        assert StudentCode({}, ["a, b = 1, 2"]).source_of(["a", "b"]) == "a, b = 1, 2\n"

    def test_it_is_unknown_when_no_cell_made_it(self):
        assert StudentCode({"model": 1}, ["a = 1"]).source_of(["a", "model"]) is None
        assert StudentCode({"model": 1}).source_of(["model"]) is None

    def test_asking_for_a_check_is_no_part_of_an_answer(self):
        cell = "import teachkit as tk\nx = 1\ntk.exercise('a').check(\n    x\n)\n"

        assert StudentCode({}, [cell]).source_of(["x"]).strip() == "x = 1"

    def test_a_cell_with_a_magic_and_a_broken_cell_do_no_harm(self):
        cells = ["x = 1", "%%time\nx = 2", "x = = 3"]

        assert StudentCode({}, cells).source_of(["x"]) == "x = 1\n"


class TestNotebook:
    def test_names_and_cells_of_the_notebook(self, cell):
        cell("model = 1")
        cell("_hidden = 2\nmodel = undefined", fails=True)
        found = student_code()

        assert found.names == {"model": 1}
        assert found.source_of(["model"]).endswith("model = undefined\n")

    def test_they_are_a_copy(self, cell):
        names = cell("model = 1")
        found = student_code()
        found.names["model"] = 2

        assert names["model"] == 1

    def test_without_a_notebook_those_of_the_program(self, monkeypatch):
        monkeypatch.setattr(sys.modules["__main__"], "own_model", 3, raising=False)

        assert student_code().names["own_model"] == 3
        assert student_code().cells == ()
