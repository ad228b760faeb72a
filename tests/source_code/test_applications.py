"""Architectures of keras.applications: built without weights, written, built again."""

from __future__ import annotations

import keras
import pytest

from teachkit.keras_reader import dry, record_model
from teachkit.keras_reader.bodies import bodies_of
from teachkit.normal_form import find_isomorphism, normal_form
from teachkit.source_code import to_code
from tests.source_code.round_trip import run


@pytest.mark.parametrize(
    "name", ["ConvNeXtTiny", "EfficientNetV2B0", "MobileNetV2", "ResNet50"]
)
def test_the_code_builds_the_same_graph(name):
    with dry():
        model = getattr(keras.applications, name)(weights=None)
    recording = record_model(model)
    code = to_code(recording)
    with dry():
        built = run(code)
    again = record_model(built)

    forms = [
        normal_form(one.graph, bodies_of(one), strict=True)
        for one in (recording, again)
    ]

    assert find_isomorphism(*forms) is not None
    assert max(map(len, code.splitlines())) <= 88
    assert built.count_params() == recording.root.model.count_params()
