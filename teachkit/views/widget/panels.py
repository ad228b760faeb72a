"""What the panel of a view tells of each call: formulas, sums, and what was computed.

All panels are made in advance, so that they open at once, while the kernel trains and
without a kernel. What takes long, running a large model, is done when it is asked for.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from teachkit.errors import TeachkitError
from teachkit.explanation.explaining import explained_call, explained_model
from teachkit.explanation.findings import CallFinding
from teachkit.graph import Call, ModelGraph
from teachkit.keras_reader import Recording
from teachkit.layout.labels import config_texts, count_text, shape_text, type_text
from teachkit.source_code import to_code
from teachkit.views.clean import clean_html
from teachkit.views.explanation.page import definitions, facts_html

_MOST_COMPUTED = 100
"""Calls of a model that is run in advance, to compare Keras with NumPy."""
_MOST_OPERATIONS = 20_000_000
"""Multiplications of such a model for one sample: a fraction of a second in NumPy."""
_MOST_FORMULAS = 3_000
"""Calls whose formulas are made in advance: each takes a third of a millisecond."""
_MOST_WRITTEN = 300
"""Calls of a model whose source is written in advance."""


@dataclass(frozen=True, eq=False)
class Panels:
    """Tells of each call of a model.

    Attributes:
        graph: the model as plain data.
        recording: the model with its Keras objects; None if there is only the graph.
    """

    graph: ModelGraph
    recording: Recording | None

    def all(self) -> dict[str, str]:
        """Return what is told of each call, as HTML, by the path of the call."""
        if self.recording is None or len(self.graph.calls) > _MOST_FORMULAS:
            return dict(_plain_panels(self.graph, ""))
        try:
            finding = explained_model(self.recording, compute=False)
            quick = finding.macs <= _MOST_OPERATIONS
            if quick and len(finding.calls) <= _MOST_COMPUTED:
                finding = explained_model(self.recording)
        except TeachkitError:  # its inputs are not such that it can be explained
            return dict(_plain_panels(self.graph, ""))
        return {one.path: _panel(one) for one in finding.calls}

    def computed(self, path: str) -> str:
        """Run the model and return what is told of one call, with its check.

        Raises:
            TeachkitError: there is no such call, or no model behind the graph.
        """
        if self.recording is None:
            return self.all()[path]
        return _panel(explained_call(self.recording, path))

    def code(self) -> str:
        """Return the source that builds the model, empty where it cannot be written."""
        if self.recording is None or len(self.graph.calls) > _MOST_WRITTEN:
            return ""
        try:
            return str(to_code(self.recording))
        except TeachkitError:
            return ""


def _panel(finding: CallFinding) -> str:
    call = finding.call
    computed = finding.check.agrees is not None or call.nested is not None
    without = ("reads",) if computed else ("reads", "check")
    facts = facts_html(finding, without=without)
    arguments = _arguments(call)
    waits = not computed and finding.meaning is not None
    return facts + arguments + ('<p class="tkw-unchecked"></p>' if waits else "")


def _plain_panels(graph: ModelGraph, prefix: str) -> Iterator[tuple[str, str]]:
    """Yield what the graph alone tells of each call."""
    for call in graph.visible().calls:
        path = prefix + call.id
        shapes = ", ".join(
            f"{shape_text(spec.shape)} {spec.dtype}" for spec in call.outputs
        )
        facts = [
            ("type", type_text(call)),
            ("shape", shapes),
            ("parameters", count_text(call.params, "parameter")),
        ]
        shown = ((title, clean_html(text)) for title, text in facts if text)
        yield path, definitions(shown) + _arguments(call)
        if call.nested is not None:
            yield from _plain_panels(call.nested, f"{path}/")


def _arguments(call: Call) -> str:
    texts = [*call.arguments, *config_texts(call)]
    if not texts:
        return ""
    listed = "<br>".join(f"<code>{clean_html(text)}</code>" for text in texts)
    return definitions([("arguments", listed)])
