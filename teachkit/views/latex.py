r"""LaTeX that a person wrote, as MathML; `mathml` does it for formulas of ours.

The library reads most of what stands in notebooks. What it reads wrongly is rewritten:
limits of sums, aligned lines, and texts, which are taken out and put back escaped.
"""

from __future__ import annotations

import re
from functools import lru_cache

from latex2mathml.converter import convert

from teachkit.views.clean import clean_html

_LIMITS = re.compile(r"\\(sum|prod|max|min|lim|sup|inf)(?=\s*[_^])")
_ALIGNED = re.compile(r"(\\(?:begin|end)\{)(?:aligned|split)\}")
_EQUATION = re.compile(r"\\(?:begin|end)\{equation\*?\}")
_TEXT = re.compile(r"\\(?:text|textrm|mbox)\{((?:\\.|[^{}\\])*)\}")
_ESCAPE = re.compile(r"\\([_%&#${}])")
_PLACE = re.compile(r"<mtext>§(\d+)§</mtext>")
_OUTER = re.compile(r"<math [^>]*>")

FONTS = (
    '"STIX Two Math", "Cambria Math", "Latin Modern Math", "DejaVu Math TeX Gyre", math'
)
"""Brackets grow with what they hold only if a font for mathematics is named."""

MATH_STYLE = f"math {{ font-family: {FONTS} }}\n"


@lru_cache(maxsize=1024)
def latex_to_mathml(latex: str, *, display: bool) -> str:
    """Return LaTeX as one element; what cannot be read stays as it was written.

    Arguments:
        latex: without dollar signs around it.
        display: whether it stands on a line of its own.

    Example:
        >>> latex_to_mathml(r"x_1", display=False)[:62]
        '<math xmlns="http://www.w3.org/1998/Math/MathML" display="inli'
    """
    latex = latex.strip()
    texts: list[str] = []

    def taken(found: re.Match[str]) -> str:
        texts.append(clean_html(_ESCAPE.sub(r"\1", found[1])))
        return rf"\text{{§{len(texts) - 1}§}}"

    try:
        drawn = convert(_TEXT.sub(taken, _readable(latex, display)))
    except Exception:  # noqa: BLE001 - the errors of the library have no common class
        return f"<code>{clean_html(latex)}</code>"
    # A browser drops spaces at the ends of a text.
    drawn = _PLACE.sub(
        lambda place: f"<mtext>{texts[int(place[1])].replace(' ', '&#xA0;')}</mtext>",
        drawn,
    )
    opened = (
        '<math xmlns="http://www.w3.org/1998/Math/MathML" '
        f'display="{"block" if display else "inline"}" alttext="{clean_html(latex)}">'
    )
    return _OUTER.sub(lambda _: opened, drawn, count=1)


def _readable(latex: str, display: bool) -> str:
    """Return LaTeX in words that the library knows."""
    latex = _ALIGNED.sub(r"\1align*}", _EQUATION.sub("", latex))
    return _LIMITS.sub(r"\\\1\\limits", latex) if display else latex
