"""The `dot` program, where it is installed: another implementation of Graphviz."""

from __future__ import annotations

import json
import shutil
import subprocess

from teachkit.errors import LayoutError
from teachkit.layout.engines.dot_source import placement, source
from teachkit.layout.engines.problem import TIME_LIMIT, Placement, Problem


def place(problem: Problem) -> Placement:
    """Place boxes with the `dot` program on the PATH.

    Raises:
        LayoutError: there is no such program, it crashed, answered nonsense, or took
            longer than the time limit.
    """
    program = shutil.which("dot")
    if program is None:
        raise _failed("no program 'dot' on the PATH")
    try:
        finished = subprocess.run(
            [program, "-Tjson0"],
            input=source(problem).encode(),
            capture_output=True,
            timeout=TIME_LIMIT,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise _failed(f"it did not finish within {TIME_LIMIT:g} s") from None
    except OSError as error:
        raise _failed(f"it cannot be started ({error.strerror})") from error
    if finished.returncode != 0:
        words = finished.stderr.decode(errors="replace").strip().splitlines()
        reason = words[-1] if words else "no message"
        raise _failed(f"it ended with status {finished.returncode}: {reason}")
    try:
        answer = json.loads(finished.stdout)
    except ValueError:
        raise _failed("its answer is no JSON") from None
    return placement(answer, problem)


def _failed(reason: str) -> LayoutError:
    return LayoutError(
        "a layout from the dot program",
        reason,
        "leave the choice to engine='auto', which needs no program",
    )
