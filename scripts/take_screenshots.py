"""Photograph the views, as pages of their own and in the front ends, and the lessons.

Run from the root of the project: `make screenshots`, or
python -m scripts.take_screenshots folder --only siamese lessons
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from playwright.sync_api import Browser, Page

import teachkit as tk
from scripts.lesson_pictures import photograph_lessons
from tests.front_ends import servers
from tests.front_ends.models import MODELS
from tests.front_ends.notebooks import WIDE, FrontEnd, JupyterLab, Marimo, Notebook7
from tests.ui.chromium import chromium

ROOT = Path(__file__).parent.parent
PHONE = (360, 720)
LESSONS = "lessons"
"""The word for `--only` that means all lessons."""

VIEW = ".tkw, .tk, img[src^='data:image/svg']"
"""A view: interactive, drawn, or the drawing as a picture."""

CHOICES = {"siamese": "embedding", "residual": "around"}
"""The box that is clicked, so that the panel is seen; elsewhere it is the first."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What is photographed.

    Attributes:
        name: how the picture is called.
        model: the function of `tests.front_ends.models` that builds the model.
        view: what makes the view.
        expression: the same in a cell of a notebook, where it is to be seen.
    """

    name: str
    model: str
    view: Callable[[Any], Any]
    expression: str

    @property
    def cells(self) -> list[str]:
        """The source of a notebook."""
        setup = (
            "import numpy as np\n\nimport teachkit as tk\n"
            f"from tests.front_ends.models import {self.model}\n\n"
            f"model = {self.model}()"
        )
        return [setup, self.expression]


SUBJECTS = [
    *(Subject(name, name, tk.show, "tk.show(model)") for name in MODELS),
    Subject(
        "trace",
        "residual",
        lambda model: tk.trace(model, np.ones((1, 16), "float32")),
        'tk.trace(model, np.ones((1, 16), "float32"))',
    ),
    Subject("comparison", "residual", tk.compare, "tk.compare(model)"),
]


def main() -> None:
    """Photograph everything into a folder, and name each picture."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("folder", nargs="?", default=str(ROOT / "build/screenshots"))
    names = [*(subject.name for subject in SUBJECTS), LESSONS]
    options.add_argument("--only", nargs="*", choices=names, default=names)
    chosen = options.parse_args()
    folder = Path(chosen.folder)
    folder.mkdir(parents=True, exist_ok=True)
    subjects = [subject for subject in SUBJECTS if subject.name in chosen.only]
    with chromium() as browser:
        for path in _photographed(browser, subjects, folder):
            print(path, flush=True)
        if LESSONS in chosen.only:
            for path in photograph_lessons(browser, folder):
                print(path, flush=True)


def _photographed(
    browser: Browser, subjects: list[Subject], folder: Path
) -> Iterator[Path]:
    """Photograph each subject in all ways; yield each picture once it is there."""
    if not subjects:
        return
    with ExitStack() as running:
        work = running.enter_context(tempfile.TemporaryDirectory())
        for name, photograph in _cameras(browser, Path(work), running):
            for subject in subjects:
                path = folder / f"{subject.name}-{name}.png"
                photograph(subject, path)
                yield path


Camera = Callable[[Subject, Path], None]


def _cameras(
    browser: Browser, work: Path, running: ExitStack
) -> Iterator[tuple[str, Camera]]:
    """Yield the ways in which each subject is photographed; servers run meanwhile."""
    for look, size in (("light", WIDE), ("dark", WIDE), ("phone", PHONE)):
        yield f"page-{look}", _page_camera(browser, look, size)
    jupyter = running.enter_context(servers.jupyter(work / "jupyter"))
    marimo = running.enter_context(servers.marimo(work / "marimo"))
    front_ends: dict[str, FrontEnd] = {
        "jupyterlab": JupyterLab(jupyter, browser),
        "notebook7": Notebook7(jupyter, browser),
        "marimo": Marimo(marimo, browser),
    }
    for name, front_end in front_ends.items():
        for look in ("light", "dark"):
            yield f"{name}-{look}", _notebook_camera(front_end, look)


@cache
def _html(subject: Subject) -> str:
    """Return the page of a view; made once, so that each look shows the same names."""
    html: str = subject.view(MODELS[subject.model]()).html()
    return html


def _page_camera(browser: Browser, look: str, size: tuple[int, int]) -> Camera:
    def photograph(subject: Subject, path: Path) -> None:
        with tempfile.TemporaryDirectory() as folder:
            page_file = Path(folder) / "page.html"
            page_file.write_text(_html(subject), encoding="utf-8")
            page = browser.new_page(
                viewport={"width": size[0], "height": size[1]},
                color_scheme="dark" if look == "dark" else "light",
            )
            page.goto(page_file.as_uri())
            _pose(page, subject)
            page.screenshot(path=path)
            page.close()

    return photograph


def _notebook_camera(front_end: FrontEnd, look: str) -> Camera:
    def photograph(subject: Subject, path: Path) -> None:
        with front_end.opened(subject.cells, scheme=look) as notebook:
            _pose(notebook.page, subject)
            notebook.page.screenshot(path=path)
            for fault in [*notebook.faults, *notebook.outside]:
                print(f"{path.name}: {fault}")

    return photograph


def _pose(page: Page, subject: Subject) -> None:
    """Show the view, with a box selected if it can be."""
    page.locator(VIEW).first.scroll_into_view_if_needed()
    boxes = page.locator(".tkw [data-key]")
    if page.locator(".tkw").count():
        boxes.first.wait_for()
        chosen = page.locator(f".tkw [data-key^='{CHOICES.get(subject.model)}']")
        (chosen if chosen.count() else boxes).first.click()
        page.locator(".tkw-panel").first.wait_for()


if __name__ == "__main__":
    main()
