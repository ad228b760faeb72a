"""The gradients of a loss as HTML: per depth, per loss, per weight and per call."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from teachkit.layout.labels import shape_text
from teachkit.math.written import told
from teachkit.traces.records import Gradients, WeightGradient
from teachkit.views.clean import clean_html
from teachkit.views.trace.gradient_sums import (
    error_text,
    shared_sentence,
    shared_weights,
    shares,
    sum_cell,
    sum_text,
)
from teachkit.views.trace.gradient_words import (
    LOSS,
    norm_cell,
    norms_by_depth,
    reach_rows,
    reach_sentence,
)
from teachkit.views.trace.log_scale import log_limits, log_places
from teachkit.views.trace.tables import html_table, scrolled

MOST_ROWS = 400
_DOT_LINE, _DOT_HEIGHT = 200, 12


def gradients_html(gradients: Gradients) -> str:
    """Return all that is told of gradients as HTML."""
    parts = ["<h3>Gradients</h3>", _paragraph(reach_sentence(gradients))]
    if len(gradients.losses) > 1:
        parts += [losses_html(gradients), _reach(gradients)]
    if len(gradients.by_depth) > 1:
        parts += [_title("Kernels in the order of the run")]
        parts += [_depth(gradients)]
    if gradients.of_weights:
        parts += [_title("Weights"), _weights(gradients.of_weights)]
    if shared_weights(gradients):
        parts += [_title("Shared weights: a gradient for each call, and their sum")]
        parts += [_paragraph(shared_sentence(gradients)), _shared(gradients)]
    return "\n".join(parts)


def losses_html(gradients: Gradients) -> str:
    """Return the terms of a loss, each with its weight and its part of the total."""
    rows = []
    for part in gradients.losses:
        numbers = (part.value, part.weight, part.value * part.weight)
        rows.append([clean_html(part.name), *map(told, numbers)])
    heads = ("loss", "value", "weight", "part of the total")
    return html_table(heads, rows, numbers={1, 2, 3})


def _reach(gradients: Gradients) -> str:
    heads = ["weight", *(f"{LOSS}{part.name}" for part in gradients.losses)]
    rows = [
        [clean_html(owner), *("✓ yes" if one else "– no" for one in reached)]
        for owner, reached in reach_rows(gradients)[:MOST_ROWS]
    ]
    return _title("Which loss reaches which weights") + html_table(heads, rows)


def _depth(gradients: Gradients) -> str:
    shown = norms_by_depth(gradients)[:MOST_ROWS]
    sizes = [norm or 0.0 for _, norm in shown]
    rows = []
    for (path, norm), place in zip(shown, log_places(sizes), strict=True):
        words = "no loss reaches it" if norm is None else told(norm)
        rows.append([clean_html(path), words, _dot(place)])
    low, high = (told(10**end) for end in log_limits(sizes))
    heads = ("call", "norm", f"on a log scale from {low} to {high}")
    return html_table(heads, rows, numbers={1}) + _more(gradients.by_depth, "kernels")


def _dot(place: float | None) -> str:
    """Return a dot on a line, from 0 at its left to 1; None has no dot."""
    size, middle = _DOT_LINE, _DOT_HEIGHT // 2
    at = None if place is None else round(middle + place * (size - 2 * middle), 1)
    dot = "" if at is None else f'<circle cx="{at:g}" cy="{middle}" r="4"/>'
    return (
        f'<svg class="dot" width="{size}" height="{_DOT_HEIGHT}" aria-hidden="true">'
        f'<line x2="{size}" y1="{middle}" y2="{middle}"/>{dot}</svg>'
    )


def _weights(weights: Sequence[WeightGradient]) -> str:
    rows = [
        [
            clean_html(one.weight),
            shape_text(one.shape),
            norm_cell(one),
            str(len(one.calls)),
            clean_html(", ".join(one.reached_by) or "none"),
        ]
        for one in weights[:MOST_ROWS]
    ]
    heads = ("weight", "shape", "norm", "calls", "reached by the loss")
    return html_table(heads, rows, numbers={2, 3}) + _more(weights, "weights")


def _shared(gradients: Gradients) -> str:
    """Return a group of rows for each weight: its calls, then their sum."""
    weights = shared_weights(gradients)
    heads = "".join(
        f'<th scope="col"{kind}>{head}</th>'
        for head, kind in (("weight", ""), ("call", ""), ("norm", ' class="number"'))
    )
    groups = "".join(f"<tbody>{_group(one)}</tbody>\n" for one in weights[:MOST_ROWS])
    sums = "".join(
        f"<li>{clean_html(one.weight)}: {clean_html(sum_text(one))}</li>"
        for one in weights[:MOST_ROWS]
    )
    table = scrolled(f"<thead><tr>{heads}</tr></thead>\n{groups}")
    return f"<ul>{sums}</ul>{table}{_more(weights, 'shared weights')}"


def _group(weight: WeightGradient) -> str:
    lines = list(_lines(weight))
    name = clean_html(weight.weight)
    head = f'<th scope="rowgroup" rowspan="{len(lines)}">{name}</th>'
    rows = []
    for k, (path, norm, kind) in enumerate(lines):
        cells = f"<td>{clean_html(path)}</td>" + f'<td class="number">{norm}</td>'
        rows.append(f"<tr{kind}>{head if k == 0 else ''}{cells}</tr>")
    return "".join(rows)


def _lines(weight: WeightGradient) -> Iterator[tuple[str, str, str]]:
    for path, norm in shares(weight):
        yield path, told(norm), ""
    error = error_text(weight.sum_error)
    yield f"sum (as vectors), relative error {error}", sum_cell(weight), ' class="sum"'


def _more(rows: Sequence[object], noun: str) -> str:
    rest = len(rows) - MOST_ROWS
    return f"<p>… and {rest:,} more {noun}.</p>" if rest > 0 else ""


def _title(text: str) -> str:
    return f"<h3>{clean_html(text)}</h3>"


def _paragraph(text: str) -> str:
    return f"<p>{clean_html(text)}</p>"
