"""A notebook without a front end: IPython's own shell, for tests."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from IPython.core.interactiveshell import InteractiveShell
from traitlets.config import Config


@contextmanager
def notebook(folder: Path) -> Iterator[Any]:
    """Run a shell that `get_ipython` finds, and leave nothing of it behind.

    Arguments:
        folder: for what IPython writes.

    Yields:
        The shell; its `run_cell(code, store_history=True)` runs a cell.
    """
    config = Config()
    config.HistoryManager.enabled = False
    InteractiveShell.clear_instance()
    shell = InteractiveShell.instance(config=config, ipython_dir=str(folder))
    try:
        yield shell
    finally:
        shell.restore_sys_module_state()
        InteractiveShell.clear_instance()
