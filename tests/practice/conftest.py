"""A notebook for tests of what a student does in one."""

from __future__ import annotations

import pytest

from tests.practice.notebooks import notebook


@pytest.fixture
def cell(tmp_path, monkeypatch):
    """Return a function that runs a cell of a notebook and returns its names."""
    monkeypatch.setenv("TEACHKIT_PROGRESS", str(tmp_path / "progress.json"))
    with notebook(tmp_path / "ipython") as shell:

        def run(code, *, fails=False):
            done = shell.run_cell(code, store_history=True, silent=False)
            assert done.success is not fails
            return shell.user_ns

        yield run
