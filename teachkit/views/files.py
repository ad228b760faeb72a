"""A view as a file, in the form that the ending of its name asks for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Protocol, overload

from teachkit.errors import FileError, WrongTypeError
from teachkit.views.palette import Theme, check_theme

_PIXELS_PER_POINT = 2.0
_LARGEST_SIDE = 16000
"""Pixels; a picture beyond this needs gigabytes, so a large graph is drawn smaller."""


PICTURES = (".gv", ".html", ".pdf", ".png", ".svg", ".txt")
PAGES = (".html", ".txt")
"""Endings of what is no picture."""


class Page(Protocol):
    """What can be written to a file as a page or as text."""

    @property
    def text(self) -> str:
        """All of it in letters."""

    def html(self) -> str:
        """Return a whole page."""


class Picture(Page, Protocol):
    """What can be written to a file in every form."""

    @property
    def size(self) -> tuple[float, float]:
        """Width and height in pixels."""

    def svg(self, *, theme: Theme = "auto") -> str:
        """Return the picture as SVG."""

    def graphviz(self) -> str:
        """Return the graph in the language of Graphviz."""


@overload
def save(view: Picture, name: str | Path, theme: Theme) -> Path: ...


@overload
def save(
    view: Page, name: str | Path, theme: Theme = ..., *, endings: Sequence[str]
) -> Path: ...


def save(
    view: Page,
    name: str | Path,
    theme: Theme = "light",
    *,
    endings: Sequence[str] = PICTURES,
) -> Path:
    """Write a view to a file and return its path.

    Arguments:
        view: what to write.
        name: of the file; its ending says in which form.
        theme: of pictures that cannot follow the page they stand on.
        endings: forms that this view has, `PAGES` if it is no picture.

    Raises:
        WrongTypeError: the name is no text.
        FileError: no form has this ending, or the file cannot be written.
    """
    if not isinstance(name, (str, Path)):
        raise WrongTypeError(
            "the name of a file, such as 'model.svg'",
            "None" if name is None else f"a value of type {type(name).__name__}",
            "write it as text",
        )
    path = Path(name)
    ending = path.suffix.lower()
    if ending not in endings:
        raise FileError(
            "a file name that ends with " + ", ".join(endings),
            f"'{path.name}'",
            "choose one of these endings",
        )
    check_theme(theme)
    content = _FORMS[ending](view, theme)
    try:
        path.write_bytes(content)
    except (OSError, ValueError) as error:  # ValueError: a name with a null character
        reason = error.strerror if isinstance(error, OSError) else None
        raise FileError(
            f"a place where {path.name!r} can be written",
            f"'{path.parent}': {reason or error}",
            "choose another folder or name",
        ) from None
    return path


def _svg(view: Picture, theme: Theme) -> bytes:
    del theme  # a file of its own follows the system's preference
    return view.svg().encode()


def _html(view: Page, theme: Theme) -> bytes:
    del theme
    return view.html().encode()


def _txt(view: Page, theme: Theme) -> bytes:
    del theme
    return view.text.encode() + b"\n"


def _gv(view: Picture, theme: Theme) -> bytes:
    del theme
    return view.graphviz().encode()


def _png(view: Picture, theme: Theme) -> bytes:
    import vl_convert  # noqa: PLC0415 - 90 MB, for this alone

    scale = min(_PIXELS_PER_POINT, _LARGEST_SIDE / max(view.size))
    return bytes(vl_convert.svg_to_png(view.svg(theme=_fixed(theme)), scale=scale))


def _pdf(view: Picture, theme: Theme) -> bytes:
    import vl_convert  # noqa: PLC0415 - 90 MB, for this alone

    return bytes(vl_convert.svg_to_pdf(view.svg(theme=_fixed(theme))))


def _fixed(theme: Theme) -> Theme:
    return "light" if theme == "auto" else theme


_FORMS: dict[str, Callable[[Any, Theme], bytes]] = {
    ".svg": _svg,
    ".html": _html,
    ".txt": _txt,
    ".gv": _gv,
    ".png": _png,
    ".pdf": _pdf,
}
