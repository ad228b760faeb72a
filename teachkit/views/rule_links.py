"""Where a sentence cites a rule of the card, its reader can go there."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from itertools import islice
from pathlib import Path

from teachkit.rules import CARD, CITED, RULES, Rule
from teachkit.views.clean import clean_html

_NUMBER = re.compile(r"(?:rules? )?(\d)")
_TAG = re.compile(r"(<!--.*?-->|</?([a-zA-Z][\w-]*)[^>]*>)", re.DOTALL)
_CODE = re.compile(r"`([^`\n]+)`")
_AS_THEY_ARE = {"a", "code", "pre", "script", "style", "svg", "title"}
"""What stands inside of these is not read as a sentence."""

_FOLDERS_ABOVE = 3
"""An exercise lies two folders below the card."""

_CARD_BYTES = 100_000

STYLE = """
details.tk-rule { margin: .3rem 0; max-width: 60rem }
details.tk-rule summary { cursor: pointer }
details.tk-rule p { margin: .2rem 0 .3rem 1.2rem }
"""


def rule_links(html: str) -> str:
    """Return HTML in which each "(rule 5)" leads to the rule on the card.

    The card, `rules.html`, is looked for in the working directory, which is where a
    notebook lies, and in three folders above. Where there is none, nothing is changed:
    no link is dead. Code and what is a link already stay as they are.

    Example:
        >>> rule_links("Walk back from the outputs.")
        'Walk back from the outputs.'
    """
    if not CITED.search(html):
        return html
    card = card_address()
    return _outside_of_tags(html, card) if card else html


def folded_rules(rules: Iterable[Rule], card: str = "") -> str:
    """Return rules in full as HTML, each folded. It needs `STYLE` around it.

    Arguments:
        rules: to be shown.
        card: the address of the card, to be linked; empty for no link.
    """
    return "\n".join(_folded(rule, card) for rule in rules)


def rule_html(rule: Rule) -> str:
    """Return a rule as HTML, its first sentence in bold."""
    return f"<strong>{_with_code(rule.head)}</strong> {_with_code(rule.more)}"


def card_address() -> str:
    """Return where the card is, seen from the working directory; empty without one."""
    try:
        here = Path.cwd()
        folders = [here, *islice(here.parents, _FOLDERS_ABOVE)]
        found = (n for n, folder in enumerate(folders) if _is_card(folder / CARD))
        above = next(found, None)
    except OSError:
        return ""  # the folder is gone, or may not be read
    return "" if above is None else "../" * above + CARD


def _is_card(path: Path) -> bool:
    """Tell whether a file has our rules: others may call a page like this, too."""
    if not path.is_file() or path.stat().st_size > _CARD_BYTES:
        return False
    content = path.read_bytes()
    return all(f'id="{rule.anchor}"'.encode() in content for rule in RULES)


def _outside_of_tags(html: str, card: str) -> str:
    parts: list[str] = []
    inside: list[str] = []
    end = 0
    for tag in _TAG.finditer(html):
        parts += [_linked(html[end : tag.start()], card, inside), tag[0]]
        _follow((tag[2] or "").lower(), tag[0], inside)
        end = tag.end()
    return "".join([*parts, _linked(html[end:], card, inside)])


def _follow(name: str, tag: str, inside: list[str]) -> None:
    """Keep account of the elements whose content stays as it is."""
    if name not in _AS_THEY_ARE or tag.endswith("/>"):
        return
    if not tag.startswith("</"):
        inside.append(name)
    elif name in inside:
        inside.remove(name)


def _linked(text: str, card: str, inside: list[str]) -> str:
    if inside:
        return text
    return CITED.sub(lambda cited: _NUMBER.sub(_link_to(card), cited[0]), text)


def _link_to(card: str) -> Callable[[re.Match[str]], str]:
    anchors = {str(rule.number): rule.anchor for rule in RULES}

    def link(cited: re.Match[str]) -> str:
        anchor = anchors.get(cited[1])
        return _link(f"{card}#{anchor}", cited[0]) if anchor else cited[0]

    return link


def _link(address: str, text: str) -> str:
    # In a place of its own: the notebook is still there when the card is closed.
    return f'<a href="{address}" target="_blank" rel="noopener">{text}</a>'


def _folded(rule: Rule, card: str) -> str:
    link = f" {_link(f'{card}#{rule.anchor}', 'The whole card')}" if card else ""
    return (
        f'<details class="tk-rule"><summary>Rule {rule.number} of the card</summary>'
        f"<p>{rule_html(rule)}{link}</p></details>"
    )


def _with_code(text: str) -> str:
    return _CODE.sub(r"<code>\1</code>", clean_html(text))
