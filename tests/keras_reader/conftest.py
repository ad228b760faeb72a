"""Models of the zoo, each built and read once for all tests of a worker."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

import teachkit as tk
from tests.models import build


class Zoo:
    """Builds and reads a model when a test first asks for it."""

    def __init__(self):
        self._known = {}

    def __getitem__(self, name):
        """Return a model of the zoo and its graph, as `.model` and `.graph`."""
        if name not in self._known:
            model = build(name)
            self._known[name] = SimpleNamespace(model=model, graph=tk.read(model))
        return self._known[name]


@pytest.fixture(scope="session")
def zoo():
    return Zoo()
