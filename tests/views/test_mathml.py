"""Formulas as MathML: well-formed, with any name, and a row for each line."""

from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from teachkit.math import Formula, Line, formula, word
from teachkit.views.clean import clean
from teachkit.views.mathml import mathml
from tests.graphs import HOSTILE

MATH = "{http://www.w3.org/1998/Math/MathML}"


def texts(element):
    return [one.text for one in element.iter(f"{MATH}mtext")]


@pytest.mark.parametrize("name", HOSTILE)
def test_a_name_stands_in_it_as_it_is(name):
    root = ET.fromstring(mathml(formula("$f(x)", f=word(name))))

    (text,) = texts(root)
    assert (text or "").replace("\xa0", " ") == clean(name)


@given(st.text(alphabet=st.characters(exclude_categories=("C", "Z")), min_size=1))
def test_any_name_stays_one_text(name):
    root = ET.fromstring(mathml(formula("$f + $g", f=word(name), g=word("b"))))

    assert texts(root) == [name, "b"]


def test_each_line_is_a_row():
    root = ET.fromstring(mathml(Formula((Line("a = b", "a = b"), Line("c", "c")))))

    assert len(root.findall(f".//{MATH}mtr")) == 2
    assert root.attrib["alttext"] == "a = b; c"


def test_sums_have_their_limits_below():
    root = ET.fromstring(mathml(formula(r"\sum\limits_{j} $x", "sum_j $x", x="x_j")))

    assert root.find(f".//{MATH}munder") is not None
