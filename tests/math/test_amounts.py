"""Arithmetic that remembers itself."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from teachkit.math.amounts import NOTHING, amount, product, total

small = st.integers(0, 999)


class TestText:
    @pytest.mark.parametrize(
        ("made", "text"),
        [
            (amount(7), "7"),
            (amount(32) + 1, "32 + 1 = 33"),
            ((amount(32) + 1) * 64, "(32 + 1) × 64 = 2,112"),
            (amount(3) * 3 * (amount(1) + 2), "3 × 3 × (1 + 2) = 27"),
            (amount(2) * 3 + amount(4) * 5, "2 × 3 + 4 × 5 = 26"),
            (2 * amount(3), "2 × 3 = 6"),
            (amount(9) - (amount(3) - 1), "9 − (3 − 1) = 7"),
            (amount(9) - amount(3) - 1, "9 − 3 − 1 = 5"),
            (product(amount(1), amount(5), amount(1)), "5"),
            (total([NOTHING, amount(4)]), "4"),
            (total([]), "0"),
        ],
    )
    def test_it_is_written_as_one_would(self, made, text):
        assert made.text == text

    def test_names_stand_for_numbers(self):
        made = (amount(32, "features") + 1) * amount(64, "units")

        assert made.words == "(features + 1) × units"
        assert made.latex == r"(32 + 1) \times 64 = 2{,}112"


@given(small, small, small, small)
def test_the_text_never_lies(a, b, c, d):
    for made in (
        (amount(a) + b) * (amount(c) - d),
        amount(a) * b - amount(c) * d,
        amount(a) - (amount(b) + c) - d,
        product(amount(a), amount(b) + c, d),
    ):
        arithmetic = made.numbers.replace("×", "*").replace("−", "-").replace(",", "")
        assert eval(arithmetic) == made.value  # noqa: S307 - digits and signs alone
