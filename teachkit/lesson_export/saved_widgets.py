"""What a notebook holds of its widgets: their states, as Jupyter saved them."""

from __future__ import annotations

import base64
import copy
from collections.abc import Mapping
from typing import Any

import nbformat
from nbformat import ValidationError
from nbformat.v4 import new_code_cell, new_notebook
from nbformat.v4.rwbase import rejoin_lines

from teachkit.speech import cut

_STATE = "application/vnd.jupyter.widget-state+json"
_CATCHES_OUTPUTS = "OutputModel"


def states(metadata: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the widgets that a notebook was saved with, by their ids."""
    found: Any = metadata
    for step in ("widgets", _STATE, "state"):
        found = found.get(step) if isinstance(found, Mapping) else None
    return found if isinstance(found, Mapping) else {}


def check_states(metadata: Mapping[str, Any]) -> None:
    """Refuse what no widget can be made of.

    Raises:
        ValueError: which widget it is, and what is wrong with it.
    """
    for name, record in states(metadata).items():
        problem = _problem(record)
        if problem:
            raise ValueError(f"the widget {cut(name)} {problem}")


def outputs_of(state: Mapping[str, Any]) -> list[Any]:
    """Return what a widget caught, in the form that outputs of cells have.

    Raises:
        ValidationError: these are no outputs.
    """
    cell = new_code_cell(outputs=copy.deepcopy(state.get("outputs", [])))  # type: ignore[no-untyped-call]
    notebook = nbformat.from_dict(new_notebook(cells=[cell]))  # type: ignore[no-untyped-call]
    nbformat.validate(notebook)
    return list(rejoin_lines(notebook).cells[0].outputs)  # type: ignore[no-untyped-call]


def with_buffers(record: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return a state with its binary parts, which a notebook stores beside it.

    Raises:
        KeyError, IndexError, TypeError, ValueError: one has no place in the state.
    """
    state = copy.deepcopy(record["state"])
    for buffer in record.get("buffers", []):
        *way, last = buffer["path"]
        holder = state
        for step in way:
            holder = holder[step]
        holder[last] = base64.b64decode(buffer["data"])
    return dict(state)


def _problem(record: Any) -> str:
    """Return what is wrong with the record of a widget; empty for nothing."""
    if not isinstance(record, Mapping) or not isinstance(record.get("state"), Mapping):
        return "has no state"
    try:
        if "buffers" in record:
            with_buffers(record)
    except (KeyError, IndexError, TypeError, ValueError):
        return "has binary data without a place in its state"
    try:
        if record.get("model_name") == _CATCHES_OUTPUTS:
            outputs_of(record["state"])
    except ValidationError as error:
        return f"caught what is no output: {error.message}"
    return ""
