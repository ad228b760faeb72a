"""Every formula in a real browser: it is drawn, and nothing of LaTeX is left."""

from __future__ import annotations

import pytest

from teachkit.views.clean import clean_html
from teachkit.views.explanation.page import STYLE
from teachkit.views.html_page import page
from teachkit.views.mathml import mathml
from tests.math import verifying, verifying_operations
from tests.math.cases import CASES
from tests.math.operation_cases import CASES as OPERATION_CASES

FAULTS = r"""() => [...document.querySelectorAll('math')].flatMap(math => {
  const box = math.getBoundingClientRect();
  const text = math.textContent;
  const faults = [];
  if (math.querySelector('merror')) faults.push('an error box');
  if (box.width < 4 || box.height < 4) faults.push('not drawn');
  const outside = text.replace(/\{[^{}]*\}/g, '');
  if (/[\\{}$]|§/.test(outside)) faults.push('LaTeX is left');
  return faults.map(fault => `${math.parentNode.id}: ${fault}: ${text}`);
})"""


@pytest.fixture(scope="module")
def formulas():
    """Return the formulas of every configuration: each check looks at all of them."""
    found = []

    def collect(formula):
        found.append(formula)
        return []

    with pytest.MonkeyPatch.context() as patch:
        for module, cases in (
            (verifying, CASES),
            (verifying_operations, OPERATION_CASES),
        ):
            patch.setattr(module, "formula_problems", collect)
            for case in cases:
                module.verify(case)
    return list({formula.latex: formula for formula in found}.values())


@pytest.mark.timeout(900)
def test_every_formula_is_drawn(formulas, opened):
    pieces = "".join(
        f'<p id="{clean_html(formula.latex)}">{mathml(formula)}</p>'
        for formula in formulas
    )
    shown = opened(page("formulas", f'<div class="tk-explain">{pieces}</div>', STYLE))

    assert len(formulas) > 300
    assert shown.locator("math").count() == len(formulas)
    assert shown.evaluate(FAULTS) == []
    assert shown.said == []
