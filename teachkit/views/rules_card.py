"""The card of the eight rules: one page, to be read, linked to and printed."""

from __future__ import annotations

from collections.abc import Iterable

from teachkit.rules import RULES, Rule
from teachkit.views.html_page import page
from teachkit.views.rule_links import rule_html

_TITLE = "Eight rules of a Functional model"

_STYLE = """
body { max-width: 46rem; line-height: 1.45 }
h1 { font-size: 1.7rem; line-height: 1.2; margin: 0 0 .3rem }
.rules { list-style: none; margin: 1.2rem 0; padding: 0 }
.rules li { display: flex; gap: 1rem; align-items: baseline; padding: .7rem .9rem;
  margin: .5rem 0; border: 1px solid var(--rule); border-radius: .5rem;
  break-inside: avoid; scroll-margin-top: 1rem }
.rules li:target { outline: 3px solid currentColor; outline-offset: 2px }
.rules .number { flex: none; width: 1.2ch; font-size: 1.7rem; font-weight: 700;
  line-height: 1 }
.rules p { margin: 0 }
.rules strong { display: block }
.rules .runs-in strong { display: inline }
code { font-family: ui-monospace, monospace; font-size: .92em; overflow-wrap: anywhere }
@page { size: A4; margin: 16mm }
@media print {
  body { font-size: 12.5pt; margin: 0; padding: 0; max-width: none }
  .rules li:target { outline: none }
}
"""


def rules_card() -> str:
    """Return the card as one HTML page that needs nothing else.

    It fits on one sheet of A4, and follows light and dark. Each rule has an id:
    `rule-5`.

    Example:
        >>> '<li id="rule-8">' in rules_card()
        True
    """
    body = f"""<h1>{_TITLE}</h1>
<p>How models of the Keras Functional API work. Lessons and feedback cite these rules
by their numbers: “(rule 5)”.</p>
<ol class="rules" role="list">
{_items(RULES)}
</ol>"""
    return page(_TITLE, body, _STYLE)


def _items(rules: Iterable[Rule]) -> str:
    return "\n".join(
        f'<li id="{rule.anchor}"><span class="number">{rule.number}</span>'
        f"<p{_kind(rule)}>{rule_html(rule)}</p></li>"
        for rule in rules
    )


def _kind(rule: Rule) -> str:
    """Return how a rule is set: "Running:" is no sentence with a line of its own."""
    return ' class="runs-in"' if rule.head.endswith(":") else ""
