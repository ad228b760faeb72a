"""Lessons are copied without loss of a learner's work, and opened in JupyterLab."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import nbformat
import pytest

from teachkit import lessons
from teachkit.errors import FileError, TeachkitError, WrongValueError
from teachkit.lessons import CopyReport, copy_lessons, open_lab

FIRST = "01_layers_are_functions.ipynb"
CHECKOUT = Path(lessons.__file__).parent.parent

RECORDER = """
import json, os, pathlib, sys
told = {"options": sys.argv[1:], "environment": dict(os.environ)}
pathlib.Path(os.environ["TOLD"]).write_text(json.dumps(told))
sys.exit(7)
"""


@pytest.fixture
def shelf(tmp_path, monkeypatch):
    """Put a small folder in the place of the real lessons."""
    folder = tmp_path / "shelf"
    for path in ("02_b.ipynb", "01_a.ipynb", "data/birds.csv"):
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(f"content of {path}")
    monkeypatch.setattr(lessons, "lessons_folder", lambda: folder)
    return folder


@pytest.fixture
def told(tmp_path, monkeypatch):
    """Put a program that only writes down what it is told in JupyterLab's place."""
    package = tmp_path / "fake" / "jupyterlab"
    package.mkdir(parents=True)
    (package / "__init__.py").touch()
    (package / "__main__.py").write_text(RECORDER)
    monkeypatch.syspath_prepend(package.parent)
    monkeypatch.delitem(sys.modules, "jupyterlab", raising=False)
    path = [str(package.parent), os.environ.get("PYTHONPATH", "")]
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(path))
    monkeypatch.setenv("TOLD", str(tmp_path / "told.json"))
    return lambda: json.loads((tmp_path / "told.json").read_text())


class TestCopy:
    def test_new_folder_gets_the_lessons_in_order_and_their_data(self, shelf, tmp_path):
        report = copy_lessons(tmp_path / "new" / "course")
        assert report.copied == ("01_a.ipynb", "02_b.ipynb", "data/birds.csv")
        for path in report.copied:
            copy = tmp_path / "new" / "course" / path
            assert copy.read_bytes() == (shelf / path).read_bytes()

    def test_only_lessons_and_data_are_copied(self, shelf, tmp_path):
        for path in ("build.py", "source/01_a.py", "data/.hidden", "x.ipynb/deep.txt"):
            (shelf / path).parent.mkdir(exist_ok=True)
            (shelf / path).touch()
        copied = copy_lessons(tmp_path / "course").copied
        assert copied == ("01_a.ipynb", "02_b.ipynb", "data/birds.csv")

    @pytest.mark.usefixtures("shelf")
    def test_second_copy_changes_nothing(self, tmp_path):
        first = copy_lessons(tmp_path / "course")
        second = copy_lessons(tmp_path / "course")
        assert (second.copied, second.kept) == ((), ())
        assert second.unchanged == first.copied

    @pytest.mark.usefixtures("shelf")
    def test_work_of_the_learner_is_kept(self, tmp_path):
        copy_lessons(tmp_path)
        mine = tmp_path / "01_a.ipynb"
        mine.write_text("my answers")
        report = copy_lessons(tmp_path)
        assert report.kept == ("01_a.ipynb",)
        assert mine.read_text() == "my answers"

    @pytest.mark.usefixtures("shelf")
    def test_folder_named_like_a_lesson_is_kept(self, tmp_path):
        (tmp_path / "01_a.ipynb").mkdir()
        assert copy_lessons(tmp_path).kept == ("01_a.ipynb",)

    @pytest.mark.usefixtures("shelf")
    def test_file_in_the_place_of_the_folder_is_refused(self, tmp_path):
        target = tmp_path / "course"
        target.write_text("not a folder")
        with pytest.raises(FileError, match="course', which is a file"):
            copy_lessons(target)
        assert target.read_text() == "not a folder"

    @pytest.mark.usefixtures("shelf")
    @pytest.mark.skipif(not hasattr(os, "geteuid"), reason="needs Unix permissions")
    def test_folder_that_cannot_be_written_is_refused(self, tmp_path):
        # Root may write anywhere, except where there are no real files.
        root = os.geteuid() == 0
        target = Path("/proc/course") if root else tmp_path / "locked"
        if not root:
            target.mkdir(mode=0o500)
        with pytest.raises(FileError, match="name another folder"):
            copy_lessons(target)

    @pytest.mark.usefixtures("shelf")
    def test_half_a_copy_is_taken_away(self, tmp_path, monkeypatch):
        opened = Path.open

        def open_full(path: Path, mode: str = "r", **options: object):
            file = opened(path, mode, **options)
            return _FullFile(file) if mode == "xb" else file

        monkeypatch.setattr(Path, "open", open_full)
        with pytest.raises(FileError, match="No space left"):
            copy_lessons(tmp_path / "course")
        assert list((tmp_path / "course").iterdir()) == []

    def test_real_lessons_are_found(self, tmp_path):
        report = copy_lessons(tmp_path)
        assert report.copied[0] == FIRST
        assert not list(tmp_path.glob("*.py"))

    def test_lessons_that_are_nowhere_are_an_error(self, tmp_path, monkeypatch):
        monkeypatch.setattr(lessons, "__file__", str(tmp_path / "teachkit" / "x.py"))
        monkeypatch.setattr(lessons, "files", lambda _: tmp_path)
        with pytest.raises(FileError, match="install teachkit again"):
            lessons.lessons_folder()

    def test_lessons_of_the_package_win_over_a_checkout(self, tmp_path, monkeypatch):
        packaged = tmp_path / "_lessons"
        packaged.mkdir()
        (packaged / "01_a.ipynb").touch()
        monkeypatch.setattr(lessons, "files", lambda _: tmp_path)
        assert lessons.lessons_folder() == packaged


@pytest.mark.parametrize(
    ("copied", "unchanged", "kept", "text"),
    [
        (("a",), (), (), "1 lesson file copied to course."),
        (("a", "b"), (), (), "2 lesson files copied to course."),
        ((), ("a",), (), "1 lesson file already there."),
        (
            ("b",),
            (),
            ("a",),
            "1 lesson file copied to course.\n"
            "1 lesson file with your own changes kept as found: a. "
            "To get a fresh copy, rename yours first.",
        ),
    ],
)
def test_report_says_what_happened(copied, unchanged, kept, text):
    assert CopyReport(Path("course"), copied, unchanged, kept).text == text


class TestOpen:
    def test_lab_shows_the_first_lesson_on_this_machine_only(self, tmp_path, told):
        for name in ("02_b.ipynb", "01_a.ipynb", "notes.ipynb"):
            (tmp_path / name).touch()
        assert open_lab(tmp_path) == 7
        options = told()["options"]
        assert "--LabApp.default_url=/lab/tree/01_a.ipynb" in options
        assert "--ServerApp.ip=127.0.0.1" in options
        assert f"--ServerApp.root_dir={tmp_path.resolve()}" in options
        assert "--no-browser" not in options
        assert not any("ServerApp.port" in option for option in options)

    @pytest.mark.parametrize("name", ["JUPYTER_CONFIG_PATH", "JUPYTER_PATH"])
    def test_settings_of_ours_stand_before_the_users(
        self, tmp_path, told, monkeypatch, name
    ):
        monkeypatch.setenv(name, "theirs")
        open_lab(tmp_path)
        ours, theirs = told()["environment"][name].split(os.pathsep)
        assert theirs == "theirs"
        config = json.loads((Path(ours) / "labconfig/page_config.json").read_text())
        assert config["disabledExtensions"]

    def test_kernel_is_the_python_that_runs_us(self, tmp_path, told, monkeypatch):
        specs = pytest.importorskip("jupyter_client.kernelspec")
        open_lab(tmp_path)
        monkeypatch.setenv("JUPYTER_PATH", told()["environment"]["JUPYTER_PATH"])
        spec = specs.KernelSpecManager().get_kernel_spec("python3")
        assert Path(spec.resource_dir).is_relative_to(Path(lessons.__file__).parent)
        # Jupyter puts its own Python, which is ours, in the place of this word.
        assert spec.argv[0] == "python"

    @pytest.mark.usefixtures("told")
    def test_only_lessons_as_we_made_them_are_trusted(self, tmp_path, monkeypatch):
        sign = pytest.importorskip("nbformat.sign")
        monkeypatch.setenv("JUPYTER_DATA_DIR", str(tmp_path / "signatures"))
        course = tmp_path / "course"
        copy_lessons(course)
        learner = json.loads((course / FIRST).read_text())
        learner["cells"] = learner["cells"][:1]
        (course / "01_mine.ipynb").write_text(json.dumps(learner))
        open_lab(course)
        notary = sign.NotebookNotary()
        trusted = {
            path.name: notary.check_signature(nbformat.read(path, as_version=4))
            for path in course.glob("*.ipynb")
        }
        assert trusted.pop("01_mine.ipynb") is False
        assert all(trusted.values())
        notary.store.close()

    def test_browser_and_port_are_the_users_choice(self, tmp_path, told):
        open_lab(tmp_path, open_browser=False, port=9000)
        assert {"--no-browser", "--ServerApp.port=9000"} <= set(told()["options"])

    def test_folder_without_lessons_opens_too(self, tmp_path, told):
        open_lab(tmp_path)
        assert "--LabApp.default_url=/lab" in told()["options"]

    @pytest.mark.usefixtures("told")
    def test_port_that_cannot_be_is_refused(self, tmp_path):
        with pytest.raises(WrongValueError, match="70000"):
            open_lab(tmp_path, port=70000)

    @pytest.mark.usefixtures("told")
    def test_missing_folder_is_refused(self, tmp_path):
        with pytest.raises(FileError, match="nowhere"):
            open_lab(tmp_path / "nowhere")

    def test_missing_jupyterlab_is_told_with_the_cure(self, tmp_path, monkeypatch):
        monkeypatch.setitem(sys.modules, "jupyterlab", None)
        with pytest.raises(TeachkitError, match=r'pip install "teachkit\[lab\]"'):
            open_lab(tmp_path)

    @pytest.mark.skipif(os.name == "nt", reason="Ctrl-C is a signal on Unix")
    def test_real_lab_serves_the_lesson_and_ends_quietly_on_ctrl_c(self, tmp_path):
        pytest.importorskip("jupyterlab")
        (tmp_path / "01_a.ipynb").write_text("{}")
        with _lab(tmp_path) as process:
            address = _address(tmp_path / "errors.txt")
            assert address.startswith("http://127.0.0.1:")
            assert "/lab/tree/01_a.ipynb?token=" in address
            with urllib.request.urlopen(address) as page:
                assert page.status == 200
            # A terminal sends Ctrl-C to the whole group of processes.
            os.killpg(process.pid, signal.SIGINT)
            assert process.wait(20) == 0
        assert "Traceback" not in (tmp_path / "errors.txt").read_text()


def test_import_loads_neither_jupyter_nor_keras():
    code = (
        "import sys, teachkit.lessons; print(sorted({name.split('.')[0] for name in "
        "sys.modules} & {'jupyterlab', 'jupyter_server', 'nbformat', 'keras'}))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], check=True, capture_output=True, text=True
    )
    assert done.stdout.strip() == "[]"


class _FullFile:
    """A file on a disk with no space left."""

    def __init__(self, file):
        self.file = file

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.file.close()

    def write(self, content):
        self.file.write(content[:3])
        raise OSError(28, "No space left on device")


@contextmanager
def _lab(folder: Path) -> Iterator[subprocess.Popen]:
    code = (
        "import sys, pathlib; from teachkit.lessons import open_lab; "
        "sys.exit(open_lab(pathlib.Path(sys.argv[1]), open_browser=False, port=0))"
    )
    path = [str(CHECKOUT), os.environ.get("PYTHONPATH", "")]
    with (folder / "errors.txt").open("w") as errors:
        process = subprocess.Popen(
            [sys.executable, "-c", code, str(folder)],
            stderr=errors,
            stdout=subprocess.DEVNULL,
            start_new_session=True,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(path)},
        )
    try:
        yield process
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _address(log: Path) -> str:
    for _ in range(300):
        if found := re.search(r"http://\S+", log.read_text()):
            return found.group()
        time.sleep(0.1)
    pytest.fail(f"JupyterLab told no address: {log.read_text()}")
