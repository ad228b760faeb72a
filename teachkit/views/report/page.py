"""A judgement as HTML: a piece for a notebook, and the body of a page."""

from __future__ import annotations

import re
from collections.abc import Iterable

from teachkit.grading.report import Outcome, Report
from teachkit.rules import cited_rules
from teachkit.views.clean import clean_html
from teachkit.views.report.words import (
    SPOKEN,
    headline,
    remarks,
    said,
    sentences,
    sign_of,
    title_of,
)
from teachkit.views.rule_links import STYLE as RULE_STYLE
from teachkit.views.rule_links import folded_rules

_CODE = re.compile(r"`([^`\n]+)`")

STYLE = (
    """
.tk-report { line-height: 1.45; max-width: 60rem; overflow-wrap: anywhere }
.tk-report .head { font-weight: 600; margin: .3rem 0 }
.tk-report .says { border-left: 4px solid #8b95a5; margin: .4rem 0 .6rem;
  padding: .1rem 0 .1rem .8rem }
.tk-report .says p { margin: .15rem 0; white-space: pre-line }
.tk-report ul.criteria { list-style: none; margin: .4rem 0; padding: 0; display: flex;
  flex-wrap: wrap; gap: .1rem 1.4rem }
.tk-report ul.criteria li { margin: 0 }
.tk-report ul.criteria .speaks { font-weight: 600 }
.tk-report .sign { display: inline-block; width: 1.3em; font-weight: 700 }
.tk-report .aloud { position: absolute; width: 1px; height: 1px; overflow: hidden;
  clip-path: inset(50%); white-space: nowrap }
.tk-report .told { margin: .2rem 0; padding-left: 1.3rem }
.tk-report figure { margin: .6rem 0; overflow-x: auto }
.tk-report figcaption { font-size: .9em }
"""
    + RULE_STYLE
)


def piece(title: str, report: Report, drawing: str, card: str = "") -> str:
    """Return a judgement as a piece of HTML.

    Arguments:
        title: of the exercise; empty where it stands above already.
        report: the judgement.
        drawing: of the model, as HTML; empty where there is none.
        card: the address of the card of rules; empty where it cannot be reached.
    """
    named = title, headline(report)
    parts = [
        f"<style>{STYLE}</style>",
        f'<p class="head">{clean_html(": ".join(filter(None, named)))}</p>',
        _says(report),
        folded_rules(cited_rules(said(report)), card),
        _criteria(report),
        _list(f"{name}: {told}" for name, told in remarks(report)),
        _list(f"Good to know: {one}" for one in report.advice),
        drawing,
    ]
    inside = "\n".join(filter(None, parts))
    return f'<div class="tk-report">{inside}\n</div>'


def _says(report: Report) -> str:
    told = "".join(f"<p>{_with_code(one)}</p>" for one in sentences(report.message))
    return f'<div class="says">{told}</div>' if told else ""


def _with_code(text: str) -> str:
    """Return a sentence as HTML; what stands in backticks is code."""
    return _CODE.sub(r"<code>\1</code>", clean_html(text))


def _criteria(report: Report) -> str:
    items = "".join(_item(one, one is report.first) for one in report.criteria)
    if not items:
        return ""
    return f'<ul class="criteria" role="list" aria-label="Criteria">{items}</ul>'


def _item(outcome: Outcome, speaks: bool) -> str:
    sign = sign_of(outcome)
    kind = f' class="speaks {outcome.status}"' if speaks else ""
    return (
        f'<li{kind}><span class="sign" aria-hidden="true">{sign}</span>'
        f"{clean_html(title_of(outcome))}"
        f'<span class="aloud"> ({SPOKEN[sign]})</span></li>'
    )


def _list(texts: Iterable[str]) -> str:
    items = "".join(f"<li>{_with_code(text)}</li>" for text in texts)
    return f'<ul class="told">{items}</ul>' if items else ""
