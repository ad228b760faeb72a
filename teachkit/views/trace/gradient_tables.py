"""The gradients of a loss as HTML: per depth, per loss, per weight and per call."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from teachkit.layout.labels import shape_text
from teachkit.math.written import told
from teachkit.traces.records import Gradients, WeightGradient
from teachkit.views.clean import clean_html
from teachkit.views.trace.gradient_words import (
    LOSS,
    error_text,
    norm_cell,
    norms_by_depth,
    reach_rows,
    reach_sentence,
    shared_sentence,
    shared_weights,
    shares,
    sum_text,
)
from teachkit.views.trace.tables import html_table, scrolled

MOST_ROWS = 400
_LONGEST_BAR = 160
_LEAST_DECADES = 3
"""Bars of nearly equal numbers must not look as if one were a thousandth."""


def gradients_html(gradients: Gradients) -> str:
    """Return all that is told of gradients as HTML."""
    parts = ["<h3>Gradients</h3>", _paragraph(reach_sentence(gradients))]
    if len(gradients.losses) > 1:
        parts += [_losses(gradients), _reach(gradients)]
    if len(gradients.by_depth) > 1:
        parts += [_title("Kernels by depth, the nearest to the inputs first")]
        parts += [_depth(gradients)]
    if gradients.of_weights:
        parts += [_title("Weights"), _weights(gradients.of_weights)]
    if shared_weights(gradients):
        parts += [_title("Shared weights: a gradient for each call, and their sum")]
        parts += [_paragraph(shared_sentence(gradients)), _shared(gradients)]
    return "\n".join(parts)


def log_lengths(norms: Sequence[float]) -> list[float]:
    """Return the length of a bar for each norm, between 0 and 1, on a log scale."""
    sizes = [norm for norm in norms if norm > 0 and math.isfinite(norm)]
    if not sizes:
        return [0.0] * len(norms)
    high = math.log10(max(sizes))
    low = min(math.floor(math.log10(min(sizes))), math.floor(high) - _LEAST_DECADES)
    scale = 1 / (high - low)
    return [
        max(0.02, (math.log10(norm) - low) * scale)
        if norm > 0 and math.isfinite(norm)
        else 0.0
        for norm in norms
    ]


def _losses(gradients: Gradients) -> str:
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
    lengths = log_lengths([norm or 0.0 for _, norm in shown])
    rows = []
    for (path, norm), length in zip(shown, lengths, strict=True):
        words = "no loss reaches it" if norm is None else told(norm)
        rows.append([clean_html(path), words, _bar(length)])
    heads = ("call", "norm", "norm on a log scale")
    return html_table(heads, rows, numbers={1}) + _more(gradients.by_depth, "kernels")


def _bar(length: float) -> str:
    width = round(length * _LONGEST_BAR)
    return (
        f'<svg class="bar" width="{_LONGEST_BAR}" height="12" aria-hidden="true">'
        f'<rect width="{width}" height="12"/></svg>'
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
    yield f"sum (as vectors), relative error {error}", told(weight.norm), ' class="sum"'


def _more(rows: Sequence[object], noun: str) -> str:
    rest = len(rows) - MOST_ROWS
    return f"<p>… and {rest:,} more {noun}.</p>" if rest > 0 else ""


def _title(text: str) -> str:
    return f"<h3>{clean_html(text)}</h3>"


def _paragraph(text: str) -> str:
    return f"<p>{clean_html(text)}</p>"
