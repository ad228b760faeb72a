"""Real front ends with real kernels: one server of each for all tests of a worker."""

from __future__ import annotations

import pytest

pytest.importorskip("playwright.sync_api", reason="playwright is missing")

from playwright.sync_api import Error

from tests.front_ends import servers
from tests.front_ends.notebooks import (
    JupyterLab,
    Marimo,
    Notebook7,
)
from tests.ui.chromium import chromium

FRONT_ENDS = {
    "JupyterLab": (JupyterLab, "jupyter_server"),
    "Notebook 7": (Notebook7, "jupyter_server"),
    "marimo": (Marimo, "marimo_server"),
}


@pytest.fixture(scope="session")
def jupyter_server(tmp_path_factory):
    """Run the server of JupyterLab and Notebook 7 while there are tests."""
    with servers.jupyter(tmp_path_factory.mktemp("jupyter")) as server:
        yield server


@pytest.fixture(scope="session")
def marimo_server(tmp_path_factory):
    """Run marimo while there are tests."""
    with servers.marimo(tmp_path_factory.mktemp("marimo")) as server:
        yield server


@pytest.fixture(scope="module")
def browser():
    """Start Chromium."""
    try:
        with chromium() as started:
            yield started
    except Error as error:
        pytest.skip(f"no Chromium can be started: {str(error).splitlines()[0]}")


@pytest.fixture(params=FRONT_ENDS, scope="module")
def front_end(request, browser):
    """Each front end in turn; its server starts with the first test that needs it."""
    kind, server = FRONT_ENDS[request.param]
    return kind(request.getfixturevalue(server), browser)
