"""The lessons: where they are, copied for a learner, opened in JupyterLab.

A learner works in a folder of their own, on copies, so nothing here may ever replace
a file that is already there. Nothing is printed: the command line shows what these
functions return. Jupyter is started as a program and never imported.
"""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from teachkit.errors import FileError, TeachkitError, WrongValueError

_DATA = "data"
"""Folder beside the lessons with the tables they read."""

_JUPYTER = Path(__file__).parent / "_jupyter"
"""What JupyterLab is given for a lesson. `labconfig`: it asks nothing about Jupyter's
news and does not call the network, so the first thing to see is the lesson. `kernels`:
the Python that runs us, which has teachkit (a kernel registered for the user may be
another); what TensorFlow's libraries remark about the machine goes to the terminal, not
in red under the learner's first cell."""

_PATIENCE = 10.0
"""Seconds that JupyterLab has to close its kernels after Ctrl-C."""


@dataclass(frozen=True, slots=True)
class CopyReport:
    """What `copy_lessons` did, as paths relative to the learner's folder.

    Attributes:
        target: the learner's folder.
        copied: files that are new there.
        unchanged: files that were there already, equal to ours.
        kept: files that were there already and differ: the learner's work, untouched.
        noun: what one of the files is.

    Example:
        >>> print(CopyReport(Path("course"), ("01_a.ipynb",), (), ()).text)
        1 lesson file copied to course.
    """

    target: Path
    copied: tuple[str, ...]
    unchanged: tuple[str, ...]
    kept: tuple[str, ...]
    noun: str = "lesson file"

    @property
    def text(self) -> str:
        """What happened, in the sentences a learner is shown."""
        sentences = []
        if self.copied:
            sentences.append(f"{self._counted(self.copied)} copied to {self.target}.")
        if self.unchanged:
            sentences.append(f"{self._counted(self.unchanged)} already there.")
        if self.kept:
            sentences.append(
                f"{self._counted(self.kept)} with your own changes kept as found: "
                f"{', '.join(self.kept)}. To get a fresh copy, rename yours first."
            )
        return "\n".join(sentences)

    def _counted(self, paths: tuple[str, ...]) -> str:
        return f"{len(paths)} {self.noun}{'s' if len(paths) > 1 else ''}"


def lessons_folder() -> Traversable:
    """Return the folder of the lessons: in the package, or in the checkout around it.

    Raises:
        FileError: neither is there, so the installation is not whole.
    """
    packaged = files("teachkit") / "_lessons"
    checkout = Path(__file__).parent.parent / "notebooks"
    for folder in (packaged, checkout):
        if folder.is_dir() and any(_lesson_files(folder)):
            return folder
    raise FileError(
        "the lessons beside the installed package teachkit",
        f"none in {packaged} and none in {checkout}",
        "install teachkit again",
    )


def copy_lessons(target: Path) -> CopyReport:
    """Copy the lessons and their data into a folder, and never over a file there.

    Arguments:
        target: the learner's folder. It is made if it is missing.

    Returns:
        Which files are new, which were there, and which the learner has changed.

    Raises:
        FileError: the folder is a file, or cannot be written.

    Example:
        >>> import tempfile
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     "01_layers_are_functions.ipynb" in copy_lessons(Path(folder)).copied
        True
    """
    sources = _lesson_files(lessons_folder())
    return _copy_all(target, ((path, one.read_bytes()) for path, one in sources))


def copy_exercises(target: Path, notebooks: Mapping[str, str]) -> CopyReport:
    """Write notebooks of exercises into a folder, and never over a file there.

    Arguments:
        target: the learner's folder. It is made if it is missing.
        notebooks: their texts, by paths relative to the folder.

    Returns:
        Which notebooks are new, which were there, and which the learner has changed.

    Raises:
        FileError: the folder is a file, or cannot be written.
    """
    made = ((path, text.encode("utf-8")) for path, text in notebooks.items())
    return replace(_copy_all(target, made), noun="exercise")


def open_lab(
    target: Path, *, open_browser: bool = True, port: int | None = None
) -> int:
    """Run JupyterLab in a folder, on its first lesson, until the learner ends it.

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
    _trust_our_own(target)
    return _run([sys.executable, "-m", "jupyterlab", *options], _lab_environment())


def _lesson_files(folder: Traversable) -> Iterator[tuple[str, Traversable]]:
    """Yield the relative path and the content of what a learner gets, in order."""
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.name.endswith(".ipynb") and entry.is_file():
            yield entry.name, entry
        elif entry.name == _DATA and entry.is_dir():
            yield from (
                (f"{_DATA}/{table.name}", table)
                for table in sorted(entry.iterdir(), key=lambda table: table.name)
                if table.is_file() and not table.name.startswith(".")
            )


def _copy_all(target: Path, sources: Iterable[tuple[str, bytes]]) -> CopyReport:
    target = Path(target).expanduser()
    sorted_out: dict[str, list[str]] = {"copied": [], "unchanged": [], "kept": []}
    try:
        for path, content in sources:
            sorted_out[_copy(content, target / path)].append(path)
    except OSError as error:
        raise _cannot_write(target, error) from error
    copied, unchanged, kept = map(tuple, sorted_out.values())
    return CopyReport(target, copied, unchanged, kept)


def _copy(content: bytes, path: Path) -> str:
    """Write a new file and say `copied`, or leave the old one and say what it is."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        # Mode x refuses a file that is there, even one that appeared just now.
        with path.open("xb") as file:
            file.write(content)
    except FileExistsError:
        return "unchanged" if _is_equal(path, content) else "kept"
    except OSError:
        # Half a lesson would look like the learner's own work the next time.
        path.unlink(missing_ok=True)
        raise
    return "copied"


def _is_equal(path: Path, content: bytes) -> bool:
    return path.is_file() and path.read_bytes() == content


def _cannot_write(target: Path, error: OSError) -> FileError:
    if target.exists() and not target.is_dir():
        found = f"'{target}', which is a file"
    else:
        found = f"'{error.filename or target}': {error.strerror or error}"
    return FileError(
        "a folder that lessons can be copied to", found, "name another folder"
    )


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


def _trust_our_own(target: Path) -> None:
    """Sign the lessons that are as we made them.

    JupyterLab shows no drawing of a notebook it does not trust until its cells are run.
    """
    ours = [
        str(target / path)
        for path, source in _lesson_files(lessons_folder())
        if path.endswith(".ipynb") and _is_equal(target / path, source.read_bytes())
    ]
    if ours:
        command = [sys.executable, "-m", "nbformat.sign", *ours]
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
