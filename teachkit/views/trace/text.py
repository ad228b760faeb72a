"""A trace in letters, for terminals and for those who read by ear."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

from teachkit.layout.labels import shape_text
from teachkit.traces.records import Gradients, WeightGradient
from teachkit.traces.run import Run
from teachkit.views.clean import clean
from teachkit.views.trace.distribution import bars_text
from teachkit.views.trace.gradient_sums import (
    shared_sentence,
    shared_weights,
    sum_text,
)
from teachkit.views.trace.gradient_words import (
    LOSS,
    loss_text,
    norm_cell,
    reach_rows,
    reach_sentence,
)
from teachkit.views.trace.grids import grid_of
from teachkit.views.trace.short_names import shortened
from teachkit.views.trace.text_tables import bulleted, table, wrapped
from teachkit.views.trace.words import (
    GRADIENT,
    HEADS,
    NOT_FINITE,
    VALUES,
    Row,
    is_handed_on,
    notes,
    table_rows,
    verdict,
)

MOST_ROWS = 400
_MOST_WRITTEN = 24
"""Of a run of more steps no numbers are written out: nobody would read them."""
_MOST_WEIGHTS = 60


def trace_text(run: Run, width: int, done: str = "") -> str:
    """Return a run, and what was done to it before, in words and tables."""
    parts = [wrapped(verdict(run, done), width)]
    if run.gradients is not None:
        parts.append(wrapped(loss_text(run.gradients), width))
    parts += [bulleted(notes(run), width), _steps(run, width), _written(run, width)]
    if run.gradients is not None:
        parts += _gradients(run.gradients, width)
    return "\n\n".join(filter(None, parts))


def _steps(run: Run, width: int) -> str:
    rows = list(table_rows(run.steps[:MOST_ROWS], run.gradients))
    heads = (*HEADS, NOT_FINITE, GRADIENT, VALUES)
    text = table(heads, [_cells(row) for row in rows], width)
    rest = len(run.steps) - MOST_ROWS
    return f"{text}\n... and {rest:,} more steps" if rest > 0 else text


def _cells(row: Row) -> tuple[str, ...]:
    step, path, *rest = row.cells
    more = row.not_finite, row.gradient, bars_text(row.bars)
    return (step, "  " * row.depth + path, *rest, *more)


def _written(run: Run, width: int) -> str:
    """Return the numbers of all tensors that are small, if there are few of them."""
    if len(run.steps) > _MOST_WRITTEN:
        return ""
    parts = []
    for step in run.steps:
        for value in [] if is_handed_on(step) else step.outputs:
            grid = None if value.told is not None else grid_of(value.array)
            if grid is not None:
                part = f", {grid.part}" if grid.part else ""
                head = f"{value.name} {shape_text(value.shape)}{part}:"
                lines = [shortened(f"  {line}", width) for line in grid.lines]
                parts.append("\n".join([shortened(head, width), *lines]))
    return "\n".join(["Numbers", *parts]) if parts else ""


def _gradients(gradients: Gradients, width: int) -> list[str]:
    parts = ["Gradients", wrapped(reach_sentence(gradients), width)]
    if len(gradients.losses) > 1:
        parts.append(_reach(gradients, width))
    parts.append(_weights(gradients.of_weights, width))
    if shared_weights(gradients):
        parts.append(wrapped(shared_sentence(gradients), width))
        parts.append(_shared(gradients, width))
    return parts


def _reach(gradients: Gradients, width: int) -> str:
    names = [shortened(part.name, 16) for part in gradients.losses]
    rows = [
        (owner, *("yes" if one else "no" for one in reached))
        for owner, reached in reach_rows(gradients)
    ]
    return table(("weight", *(f"{LOSS}{name}" for name in names)), rows, width)


def _weights(weights: Sequence[WeightGradient], width: int) -> str:
    rows = [
        (
            one.weight,
            shape_text(one.shape),
            norm_cell(one),
        )
        for one in weights[:_MOST_WEIGHTS]
    ]
    text = table(("weight", "shape", "norm"), rows, width) if rows else ""
    rest = len(weights) - _MOST_WEIGHTS
    return f"{text}\n... and {rest:,} more weights" if rest > 0 else text


def _shared(gradients: Gradients, width: int) -> str:
    lines = []
    for one in shared_weights(gradients)[:_MOST_WEIGHTS]:
        text = clean(f"{one.weight}: {sum_text(one)}")
        lines.append(textwrap.fill(text, width, subsequent_indent="    "))
        calls = clean(f"from {', '.join(one.calls)}")
        indent = "    "
        lines.append(
            textwrap.fill(calls, width, initial_indent=indent, subsequent_indent=indent)
        )
    return "\n".join(lines)
