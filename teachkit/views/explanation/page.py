"""An explanation as HTML: a piece for a notebook, and a whole page."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from teachkit.explanation.findings import CallFinding, ModelFinding
from teachkit.layout.labels import type_text
from teachkit.math import Formula
from teachkit.views.clean import clean_html
from teachkit.views.explanation.words import (
    HEADS,
    facts_of_call,
    notice_text,
    shapes_text,
    table_rows,
    totals,
    verdict,
)
from teachkit.views.html_page import definitions
from teachkit.views.latex import MATH_STYLE
from teachkit.views.mathml import mathml

_MOST_FORMULAS = 60
"""Of a larger model the page has a table, and no formulas: a megabyte is enough."""

STYLE = """
.tk-explain { line-height: 1.45; max-width: 72rem }
.tk-explain .verdict { font-weight: 600; margin: .3rem 0 }
.tk-explain .scroll { overflow-x: auto }
.tk-explain table { border-collapse: collapse; width: auto; margin: .6rem 0 }
.tk-explain.tk-explain table tr :is(th, td) { text-align: left;
  padding: .2rem 1.2rem .2rem 0; vertical-align: top;
  border-bottom: 1px solid #8b95a566; white-space: nowrap }
.tk-explain.tk-explain table tr .number { text-align: right;
  font-variant-numeric: tabular-nums }
.tk-explain details { border-bottom: 1px solid #8b95a566; padding: .3rem 0 }
.tk-explain summary { cursor: pointer; overflow-wrap: anywhere }
.tk-explain summary strong { margin-right: .6rem }
.tk-explain dl { display: grid; grid-template-columns: max-content 1fr;
  gap: .25rem 1.2rem; margin: .5rem 0 .8rem; align-items: baseline }
.tk-explain dt { font-weight: 600; white-space: nowrap }
.tk-explain dd { margin: 0; min-width: 0; overflow-x: auto; overflow-wrap: anywhere }
.tk-explain .disagrees { font-weight: 600 }
.tk-explain math { font-size: 1.1em; margin: .3rem 0; width: max-content }
.tk-explain math > mtable > mtr > mtd { text-align: left; padding-left: 0 }
@media (max-width: 480px) { .tk-explain dl { grid-template-columns: 1fr } }
""" + MATH_STYLE.replace("math {", ".tk-explain math {")


def call_html(finding: CallFinding) -> str:
    """Return one call explained, as a piece of HTML."""
    heading = f"<strong>{clean_html(finding.path)}</strong> {_type(finding)}"
    return _piece([f'<p class="verdict">{heading}</p>', facts_html(finding)])


def model_html(finding: ModelFinding) -> str:
    """Return a whole model explained, as a piece of HTML."""
    explained = [one for one in finding.calls if one.meaning is not None]
    parts = [
        f'<p class="verdict">{clean_html(verdict(finding))}</p>',
        f'<div class="scroll">{mathml(finding.composition)}</div>',
        _table(finding),
        definitions((title, clean_html(text)) for title, text in totals(finding)),
        _list([notice_text(note) for note in finding.notes]),
    ]
    if len(explained) <= _MOST_FORMULAS:
        parts += [_details(one) for one in explained]
    else:
        first = clean_html(explained[0].path)
        parts.append(
            f"<p><code>teachkit.explain(model, '{first}')</code> explains one call.</p>"
        )
    return _piece(parts)


def model_title(finding: ModelFinding) -> str:
    """Return the title of a page about a model."""
    return f"Model {finding.graph.name} explained"


def _piece(parts: Iterable[str]) -> str:
    inside = "\n".join(filter(None, parts))
    return f'<div class="tk-explain"><style>{STYLE}</style>\n{inside}\n</div>'


def _details(finding: CallFinding) -> str:
    return (
        f"<details><summary><strong>{clean_html(finding.path)}</strong>"
        f"{_type(finding)} → {clean_html(shapes_text(finding))}</summary>"
        f"{facts_html(finding)}</details>"
    )


def _type(finding: CallFinding) -> str:
    return clean_html(type_text(finding.call))


def facts_html(finding: CallFinding, without: Collection[str] = ()) -> str:
    """Return what there is to say of one call, but for the facts of some titles."""
    formulas = _formulas(finding)
    return definitions(
        (title, formulas.get(title) or _lines(text))
        for title, text in facts_of_call(finding)
        if title not in without
    )


def _formulas(finding: CallFinding) -> dict[str, str]:
    """Return the facts that are formulas as MathML, by their title."""
    meaning = finding.meaning
    found: dict[str, Formula | None] = {
        "formula": None if meaning is None else meaning.formula,
        "in training": finding.training,
        "in numbers": finding.numbers,
    }
    return {title: mathml(one) for title, one in found.items() if one is not None}


def _lines(text: str) -> str:
    return "<br>".join(clean_html(line) for line in text.splitlines())


def _list(texts: Iterable[str]) -> str:
    items = "".join(f"<li>{clean_html(text)}</li>" for text in texts)
    return f"<h3>Good to know</h3><ul>{items}</ul>" if items else ""


def _table(finding: ModelFinding) -> str:
    head = "".join(
        f'<th scope="col"{_class(position)}>{name}</th>'
        for position, name in enumerate(HEADS)
    )
    rows = []
    for row in table_rows(finding):
        first, *rest = (clean_html(cell) for cell in row)
        cells = "".join(
            f"<td{_class(position)}>{cell}</td>"
            for position, cell in enumerate(rest, start=1)
        )
        rows.append(f'<tr><th scope="row">{first}</th>{cells}</tr>')
    return (
        f'<div class="scroll" tabindex="0"><table><thead><tr>{head}</tr></thead>'
        f"<tbody>{''.join(rows)}</tbody></table></div>"
    )


def _class(position: int) -> str:
    return ' class="number"' if position in {3, 4} else ""
