"""Formulas in two forms, whose symbols carry shapes, and names that cannot harm."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from teachkit.math.formulas import Formula, Symbol, formula, latex_safe, plain_text

X = Symbol("x", "x", (None, 32), "input")
GAMMA = Symbol(r"\gamma", "γ", (32,), "scale")


class TestFormula:
    def test_symbols_carry_their_shape_once(self):
        made = formula("$y = $x + $x", y="y", x=X)

        assert made.text == "y = x[?×32] + x"
        assert made.latex == r"y = \underset{\;? \times 32\;}{x} + x"

    def test_both_forms_are_written_where_signs_differ(self):
        made = formula(r"$g \odot $x", "$g * $x", g=GAMMA, x=X)

        assert made.latex.startswith(r"\underset{\;32\;}{\gamma} \odot")
        assert made.text == "γ[32] * x[?×32]"

    def test_latex_commands_without_a_text_are_refused(self):
        with pytest.raises(ValueError, match="needs a text form"):
            formula(r"\sin($x)", x=X)

    def test_the_shape_stands_below_letter_and_index(self):
        made = formula(r"$x_{i, j} \ne $x_{j}", "$x(i, j) != $x(j)", x=X)

        assert made.latex.startswith(r"\underset{\;? \times 32\;}{x_{i, j}} \ne x_{j}")
        assert made.text == "x[?×32](i, j) != x(j)"

    def test_a_symbol_that_is_missing_is_noticed(self):
        with pytest.raises(KeyError):
            formula("$x + $z", x=X)

    def test_lines_add_up(self):
        made = formula("$x", x=X) + formula("$g", g=GAMMA)

        assert made.text == "x[?×32]\nγ[32]"
        assert r"\\" in made.latex
        assert made.symbols == (X, GAMMA)

    def test_nothing_is_empty(self):
        assert Formula(()).text == ""


@given(st.text())
def test_what_is_made_safe_can_be_had_back(text):
    safe = latex_safe(text)

    assert plain_text(safe) == text
    assert "<" not in safe
    assert "$" not in safe.replace(r"\$", "")
