"""Links in Markdown, and the places in files that they can lead to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

import nbformat
from markdown_it import MarkdownIt

MARKDOWN = MarkdownIt("commonmark").enable("table")

LEADS = {"href", "src"}
IN_HTML = re.compile(r"""\b(?:href|src)\s*=\s*["']([^"']*)""")
NAMED = re.compile(r"""\b(?:id|name)\s*=\s*["']([^"']*)""")


def links(text: str) -> Iterator[str]:
    """Yield where the links and pictures of a Markdown text lead, HTML included."""
    for block in MARKDOWN.parse(text):
        for token in [block, *(block.children or [])]:
            if token.type in {"html_block", "html_inline"}:
                yield from IN_HTML.findall(token.content)
            yield from (str(to) for name, to in token.attrs.items() if name in LEADS)


def is_remote(link: str) -> bool:
    """Tell whether a link leaves the folder."""
    return bool(urlsplit(link).scheme or urlsplit(link).netloc)


def is_dead(link: str, page: Path) -> bool:
    """Tell whether a relative link on a page leads to no file, or to no place in it."""
    parts = urlsplit(link)
    target = page.parent / unquote(parts.path) if parts.path else page
    if not target.exists() or parts.path.startswith("/"):
        return True
    return bool(parts.fragment) and unquote(parts.fragment) not in anchors(target)


def anchors(path: Path) -> set[str]:
    """Return the names of the places in a file that a link can lead to."""
    if path.suffix == ".ipynb":
        text = notebook_text(path)
        return {title.replace(" ", "-") for title in titles(text)} | named(text)
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".md":
        return {_as_on_github(title) for title in titles(text)} | named(text)
    return named(text)


def notebook_text(path: Path) -> str:
    """Return all Markdown of a notebook."""
    notebook = nbformat.read(path, as_version=4)
    return "\n\n".join(
        cell.source for cell in notebook.cells if cell.cell_type == "markdown"
    )


def titles(text: str) -> list[str]:
    """Return the headings of a Markdown text."""
    found = MARKDOWN.parse(text)
    return [
        found[place + 1].content
        for place, token in enumerate(found)
        if token.type == "heading_open"
    ]


def named(text: str) -> set[str]:
    """Return the names that HTML in a text gives."""
    return set(NAMED.findall(text))


def _as_on_github(title: str) -> str:
    kept = re.sub(r"[^\w\- ]", "", title.lower())
    return kept.replace(" ", "-")
