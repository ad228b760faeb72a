"""Notebooks, read and run in memory. The file is never written."""

from __future__ import annotations

import json
import os
import subprocess
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path

import nbformat
from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, DeadKernelError
from nbformat import NotebookNode, ValidationError

from teachkit.errors import FileError, TeachkitError
from teachkit.lesson_export.saved_widgets import check_states, states

_QUIET = {"TF_CPP_MIN_LOG_LEVEL": "3", "TF_ENABLE_ONEDNN_OPTS": "0"}
"""TensorFlow without remarks on the machine, and with one order of additions."""


def read(path: Path) -> NotebookNode:
    """Return a notebook in the newest form.

    Raises:
        FileError: there is no such file, or it is no notebook.
    """
    try:
        text = path.read_text(encoding="utf-8")
        says_form = "nbformat" in json.loads(text)
    except OSError as error:
        raise _refused(path, error.strerror or str(error)) from None
    except (TypeError, ValueError):
        raise _refused(path, "which is no notebook") from None
    if not says_form:
        raise _refused(path, "which does not say what form of notebook it has")
    return _newest(text, path)


def _newest(text: str, path: Path) -> NotebookNode:
    try:
        with warnings.catch_warnings():
            # About ids of cells, which no page has.
            warnings.simplefilter("ignore")
            notebook: NotebookNode = nbformat.reads(text, as_version=4)  # type: ignore[no-untyped-call]
            nbformat.validate(notebook)
    except (ValidationError, ValueError, AttributeError, KeyError, TypeError) as error:
        reason = str(error).split("\n", maxsplit=1)[0]
        raise _refused(path, f"which is damaged: {reason}") from None
    return notebook


def _refused(path: Path, found: str) -> FileError:
    return FileError(
        "a notebook, a file that Jupyter saved with the ending .ipynb",
        f"'{path}': {found}",
        "check the name and the folder",
    )


def check_was_run(notebook: NotebookNode, path: Path) -> None:
    """Refuse a notebook without results.

    Raises:
        TeachkitError: it has code, and none of it was run.
    """
    cells = list(_code(notebook))
    if cells and not any(cell.execution_count or cell.outputs for cell in cells):
        raise TeachkitError(
            "a notebook that was run and saved",
            f"'{path}', of which no cell was run",
            "run all its cells and save it, or add --run",
        )


def has_widgets(notebook: NotebookNode) -> bool:
    """Tell whether the notebook was saved with the state of its widgets."""
    return bool(states(notebook.metadata))


def check_widgets(notebook: NotebookNode, path: Path) -> None:
    """Refuse a notebook that was saved with widgets no page can show.

    Raises:
        FileError: the state of one is damaged.
    """
    try:
        check_states(notebook.metadata)
    except ValueError as error:
        raise FileError(
            "a notebook with the state of its widgets, as Jupyter saves it",
            f"'{path}': which is damaged: {error}",
            "run it and save it again, or add --run",
        ) from None


def run(notebook: NotebookNode, path: Path, tell: Callable[[str], None]) -> None:
    """Run all cells in a fresh kernel of the Python that runs us.

    Arguments:
        notebook: gets the results, in place of those it has.
        path: where it lies; its code finds files beside it.
        tell: is told which cell runs.

    Raises:
        TeachkitError: a cell fails, or the kernel ends.
    """
    client = NotebookClient(
        notebook,
        # A kernel that the user registered under this name may be another Python.
        AsyncKernelManager(
            kernel_name="python3", kernel_spec_manager=KernelSpecManager(kernel_dirs=[])
        ),
        timeout=None,
        record_timing=False,
        coalesce_streams=True,
        extra_arguments=["--IPKernelApp.capture_fd_output=False"],
        resources={"metadata": {"path": str(path.resolve().parent)}},
    )
    notebook.metadata.pop("widgets", None)
    try:
        _run_cells(client, path, tell)
    except DeadKernelError:
        raise TeachkitError(
            "a notebook that runs to its end",
            f"'{path}', whose kernel ended before: stopped, or out of memory",
            "run it in JupyterLab to see where, or try again",
        ) from None


def _run_cells(client: NotebookClient, path: Path, tell: Callable[[str], None]) -> None:
    cells = client.nb.cells
    # What libraries remark about the machine is no result of a cell, and no news.
    options = {"env": {**_QUIET, **os.environ}, "stderr": subprocess.DEVNULL}
    # `client.execute` would do all this, and end with its own fault after a Ctrl-C.
    with client.setup_kernel(cleanup_kc=True, **options):
        for number, cell in enumerate(cells, 1):
            tell(f"Running cell {number} of {len(cells)} ...")
            try:
                client.execute_cell(cell, number - 1)
            except CellExecutionError as error:
                raise TeachkitError(
                    "a notebook that runs without an error",
                    f"'{path}', where cell {number} of {len(cells)} stops: "
                    f"{error.ename}: {error.evalue}",
                    "mend that cell, or give it the tag raises-exception if the error "
                    "is meant",
                ) from None
        client.set_widgets_metadata()


def _code(notebook: NotebookNode) -> Iterator[NotebookNode]:
    """Return the cells with code, without empty ones."""
    return (
        cell
        for cell in notebook.cells
        if cell.cell_type == "code" and cell.source.strip()
    )
