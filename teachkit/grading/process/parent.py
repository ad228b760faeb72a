"""The side that starts the process of an answer, waits, ends it, reads the report."""

from __future__ import annotations

import contextlib
import json
import os
import secrets
import site
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict
from pathlib import Path
from typing import Any

from teachkit.grading.answers.answer_files import AnswerFile
from teachkit.grading.process.channel import Channel
from teachkit.grading.process.ending import MARK, end_all
from teachkit.grading.process.limits import Limits
from teachkit.grading.process.outcomes import report_without_child
from teachkit.grading.process.passing_on import PassedOn

_GRACE = 5.0
"""Seconds after which a process is ended that did not end itself in time."""

_BOOTSTRAP = (
    "import json, sys; sys.path[:] = json.loads(sys.argv[1]); "
    "from teachkit.grading.process.child import main; main()"
)


def run_in_process(
    exercise: str, answer: AnswerFile, limits: Limits | None = None
) -> dict[str, Any]:
    """Judge an answer in a process of its own; return the report as JSON values.

    What the answer prints is passed on to the standard error of this process.

    Arguments:
        exercise: its id or number, or the whole path of its file.
        answer: as `read_answer` gives it.
        limits: of time, memory and output.
    """
    limits = limits or Limits()
    with tempfile.TemporaryDirectory(
        prefix="teachkit-", ignore_cleanup_errors=True
    ) as folder:
        home = Path(folder, secrets.token_hex(8))
        work = Path(folder, "work")
        home.mkdir()
        work.mkdir()
        Path(folder, "home").mkdir()
        channel = Channel(home / "report", secrets.token_hex(16))
        status, passed_on = _run(work, channel, (exercise, answer, limits))
        told = channel.told()
    report = told.get("report")
    if not isinstance(report, dict):
        report = report_without_child(exercise, told, status, limits)
    if told.get("stage") != "starting":
        report["advice"] = [*report["advice"], *answer.advice, *passed_on.advice]
    return report


def _run(
    work: Path, channel: Channel, request: tuple[str, AnswerFile, Limits]
) -> tuple[int | None, PassedOn]:
    """Run the child; return its exit status, or None if its time was over."""
    exercise, answer, limits = request
    mark = secrets.token_hex(16)
    child = subprocess.Popen(
        [
            sys.executable,
            "-P",
            "-c",
            _BOOTSTRAP,
            json.dumps([p for p in sys.path if p]),
        ],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        cwd=work,
        env=_environment(work, mark),
        start_new_session=True,
    )
    passed_on = PassedOn(child.stdout, limits.output)
    values = {
        "exercise": exercise,
        "answer": answer.to_dict(),
        "limits": asdict(limits),
        "channel": [str(channel.path), channel.secret],
    }
    try:
        _hand_over(child, json.dumps(values).encode())
        status = _wait(child, channel, limits)
    finally:
        end_all(child, mark)
        passed_on.finish()
    return status, passed_on


def _hand_over(child: subprocess.Popen[bytes], request: bytes) -> None:
    assert child.stdin is not None
    # A child that is gone already has its exit status to tell.
    with contextlib.suppress(BrokenPipeError):
        child.stdin.write(request)
        child.stdin.close()


def _wait(
    child: subprocess.Popen[bytes], channel: Channel, limits: Limits
) -> int | None:
    """Wait until the child is done or its time is over: first to start, then to run."""
    end = time.monotonic() + limits.start_seconds
    is_started = False
    while time.monotonic() < end:
        with contextlib.suppress(subprocess.TimeoutExpired):
            return child.wait(0.05)
        if not is_started and channel.told().get("stage") == "answer":
            is_started = True
            end = time.monotonic() + limits.seconds + _GRACE
    return None


def _environment(work: Path, mark: str) -> dict[str, str]:
    """Return the few variables that an answer sees."""
    kept = ("PATH", "SYSTEMROOT", "LD_LIBRARY_PATH", "VIRTUAL_ENV")
    return {
        **{name: os.environ[name] for name in kept if name in os.environ},
        "HOME": str(work.parent / "home"),
        "TMPDIR": str(work.parent / "home"),
        "PYTHONUSERBASE": site.getuserbase(),  # else it would be looked for in HOME
        "LANG": "C.UTF-8",
        "PYTHONUTF8": "1",
        "PYTHONUNBUFFERED": "1",  # lines of print and of programs stay in their order
        "PYTHONDONTWRITEBYTECODE": "1",
        "KERAS_BACKEND": "tensorflow",
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "TF_ENABLE_ONEDNN_OPTS": "0",
        "CUDA_VISIBLE_DEVICES": "-1",
        "MPLBACKEND": "Agg",
        MARK: mark,
    }
