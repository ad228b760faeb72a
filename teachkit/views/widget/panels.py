"""What the panel of a view tells of each call: formulas, sums, and what was computed.

All panels are made in advance, so that they open at once, while the kernel trains and
without a kernel. What takes long, running a large model, is done when it is asked for.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from teachkit.graph import ModelGraph
from teachkit.layout.levels import MOST_CALLS, calls_at_all_depths
from teachkit.views.widget.plain_panels import plain_panels

if TYPE_CHECKING:
    from teachkit.keras_reader import Recording

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
        in_advance: False to run not even a small model before somebody asks for it.
    """

    graph: ModelGraph
    recording: Recording | None
    in_advance: bool = True

    def all(self) -> dict[str, str]:
        """Return what is told of each call, as HTML, by the path of the call."""
        calls = calls_at_all_depths(self.graph)
        if self.recording is None or calls > _MOST_FORMULAS:
            return dict(plain_panels(self.graph, deep=calls <= MOST_CALLS))
        from teachkit.views.widget.explained_panels import explained_panels  # noqa: PLC0415 - loads TensorFlow, which takes seconds: only when it is needed

        found = explained_panels(self.recording, in_advance=self.in_advance)
        return found or dict(plain_panels(self.graph, deep=True))

    def computed(self, path: str) -> str:
        """Run the model and return what is told of one call, with its check.

        Raises:
            TeachkitError: there is no such call, or the model cannot be run.
        """
        if self.recording is None:
            self.graph.call(path)
            return self.all()[path]
        from teachkit.views.widget.explained_panels import computed_panel  # noqa: PLC0415 - loads TensorFlow, which takes seconds: only when it is needed

        return computed_panel(self.recording, path)

    def code(self) -> str:
        """Return the source that builds the model, empty where it cannot be written."""
        if self.recording is None or len(self.graph.calls) > _MOST_WRITTEN:
            return ""
        from teachkit.views.widget.explained_panels import source_of  # noqa: PLC0415 - loads TensorFlow, which takes seconds: only when it is needed

        return source_of(self.recording)
