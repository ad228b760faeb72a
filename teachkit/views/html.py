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
from teachkit.layout.text_size import visible

_STYLE = """
:root { color-scheme: light dark; --ink: #16191f; --paper: #fff; --rule: #c9d0da }
@media (prefers-color-scheme: dark) {
  :root { --ink: #f1f3f6; --paper: #161a20; --rule: #454d5a } }
body { font: 16px/1.5 system-ui, sans-serif; color: var(--ink);
  background: var(--paper);  margin: 2rem auto; padding: 0 1.5rem; max-width: 70rem }
figure { margin: 1.5rem 0; overflow-x: auto }
table { border-collapse: collapse; font-size: .9rem; width: 100% }
th, td { text-align: left; padding: .3rem .8rem .3rem 0; vertical-align: top;
  border-bottom: 1px solid var(--rule); overflow-wrap: anywhere }
td.number, th.number { text-align: right; font-variant-numeric: tabular-nums }
.scroll { overflow-x: auto }
pre { overflow-x: auto; line-height: 1.3 }
@media print { :root { --ink: #000; --paper: #fff } figure { overflow: visible } }
"""


def draw_html(graph: ModelGraph, svg: str, text: str) -> str:
    """Return a whole HTML page about a model.

    Arguments:
        graph: the model.
        svg: its drawing.
        text: its drawing in letters, folded away for those who read by ear.
    """
    shown = graph.visible()
    name = _clean(graph.name)
    rows = "\n".join(_rows(shown, Sharing(shown, expanded=True), ""))
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Model {name}</title>
<style>{_STYLE}</style>
</head>
<body>
<h1>Model <em>{name}</em></h1>
<p>{escape(graph.type)}, {_totals(shown)}.</p>
{_notices(graph)}
<figure>{svg}</figure>
<h2>Calls</h2>
<div class="scroll"><table>
<thead><tr><th>Call</th><th>Type</th><th>Reads</th><th>Output</th>
<th class="number">Parameters</th><th>Arguments</th></tr></thead>
<tbody>
{rows}
</tbody></table></div>
<details><summary>The same as text</summary><pre>{_clean(text)}</pre></details>
</body>
</html>
"""


def _totals(graph: ModelGraph) -> str:
    calls = count_text(len(graph.calls), "call")
    return f"{calls}, {count_text(graph.params, 'parameter')}"


def _notices(graph: ModelGraph) -> str:
    if not graph.notices:
        return ""
    items = "".join(f"<li>{_clean(notice.text)}</li>" for notice in graph.notices)
    return f"<h2>To know</h2><ul>{items}</ul>"


def _rows(graph: ModelGraph, sharing: Sharing, prefix: str) -> list[str]:
    """Return a table row for each call, those of nested models below their first."""
    rows = []
    for call in graph.calls:
        path = prefix + call.id
        share = sharing.share(call, prefix)
        kind = type_text(call) + (f" ({share.text})" if share else "")
        reads = ", ".join(tensor.source for tensor in graph.incoming(call.id))
        texts = "".join(
            f"<td>{_clean(cell)}</td>" for cell in (path, kind, reads, _outputs(call))
        )
        arguments = ", ".join([*call.arguments, *config_texts(call)])
        rows.append(
            f'<tr>{texts}<td class="number">{call.params:,}</td>'
            f"<td>{_clean(arguments)}</td></tr>"
        )
        if call.nested is not None and sharing.home(call, path) == f"{path}/":
            rows += _rows(call.nested.visible(), sharing, f"{path}/")
    return rows


def _outputs(call: Call) -> str:
    return ", ".join(f"{shape_text(spec.shape)} {spec.dtype}" for spec in call.outputs)


def _clean(text: str) -> str:
    return escape("".join(c if c == "\n" else visible(c) for c in text))
