"""The scripts and styles of the views in a browser, each view with one of both.

A module that anywidget is given cannot import its neighbours. So the files it needs
are put one after the other: they are ordinary ES modules, and only the lines that
import and the words that export fall away. Every view in a notebook carries a copy of
its module, so it travels deflated, and a few plain lines inflate it.
"""

from __future__ import annotations

import base64
import re
import zlib
from functools import cache
from pathlib import Path

from teachkit.views.palette import HUES, variables
from teachkit.views.stylesheet import drawing_rules

FILES = Path(__file__).parent / "static"
_IMPORT = re.compile(r'^import \{[^}]*\} from "\./(\w+)\.js";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (?!default)", re.MULTILINE)


@cache
def module(name: str) -> str:
    """Return a view's script as one ES module, with all that it imports."""
    packed = base64.b64encode(zlib.compress(source(name).encode(), 9)).decode()
    return _text("loader.js").replace("PACKED", packed)


def source(name: str) -> str:
    """Return the text of a view's script, with all that it imports, as it was written.

    Example:
        >>> "import {" in source("graph_view")
        False
    """
    return "\n".join(map(_bare, _with_imports(name, [])))


@cache
def styles(name: str) -> str:
    """Return a view's stylesheet: the palette, the drawing, and what is its own."""
    own = [_text(f"{one}.css") for one in dict.fromkeys(("graph_view", name))]
    return "\n".join([_palette(), drawing_rules(), *own])


def _with_imports(name: str, found: list[str]) -> list[str]:
    """Return the names of a file and of those it needs, what is needed first."""
    for needed in _IMPORT.findall(_text(f"{name}.js")):
        if needed not in found:
            _with_imports(needed, found)
    found.append(name)
    return found


def _bare(name: str) -> str:
    return _EXPORT.sub("", _IMPORT.sub("", _text(f"{name}.js")))


def _text(file: str) -> str:
    return (FILES / file).read_text(encoding="utf-8")


def _palette() -> str:
    """Return every colour with its light and its dark form, as the page asks."""
    light, dark = variables(dark=False), variables(dark=True)
    colours = "; ".join(f"{k}: light-dark({light[k]}, {dark[k]})" for k in light)
    far = "\n".join(f".tkw-far-{hue} {{ fill: var(--tk-{hue}-line) }}" for hue in HUES)
    return f".tkw {{ {colours} }}\n{far}"
