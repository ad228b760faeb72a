"""What an intervention changed, in words and as HTML."""

from __future__ import annotations

import math
from collections.abc import Iterator

from teachkit.layout.labels import count_text
from teachkit.math.written import told
from teachkit.speech import named
from teachkit.traces.records import Change, Moved, Value
from teachkit.views.clean import clean_html
from teachkit.views.trace.grids import Grid, grid_of
from teachkit.views.trace.page import piece
from teachkit.views.trace.short_names import one_line
from teachkit.views.trace.step_details import grid_html
from teachkit.views.trace.tables import html_table
from teachkit.views.trace.text_tables import bulleted, table, wrapped
from teachkit.views.trace.words import changed, not_finite_text, notes, share

HEADS = ("call", "mean before", "mean after", "largest difference", "of its length")
_MOST_ROWS = 400


def change_text(change: Change, width: int, done: str) -> str:
    """Return what changed in words and a table.

    Arguments:
        change: what was changed.
        width: columns of the text.
        done: all that was done, also before both runs.
    """
    parts = [wrapped(_sentence(change, done), width), bulleted(_outputs(change), width)]
    rows = [_row(change, one) for one in change.moved[:_MOST_ROWS]]
    if rows:
        parts.append(table(HEADS, rows, width) + _more(change, "\n... and {} more"))
    for name, before, after in _grids(change):
        lines = [f"{name}, before:", *(f"  {line}" for line in before.lines)]
        lines += [f"{name}, after:", *(f"  {line}" for line in after.lines)]
        parts.append("\n".join(one_line(line) for line in lines))
    return "\n\n".join(filter(None, parts))


def change_html(change: Change, done: str) -> str:
    """Return what changed, after all that was done, as a piece of HTML."""
    items = "".join(f"<li>{clean_html(text)}</li>" for text in _outputs(change))
    shown = change.moved[:_MOST_ROWS]
    rows = [[clean_html(cell) for cell in _row(change, one)] for one in shown]
    parts = [f'<p class="verdict">{clean_html(_sentence(change, done))}</p>']
    parts.append(f"<ul>{items}</ul>")
    if rows:
        parts.append(html_table(HEADS, rows, numbers={1, 2, 3, 4}, wide=True))
        parts.append(_more(change, "<p>… and {} more.</p>"))
    for name, before, after in _grids(change):
        for when, grid in (("before", before), ("after", after)):
            parts.append(f"<h3>{clean_html(name)}, {when}</h3>{grid_html(grid)}")
    return piece(parts)


def _sentence(change: Change, done: str) -> str:
    tensors = sum(len(step.outputs) for step in change.before.steps)
    run = changed(named(change.before.graph.name), done)
    if not change.moved:
        return f"{run}: nothing moved."
    return f"{run}: {len(change.moved):,} of {count_text(tensors, 'tensor')} moved."


def _outputs(change: Change) -> list[str]:
    values = change.after.output_values.values()
    told_of = [
        f"Output {named(moved.path)} {_output(moved, after)}."
        for moved, after in zip(change.outputs, values, strict=True)
    ]
    known = notes(change.before)
    new = [note for note in notes(change.after) if note not in known]
    return [*_losses(change), *told_of, *new]


def _output(moved: Moved, after: Value) -> str:
    if moved.difference == 0:
        return "is the same, to the last digit"
    if moved.difference < math.inf:
        return f"moved by up to {told(moved.difference)}{_of(moved)}"
    missing = not_finite_text(after)
    if missing:
        return f"now has numbers that are infinite or NaN: {missing}"
    return "is another one: it cannot be compared"


def _losses(change: Change) -> list[str]:
    runs = change.before, change.after
    totals = [run.gradients.total for run in runs if run.gradients is not None]
    if len(totals) < 2:
        return []
    return [f"The loss is {told(totals[1])}; before it was {told(totals[0])}."]


def _of(moved: Moved) -> str:
    if moved.relative == math.inf:
        return "; before it was all 0"
    return f", {share(moved.relative)} of its length"


def _row(change: Change, moved: Moved) -> tuple[str, ...]:
    before = change.before.value(moved.path, moved.index)
    after = change.after.value(moved.path, moved.index)
    means = ["" if v.summary is None else told(v.summary.mean) for v in (before, after)]
    return (before.name, *means, *_sizes(moved, before, after))


def _sizes(moved: Moved, before: Value, after: Value) -> tuple[str, str]:
    """Return how far a tensor moved, in its numbers and as a share of its length."""
    if moved.difference < math.inf:
        relative = moved.relative
        return told(moved.difference), (
            "from 0" if relative == math.inf else share(relative)
        )
    if not_finite_text(before) or not_finite_text(after):
        return "not finite", "–"
    return "another", "–"  # words, or another shape


def _grids(change: Change) -> Iterator[tuple[str, Grid, Grid]]:
    """Yield the outputs of the model that moved and are small enough to write out."""
    values = (run.output_values.values() for run in (change.before, change.after))
    for moved, before, after in zip(change.outputs, *values, strict=True):
        grids = grid_of(before.array), grid_of(after.array)
        if moved.difference and grids[0] is not None and grids[1] is not None:
            yield f"Output {named(moved.path)}", grids[0], grids[1]


def _more(change: Change, words: str) -> str:
    rest = len(change.moved) - _MOST_ROWS
    return words.format(f"{rest:,}") if rest > 0 else ""
