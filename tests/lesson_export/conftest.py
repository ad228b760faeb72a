"""Pages of notebooks."""

from __future__ import annotations

import nbformat
import pytest
from nbformat.v4 import new_notebook

from teachkit.lesson_export import export_lesson


@pytest.fixture
def exported(tmp_path):
    """Export cells as they are, and return the page."""

    def export(*cells, **metadata):
        path = tmp_path / "lesson.ipynb"
        nbformat.write(new_notebook(cells=list(cells), metadata=metadata), path)
        return export_lesson(path, run=False).read_text("utf-8")

    return export
