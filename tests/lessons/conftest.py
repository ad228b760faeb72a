"""What tests of lessons begin with."""

from __future__ import annotations

import pytest

from tests.lessons.shelf import filled


@pytest.fixture
def shelf(tmp_path, monkeypatch):
    """Put a small folder in the place of the real lessons."""
    folder = filled(tmp_path / "shelf")
    for module in ("copying", "start_page"):
        name = f"teachkit.lessons.{module}.lessons_folder"
        monkeypatch.setattr(name, lambda: folder)
    return folder
