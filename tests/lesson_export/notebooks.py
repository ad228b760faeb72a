"""Notebooks with results made by hand, and what is read from their pages."""

from __future__ import annotations

import json
import re

from nbformat.v4 import new_code_cell, new_output

VIEW = "application/vnd.jupyter.widget-view+json"
STATE = "application/vnd.jupyter.widget-state+json"
PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="  # noqa: E501 - a picture
ESM = "export default { render({ model, el }) { el.textContent = model.get('a') } }"


def ran(source="1", *outputs, **metadata):
    return new_code_cell(
        source, execution_count=1, outputs=list(outputs), metadata=metadata
    )


def stream(text, name="stdout"):
    return new_output("stream", text=text, name=name)


def shown(metadata=None, **data):
    """Return an output; `image_png` stands for image/png."""
    mimes = {name.replace("_", "/", 1): value for name, value in data.items()}
    return new_output("display_data", data=mimes, metadata=metadata or {})


def view(model, **data):
    """Return the output that a widget leaves in a notebook."""
    output = shown(**data)
    output.data[VIEW] = {"model_id": model, "version_major": 2, "version_minor": 0}
    return output


def widgets(**records):
    """Return the metadata of a notebook that was saved with these widgets."""
    state = {
        name: {"model_name": kind, "model_module": module, "state": content, **rest}
        for name, (kind, module, content, rest) in records.items()
    }
    return {"widgets": {STATE: {"state": state, "version_major": 2}}}


def alive(**state):
    return (
        "AnyModel",
        "anywidget",
        {"_esm": ESM, "layout": "IPY_MODEL_x", **state},
        {},
    )


def box(*children, kind="VBoxModel"):
    references = [f"IPY_MODEL_{child}" for child in children]
    return (kind, "@jupyter-widgets/controls", {"children": references}, {})


def control(kind, **state):
    return (kind, "@jupyter-widgets/controls", state, {})


def states(page):
    """Return what the page holds for each of its widgets, by key."""
    found = re.findall(r'id="tk-state-([^"]+)">(.*?)</script>', page)
    return {key: json.loads(text) for key, text in found}


def places(page):
    return re.findall(r'data-live="([^"]+)"', page)
