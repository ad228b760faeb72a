"""A notebook as one interactive page that works without a server, kernel or network.

What the author saw is in the page: text with its formulas, code, results, and views
that one can still touch. Nothing is asked from the network, whatever the notebook says;
the page forbids it to itself.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from pathlib import Path

from teachkit.errors import TeachkitError
from teachkit.views.files import save

_NEEDED = ("ipykernel", "nbclient", "nbconvert", "nbformat")


def export_lesson(
    notebook: str | Path,
    output: str | Path | None = None,
    *,
    run: bool | None = None,
    tell: Callable[[str], None] = lambda text: None,
    note: Callable[[str], None] = lambda text: None,
) -> Path:
    """Write a notebook as one page; the notebook itself stays as it is.

    Arguments:
        notebook: path of the notebook.
        output: path of the page; by default beside the notebook, ending with .html.
        run: True runs the notebook first, in memory; False never does; None does if it
            was saved without its widgets, as lessons are, and so has only pictures.
        tell: is told what is going on.
        note: is told what the reader should know.

    Returns:
        The path of the page.

    Raises:
        FileError: the notebook cannot be read, or the page cannot be written.
        TeachkitError: it was never run, it fails, or the extra `lab` is missing.
    """
    _check_installed()
    # Both import Jupyter's libraries, which only this function needs.
    from teachkit.lesson_export import notebooks  # noqa: PLC0415 - needs nbclient, which the extra lab brings
    from teachkit.lesson_export.page import LessonPage  # noqa: PLC0415 - needs nbconvert, which the extra lab brings

    path = Path(notebook)
    content = notebooks.read(path)
    target = path.with_suffix(".html") if output is None else output
    if run is None:
        notebooks.check_was_run(content, path)
        run = not notebooks.has_widgets(content)
        if run:
            note(
                f"{path.name} was saved without its widgets, so it is run once more, "
                "in memory; --no-run takes it as it is."
            )
    if run:
        notebooks.run(content, path, tell)
    else:
        notebooks.check_was_run(content, path)
        notebooks.check_widgets(content, path)
    return save(LessonPage(content, path), target, endings=(".html",))


def _check_installed() -> None:
    missing = [name for name in _NEEDED if importlib.util.find_spec(name) is None]
    if missing:
        raise TeachkitError(
            "the libraries of Jupyter that read and run notebooks",
            f"no {' and no '.join(missing)}",
            'install them: pip install "teachkit[lab]"',
        )
