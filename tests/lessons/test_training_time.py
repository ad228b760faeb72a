"""The training of lessons is timed in their kernels, which notice nothing of it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

from tests.lessons.training_time import LIMIT, Training, table

ROOT = Path(__file__).parents[2]

KERAS = """
__version__ = "3.99.0"

class Model:
    def fit(self, rows, *, fails=False):
        "Learn."
        if fails:
            raise ValueError("no rows")
        return len(rows)

    def train_on_batch(self, rows):
        return 0.5
"""
"""A Keras that needs no second."""

LESSON = [
    ("names = {name for name in globals() if not name.startswith('_')}", ""),
    ("print(names - {'In', 'Out', 'exit', 'get_ipython', 'open', 'quit'})", "set()\n"),
    ("import keras\nmodel = keras.Model()", ""),
    ("print(model.fit([1, 2, 3]), model.train_on_batch([1]))", "3 0.5\n"),
    (
        "import inspect\nprint(model.fit.__doc__, inspect.signature(model.fit))",
        "Learn. (rows, *, fails=False)\n",
    ),
    (
        "try:\n    model.fit([], fails=True)\n"
        "except ValueError as error:\n    print(error)",
        "no rows\n",
    ),
]


@pytest.fixture
def run(tmp_path):
    """Return a function that runs a small lesson under nbval, and what came of it."""
    (tmp_path / "keras.py").write_text(KERAS)
    cells = []
    for number, (source, text) in enumerate(LESSON, start=1):
        cell = nbformat.v4.new_code_cell(source, execution_count=number)
        if text:
            cell.outputs = [nbformat.v4.new_output("stream", name="stdout", text=text)]
        cells.append(cell)
    path = tmp_path / "01_small.ipynb"
    nbformat.write(nbformat.v4.new_notebook(cells=cells), path)

    def run(*options):
        command = [sys.executable, "-m", "pytest", "-p", "tests.lessons.training_time"]
        command += ["--nbval", "--nbval-current-env", *options, path.name]
        return subprocess.run(
            command,
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            check=False,
        )

    return run


def test_trainings_are_counted_with_two_workers_and_no_output_changes(run):
    finished = run("-n", "2", "--dist", "loadfile")
    assert finished.returncode == 0, finished.stdout
    row = next(line for line in finished.stdout.splitlines() if "3.99.0" in line)
    assert row.split() == ["01_small", "3", "0.0", "0.0", "3.99.0"]


def test_another_keras_than_the_one_asked_for_is_a_failure(run):
    finished = run("-p", "no:xdist", "--keras", "3.12.0")
    assert finished.returncode == 1
    assert "6 passed" in finished.stdout
    assert "<- not Keras 3.12.0" in finished.stdout


def test_what_takes_long_is_marked():
    quick = Training("01_quick", {"3.15.1"}, 2, wall=LIMIT - 0.5)
    slow = Training("02_slow", {"3.15.1"}, 2, wall=LIMIT + 0.5)
    lines = table([quick, slow])
    marked = [line.split()[0] for line in lines if f"<- above {LIMIT} seconds" in line]
    assert marked == ["02_slow"]


def test_a_lesson_without_keras_has_not_the_keras_that_was_asked_for():
    assert "not imported  <- not Keras 3.12.4" in table([Training("01")], "3.12.4")[1]


def test_it_is_told_that_no_kernel_was_timed():
    assert table([]) == ["No kernel has noted anything."]
