"""A trace as HTML: a piece for a notebook, and a whole page."""

from __future__ import annotations

from collections.abc import Iterable

from teachkit.traces.run import Run
from teachkit.views.clean import clean_html
from teachkit.views.trace.distribution import bars_svg
from teachkit.views.trace.gradient_tables import gradients_html
from teachkit.views.trace.gradient_words import loss_text
from teachkit.views.trace.step_details import details_html
from teachkit.views.trace.tables import html_table
from teachkit.views.trace.words import (
    GRADIENT,
    HEADS,
    VALUES,
    Row,
    notes,
    table_rows,
    verdict,
)

MOST_ROWS = 1500

STYLE = """
.tk-trace { line-height: 1.45; max-width: 72rem }
.tk-trace .verdict { font-weight: 600; margin: .3rem 0 }
.tk-trace h3 { font-size: 1rem; margin: 1.2rem 0 .2rem }
.tk-trace .scroll { overflow-x: auto; margin: .6rem 0 }
.tk-trace table { border-collapse: collapse; width: auto; margin: 0 }
.tk-trace.tk-trace table tr :is(th, td) {
  text-align: left; white-space: nowrap;
  padding: .15rem .8rem .15rem 0; border-bottom: 1px solid #8b95a566;
  vertical-align: middle }
.tk-trace table tbody tr th { font-weight: 600; max-width: 26rem; overflow: hidden;
  text-overflow: ellipsis }
.tk-trace.tk-trace table tr .number { text-align: right;
  font-variant-numeric: tabular-nums }
.tk-trace table tbody tr.sum > * { border-bottom-color: currentColor }
.tk-trace details { border-bottom: 1px solid #8b95a566; padding: .3rem 0 }
.tk-trace summary { cursor: pointer; overflow-wrap: anywhere }
.tk-trace summary strong { margin-right: .6rem }
.tk-trace .tensor { margin: .5rem 0 .8rem 1rem; overflow-wrap: anywhere }
.tk-trace .tensor p { margin: .2rem 0 }
.tk-trace .tensor figure { margin: .3rem 0; overflow-x: auto }
.tk-trace .tensor figcaption { font-size: .9em }
.tk-trace img { image-rendering: pixelated; border: 1px solid #8b95a5;
  max-width: none; display: block }
.tk-trace .bars path, .tk-trace .bar rect { fill: currentColor; opacity: .75 }
.tk-trace svg { vertical-align: middle }
"""


def trace_html(run: Run) -> str:
    """Return a run as a piece of HTML."""
    parts = [f'<p class="verdict">{clean_html(verdict(run))}</p>']
    if run.gradients is not None:
        parts.append(f"<p>{clean_html(loss_text(run.gradients))}</p>")
    parts += [_list(notes(run)), _steps(run), details_html(run)]
    if run.gradients is not None:
        parts.append(gradients_html(run.gradients))
    return piece(parts)


def piece(parts: Iterable[str]) -> str:
    """Return parts as one piece of HTML with its style."""
    inside = "\n".join(filter(None, parts))
    return f'<div class="tk-trace"><style>{STYLE}</style>\n{inside}\n</div>'


def _list(sentences: Iterable[str]) -> str:
    items = "".join(f"<li>{clean_html(sentence)}</li>" for sentence in sentences)
    return f"<ul>{items}</ul>" if items else ""


def _steps(run: Run) -> str:
    heads = (
        [*HEADS, GRADIENT, VALUES] if run.gradients is not None else [*HEADS, VALUES]
    )
    rows = [
        _cells(row, run.gradients is not None)
        for row in table_rows(run.steps[:MOST_ROWS], run.gradients)
    ]
    rest = len(run.steps) - MOST_ROWS
    more = f"<p>… and {rest:,} more steps.</p>" if rest > 0 else ""
    text = {"call", "type", "shape", VALUES}
    numbers = {k for k, head in enumerate(heads) if head not in text}
    return html_table(heads, rows, numbers=numbers, name=1) + more


def _cells(row: Row, with_gradient: bool) -> list[str]:
    cells = [clean_html(cell) for cell in row.cells]
    if row.depth:
        cells[1] = (
            f'<span style="padding-left:{row.depth * 1.2:.1f}em">{cells[1]}</span>'
        )
    gradient = [clean_html(row.gradient)] if with_gradient else []
    return [*cells, *gradient, bars_svg(row.bars)]
