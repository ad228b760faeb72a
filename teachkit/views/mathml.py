r"""Formulas as MathML, which browsers draw without a script or a font of ours.

latex2mathml knows neither escapes inside `\text{...}` nor HTML, and names of layers
are anything. So texts are taken out first and put back as escaped text.
"""

from __future__ import annotations

import re
from functools import lru_cache

from latex2mathml.converter import convert

from teachkit.math import Formula
from teachkit.math.formulas import plain_text
from teachkit.views.clean import clean_html

_TEXT = re.compile(r"\\text\{((?:\\[A-Za-z]+\{\}|\\.|[^{}\\])*)\}")
_OUTER = re.compile(r"^<math[^>]*>(.*)</math>$", re.DOTALL)
_PLACE = re.compile(r"<mtext>§(\d+)§</mtext>")


def mathml(formula: Formula) -> str:
    """Return a formula as one element, with a row for each of its lines."""
    label = clean_html(formula.text.replace("\n", "; "))
    rows = [_inside(line.latex) for line in formula.lines]
    if len(rows) == 1:
        inside = rows[0]
    else:
        cells = "".join(f"<mtr><mtd>{row}</mtd></mtr>" for row in rows)
        inside = f'<mtable columnalign="left" displaystyle="true">{cells}</mtable>'
    return (
        '<math xmlns="http://www.w3.org/1998/Math/MathML" display="block" '
        f'alttext="{label}">{inside}</math>'
    )


@lru_cache(maxsize=4096)
def _inside(latex: str) -> str:
    """Return one line as MathML without the element around it."""
    texts: list[str] = []

    def taken(found: re.Match[str]) -> str:
        texts.append(plain_text(found[1]))
        return rf"\text{{§{len(texts) - 1}§}}"

    converted = convert(_TEXT.sub(taken, latex), display="block")
    found = _OUTER.match(converted)
    inside = found[1] if found else converted

    def put_back(place: re.Match[str]) -> str:
        text = clean_html(texts[int(place[1])])
        # A browser drops spaces at the ends of a text.
        return f"<mtext>{text.replace(' ', '&#xA0;')}</mtext>"

    return _PLACE.sub(put_back, inside)
