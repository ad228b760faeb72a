"""End the process of an answer, and every process that came out of it."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

MARK = "TEACHKIT_ANSWER"
"""Variable of the environment by which processes of one answer are known."""

_ROUNDS = 5


def end_all(child: subprocess.Popen[bytes], mark: str) -> None:
    """End a process, its group, and what left the group but carries its mark."""
    if sys.platform == "win32":
        child.kill()
    else:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(child.pid, signal.SIGKILL)
        # One that starts new ones while it is looked for is met in the next round.
        for _ in range(_ROUNDS):
            if not _end(_marked(mark)):
                break
    child.wait()


def _end(processes: Iterator[int]) -> int:
    """End processes; return how many there were."""
    number = 0
    for process in processes:
        number += 1
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.kill(process, signal.SIGKILL)
    return number


def _marked(mark: str) -> Iterator[int]:
    """Yield the processes, other than this one, that carry a mark (on Linux)."""
    wanted = f"{MARK}={mark}".encode()
    for folder in Path("/proc").glob("[0-9]*"):
        number = int(folder.name)
        if number == os.getpid():
            continue
        with contextlib.suppress(OSError):
            if wanted in (folder / "environ").read_bytes().split(b"\0"):
                yield number
