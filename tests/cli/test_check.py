"""`teachkit check`: an answer runs in a process of its own, and a report comes out."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from teachkit import cli

EXERCISE = """\
# /// exercise
# id = "tiny"
# title = "Tiny"
# level = 1
# type = "build"
# asks = "model"
# hints = ["Begin with the Input."]
# [criteria]
# inputs = {x = [4]}
# outputs = {y = [1]}
# live = true
# ///
# %% [markdown] prompt
# Build `model`: 4 numbers in, 1 out.
# %% start
inputs = Input((4,))
model = ____
# %% solution
inputs = Input((4,))
model = Model(inputs, Dense(1)(inputs))
"""
RIGHT = "inputs = Input((4,))\nmodel = Model(inputs, Dense(1)(inputs))\n"
FAKE = """
import keras

class Fake:
    inputs, outputs, layers, name, built = [], [], [], "fake", True

    @property
    def __class__(self):
        return keras.Model

    def __eq__(self, other):
        return True

    def count_params(self):
        return 5

model = Fake()
"""
DAEMON = f"""
import os, subprocess, sys
sleeper = [sys.executable, "-c", "import os, time; os.setsid(); time.sleep(600)"]
with open("{{place}}", "w") as file:
    file.write(str(subprocess.Popen(sleeper).pid))
import threading, time
threading.Thread(target=time.sleep, args=(600,)).start()
{RIGHT}
"""


@pytest.fixture
def check(tmp_path, capsys, monkeypatch):
    """Return a function that writes an answer, checks it, and gives what came out."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "tiny.py").write_text(EXERCISE)

    def write(answer, name="answer.py"):
        content = answer if isinstance(answer, bytes) else answer.encode()
        (tmp_path / name).write_bytes(content)
        return tmp_path / name

    def checked(answer, *options, name="answer.py"):
        if answer is not None:
            write(answer, name)
        status = cli.main(["check", "tiny.py", name, *options, "--json"])
        said = capsys.readouterr()
        assert "teachkit/grading" not in said.err
        return status, json.loads(said.out), said.err

    checked.write = write
    return checked


def said(report):
    """Return all sentences of the message."""
    return " ".join(report["message"].values())


def test_a_right_answer_that_prints_and_exits_passes(check):
    answer = (
        f"import os, sys\nprint('hello')\nos.system('echo low')\n{RIGHT}sys.exit(3)"
    )
    status, report, error = check("\ufeff" + answer.replace("\n", "\r\n"))
    assert (status, report["status"], report["score"]) == (0, "passed", 1.0)
    assert report["exercise"] == "tiny"
    assert report["format"] == 1
    assert "hello" in error
    assert "low" in error


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ("import os\nos._exit(0)", ["os._exit"]),
        (
            "i = Input((4,))\nmodel = Model(i, Dense(100_000_000)(i))",
            ["line 2", "dense/kernel", "400,000,000 numbers"],
        ),
        ("import os\nwhile True:\n    os.fork()", ["line 3", "other programs"]),
        (
            "import ctypes\nctypes.string_at(0)",
            ["Python itself was stopped", "SIGSEGV"],
        ),
        (FAKE, ["`model`", "Fake"]),
    ],
)
def test_a_bad_answer_fails_with_a_sentence(check, answer, words):
    status, report, _ = check(answer)
    assert (status, report["status"]) == (1, "failed")
    for word in words:
        assert word in said(report)
    assert report["criteria"][0]["status"] == "failed"


@pytest.mark.parametrize(
    "answer",
    [
        "x = 1\nwhile True:\n    print('x' * 1000)",
        # Whoever catches everything is ended from outside.
        "import signal\nsignal.signal(14, signal.SIG_IGN)\n"
        "while True:\n    print('x' * 999)",
    ],
)
def test_an_endless_answer_is_stopped_and_its_output_is_cut(check, answer):
    status, report, error = check(answer, "--time-limit", "1")
    assert (status, report["status"]) == (1, "failed")
    assert "still running" in said(report)
    assert len(error) < 101_000
    assert "only its first 100 kB" in " ".join(report["advice"])


def test_nothing_that_an_answer_started_lives_on(check, tmp_path):
    place = tmp_path / "number"
    status, _, _ = check(DAEMON.format(place=place))
    assert status == 0
    number = int(place.read_text())
    with pytest.raises(ProcessLookupError):
        _signal(number)


def _signal(number):
    os.kill(number, 0)
    state = Path(f"/proc/{number}/stat").read_text().rsplit(")", 1)[1].split()[0]
    if state == "Z":  # it ended, and nobody fetched it yet
        raise ProcessLookupError


def test_without_json_the_report_is_text(check, capsys):
    assert cli.main(["check", "tiny.py", str(check.write("model = Dense(4)"))]) == 1
    out = capsys.readouterr().out
    assert out.startswith("tiny: not yet.")
    assert "`model` is" in out


def test_a_rule_that_is_cited_stands_at_the_end_in_full(check, capsys):
    unread = str(check.write(f"{RIGHT}\nDense(2)(inputs)\n"))

    assert cli.main(["check", "tiny.py", unread]) == 0
    *before, rule = capsys.readouterr().out.splitlines()
    assert "(rule 5)" in " ".join(before)
    assert rule.startswith("Rule 5: `Model(inputs, outputs)` keeps")


@pytest.mark.parametrize(
    ("name", "answer", "words"),
    [
        ("gone.py", None, "no such file"),
        ("answer.txt", "x", ".py or .ipynb"),
        ("answer.ipynb", "{}", "notebook"),
        ("answer.py", "#" * 1_000_001, "letters of code"),
    ],
)
def test_what_is_no_answer_cannot_be_judged(check, name, answer, words):
    status, report, _ = check(answer, name=name)
    assert (status, report["status"]) == (2, "error")
    assert words in said(report)


def test_an_unknown_exercise_tells_those_that_come_close(tmp_path, capsys):
    (tmp_path / "a.py").write_text("x = 1")
    assert cli.main(["check", "four-stepps", str(tmp_path / "a.py"), "--json"]) == 2
    said = json.loads(capsys.readouterr().out)
    assert said["exercise"] == "four-stepps"
    assert cli.main(["check", "four-stepps", str(tmp_path / "a.py")]) == 2
    assert "four-stepps" in capsys.readouterr().err


def test_the_parent_loads_no_keras(tmp_path):
    code = (
        "import sys\nfrom teachkit import cli\n"
        "import teachkit.grading.process.parent\n"
        "assert cli.main(['check', 'x', 'y.py']) == 2\n"
        "assert not {'keras', 'tensorflow'} & set(sys.modules)\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True, capture_output=True)
