"""Every architecture of keras.applications, read without a single weight."""

from __future__ import annotations

import inspect

import keras
import pytest

import teachkit as tk
from tests.keras_reader.config_edges import config_edges, graph_edges

ARCHITECTURES = sorted(
    name
    for name, value in vars(keras.applications).items()
    if inspect.isfunction(value) and "weights" in inspect.signature(value).parameters
)


def test_keras_has_no_fewer_than_in_3_12():
    assert len(ARCHITECTURES) >= 38


@pytest.mark.parametrize("name", ARCHITECTURES)
def test_edges_are_those_of_the_configuration(name):
    with tk.dry():
        model = getattr(keras.applications, name)(weights=None)

    graph = tk.read(model)

    assert graph_edges(graph) == config_edges(model)
    assert graph.params == model.count_params()
    assert [notice.code for notice in graph.notices] == ["dry"]
