"""JupyterLab is opened in a learner's folder, on the page to start from."""

from __future__ import annotations

import json
import os
import signal
import sys
import urllib.request
from pathlib import Path

import nbformat
import pytest

import teachkit
from teachkit.errors import FileError, TeachkitError, WrongValueError
from teachkit.lessons import START_PAGE, copy_lessons, open_lab, write_start_page
from tests.lessons.running_lab import running_lab
from tests.lessons.shelf import learnt

RECORDER = """
import json, os, pathlib, sys
told = {"options": sys.argv[1:], "environment": dict(os.environ)}
pathlib.Path(os.environ["TOLD"]).write_text(json.dumps(told))
sys.exit(7)
"""


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


def trusted(course: Path) -> dict[str, bool]:
    """Tell of the first two notebooks of a folder whether Jupyter trusts them."""
    sign = pytest.importorskip("nbformat.sign")
    notary = sign.NotebookNotary()
    found = {
        path.name: notary.check_signature(nbformat.read(path, as_version=4))
        for path in sorted(course.glob("*.ipynb"))[:2]
    }
    notary.store.close()
    return found


class TestOpen:
    def test_lab_shows_the_start_page_on_this_machine_only(self, tmp_path, told):
        for name in ("02_b.ipynb", "01_a.ipynb", START_PAGE, "notes.ipynb"):
            (tmp_path / name).touch()
        assert open_lab(tmp_path) == 7
        options = told()["options"]
        assert "--LabApp.default_url=/lab/tree/00_start_here.ipynb" in options
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
        assert Path(spec.resource_dir).is_relative_to(Path(teachkit.__file__).parent)
        # Jupyter puts its own Python, which is ours, in the place of this word.
        assert spec.argv[0] == "python"

    @pytest.mark.usefixtures("told", "shelf")
    def test_the_start_page_alone_is_trusted_as_we_made_it(self, tmp_path, monkeypatch):
        monkeypatch.setenv("JUPYTER_DATA_DIR", str(tmp_path / "signatures"))
        course = tmp_path / "course"
        copy_lessons(course)
        write_start_page(course, learnt())
        open_lab(course)
        assert trusted(course) == {START_PAGE: True, "01_a.ipynb": False}

    @pytest.mark.usefixtures("told", "shelf")
    def test_a_start_page_that_was_changed_is_not_trusted(self, tmp_path, monkeypatch):
        monkeypatch.setenv("JUPYTER_DATA_DIR", str(tmp_path / "signatures"))
        path = write_start_page(tmp_path, learnt()).path
        notebook = nbformat.read(path, as_version=4)
        notebook.cells[0].source += "<b>changed</b>"
        nbformat.write(notebook, path)
        open_lab(tmp_path)
        assert trusted(tmp_path) == {START_PAGE: False}

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
        with running_lab(tmp_path) as lab:
            address = lab.address
            assert address.startswith("http://127.0.0.1:")
            assert "/lab/tree/01_a.ipynb?token=" in address
            with urllib.request.urlopen(address) as page:
                assert page.status == 200
            # A terminal sends Ctrl-C to the whole group of processes.
            os.killpg(lab.process.pid, signal.SIGINT)
            assert lab.process.wait(20) == 0
        assert "Traceback" not in lab.log.read_text()
