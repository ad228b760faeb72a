"""A comparison as HTML: a piece for a notebook, and a whole page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from teachkit.comparison.findings import Difference, PairFinding, Reason, TwinFinding
from teachkit.views.clean import clean_html
from teachkit.views.comparison.words import (
    Row,
    chain_text,
    facts_of_pair,
    facts_of_twin,
    pair_titles,
    verdict_of_pair,
    verdict_of_twin,
)

STYLE = """
.tk-compare { line-height: 1.45; max-width: 72rem }
.tk-compare figure { margin: .8rem 0; overflow-x: auto }
.tk-compare .verdict { font-weight: 600; margin: .3rem 0 }
.tk-compare ol, .tk-compare ul { margin: .3rem 0 .8rem; padding-left: 2rem }
.tk-compare code.reason { font-weight: 600; background: none; color: inherit }
.tk-compare .codes { display: flex; flex-wrap: wrap; gap: .5rem 2.5rem }
.tk-compare .codes section { flex: 1 1 24rem; min-width: 0 }
.tk-compare .codes pre { overflow-x: auto; border-left: 3px solid #8b95a5;
  padding: .3rem 0 .3rem .8rem; margin: .3rem 0; font-size: 13px; line-height: 1.4;
  white-space: pre; word-break: normal; overflow-wrap: normal }
.tk-compare table { border-collapse: collapse; width: auto; margin: .6rem 0 }
.tk-compare.tk-compare table tr :is(th, td) { text-align: left;
  padding: .2rem 1.5rem .2rem 0; border-bottom: 1px solid #8b95a566 }
.tk-compare.tk-compare table tr > :first-child { overflow-wrap: normal }
.tk-compare :is(h2, h3) { font-size: 1rem; margin: .8rem 0 .2rem }
"""


@dataclass(frozen=True)
class Parts:
    """What is told around the drawings, as HTML.

    Attributes:
        before: the verdict and what it rests on.
        points: every reason or difference, numbered as on the drawings.
        after: what else there is to know.
    """

    before: str
    points: str
    after: str


def twin_parts(finding: TwinFinding) -> Parts:
    """Return what was found about a model and its twin, as pieces of HTML."""
    before = [_verdict(verdict_of_twin(finding)), _agreement(finding)]
    after = []
    if finding.equivalent:
        before.append(_codes(finding))
    elif len(finding.longest_chain) > 1:
        after.append(f"<p>{clean_html(chain_text(finding))}</p>")
    after.append(_list("Good to know", [one.text for one in finding.nuances]))
    if finding.twin_graph is not None:
        after.append(_list("What Functional shows, Sequential hides", finding.hidden))
        after.append(_table(facts_of_twin(finding)))
    return Parts(_joined(before), _numbered(finding.reasons), _joined(after))


def pair_parts(finding: PairFinding) -> Parts:
    """Return what was found about two models, as pieces of HTML."""
    before = [_verdict(verdict_of_pair(finding)), _agreement(finding)]
    after = [
        _list("Good to know", [one.text for one in finding.notes]),
        _list("Written differently, with the same meaning", finding.disguises),
        _table(facts_of_pair(finding)),
    ]
    return Parts(_joined(before), _numbered(finding.differences), _joined(after))


def piece(*parts: str) -> str:
    """Return parts as one piece of HTML that brings its style along."""
    return framed(f"<style>{STYLE}</style>", *parts)


def framed(*parts: str) -> str:
    """Return parts as one piece of HTML for a page that has `STYLE`."""
    return f'<div class="tk-compare">{_joined(parts)}\n</div>'


def twin_title(finding: TwinFinding) -> str:
    """Return the title of a page or picture about a model and its twin."""
    return f"'{finding.graph.name}' and its Sequential twin"


def pair_title(finding: PairFinding) -> str:
    """Return the title of a page or picture about two models."""
    return "{} and {} compared".format(*pair_titles(finding))


def _joined(parts: Sequence[str]) -> str:
    return "\n".join(filter(None, parts))


def _verdict(text: str) -> str:
    return f'<p class="verdict">{clean_html(text)}</p>'


def _agreement(finding: TwinFinding | PairFinding) -> str:
    told = finding.agreement
    return f"<p>{clean_html(told.text)}</p>" if told is not None else ""


def _numbered(entries: Sequence[Reason | Difference]) -> str:
    items = "".join(
        f'<li><code class="reason">{clean_html(one.code)}</code> '
        f"{clean_html(one.text)}</li>"
        for one in entries
    )
    return f"<ol>{items}</ol>" if items else ""


def _list(title: str, texts: Sequence[str]) -> str:
    items = "".join(f"<li>{clean_html(text)}</li>" for text in texts)
    return f"<h3>{title}</h3><ul>{items}</ul>" if items else ""


def _codes(finding: TwinFinding) -> str:
    codes = (
        ("Functional", finding.functional_code),
        ("Sequential", finding.sequential_code),
    )
    sections = "".join(
        f"<section><h3>{title}</h3><pre>{clean_html(code.rstrip())}</pre></section>"
        for title, code in codes
        if code
    )
    return f'<div class="codes">{sections}</div>' if sections else ""


def _table(rows: Sequence[Row]) -> str:
    head, *body = rows
    top = "<td></td>" + "".join(f"<th>{clean_html(cell)}</th>" for cell in head[1:])
    lines = "".join(
        f"<tr><th>{clean_html(title)}</th>"
        + "".join(f"<td>{clean_html(cell)}</td>" for cell in cells)
        + "</tr>"
        for title, *cells in body
    )
    return f"<table><thead><tr>{top}</tr></thead><tbody>{lines}</tbody></table>"
