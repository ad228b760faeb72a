"""Widgets in a page that needs no server, no kernel and no network.

A widget of anywidget is a module, a style and a state. A page holds each module and
style once, however many views it shows, and each state once. The script beside this
file gives every view a model that lives in the page: what a widget does by itself works
there, and what it asks a kernel for does not.
"""

from __future__ import annotations

import base64
import hashlib
import json
import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from teachkit.views.clean import clean_html
from teachkit.views.html_page import page as html_page

_SCRIPT = Path(__file__).parent / "static" / "standalone.js"
_STYLE = ".tk-live-note { font-style: italic }\n"
_NOSCRIPT = re.compile(r"</?noscript[^>]*>", re.IGNORECASE)

_OF_JUPYTER = {
    "_anywidget_id",
    "_css",
    "_dom_classes",
    "_esm",
    "_model_module",
    "_model_module_version",
    "_model_name",
    "_view_count",
    "_view_module",
    "_view_module_version",
    "_view_name",
    "layout",
    "tabbable",
    "tooltip",
}
"""Traits that every widget has for Jupyter; no module of a widget asks for them."""


@dataclass(frozen=True)
class Live:
    """A widget as it is now.

    Attributes:
        module: text of its ES module, as anywidget takes it.
        styles: its CSS.
        state: its traits by name, as JSON; bytes may stand anywhere in them.
        fallback: HTML for a browser without scripts, or one where the module fails.
    """

    module: str
    styles: str
    state: Mapping[str, Any]
    fallback: str = ""


def live(state: Mapping[str, Any], fallback: str = "") -> Live:
    """Return a widget from its state in Jupyter: `widget.get_state()`, or a notebook's.

    Arguments:
        state: all traits, with `_esm` and perhaps `_css` among them.
        fallback: HTML that is shown without scripts.
    """
    own = {name: value for name, value in state.items() if name not in _OF_JUPYTER}
    return Live(
        str(state.get("_esm") or ""), str(state.get("_css") or ""), own, fallback
    )


def piece(shown: Live, key: str) -> str:
    """Return one view of a widget: where it stands, its state, its fallback.

    The page needs `shared` as well, once.

    Arguments:
        shown: the widget.
        key: letters, digits and hyphens; another one for each widget of a page.
    """
    buffers: list[tuple[list[str | int], str]] = []
    content = {
        "module": _module_id(shown.module),
        "state": _without_bytes(shown.state, [], buffers),
        "buffers": buffers,
    }
    fallback = _NOSCRIPT.sub("", shown.fallback)
    return (
        f'<div class="tk-live" data-live="{key}">'
        + (f"<noscript>{fallback}</noscript>" if fallback else "")
        + f"{_data(f'tk-state-{key}', content)}</div>"
    )


def again(key: str) -> str:
    """Return a further view of a widget that has its `piece`: both move as one."""
    return f'<div class="tk-live" data-live="{key}"></div>'


def shared(lives: Iterable[Live]) -> str:
    """Return what the views of a page need once: styles, modules, and what starts them.

    It may stand anywhere in the body. Without a widget it is nothing.
    """
    lives = list(lives)
    if not lives:
        return ""
    styles = dict.fromkeys(one.styles for one in lives if one.styles)
    modules = dict.fromkeys(one.module for one in lives)
    return "\n".join(
        [
            *map(_style, (_STYLE, *styles)),
            *(_data(_module_id(module), module) for module in modules),
            f'<script type="module">\n{_script()}</script>',
        ]
    )


def alone(shown: Live) -> str:
    """Return the only widget of a page, with all that it needs."""
    return f"{piece(shown, '1')}\n{shared([shown])}"


def page(title: str, lives: Iterable[Live], lead: str = "") -> str:
    """Return a whole page with widgets, one below the other.

    Arguments:
        title: plain text, also the heading.
        lives: the widgets.
        lead: HTML between the heading and the first widget.
    """
    lives = list(lives)
    pieces = (piece(one, str(number)) for number, one in enumerate(lives, 1))
    parts = [f"<h1>{clean_html(title)}</h1>", lead, *pieces, shared(lives)]
    return html_page(title, "\n".join(filter(None, parts)))


@cache
def _script() -> str:
    return _SCRIPT.read_text(encoding="utf-8")


def _module_id(module: str) -> str:
    return f"tk-module-{hashlib.sha256(module.encode()).hexdigest()[:12]}"


def _style(css: str) -> str:
    """Return an element with CSS; a text in it cannot end the element."""
    safe = css.replace("</", r"<\/")  # the same to CSS, inside quotes or a remark
    return f"<style>{safe}</style>"


def _data(name: str, value: Any) -> str:
    """Return JSON that a script can read; nothing in it ends or opens an element."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    text = text.replace("<", r"\u003c")
    return f'<script type="application/json" id="{name}">{text}</script>'


def _without_bytes(
    value: Any, path: list[str | int], found: list[tuple[list[str | int], str]]
) -> Any:
    """Return what JSON can hold. Bytes are collected with the path to their place."""
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if isinstance(value, bytes | bytearray | memoryview):
        found.append((path, base64.b64encode(value).decode("ascii")))
        return None
    if isinstance(value, Mapping):
        return {k: _without_bytes(v, [*path, k], found) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [_without_bytes(v, [*path, i], found) for i, v in enumerate(value)]
    return value
