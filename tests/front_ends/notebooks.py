"""Notebooks of given cells, opened and run in a front end as a reader would do it."""

from __future__ import annotations

import tempfile
import textwrap
from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import nbformat
from playwright.sync_api import Browser, Page

from tests.front_ends.recording import OpenNotebook, recorded
from tests.front_ends.servers import Server

PATIENCE = 90_000
"""Milliseconds that a notebook has to run, the import of TensorFlow included."""

QUICK = 15_000
"""Milliseconds that a page has for anything later."""

WIDE = (1280, 900)
"""Width and height of a window, in pixels."""

LOADED = "() => Boolean(window.jupyterapp?.shell?.currentWidget?.sessionContext)"
RUN_ALL = """async () => {
  const panel = jupyterapp.shell.currentWidget;
  await panel.context.ready;
  await panel.sessionContext.ready;
  await jupyterapp.commands.execute('notebook:run-all-cells');
  return panel.content.model.sharedModel.cells
    .flatMap(cell => cell.toJSON().outputs ?? [])
    .filter(output => output.output_type === 'error')
    .map(output => output.traceback.join('\\n'));
}"""
"""Toolbars say "idle" before there is a kernel, and a cell that is run then is lost."""

END_KERNEL = "() => jupyterapp.shell.currentWidget.sessionContext.shutdown()"

MARIMO_DONE = """count => {
  const states = [...document.querySelectorAll('[data-testid=cell-status]')]
    .filter(cell => cell.matches('.elapsed-time[data-status=idle]'));
  return states.length >= count
    || document.querySelector('[data-cell-id] .marimo-error, .marimo-cell .has-error');
}"""
"""An idle cell has a duration only after it ran."""

MARIMO_FAULTS = """() => [...document.querySelectorAll('.has-error')]
  .map(cell => cell.innerText)"""


class FrontEnd(ABC):
    """A program that shows notebooks.

    Arguments:
        server: where it runs.
        browser: in which it is looked at.
    """

    shown = "{}"
    """How the last line of a cell displays a widget."""

    own_faults: tuple[str, ...] = ()
    """Errors that it tells without any notebook of ours; they are not reported."""

    def __init__(self, server: Server, browser: Browser) -> None:
        self._server = server
        self._browser = browser

    @contextmanager
    def opened(
        self,
        cells: Sequence[str],
        *,
        files: Mapping[str, str] | None = None,
        scheme: str = "light",
        size: tuple[int, int] = WIDE,
    ) -> Iterator[OpenNotebook]:
        """Open a new notebook and run it, with a kernel of its own.

        Arguments:
            cells: the source of each cell.
            files: further files beside the notebook, as names and contents.
            scheme: `light` or `dark`.
            size: width and height of the window.

        Yields:
            The notebook after all cells have run. Page and kernel end with the block.
        """
        folder = Path(tempfile.mkdtemp(dir=self._server.work))
        for name, content in (files or {}).items():
            (folder / name).write_text(content, encoding="utf-8")
        path = self._write(folder, cells)
        with self.opened_file(path, len(cells), scheme=scheme, size=size) as notebook:
            yield notebook

    @contextmanager
    def opened_file(
        self,
        path: Path,
        count: int,
        *,
        scheme: str = "light",
        size: tuple[int, int] = WIDE,
    ) -> Iterator[OpenNotebook]:
        """Open a notebook that is there and run it, with a kernel of its own.

        Arguments:
            path: the notebook, in the folder that the server shows.
            count: how many cells of code it has.
            scheme: `light` or `dark`.
            size: width and height of the window.

        Yields:
            The notebook after all cells have run. Page and kernel end with the block.
        """
        place = self._place(path.relative_to(self._server.work).as_posix())
        context = self._browser.new_context(
            color_scheme="dark" if scheme == "dark" else "light",
            viewport={"width": size[0], "height": size[1]},
        )
        context.set_default_timeout(PATIENCE)
        try:
            notebook = recorded(context, self.own_faults)
            notebook.page.goto(f"{self._server.address}/{place}")
            try:
                notebook.faults += self._run(notebook.page, count)
                notebook.page.set_default_timeout(QUICK)
                yield notebook
            finally:
                self._end(notebook.page)
        finally:
            context.close()

    @abstractmethod
    def _write(self, folder: Path, cells: Sequence[str]) -> Path:
        """Write a notebook with these cells."""

    @abstractmethod
    def _place(self, path: str) -> str:
        """Return where the server shows a notebook."""

    @abstractmethod
    def _run(self, page: Page, count: int) -> list[str]:
        """Run all cells, wait for them, and return the errors of cells."""

    @abstractmethod
    def _end(self, page: Page) -> None:
        """End the kernel."""


class JupyterLab(FrontEnd):
    """JupyterLab."""

    def _write(self, folder: Path, cells: Sequence[str]) -> Path:
        path = folder / "notebook.ipynb"
        code = [nbformat.v4.new_code_cell(cell) for cell in cells]
        # Without the name of a kernel a dialog asks for one.
        kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3"}}
        nbformat.write(nbformat.v4.new_notebook(cells=code, metadata=kernel), path)
        return path

    def _place(self, path: str) -> str:
        # Without the reset the notebooks that were open before come back.
        return f"lab/tree/{path}?reset"

    def _run(self, page: Page, count: int) -> list[str]:
        page.wait_for_function(LOADED)
        return list(page.evaluate(RUN_ALL))

    def _end(self, page: Page) -> None:
        page.evaluate(END_KERNEL)


class Notebook7(JupyterLab):
    """Notebook 7."""

    # Version 7.6 has not all that the parts of JupyterLab in it look for.
    own_faults = (
        "Cannot read properties of undefined (reading 'schema')",
        "Command 'filebrowser:open-path' not registered",
    )

    def _place(self, path: str) -> str:
        return f"notebooks/{path}"


class Marimo(FrontEnd):
    """The editor of marimo, which runs a notebook by itself when it is opened."""

    shown = "mo.ui.anywidget({})"

    def _write(self, folder: Path, cells: Sequence[str]) -> Path:
        path = folder / "notebook.py"
        code = ["import marimo\n\napp = marimo.App()\n"]
        for cell in ["import marimo as mo", *cells]:
            body = textwrap.indent(cell, "    ")
            code.append(f"\n\n@app.cell\ndef _():\n{body}\n    return\n")
        path.write_text("".join(code), encoding="utf-8")
        return path

    def _place(self, path: str) -> str:
        return f"?file={path}"

    def _run(self, page: Page, count: int) -> list[str]:
        page.wait_for_function(MARIMO_DONE, arg=count + 1)
        return list(page.evaluate(MARIMO_FAULTS))

    def _end(self, page: Page) -> None:
        """The server ends the kernel once the page is closed."""
