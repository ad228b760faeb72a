"""The two views of a model in play: its drawing, and its sizes in words."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import anywidget
import traitlets

from teachkit.keras_reader import Recording
from teachkit.views.graph_view import GraphView
from teachkit.views.widget.panels import Panels

_STATIC = Path(__file__).parent / "static"


class FactsView(anywidget.AnyWidget):
    """The sizes of a model, in a region that screen readers follow.

    Attributes:
        content: the facts, and lines on what was changed.
        printed: what the function printed while it built the model.
    """

    # As texts: a path would be watched for changes.
    _esm = (_STATIC / "facts.js").read_text(encoding="utf-8")
    _css = (_STATIC / "facts.css").read_text(encoding="utf-8")
    content: Any = traitlets.Dict({"facts": [], "lines": []}).tag(sync=True)
    printed = traitlets.Unicode("").tag(sync=True)


class PlayView(GraphView):
    """The drawing of a model that may change at any time. It is run when asked for.

    Arguments:
        recording: the model, which may have no numbers.
        with_numbers: gives the same model with numbers.
    """

    def __init__(
        self,
        recording: Recording,
        with_numbers: Callable[[], Recording],
        **choices: Any,
    ) -> None:
        self._with_numbers = with_numbers
        super().__init__(recording, **choices)

    def panels(self) -> Panels:  # noqa: D102 - as the base class says
        return Panels(self.graph, self._recording, in_advance=False)

    def panel_of(self, path: str) -> str:
        """Run the model and return what is told of one call.

        Raises:
            TeachkitError: the model cannot be built with numbers, or not be run.
        """
        return Panels(self.graph, self._with_numbers()).computed(path)
