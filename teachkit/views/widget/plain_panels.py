"""Panels of models of which there is only the graph."""

from __future__ import annotations

from collections.abc import Iterator

from teachkit.graph import Call, ModelGraph
from teachkit.layout.labels import config_texts, count_text, shape_text, type_text
from teachkit.views.clean import clean_html
from teachkit.views.html_page import definitions


def arguments_html(call: Call) -> str:
    """Return the arguments of a call and of its layer; empty if all are defaults."""
    texts = [*call.arguments, *config_texts(call)]
    if not texts:
        return ""
    listed = "<br>".join(f"<code>{clean_html(text)}</code>" for text in texts)
    return definitions([("arguments", listed)])


def plain_panels(
    graph: ModelGraph, prefix: str = "", *, deep: bool
) -> Iterator[tuple[str, str]]:
    """Yield the path of each call and what the graph alone tells of it, as HTML.

    Arguments:
        graph: the model.
        prefix: of the paths of its calls.
        deep: whether to go into nested models.
    """
    for call in graph.visible().calls:
        path = prefix + call.id
        shapes = (f"{shape_text(spec.shape)} {spec.dtype}" for spec in call.outputs)
        facts = [
            ("type", type_text(call)),
            ("shape", ", ".join(shapes)),
            ("parameters", count_text(call.params, "parameter")),
        ]
        shown = ((title, clean_html(text)) for title, text in facts if text)
        yield path, definitions(shown) + arguments_html(call)
        if call.nested is not None and deep:
            yield from plain_panels(call.nested, f"{path}/", deep=True)
