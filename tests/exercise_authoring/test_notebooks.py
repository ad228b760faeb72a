"""Notebooks of exercises: valid, the same each time, and they run."""

from __future__ import annotations

import nbformat
import pytest

from teachkit.errors import FileError
from teachkit.exercise_authoring.building import Wishes, build
from teachkit.exercise_authoring.notebooks import (
    instructor_notebook,
    notebook_text,
    student_notebook,
    student_notebooks,
)
from teachkit.exercise_format import load_all, parse_exercise
from tests.exercise_authoring.banks import TEXT, changed, exercise


def sources(notebook):
    read = nbformat.reads(notebook_text(notebook), as_version=4)
    nbformat.validate(read)
    return {cell.id.removesuffix("-small"): cell.source for cell in read.cells}


def silent(_):
    pass


def test_a_student_sees_what_is_asked_and_no_answer():
    cells = sources(student_notebook(exercise()))

    assert list(cells) == ["prompt", "imports", "start-1", "check", "hint", "solution"]
    assert cells["prompt"] == "# Small\n\nFour in, three out."
    assert cells["check"] == 'tk.check("small", model)'
    assert "Dense(3)" not in "".join(cells.values())
    assert all(line.startswith("#") for line in cells["hint"].splitlines())


def test_several_names_and_a_file():
    two = exercise(changed('"build"', '"build"\n# asks = ["enc", "model"]'))

    assert sources(student_notebook(two, "small.py"))["check"] == (
        'tk.check("small.py", {"enc": enc, "model": model})'
    )


def test_who_teaches_sees_everything():
    cells = sources(instructor_notebook(exercise()))

    assert "Dense(3)" in cells["solution-1"]
    assert cells["wrong-2-head"] == "## wrong\n\nno_softmax M20 shares of what"
    assert "3. `model = Model(x, Dense(3)(x))`" in cells["about"]


@pytest.mark.parametrize("one", load_all(), ids=lambda one: one.id)
def test_each_exercise_makes_valid_notebooks(one):
    for notebook in (student_notebook(one), instructor_notebook(one)):
        nbformat.validate(nbformat.reads(notebook_text(notebook), as_version=4))


def test_paths_of_a_learner():
    assert list(student_notebooks([exercise()])) == ["exercises/01/small.ipynb"]


@pytest.mark.parametrize(
    ("wishes", "names"),
    [
        (Wishes(), ["small.ipynb"]),
        (Wishes(is_sealed=True), ["small.ipynb", "small.py"]),
        (Wishes(for_instructor=True), ["small.instructor.ipynb", "small.ipynb"]),
    ],
)
def test_files(tmp_path, wishes, names):
    written = build([exercise()], tmp_path, wishes, silent)

    assert sorted(path.name for path in written) == names
    assert sorted(path.name for path in (tmp_path / "01").iterdir()) == names


def test_a_variant_is_checked_with_its_own_numbers(tmp_path):
    text = changed("hints", "vary = {units = [5, 6]}\n# hints")
    text = text.replace("three out", "{units} out")

    build([exercise(text)], tmp_path, Wishes(student="alice"), silent)

    written = (tmp_path / "01" / "small.py").read_text(encoding="utf-8")
    mine = parse_exercise(written)
    notebook = (tmp_path / "01" / "small.ipynb").read_text(encoding="utf-8")
    assert mine.vary == {}
    assert mine.prompt in notebook
    assert "{units}" not in notebook
    assert 'tk.check(\\"small.py\\", model)' in notebook


def test_twice_the_same(tmp_path):
    wishes = Wishes(is_sealed=True, for_instructor=True)
    first, second = (
        {
            path.name: path.read_bytes()
            for path in build([exercise(TEXT)], tmp_path / name, wishes, silent)
        }
        for name in "ab"
    )

    assert first == second


def test_a_folder_that_is_a_file(tmp_path):
    (tmp_path / "out").touch()

    with pytest.raises(FileError, match="name another folder"):
        build([exercise()], tmp_path / "out", Wishes(), silent)
