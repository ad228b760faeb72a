"""The package as a whole: its names, what its import costs, what its wheel carries."""

from __future__ import annotations

import json
import pkgutil
import subprocess
import sys
import tomllib
import zipfile
from importlib import metadata
from pathlib import Path

import pytest

import teachkit

ROOT = Path(__file__).parent.parent
LESSONS = {
    f"teachkit/_lessons/{path.relative_to(ROOT / 'notebooks').as_posix()}"
    for pattern in ("*.ipynb", "rules.html", "questions/*.toml", "data/*.csv")
    for path in (ROOT / "notebooks").glob(pattern)
}
FIRST_QUESTIONS = "teachkit/_lessons/questions/01_layers_are_functions.toml"
EXERCISES = {
    f"teachkit/_exercises/{path.relative_to(ROOT / 'exercises').as_posix()}"
    for path in ROOT.glob("exercises/*/*.py")
}
HEAVY = {"IPython", "anywidget", "keras", "matplotlib", "tensorflow", "wasmtime"}
PUBLIC = {
    "ModelGraph",
    "TeachkitError",
    "ask",
    "check",
    "compare",
    "dry",
    "exercise",
    "explain",
    "play",
    "progress",
    "read",
    "show",
    "to_code",
    "trace",
}


def heavy_modules_after(statement: str) -> set[str]:
    """Return which heavy packages a fresh Python has loaded after a statement."""
    code = f"import json, sys\n{statement}\nprint(json.dumps(list(sys.modules)))"
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return {name.partition(".")[0] for name in json.loads(done.stdout)} & HEAVY


def modules_called_like_a_public_name(folder: Path) -> set[str]:
    """Return the modules of a package that would hide a public name, or be hidden."""
    names = {module.name for module in pkgutil.iter_modules([str(folder)])}
    return names & set(teachkit.__all__)


class TestCostOfImport:
    def test_teachkit_loads_nothing_heavy(self):
        assert heavy_modules_after("import teachkit") == set()

    def test_its_names_load_nothing_heavy_before_they_are_called(self):
        assert heavy_modules_after("from teachkit import *") == set()

    @pytest.mark.parametrize("name", sorted(HEAVY - {"keras", "tensorflow"}))
    def test_what_is_heavy_is_seen(self, name):
        assert name in heavy_modules_after(f"import teachkit, {name}")

    def test_keras_is_seen_when_a_function_needs_it(self):
        seen = heavy_modules_after("import teachkit\nwith teachkit.dry(): pass")

        assert {"keras", "tensorflow"} <= seen


class TestPublicNames:
    def test_they_are_sorted_and_unique(self):
        assert teachkit.__all__ == sorted(set(teachkit.__all__))

    def test_they_hold_what_the_lessons_use(self):
        assert set(teachkit.__all__) >= PUBLIC

    @pytest.mark.parametrize("name", [*teachkit.__all__, "__version__"])
    def test_each_is_there_and_listed(self, name):
        assert getattr(teachkit, name) is not None
        assert name in dir(teachkit)

    def test_another_name_is_refused_as_python_does(self):
        with pytest.raises(AttributeError, match="no attribute 'draw'"):
            _ = teachkit.draw

    def test_no_module_is_called_like_one(self):
        assert modules_called_like_a_public_name(ROOT / "teachkit") == set()

    def test_a_module_called_like_one_is_seen(self, tmp_path):
        (tmp_path / "show.py").touch()
        (tmp_path / "shown.py").touch()

        assert modules_called_like_a_public_name(tmp_path) == {"show"}


class TestDistribution:
    def test_the_version_is_the_one_of_the_project(self):
        project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]

        assert teachkit.__version__ == metadata.version("teachkit")
        assert teachkit.__version__ == project["version"]

    def test_the_wheel_carries_lessons_and_exercises_alone(self, tmp_path):
        build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel"]
        subprocess.run([*build, "-d", tmp_path], cwd=ROOT, check=True)

        (wheel,) = tmp_path.glob("*.whl")
        carried = zipfile.ZipFile(wheel).namelist()
        lessons = {p for p in carried if p.startswith("teachkit/_lessons/")}
        assert "teachkit/py.typed" in carried
        assert {"teachkit/_lessons/rules.html", FIRST_QUESTIONS} <= LESSONS <= lessons
        assert not [path for path in lessons if path.endswith(".py")]
        assert not [path for path in lessons if "/source/" in path]
        assert {p for p in carried if p.startswith("teachkit/_exercises/")} == EXERCISES
        assert {path.partition("/")[0] for path in carried} == {
            "teachkit",
            f"teachkit-{teachkit.__version__}.dist-info",
        }
