"""What an answer may use, and how a process is held to it."""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import sys
from collections.abc import Callable
from dataclasses import dataclass
from types import FrameType
from typing import Any

_GB = 1 << 30
_PARENT_DEATH_SIGNAL = 1
"""`PR_SET_PDEATHSIG` in prctl.h of Linux; macOS has no such function."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What an answer may use.

    Attributes:
        seconds: for the answer and its check, after Keras is loaded.
        start_seconds: for loading Keras, which the answer is not to blame for.
        memory: bytes of data. TensorFlow alone takes half a GB.
        output: bytes that are passed on of what it prints.
        file_size: bytes of one file that it writes.
        processes: other programs that it may start, one level deep.
    """

    seconds: float = 60.0
    start_seconds: float = 120.0
    memory: int = 4 * _GB
    output: int = 100_000
    file_size: int = _GB // 4
    processes: int = 8


def hold_to(limits: Limits) -> None:
    """Have the operating system hold this process to its limits, where it can."""
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415 - there is none on Windows

    _end_with_parent()
    wanted = {
        resource.RLIMIT_DATA: limits.memory,
        resource.RLIMIT_FSIZE: limits.file_size,
        resource.RLIMIT_CORE: 0,
    }
    for kind, most in wanted.items():
        _, hard = resource.getrlimit(kind)
        value = most if hard == resource.RLIM_INFINITY else min(most, hard)
        # macOS knows some of them and refuses to set them.
        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(kind, (value, hard))


def _end_with_parent() -> None:
    """Have Linux end this process when the one that waits for it is killed."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(_PARENT_DEATH_SIGNAL, signal.SIGKILL)


_STARTS = {
    "os.fork",
    "os.forkpty",
    "os.system",
    "os.exec",
    "os.posix_spawn",
    "os.spawn",
    "subprocess.Popen",
}


def count_processes(most: int) -> None:
    """Refuse further programs, and programs of programs; it cannot be taken back."""
    own, left = os.getpid(), most

    def watch(event: str, _: Any) -> None:
        nonlocal left
        if event not in _STARTS:
            return
        left -= 1
        if os.getpid() != own or left < 0:
            raise PermissionError("an answer may not start that many other programs")

    sys.addaudithook(watch)


def alarm_after(seconds: float, told: Callable[[FrameType | None], None]) -> None:
    """Call something, with the frame that runs then, when the time is over.

    The parent ends the process a little later in any case.
    """
    if sys.platform == "win32":
        return
    signal.signal(signal.SIGALRM, lambda _, frame: told(frame))
    signal.setitimer(signal.ITIMER_REAL, seconds)
