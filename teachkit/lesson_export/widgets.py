"""The widgets of a notebook, as the pieces of a page that has no kernel."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from teachkit.lesson_export.saved_widgets import outputs_of, states, with_buffers
from teachkit.views.clean import clean_html
from teachkit.views.widget.standalone import Live, again, live, piece, shared

VIEW = "application/vnd.jupyter.widget-view+json"
_REFERENCE = "IPY_MODEL_"

_TEXTS: dict[str, Callable[[str], str]] = {
    "HTMLMathModel": str,
    "HTMLModel": str,
    "LabelModel": clean_html,
}
"""How widgets that only show a text show it."""


class Widgets:
    """Turns widgets into HTML, and remembers which of them the page shows.

    A widget of anywidget stays alive. Text widgets show their text, boxes what is in
    them. Anything else would do nothing without a kernel, so a sentence names it.

    Arguments:
        metadata: of the notebook; its states have passed `check_states`.
        outputs_html: turns outputs of a cell into HTML, for `Output` widgets.
    """

    def __init__(
        self, metadata: Mapping[str, Any], outputs_html: Callable[[Sequence[Any]], str]
    ) -> None:
        self._records = states(metadata)
        self._outputs_html = outputs_html
        self._on_the_way: set[str] = set()
        self._keys: dict[str, str] = {}
        self._lives: list[Live] = []

    def __contains__(self, model: str) -> bool:
        return model in self._records

    def html(self, model: str, fallback: str) -> str:
        """Return the view of a widget.

        Arguments:
            model: its id in the notebook.
            fallback: HTML for browsers without scripts.
        """
        left_out: list[str] = []
        inside = self._html(model, fallback, left_out)
        return inside + _sentence(left_out)

    @property
    def shared(self) -> str:
        """What the views shown so far need once on the page."""
        return shared(self._lives)

    def _html(self, model: str, fallback: str, left_out: list[str]) -> str:
        """Return a widget with what is in it; what cannot be shown joins a list."""
        if model in self._on_the_way:  # it is inside itself
            return ""
        self._on_the_way.add(model)
        html = self._kind(model, fallback, left_out)
        self._on_the_way.remove(model)
        return html

    def _kind(self, model: str, fallback: str, left_out: list[str]) -> str:
        record = self._records[model]
        state, name = record["state"], str(record.get("model_name"))
        if "anywidget" in (record.get("model_module"), state.get("_model_module")):
            return self._alive(model, fallback)
        if isinstance(state.get("children"), list):
            return self._box(name, state["children"], left_out)
        if name == "OutputModel":
            return self._outputs_html(outputs_of(state))
        text = _TEXTS.get(name)
        if text is None:
            left_out.append(_named(name, state))
        return f"<div>{text(str(state.get('value', '')))}</div>" if text else ""

    def _alive(self, model: str, fallback: str) -> str:
        if model in self._keys:
            return again(self._keys[model])
        # The ids of Jupyter are different each time, and the page is not to be.
        self._keys[model] = f"widget-{len(self._keys) + 1}"
        self._lives.append(live(with_buffers(self._records[model]), fallback))
        return piece(self._lives[-1], self._keys[model])

    def _box(self, name: str, children: Sequence[str], left_out: list[str]) -> str:
        models = [str(child).removeprefix(_REFERENCE) for child in children]
        inside = [
            self._html(one, "", left_out) for one in models if one in self._records
        ]
        row = " row" if name == "HBoxModel" else ""
        return f'<div class="box{row}">{"".join(inside)}</div>' if any(inside) else ""


def _named(name: str, state: Mapping[str, Any]) -> str:
    kind = clean_html(name.removesuffix("Model"))
    description = str(state.get("description") or "")
    return f"{kind} “{clean_html(description)}”" if description else kind


def _sentence(left_out: Sequence[str]) -> str:
    if not left_out:
        return ""
    names = ", ".join(left_out)
    return f'<p class="left-out">Only in a running notebook: {names}.</p>'
