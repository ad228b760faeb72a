"""A trace as HTML: a piece for a notebook, and a whole page."""

from __future__ import annotations

from collections.abc import Iterable

from teachkit.traces.run import Run
from teachkit.views.clean import clean_html
from teachkit.views.trace.distribution import bars_svg
from teachkit.views.trace.gradient_tables import gradients_html
from teachkit.views.trace.gradient_words import loss_text
from teachkit.views.trace.step_details import details_html
from teachkit.views.trace.tables import html_table, path_html
from teachkit.views.trace.words import (
    GRADIENT,
    HEADS,
    NOT_FINITE,
    VALUES,
    Row,
    notes,
    table_rows,
    verdict,
)

MOST_ROWS = 1500

_COLUMNS = (*HEADS[:2], VALUES, *HEADS[2:], NOT_FINITE, GRADIENT)
"""A narrow screen shows the first ones without scrolling."""
_WORDS = {"call", VALUES, "type", "shape"}

STYLE = """
.tk-trace { line-height: 1.45; max-width: 72rem; container-type: inline-size }
.tk-trace .verdict { font-weight: 600; margin: .3rem 0 }
.tk-trace :is(h2, h3) { font-size: 1rem; margin: 1.2rem 0 .2rem }
.tk-trace .scroll { overflow-x: auto; margin: .6rem 0 }
.tk-trace .wide::before { content: "more columns: scroll sideways →";
  display: block; position: sticky; left: 0; width: max-content; font-size: .85em;
  visibility: hidden }
@supports (animation-timeline: scroll(nearest inline)) {
  .tk-trace .wide::before { animation: tk-more linear both;
    animation-timeline: scroll(nearest inline) } }
@keyframes tk-more { 0%, 98% { visibility: visible } 100% { visibility: hidden } }
.tk-trace table { border-collapse: collapse; width: auto; margin: 0 }
.tk-trace.tk-trace table tr :is(th, td) {
  text-align: left; white-space: nowrap;
  padding: .15rem .7rem .15rem 0; border-bottom: 1px solid #8b95a566;
  vertical-align: middle }
.tk-trace table tbody tr th { font-weight: 600; max-width: 22rem; overflow: hidden;
  text-overflow: ellipsis }
.tk-trace .path { display: flex; padding-left: calc(var(--depth, 0) * 1.2em) }
.tk-trace .path .outer { overflow: hidden; text-overflow: ellipsis }
.tk-trace.tk-trace table tr .number { text-align: right;
  font-variant-numeric: tabular-nums }
.tk-trace table tbody tr.sum > * { border-bottom-color: currentColor }
.tk-trace details { border-bottom: 1px solid #8b95a566; padding: .3rem 0;
  margin-left: calc(var(--depth, 0) * 1.2em) }
.tk-trace summary { cursor: pointer; overflow-wrap: anywhere }
.tk-trace summary strong { margin-right: .6rem }
.tk-trace .tensor { margin: .5rem 0 .8rem 1rem; overflow-wrap: anywhere }
.tk-trace .tensor p { margin: .2rem 0 }
.tk-trace .tensor figure { margin: .3rem 0; overflow-x: auto }
.tk-trace .tensor figcaption { font-size: .9em }
.tk-trace img { image-rendering: pixelated; border: 1px solid #8b95a5;
  max-width: none; display: block }
.tk-trace .bars path, .tk-trace .dot circle { fill: currentColor; opacity: .75 }
.tk-trace .dot line { stroke: currentColor; opacity: .35 }
.tk-trace svg { vertical-align: middle }
@container (max-width: 40rem) {
  .tk-trace .wide::before { visibility: visible; animation: none }
  .tk-trace .outer { display: none }
  .tk-trace .path { display: flex; padding-left: calc(var(--depth, 0) * .6em) }
  .tk-trace details { margin-left: calc(var(--depth, 0) * .6em) }
  .tk-trace.tk-trace table tbody tr th { white-space: normal; max-width: 10.8rem;
    overflow-wrap: break-word }
  .tk-trace .path { display: block } }
"""


def trace_html(run: Run, done: str = "") -> str:
    """Return a run, and what was done to it before, as a piece of HTML."""
    return piece([*lead_html(run, done), *tables_html(run, details=True)])


def lead_html(run: Run, done: str = "") -> list[str]:
    """Return what one should know of a run before all numbers."""
    parts = [f'<p class="verdict">{clean_html(verdict(run, done))}</p>']
    if run.gradients is not None:
        parts.append(f"<p>{clean_html(loss_text(run.gradients))}</p>")
    return [*parts, _list(notes(run))]


def tables_html(run: Run, *, details: bool) -> list[str]:
    """Return tables of all steps and of the gradients of all weights.

    Arguments:
        run: of the model.
        details: True to tell the numbers of each step between them.
    """
    parts = [_steps(run)]
    if details:
        parts.append(details_html(run))
    if run.gradients is not None:
        parts.append(gradients_html(run.gradients))
    return parts


def piece(parts: Iterable[str]) -> str:
    """Return parts as one piece of HTML with its style."""
    inside = "\n".join(filter(None, parts))
    return f'<div class="tk-trace"><style>{STYLE}</style>\n{inside}\n</div>'


def _list(sentences: Iterable[str]) -> str:
    items = "".join(f"<li>{clean_html(sentence)}</li>" for sentence in sentences)
    return f"<ul>{items}</ul>" if items else ""


def _steps(run: Run) -> str:
    rows = list(table_rows(run.steps[:MOST_ROWS], run.gradients))
    columns = [(head, [_cell(row, head) for row in rows]) for head in _COLUMNS]
    used = [(head, cells) for head, cells in columns if any(cells)]
    heads = [head for head, _ in used]
    numbers = {k for k, head in enumerate(heads) if head not in _WORDS}
    cells = zip(*(cells for _, cells in used), strict=True)
    rest = len(run.steps) - MOST_ROWS
    more = f"<p>… and {rest:,} more steps.</p>" if rest > 0 else ""
    return html_table(heads, cells, numbers=numbers, name=1, wide=True) + more


def _cell(row: Row, head: str) -> str:
    if head == VALUES:
        return bars_svg(row.bars)
    if head in (GRADIENT, NOT_FINITE):
        return clean_html(row.gradient if head == GRADIENT else row.not_finite)
    text = row.cells[HEADS.index(head)]
    if head != "call":
        return clean_html(text)
    indent = f' style="--depth:{row.depth}"' if row.depth else ""
    inside = path_html(text, row.depth)
    return f'<span class="path" title="{clean_html(text)}"{indent}>{inside}</span>'
