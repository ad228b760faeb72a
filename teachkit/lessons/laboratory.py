"""JupyterLab is opened in the folder of a learner."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from pathlib import Path

from teachkit.errors import FileError, TeachkitError, WrongValueError
from teachkit.lessons.start_page import START_PAGE, is_ours

_JUPYTER = Path(__file__).parent.parent / "_jupyter"
"""What JupyterLab is given for a lesson. `labconfig`: it asks nothing about Jupyter's
news and does not call the network, so the first thing to see is the lesson. `kernels`:
the Python that runs us, which has teachkit (a kernel registered for the user may be
another); what TensorFlow's libraries remark about the machine goes to the terminal, not
in red under the learner's first cell."""

_PATIENCE = 10.0
"""Seconds that JupyterLab has to close its kernels after Ctrl-C."""


def open_lab(
    target: Path, *, open_browser: bool = True, port: int | None = None
) -> int:
    """Run JupyterLab in a folder, on its start page, until the learner ends it.

    The server listens on this machine only. Ctrl-C closes it without a question.

    Arguments:
        target: the folder that JupyterLab shows.
        open_browser: whether to open a browser; the address is printed anyway.
        port: where to listen, 0 for any free port. JupyterLab looks for a free one
            itself when nothing is given.

    Returns:
        The exit status of JupyterLab, 0 after Ctrl-C.

    Raises:
        TeachkitError: JupyterLab is not installed.
        FileError: the folder is not there.
        WrongValueError: there is no such port.
    """
    if importlib.util.find_spec("jupyterlab") is None:
        raise TeachkitError(
            "JupyterLab, which shows the lessons",
            f"no package 'jupyterlab' for {sys.executable}",
            'install it with: pip install "teachkit[lab]"',
        )
    target = Path(target).expanduser()
    if not target.is_dir():
        raise FileError("a folder with lessons", f"{target}", "copy the lessons there")
    options = _lab_options(target.resolve(), open_browser=open_browser, port=port)
    _trust_start_page(target)
    return _run([sys.executable, "-m", "jupyterlab", *options], _lab_environment())


def _lab_options(target: Path, *, open_browser: bool, port: int | None) -> list[str]:
    if port is not None and not 0 <= port <= 65535:
        raise WrongValueError("a port from 0 to 65535", f"{port}", "name another one")
    lessons = sorted(target.glob("[0-9][0-9]_*.ipynb"))
    start = f"/lab/tree/{lessons[0].name}" if lessons else "/lab"
    options = [
        f"--ServerApp.root_dir={target}",
        "--ServerApp.ip=127.0.0.1",
        f"--LabApp.default_url={start}",
        "--ServerApp.answer_yes=True",
        # At its usual level the address drowns in forty lines about extensions.
        "--log-level=WARN",
    ]
    if port is not None:
        # Who names a port wants that one: no search for the next free one.
        options += [f"--ServerApp.port={port}", "--ServerApp.port_retries=0"]
    if not open_browser:
        options.append("--no-browser")
    if _is_root():
        # Jupyter refuses to run as root; in a container there may be no one else.
        options.append("--allow-root")
    return options


def _lab_environment() -> dict[str, str]:
    """Return our environment, with our folder before the others Jupyter looks in."""
    environment = dict(os.environ)
    for name in ("JUPYTER_CONFIG_PATH", "JUPYTER_PATH"):
        folders = [str(_JUPYTER), environment.get(name, "")]
        environment[name] = os.pathsep.join(filter(None, folders))
    return environment


def _trust_start_page(target: Path) -> None:
    """Sign the start page if all in it is ours.

    JupyterLab shows no table of a notebook it does not trust until its cells are run.
    The lessons need no signature: they come without outputs.
    """
    path = target / START_PAGE
    if is_ours(path):
        command = [sys.executable, "-m", "nbformat.sign", str(path)]
        subprocess.run(command, check=False, capture_output=True)


def _is_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0


def _run(command: list[str], environment: dict[str, str]) -> int:
    process = subprocess.Popen(command, env=environment)
    try:
        return process.wait()
    except KeyboardInterrupt:
        return _stop(process)


def _stop(process: subprocess.Popen[bytes]) -> int:
    """Wait for the server, which got the same Ctrl-C, to close its kernels."""
    try:
        process.wait(_PATIENCE)
    except (subprocess.TimeoutExpired, KeyboardInterrupt):
        process.terminate()
        process.wait()
    return 0
