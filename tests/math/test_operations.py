"""Every rule for an operation agrees with Keras; its formula is sound."""

import pytest

from tests.math.operation_cases import CASES
from tests.math.verifying_operations import verify


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_it_agrees_with_keras(case):
    assert verify(case) == ()


def test_most_operations_have_a_rule_that_was_verified():
    assert len({case.kind for case in CASES}) >= 250
