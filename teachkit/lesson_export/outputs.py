"""What a cell gave out, as HTML: the best form of it that needs no network."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from nbconvert.filters import ansi2html

from teachkit.lesson_export.markdown import Markdown
from teachkit.lesson_export.widgets import VIEW, Widgets
from teachkit.views.clean import clean_html
from teachkit.views.latex import latex_to_mathml

_OVERWRITTEN = re.compile(r"[^\n]*\r(?=[^\n])")
"""What a progress bar wrote before it went back to the start of its line."""

_PROLOGUE = re.compile(r"^.*?(?=<svg\b)", re.DOTALL)
_HAS_IDS = re.compile(r"\sid=")
_PICTURES = ("image/png", "image/jpeg", "image/gif", "image/webp")
_NO_WORDS = "Picture that the code above made"


class Outputs:
    """Turns outputs into HTML.

    Arguments:
        metadata: of the notebook; it holds the widgets.
        markdown: turns Markdown into HTML.
    """

    def __init__(self, metadata: Mapping[str, Any], markdown: Markdown) -> None:
        self.widgets = Widgets(metadata, self.html)
        self._markdown = markdown
        self._forms: dict[str, Callable[[str, Mapping[str, Any]], str]] = {
            "text/html": lambda text, _: f'<div class="scroll">{text}</div>',
            "text/markdown": lambda text, _: markdown.html(text),
            "image/svg+xml": _svg,
            **{mime: _picture(mime) for mime in _PICTURES},
            "text/latex": lambda text, _: _latex(text),
            "text/plain": lambda text, _: _pre(text),
        }

    def html(self, outputs: Sequence[Any]) -> str:
        """Return all outputs of a cell, one below the other."""
        pieces = (self._piece(output) for output in _joined(outputs))
        return "\n".join(f'<div class="result">{one}</div>' for one in pieces if one)

    def _piece(self, output: Mapping[str, Any]) -> str:
        kind = output["output_type"]
        if kind == "stream":
            return _pre(output["text"], output["name"])
        if kind == "error":
            lines = output["traceback"] or [f"{output['ename']}: {output['evalue']}"]
            return _pre("\n".join(lines), "stderr")
        return self._bundle(output["data"], output.get("metadata", {}))

    def _bundle(self, data: Mapping[str, Any], metadata: Mapping[str, Any]) -> str:
        """Return the best of the forms that an object has."""
        best = next((mime for mime in self._forms if mime in data), None)
        still = ""
        if best is not None:
            about = {**metadata, **_mapping(metadata.get(best))}
            still = self._forms[best](data[best], {**about, "words": _words(data)})
        model = str(_mapping(data.get(VIEW)).get("model_id"))
        return self.widgets.html(model, still) if model in self.widgets else still


def _joined(outputs: Sequence[Any]) -> Iterator[Mapping[str, Any]]:
    """Return outputs, where what a stream gave in several pieces is one."""
    last: dict[str, Any] | None = None
    for output in outputs:
        if last is not None and _is_same_stream(last, output):
            last["text"] += output["text"]
            continue
        if last is not None:
            yield last
        last = dict(output)
    if last is not None:
        yield last


def _is_same_stream(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    kinds = one["output_type"], other["output_type"]
    return kinds == ("stream", "stream") and one["name"] == other["name"]


def _pre(text: str, name: str = "stdout") -> str:
    """Return text of a terminal with its colours."""
    lines = _OVERWRITTEN.sub("", text.rstrip("\n"))
    shown = str(ansi2html(lines))  # type: ignore[no-untyped-call]
    return f'<pre class="{clean_html(name)}">{shown}</pre>' if shown.strip() else ""


def _latex(text: str) -> str:
    return latex_to_mathml(text.strip().strip("$"), display=True)


def _svg(text: str, about: Mapping[str, Any]) -> str:
    """Return a drawing in the page, where it follows the theme of the page.

    One that names its parts becomes a picture: two such drawings may use one name.
    """
    if _HAS_IDS.search(text):
        data = base64.b64encode(text.encode()).decode("ascii")
        return _picture("image/svg+xml")(data, about)
    return f'<div class="scroll">{_PROLOGUE.sub("", text, count=1)}</div>'


def _picture(mime: str) -> Callable[[str, Mapping[str, Any]], str]:
    def element(data: str, about: Mapping[str, Any]) -> str:
        size = "".join(
            f' {name}="{int(about[name])}"'
            for name in ("width", "height")
            if isinstance(about.get(name), int | float)
        )
        words = clean_html(str(about.get("alt") or about["words"]))
        source = f"data:{mime};base64,{''.join(data.split())}"
        return f'<img src="{source}" alt="{words}"{size}>'

    return element


def _words(data: Mapping[str, Any]) -> str:
    """Return what a picture shows in words, if the notebook has them."""
    text = str(data.get("text/plain", "")).strip()
    is_sentence = text and "\n" not in text and not text.startswith("<")
    return text if is_sentence else _NO_WORDS


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}
