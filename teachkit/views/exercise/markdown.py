"""The Markdown of prompts and hints as HTML: no HTML of an author's own, no network."""

from __future__ import annotations

from functools import cache

from markdown_it import MarkdownIt

from teachkit.views.clean import clean


def markdown_html(text: str) -> str:
    """Return paragraphs, lists, tables and code as HTML.

    Example:
        >>> markdown_html("Build **one** `model`, <b>now</b>.")
        '<p>Build <strong>one</strong> <code>model</code>, &lt;b&gt;now&lt;/b&gt;.</p>'
    """
    return str(_parser().render(clean(text))).strip()


def inline_html(text: str) -> str:
    """Return one line of Markdown as HTML."""
    return str(_parser().renderInline(clean(text)))


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    # A picture would be loaded from elsewhere; a heading would not fit on the page
    # around it, whose headings nobody knows.
    return parser.disable(["image", "heading", "lheading"])
