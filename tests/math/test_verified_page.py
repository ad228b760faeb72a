"""The page that lists what is verified is true."""

import keras
import pytest

from scripts.write_verified import TARGET, WITHOUT, content, layer_classes
from tests.math.cases import CASES
from tests.math.operation_cases import CASES as OPERATION_CASES

NEWEST = (3, 15)
VERSION = tuple(int(number) for number in keras.version().split(".")[:2])


@pytest.mark.skipif(VERSION < NEWEST, reason="the page is of the newest Keras")
def test_it_is_what_would_be_written():
    assert TARGET.read_text(encoding="utf-8") == content()


@pytest.mark.skipif(VERSION < NEWEST, reason="an older Keras has fewer classes")
def test_nearly_everything_is_verified():
    names = layer_classes()
    kinds = {case.kind for case in CASES} & set(names)

    assert len(names) == 143
    assert len(kinds) >= 130
    assert len(CASES) >= 250
    assert len({case.kind for case in OPERATION_CASES}) >= 80


def test_names_of_configurations_are_unique():
    for cases in (CASES, OPERATION_CASES):
        names = [case.name for case in cases]
        assert len(names) == len(set(names))


def test_what_has_no_configuration_has_a_reason():
    kinds = {case.kind for case in CASES}

    assert {name for name in layer_classes() if name not in kinds} <= set(WITHOUT)
