"""The Markdown of prompts and hints as HTML: no HTML of an author's own, no network."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererProtocol
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from teachkit.views.clean import clean
from teachkit.views.latex import latex_to_mathml

_FORMULA = re.compile(
    r"\$\$(?P<display>[^$]+)\$\$|\$(?P<inline>[^\s$](?:[^$]*[^\s$])?)\$(?!\d)"
)
"""As in notebooks: a price such as $5 is no formula."""


def markdown_html(text: str) -> str:
    """Return paragraphs, lists, tables, code and formulas as HTML.

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
    parser.inline.ruler.before("escape", "formula", _formula)
    parser.add_render_rule("formula", _drawn)
    # A picture would be loaded from elsewhere; a heading would not fit on the page
    # around it, whose headings nobody knows.
    return parser.disable(["image", "heading", "lheading"])


def _formula(state: StateInline, silent: bool) -> bool:
    """Read a formula between dollar signs, if one begins here."""
    if state.src[state.pos] != "$":
        return False
    found = _FORMULA.match(state.src, state.pos)
    if found is None:
        return False
    if not silent:
        token = state.push("formula", "", 0)
        token.content = found["display"] or found["inline"]
        token.block = bool(found["display"])
    state.pos = found.end()
    return True


def _drawn(
    renderer: RendererProtocol,
    tokens: Sequence[Token],
    number: int,
    options: Any,
    env: Any,
) -> str:
    del renderer, options, env
    return latex_to_mathml(tokens[number].content, display=tokens[number].block)
