"""The command line: what it says, writes and returns; never a traceback of ours."""

from __future__ import annotations

import importlib.metadata
import io
import os
import subprocess
import sys
from pathlib import Path

import pytest

from teachkit import api, cli
from tests.graphs import siamese
from tests.user_files import folder_with

HERE = str(Path(__file__).parents[1])
NET = """
from tests.graphs import chain, siamese

model = siamese()
number = 7


def make():
    return chain(3)


def needs(argument):
    return chain(argument)


def breaks():
    raise RuntimeError("no weights")


def leaves():
    raise SystemExit("bye")
"""


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Work in a folder with a file that holds models; paths of imports are restored."""
    yield from folder_with("my_net", NET, tmp_path, monkeypatch)


def failed(capsys, *arguments):
    """Run what must fail; return what it says."""
    assert cli.main(arguments) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert "Traceback" not in said.err
    return said.err


@pytest.mark.parametrize(
    "arguments", [["--help"], ["show", "--help"], ["lab", "--help"]]
)
def test_help(arguments, capsys):
    with pytest.raises(SystemExit) as caught:
        cli.main(arguments)
    assert caught.value.code == 0
    assert "usage: teachkit" in capsys.readouterr().out


def test_version(capsys):
    try:
        importlib.metadata.version("teachkit")
    except importlib.metadata.PackageNotFoundError:
        pytest.skip("teachkit is not installed, it runs from its source")
    with pytest.raises(SystemExit) as caught:
        cli.main(["--version"])
    assert caught.value.code == 0
    assert capsys.readouterr().out.strip()


@pytest.mark.parametrize(
    "arguments", [[], ["draw"], ["show"], ["show", "x", "--fold=3"]]
)
def test_wrong_usage(arguments, capsys):
    with pytest.raises(SystemExit) as caught:
        cli.main(arguments)
    assert caught.value.code == 2
    assert "usage: teachkit" in capsys.readouterr().err


def test_a_model_in_a_file_is_printed_as_text(folder, capsys):
    assert cli.main(["show", "my_net.py:model"]) == 0
    said = capsys.readouterr()
    assert "encoder" in said.out
    assert said.err == ""


def test_a_function_that_returns_a_model(folder, capsys):
    assert cli.main(["show", "my_net.py:make"]) == 0
    assert "dense_2" in capsys.readouterr().out


def test_a_module_in_this_folder(folder, capsys):
    assert cli.main(["show", "my_net:model"]) == 0
    assert "encoder" in capsys.readouterr().out


def test_a_module_on_the_path(capsys):
    assert cli.main(["show", "tests.graphs:siamese"]) == 0
    assert "encoder" in capsys.readouterr().out


@pytest.mark.parametrize("ending", ["svg", "html", "png", "pdf", "txt", "gv"])
def test_a_file_is_written(folder, capsys, ending):
    name = f"drawing.{ending}"
    assert cli.main(["show", "my_net.py:model", "-o", name]) == 0
    assert capsys.readouterr().out == f"{name}: 5 calls drawn\n"
    assert (folder / name).stat().st_size > 100


def test_options_reach_the_drawing(folder, capsys):
    options = ["--nested", "expanded", "--direction", "LR", "--engine", "rows"]
    options += ["--details", "dtype", "--fold", "--theme", "dark"]
    assert cli.main(["show", "my_net.py:model", "-o", "x.svg", *options]) == 0
    text = (folder / "x.svg").read_text("utf-8")
    assert "encoder/conv" in text
    assert "float32" in text
    assert cli.main(["show", "my_net.py:model", "--ascii"]) == 0
    assert capsys.readouterr().out.isascii()


def test_a_keras_file(folder, capsys, monkeypatch):
    read = []
    reads = "teachkit.api.drawing.recorded"
    monkeypatch.setattr(reads, lambda model: read.append(model) or siamese())
    assert cli.main(["show", "folder:odd.keras"]) == 0
    assert [str(path) for path in read] == ["folder:odd.keras"]


@pytest.mark.parametrize(
    ("model", "words"),
    [
        ("my_net.py", "add the name of the variable"),
        ("my_net.py:", "add the name of the variable"),
        (":model", "MODEL as x.keras"),
        ("my_net.py:modle", "a model called 'modle'"),
        ("other.py:model", "no such file"),
        ("nowhere:model", "No module named 'nowhere'"),
        ("..:model", "to run without an error"),
        ("my_net.py:number", "Found: "),
        ("my_net.py:needs", "function without arguments"),
        ("my_net.py:breaks", "RuntimeError: no weights"),
        ("my_net.py:leaves", "SystemExit: bye"),
    ],
)
def test_what_cannot_be_drawn(folder, capsys, model, words):
    assert words in failed(capsys, "show", model)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("1 / 0", "ZeroDivisionError"),
        ("import sys; sys.exit(0)", "SystemExit"),
        ("import sys; sys.exit('go away')", "go away"),
        ("model = ", "SyntaxError"),
        ("import nothing_of_that_name", "ModuleNotFoundError"),
        ("\0", "Error"),
        ("raise BaseException('base')", "BaseException: base"),
    ],
)
@pytest.mark.parametrize("place", ["bad.py:model", "bad:model"])
def test_a_file_that_does_not_run(folder, capsys, content, words, place):
    (folder / "bad.py").write_text(content)
    sys.modules.pop("bad", None)
    assert words in failed(capsys, "show", place)


def test_what_the_file_prints_is_no_part_of_the_drawing(folder, capsys):
    (folder / "loud.py").write_text(NET + "\nprint('hello')\n")
    assert cli.main(["show", "loud.py:model"]) == 0
    said = capsys.readouterr()
    assert "hello" not in said.out
    assert "hello" in said.err


def test_a_wrong_ending(folder, capsys):
    assert ".svg" in failed(capsys, "show", "my_net.py:model", "-o", "x.jpg")


def test_a_wrong_engine(folder, capsys):
    words = failed(capsys, "show", "my_net.py:model", "--engine", "neato")
    assert "'graphviz'" in words


def test_who_stops_it_sees_one_word(folder, capsys, monkeypatch):
    def stop(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr(api, "show", stop)
    assert failed(capsys, "show", "my_net.py:model") == "Stopped.\n"


def test_a_warning_is_one_line(folder, capsys, monkeypatch):
    monkeypatch.setenv("PATH", "")
    assert cli.main(["show", "my_net.py:model", "--engine", "dot"]) == 0
    said = capsys.readouterr().err.splitlines()
    assert len(said) == 1
    assert said[0].startswith("Note: Drawn by the layout engine 'graphviz'")


def test_a_terminal_that_knows_no_box_characters(folder, monkeypatch):
    (folder / "odd.py").write_text(
        "from tests.graphs import Sketch\n"
        "s = Sketch('模型')\ns.output(s.layer('层', [s.input('é')]))\n"
        "model = s.graph()\n"
    )
    terminal = io.TextIOWrapper(io.BytesIO(), encoding="ascii", errors="strict")
    monkeypatch.setattr(sys, "stdout", terminal)
    assert cli.main(["show", "odd.py:model"]) == 0
    assert cli.main(["show", "odd.py:model", "-o", "層.svg"]) == 0


def run(*arguments, **environment):
    """Run the command line as a program of its own."""
    return subprocess.run(
        [sys.executable, "-m", "teachkit.cli", *arguments],
        env={**os.environ, "PYTHONPATH": HERE, **environment},
        capture_output=True,
        check=False,
    )


def test_as_a_program(folder):
    done = run("show", "my_net.py:model", PYTHONIOENCODING="ascii")
    assert done.returncode == 0
    assert done.stdout.isascii()
    assert done.stderr == b""


def test_as_a_program_that_fails(folder):
    failed = run("show", "my_net.py:leaves")
    assert failed.returncode == 2
    assert b"SystemExit: bye" in failed.stderr
    assert b"Traceback" not in failed.stderr


def test_a_reader_that_goes_away(folder):
    with subprocess.Popen(
        [sys.executable, "-m", "teachkit.cli", "show", "my_net.py:model"],
        env={**os.environ, "PYTHONPATH": HERE},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as running:
        running.stdout.close()
        assert running.stderr.read() == b""
        assert running.wait() == 0


def test_lab_copies_the_lessons_tells_how_to_end_and_opens_the_folder(
    tmp_path, monkeypatch, capsys
):
    opened = []

    def open_lab(target, *, open_browser, port):
        opened.append((target, open_browser, port))
        return 0

    monkeypatch.setattr("teachkit.lessons.open_lab", open_lab)
    folder = tmp_path / "course"

    status = cli.main(["lab", str(folder), "--no-browser", "--port", "8765"])

    assert status == 0
    assert opened == [(folder, False, 8765)]
    assert (folder / "01_layers_are_functions.ipynb").is_file()
    told = capsys.readouterr().out.splitlines()
    assert told[0].endswith(f"copied to {folder}.")
    assert "Ctrl-C" in told[-1]


def test_lab_has_a_page_to_start_from_and_says_when_it_is_kept(
    tmp_path, monkeypatch, capsys
):
    monkeypatch.setattr("teachkit.lessons.open_lab", lambda target, **_: 0)
    page = tmp_path / "00_start_here.ipynb"

    cli.main(["lab", str(tmp_path)])
    assert "00_start_here.ipynb has all lessons in order" in capsys.readouterr().out
    page.write_text("mine")
    cli.main(["lab", str(tmp_path)])

    assert page.read_text() == "mine"
    assert "00_start_here.ipynb with your own changes kept" in capsys.readouterr().out


def test_lab_in_a_place_that_is_a_file_is_refused_in_words(tmp_path, capsys):
    file = tmp_path / "course"
    file.write_text("mine")

    assert cli.main(["lab", str(file)]) == 2
    assert "which is a file" in capsys.readouterr().err
