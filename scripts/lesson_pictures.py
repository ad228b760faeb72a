"""Pictures of whole lessons: as an exported page, printed, and in JupyterLab."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from unittest.mock import patch

from playwright.sync_api import Browser, Page

from teachkit.lesson_export import export_lesson
from tests.front_ends import servers
from tests.front_ends.notebooks import JupyterLab
from tests.lessons.learner import write_folder

WIDTH = 1100
HEIGHT = 900
PAPER = 794
"""Width of A4 in pixels, as browsers count them."""

SETTLED = 1000
"""Milliseconds after which a page of a new size is drawn."""

SHOW_ALL = """() => {
  const notebook = jupyterapp.shell.currentWidget.content;
  jupyterapp.shell.collapseLeft();
  notebook.notebookConfig = {...notebook.notebookConfig, windowingMode: 'none'};
  notebook.activeCellIndex = 0;
}"""
"""JupyterLab draws a cell when it comes into sight: for a picture it shall draw all."""

NEEDED = """() => {
  const notebook = document.querySelector('.jp-NotebookPanel-notebook');
  const seen = notebook.querySelector('.jp-WindowedPanel-outer');
  const cells = notebook.querySelector('.jp-WindowedPanel-viewport');
  seen.scrollTop = 0;
  return innerHeight - seen.clientHeight + cells.scrollHeight;
}"""
"""How high the window must be for all cells, with what stands above them."""


def photograph_lessons(browser: Browser, folder: Path) -> Iterator[Path]:
    """Photograph each lesson as a learner has it, from its first line to its last.

    Arguments:
        browser: draws the pages.
        folder: where the pictures go.

    Yields:
        The path of each picture once it is there.
    """
    # The progress of whoever takes the pictures is not that of a beginner.
    with (
        tempfile.TemporaryDirectory() as work,
        patch.dict(os.environ, TEACHKIT_PROGRESS=f"{work}/progress.json"),
        servers.jupyter(Path(work) / "jupyter") as server,
    ):
        lessons = sorted(write_folder(server.work).glob("[0-9][0-9]_*.ipynb"))
        lab = JupyterLab(server, browser)
        for lesson in lessons:
            page = export_lesson(lesson, Path(work) / f"{lesson.stem}.html", run=True)
            yield from _exported(browser, page, folder)
            yield from _in_lab(lab, lesson, folder)


def _exported(browser: Browser, file: Path, folder: Path) -> Iterator[Path]:
    for look, width in (("light", WIDTH), ("dark", WIDTH), ("print", PAPER)):
        page = browser.new_page(
            viewport={"width": width, "height": HEIGHT},
            color_scheme="dark" if look == "dark" else "light",
        )
        if look == "print":
            page.emulate_media(media="print")
        page.goto(file.as_uri())
        path = folder / f"{file.stem}-page-{look}.png"
        yield _photograph(page, path)
        page.close()


def _in_lab(lab: JupyterLab, lesson: Path, folder: Path) -> Iterator[Path]:
    for look in ("light", "dark"):
        path = folder / f"{lesson.stem}-jupyterlab-{look}.png"
        with lab.opened_file(lesson, 0, scheme=look, size=(WIDTH, HEIGHT)) as notebook:
            _stretch(notebook.page)
            yield _photograph(notebook.page, path)
            for fault in [*notebook.faults, *notebook.outside]:
                print(f"{path.name}: {fault}")


def _stretch(page: Page) -> None:
    """Make the window as high as the notebook, known once all of it was in sight."""
    page.evaluate(SHOW_ALL)
    for _ in range(2):
        page.wait_for_timeout(SETTLED)
        height = page.evaluate(NEEDED)
        page.set_viewport_size({"width": WIDTH, "height": height})


def _photograph(page: Page, path: Path) -> Path:
    page.wait_for_timeout(SETTLED)
    page.screenshot(path=path, full_page=True)
    return path
