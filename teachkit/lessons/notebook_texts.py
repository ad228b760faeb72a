"""Notebooks as the text of their files, without Jupyter."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

Cell = dict[str, Any]
Notebook = dict[str, Any]


def read_notebook(content: bytes | str) -> Notebook | None:
    """Return a notebook; None where a text is none."""
    try:
        found = json.loads(content)
    except ValueError:
        return None
    if not isinstance(found, dict) or not isinstance(found.get("cells"), list):
        return None
    return found if all(isinstance(cell, dict) for cell in found["cells"]) else None


def notebook_text(notebook: Notebook) -> str:
    """Return the text of a notebook's file, as Jupyter writes it."""
    written = json.dumps(notebook, ensure_ascii=False, indent=1, sort_keys=True)
    return f"{written}\n"


def without_outputs(notebook: Notebook) -> Notebook:
    """Return a notebook as it was before anybody ran it."""
    return {**notebook, "cells": [_not_run(cell) for cell in notebook["cells"]]}


def source_of(cell: Cell) -> str:
    """Return the text of a cell, which a file may hold in lines."""
    source = cell.get("source", "")
    return "".join(map(str, source)) if isinstance(source, list) else str(source)


def lines_of(text: str) -> list[str]:
    """Return the text of a cell as a file holds it."""
    return text.splitlines(keepends=True)


def first_text(cells: Iterable[Cell]) -> str:
    """Return the text of the first cell that is Markdown."""
    texts = (source_of(one) for one in cells if one.get("cell_type") == "markdown")
    return next(texts, "")


def _not_run(cell: Cell) -> Cell:
    if cell.get("cell_type") != "code":
        return cell
    return {**cell, "execution_count": None, "outputs": []}
