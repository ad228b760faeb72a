"""Make the lesson notebooks from their text: `python -m notebooks.build [FILE ...]`.

A lesson is written as text, a percent script in `notebooks/source/`. This converts it,
runs it from top to bottom and writes the notebook with its outputs beside this file.
Two builds give the same bytes, so only a real change of a lesson shows in a diff.
"""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

import jupytext
import nbformat
from nbclient import NotebookClient
from nbformat import NotebookNode

NOTEBOOKS = Path(__file__).parent
SOURCES = NOTEBOOKS / "source"
SECONDS = 300
"""Longest time for one cell."""

UNCHECKED = "nbval-ignore-output"
"""Tag of a cell whose output may differ between machines; nbval knows it too."""

WIDGET = "application/vnd.jupyter.widget-view+json"

_METADATA = {
    "kernelspec": {
        "display_name": "Python 3 (ipykernel)",
        "language": "python",
        "name": "python3",
    },
    "language_info": {"name": "python"},
}
"""What a notebook says of itself. The kernel would add its version, and the state of
widgets: both differ from one machine to the next."""


def convert(source: Path) -> NotebookNode:
    """Return the notebook that a percent script describes, without outputs."""
    notebook: NotebookNode = jupytext.read(source, fmt="py:percent")
    _tell_kernel(notebook)
    notebook.nbformat, notebook.nbformat_minor = 4, 5
    _name_cells(notebook)
    return notebook


def execute(notebook: NotebookNode) -> None:
    """Run all cells in a fresh kernel and keep their outputs.

    Raises:
        nbclient.exceptions.CellExecutionError: a cell failed; the error shows it.
    """
    client = NotebookClient(
        notebook,
        kernel_name="python3",
        timeout=SECONDS,
        record_timing=False,
        coalesce_streams=True,
        resources={"metadata": {"path": str(NOTEBOOKS)}},
    )
    client.execute()
    _drop_notes(notebook)
    _drop_widgets(notebook)
    _tell_kernel(notebook)


def build(source: Path) -> Path:
    """Convert, run and write one lesson; return the path of the notebook."""
    notebook = convert(source)
    execute(notebook)
    nbformat.validate(notebook)
    target = NOTEBOOKS / f"{source.stem}.ipynb"
    text: str = nbformat.writes(notebook, version=4)  # type: ignore[no-untyped-call]
    target.write_text(text.rstrip("\n") + "\n", encoding="utf-8", newline="\n")
    return target


def main(arguments: list[str]) -> None:
    """Build the lessons whose source files are named, or all."""
    named = [SOURCES / f"{Path(argument).stem}.py" for argument in arguments]
    for source in named or sorted(SOURCES.glob("*.py")):
        print(build(source).relative_to(NOTEBOOKS.parent))


def _tell_kernel(notebook: NotebookNode) -> None:
    notebook.metadata.clear()
    notebook.metadata.update(_METADATA)


def _drop_notes(notebook: NotebookNode) -> None:
    """Drop what TensorFlow writes when it starts: times, and the graphics card."""
    for cell in notebook.cells:
        if UNCHECKED in cell.metadata.get("tags", []):
            cell.outputs = [o for o in cell.outputs if o.get("name") != "stderr"]


def _drop_widgets(notebook: NotebookNode) -> None:
    """Drop what points to widgets of the kernel that ran, which is gone.

    A notebook that is opened shows the drawing then, where it would show an error.
    """
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            output.get("data", {}).pop(WIDGET, None)


def _name_cells(notebook: NotebookNode) -> None:
    """Give each cell an id that depends on its text alone."""
    seen: set[str] = set()
    for cell in notebook.cells:
        content = f"{cell.cell_type} {cell.source}"
        name = hashlib.sha256(content.encode()).hexdigest()[:12]
        while name in seen:
            name = f"{name}-again"
        seen.add(name)
        cell.id = name


if __name__ == "__main__":
    main(sys.argv[1:])
