"""Text of a notebook as HTML: Jupyter's Markdown, with formulas that need no script."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from html import unescape
from pathlib import Path
from typing import Any

from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

from teachkit.views.clean import clean_html
from teachkit.views.latex import latex_to_mathml

_TAG = re.compile(r"<[^>]*>")
_IMAGE = re.compile(r"(<img\b[^>]*?\bsrc=)([\"'])(.*?)\2", re.IGNORECASE)
_REMOTE = re.compile(r"(?:https?:)?//", re.IGNORECASE)


class Markdown:
    """Turns the Markdown of one notebook into HTML; its headings get unique ids.

    Arguments:
        folder: where the notebook lies; pictures in it become part of the page.
    """

    def __init__(self, folder: Path) -> None:
        self._renderer = _Renderer(
            escape=False, embed_images=True, path=str(folder.resolve())
        )
        self._markdown = MarkdownWithMath(self._renderer)

    def html(self, source: str, attachments: Mapping[str, Any] | None = None) -> str:
        """Return HTML.

        Arguments:
            source: the Markdown.
            attachments: pictures that the cell carries, by name.
        """
        self._renderer.attachments = dict(attachments or {})
        html = self._markdown.render(source)
        html = html.replace("<table>", '<div class="scroll"><table>')
        return html.replace("</table>", "</table></div>")


class _Renderer(IPythonRenderer):
    """Jupyter's HTML without what would need a script or the network."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._seen: Counter[str] = Counter()

    def heading(self, text: str, level: int, **_: Any) -> str:
        # As Jupyter makes them, so that links inside the notebook still arrive.
        name = clean_html(unescape(_TAG.sub("", text)).strip().replace(" ", "-"))
        self._seen[name] += 1
        again = f"-{self._seen[name]}" if self._seen[name] > 1 else ""
        return f'<h{level} id="{name}{again}">{text}</h{level}>\n'

    def image(self, text: str, url: str, title: str | None = None) -> str:
        if _REMOTE.match(url):
            address, words = clean_html(url), clean_html(text or url)
            return f'<a href="{address}">Picture on the network: {words}</a>'
        return super().image(text, url, title)

    def block_html(self, html: str) -> str:
        return f"{self.inline_html(html)}\n"

    def inline_html(self, html: str) -> str:
        # Pieces may open what a later one ends, so they must not be read as a whole.
        return _IMAGE.sub(self._embedded, html)

    def _embedded(self, found: re.Match[str]) -> str:
        url = self._src_to_base64(found[3]) or found[3]
        return f"{found[1]}{found[2]}{url}{found[2]}"

    def task_list_item(self, text: str, checked: bool = False) -> str:
        # A box that cannot be ticked is no control, and would have no name as one.
        return f"<li>{'☑' if checked else '☐'} {text}</li>\n"

    def block_mermaidjs(self, code: str) -> str:
        return f"<pre><code>{clean_html(code.strip())}</code></pre>\n"

    def block_math(self, body: str) -> str:
        return latex_to_mathml(body, display=True)

    def latex_environment(self, name: str, body: str) -> str:
        return latex_to_mathml(f"\\begin{{{name}}}{body}\\end{{{name}}}", display=True)

    def inline_math(self, body: str) -> str:
        return latex_to_mathml(body, display=False)
