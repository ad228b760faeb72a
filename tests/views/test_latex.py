"""LaTeX of a person becomes MathML, or stays what it was."""

from __future__ import annotations

import pytest

from teachkit.views.latex import latex_to_mathml


@pytest.mark.parametrize(
    ("latex", "piece"),
    [
        (r"\sum_{i=1}^n x_i", "<munderover><mo>&#x02211;</mo>"),
        (r"\max _j z", "<munder>"),
        (r"\begin{split} a &= b \\ c &= d \end{split}", "</mtr><mtr>"),
        (r"\begin{equation*} \frac12 \end{equation*}", "<mfrac>"),
        (r"\text{ a\_b <c> }", "<mtext>&#xA0;a_b&#xA0;&lt;c&gt;&#xA0;</mtext>"),
        (
            r"\mbox{one} + \textrm{two}",
            "<mtext>one</mtext><mo>&#x0002B;</mo><mtext>two",
        ),
    ],
)
def test_what_the_library_reads_wrongly_is_put_right(latex, piece):
    drawn = latex_to_mathml(latex, display=True)
    assert piece in drawn
    assert drawn.startswith("<math ")


def test_in_a_line_of_text_limits_stay_beside_the_sign():
    drawn = latex_to_mathml(r"\sum_i x", display=False)
    assert 'display="inline"' in drawn
    assert "<munder" not in drawn


def test_the_source_is_the_alternative_text():
    drawn = latex_to_mathml(' a < "b" ', display=False)
    assert 'alttext="a &lt; &quot;b&quot;"' in drawn


@pytest.mark.parametrize("latex", [r"\frac{", r"\frac{<b>}{", "x^"])
def test_what_cannot_be_read_stays_as_it_was_written(latex):
    escaped = latex.replace("<", "&lt;").replace(">", "&gt;")
    assert latex_to_mathml(latex, display=True) == f"<code>{escaped}</code>"
