"""Every rule agrees with Keras: numbers, parameters, shapes; its formula is sound."""

import pytest

from tests.math.cases import CASES
from tests.math.verifying import verify


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_it_agrees_with_keras(case):
    assert verify(case).problems == ()
