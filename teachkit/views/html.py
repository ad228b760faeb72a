"""One page with everything: drawing, table of the calls, notices. No network needed."""

from __future__ import annotations

from html import escape

from teachkit.graph import Call, ModelGraph
from teachkit.layout.labels import (
    config_texts,
    count_text,
    shape_text,
    type_text,
)
from teachkit.layout.sharing import Sharing
from teachkit.views.clean import clean_html
from teachkit.views.html_page import page

_MOST_ROWS = 200


def draw_html(graph: ModelGraph, view: str, text: str) -> str:
    """Return a whole HTML page about a model.

    Arguments:
        graph: the model.
        view: its drawing, as HTML.
        text: its drawing in letters, folded away for those who read by ear.
    """
    shown = graph.visible()
    name = clean_html(graph.name)
    body = f"""<h1>Model <em>{name}</em></h1>
<p>{escape(graph.type)}, {_totals(shown)}.</p>
{_notices(graph)}
{view}
<h2>Calls</h2>
{_table(list(_rows(shown, Sharing(shown, expanded=True), "")))}
<details><summary>The same as text</summary><pre>{clean_html(text)}</pre></details>"""
    return page(f"Model {graph.name}", body)


def _totals(graph: ModelGraph) -> str:
    calls = count_text(len(graph.calls), "call")
    return f"{calls}, {count_text(graph.params, 'parameter')}"


def _notices(graph: ModelGraph) -> str:
    if not graph.notices:
        return ""
    items = "".join(f"<li>{clean_html(notice.text)}</li>" for notice in graph.notices)
    return f"<h2>To know</h2><ul>{items}</ul>"


def _table(rows: list[str]) -> str:
    """Return the table of the calls; a long one is folded, and costs nothing then."""
    body = "\n".join(rows)
    table = f"""<div class="scroll" tabindex="0"><table>
<thead><tr><th>Call</th><th>Type</th><th>Reads</th><th>Output</th>
<th class="number">Parameters</th><th>Arguments</th></tr></thead>
<tbody>
{body}
</tbody></table></div>"""
    if len(rows) <= _MOST_ROWS:
        return table
    words = count_text(len(rows), "call")
    return f"<details><summary>Table of {words}</summary>{table}</details>"


def _rows(graph: ModelGraph, sharing: Sharing, prefix: str) -> list[str]:
    """Return a table row for each call, those of nested models below their first."""
    rows = []
    for call in graph.calls:
        path = prefix + call.id
        share = sharing.share(call, prefix)
        kind = type_text(call) + (f" ({share.text})" if share else "")
        reads = ", ".join(tensor.source for tensor in graph.incoming(call.id))
        texts = "".join(
            f"<td>{clean_html(cell)}</td>"
            for cell in (path, kind, reads, _outputs(call))
        )
        arguments = ", ".join([*call.arguments, *config_texts(call)])
        rows.append(
            f'<tr>{texts}<td class="number">{call.params:,}</td>'
            f"<td>{clean_html(arguments)}</td></tr>"
        )
        if call.nested is not None and sharing.home(call, path) == f"{path}/":
            rows += _rows(call.nested.visible(), sharing, f"{path}/")
    return rows


def _outputs(call: Call) -> str:
    return ", ".join(f"{shape_text(spec.shape)} {spec.dtype}" for spec in call.outputs)
