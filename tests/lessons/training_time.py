"""A plugin of pytest: how long Keras trains in each lesson, told after nbval's run.

Used as `pytest -p tests.lessons.training_time --nbval ...`. It makes the kernels of
that run note what they train, in files of a temporary folder, and prints a table. The
times are for people: nothing fails because of them. `--keras 3.12.4` fails the run if a
lesson has seen another version of Keras.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.lessons import kernel_clock

LIMIT = 20
"""Seconds that the training of a lesson may take on two cores."""

ADVICE = (
    f"A lesson should train at most {LIMIT} seconds on two cores. On a busy machine it "
    "takes longer; the seconds on all cores stay."
)

FOLDER = "TEACHKIT_NOTES_OF_KERNELS"
"""The variable that names the folder of all notes to the workers of pytest-xdist."""

STARTS_THE_CLOCK = "__import__('runpy').run_path({path!r})\n"
"""What IPython runs first in each kernel: no name stays in the notebook."""


@dataclass(slots=True)
class Training:
    """What the kernel of a lesson has noted.

    Attributes:
        lesson: the name of the notebook.
        versions: of Keras, if it was imported.
        runs: how often it was trained.
        wall: seconds of that on the clock.
        processors: seconds of that, summed over the cores.
    """

    lesson: str
    versions: set[str] = field(default_factory=set)
    runs: int = 0
    wall: float = 0.0
    processors: float = 0.0


def pytest_addoption(parser):
    parser.addoption("--keras", help="the version of Keras that lessons must have seen")


def pytest_configure(config):
    """Make a folder for the notes, and a profile of IPython that starts the clock."""
    if hasattr(config, "workerinput"):
        return  # the worker has the variables of the process that started it
    folder = Path(tempfile.mkdtemp(prefix="lessons-"))
    startup = folder / "ipython" / "profile_default" / "startup"
    startup.mkdir(parents=True)
    line = STARTS_THE_CLOCK.format(path=kernel_clock.__file__)
    (startup / "clock.py").write_text(line, encoding="utf-8")
    os.environ["IPYTHONDIR"] = str(folder / "ipython")
    os.environ[FOLDER] = str(folder)
    config.add_cleanup(lambda: shutil.rmtree(folder, ignore_errors=True))


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item):
    """Say where a kernel notes, before the first cell of a lesson starts it."""
    notes = Path(os.environ[FOLDER]) / f"{item.path.stem}.notes"
    os.environ[kernel_clock.NOTES] = str(notes)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session):
    """Fail a run whose lessons have not seen the version of Keras that was asked."""
    wanted = session.config.getoption("keras")
    if wanted and not hasattr(session.config, "workerinput"):
        found = trainings(Path(os.environ[FOLDER]))
        if not found or any(one.versions != {wanted} for one in found):
            session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter, config):
    """Print the table."""
    terminalreporter.section("training in the lessons")
    found = trainings(Path(os.environ[FOLDER]))
    for line in table(found, config.getoption("keras")):
        terminalreporter.write_line(line)


def trainings(folder):
    """Return what the kernels have noted, lesson by lesson."""
    return [training(path) for path in sorted(folder.glob("*.notes"))]


def training(path):
    """Return what one kernel has noted."""
    found = Training(path.stem)
    for line in path.read_text(encoding="utf-8").splitlines():
        note = json.loads(line)
        if "keras" in note:
            found.versions.add(note["keras"])
        if "wall" in note:
            found.runs += 1
            found.wall += note["wall"]
            found.processors += note["processors"]
    return found


def table(found, wanted=None):
    """Return the lines of a table, with a remark on what is not as it should be."""
    if not found:
        return ["No kernel has noted anything."]
    width = max(len(one.lesson) for one in found)
    lines = [f"{'lesson':{width}}  trainings  seconds  on all cores  Keras"]
    lines += [
        f"{one.lesson:{width}}  {one.runs:9}  {one.wall:7.1f}  {one.processors:12.1f}"
        f"  {', '.join(sorted(one.versions)) or 'not imported'}{remarks(one, wanted)}"
        for one in found
    ]
    return [*lines, ADVICE]


def remarks(one, wanted):
    """Return what is to be said of a lesson at the end of its line."""
    slow = f"  <- above {LIMIT} seconds" if one.wall > LIMIT else ""
    other = f"  <- not Keras {wanted}" if wanted and one.versions != {wanted} else ""
    return slow + other
