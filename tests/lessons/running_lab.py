"""JupyterLab as `teachkit lab` runs it, in a process of its own."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import teachkit

CHECKOUT = Path(teachkit.__file__).parent.parent
CODE = (
    "import sys, pathlib; from teachkit.lessons import open_lab; "
    "sys.exit(open_lab(pathlib.Path(sys.argv[1]), open_browser=False, port=0))"
)


@dataclass
class Lab:
    """JupyterLab that runs, and what it writes for who started it."""

    process: subprocess.Popen
    log: Path

    @cached_property
    def address(self) -> str:
        """What it tells to open in a browser.

        Raises:
            RuntimeError: it told none in half a minute.
        """
        for _ in range(300):
            if found := re.search(r"http://\S+", self.log.read_text()):
                return found.group()
            time.sleep(0.1)
        raise RuntimeError(f"JupyterLab told no address: {self.log.read_text()}")


@contextmanager
def running_lab(
    folder: Path, environment: Mapping[str, str] | None = None
) -> Iterator[Lab]:
    """Run JupyterLab in a folder while the block lasts.

    Arguments:
        folder: of a learner.
        environment: further variables.
    """
    path = [str(CHECKOUT), os.environ.get("PYTHONPATH", "")]
    log = folder / "errors.txt"
    with log.open("w") as errors:
        process = subprocess.Popen(
            [sys.executable, "-c", CODE, str(folder)],
            stderr=errors,
            stdout=subprocess.DEVNULL,
            start_new_session=True,
            env={
                **os.environ,
                **(environment or {}),
                "PYTHONPATH": os.pathsep.join(filter(None, path)),
            },
        )
    try:
        yield Lab(process, log)
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
