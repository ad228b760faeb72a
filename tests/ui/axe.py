"""What shuts people out of a page, as axe-core finds it."""

from __future__ import annotations

from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

RULES = (
    "wcag2a",
    "wcag2aa",
    "wcag21a",
    "wcag21aa",
    "wcag22a",
    "wcag22aa",
    "best-practice",
)

RUN = """async (element, rules) => {
  const options = { runOnly: rules, resultTypes: ["violations"] };
  const found = await axe.run(element, options);
  return found.violations;
}"""


def violations(page: Page, selector: str = "body") -> list[str]:
    """Return what axe-core finds wrong in a part of a page.

    The whole page of a front end has violations of its own, so name the part that is
    ours. Whether colours of drawn text differ enough axe cannot tell: it says so and
    finds nothing.

    Arguments:
        page: where to look, as it is now.
        selector: the first element that fits is looked at, with all that is in it. It
            may be inside a shadow root.

    Returns:
        A line for each element and rule: the rule, the element, and how to put it
        right. The list is empty when all is well.

    Raises:
        LookupError: there is no such element.
    """
    part = page.locator(selector)
    if part.count() == 0:
        # An empty list would look like a page without faults.
        raise LookupError(f"no element {selector} in {page.url}")
    # The driver's way into the page, as a policy of the page may forbid new scripts.
    page.evaluate(AXE_SCRIPT)
    found = part.first.evaluate(RUN, RULES)
    return [
        _line(violation, element)
        for violation in found
        for element in violation["nodes"]
    ]


def _line(violation: dict[str, Any], element: dict[str, Any]) -> str:
    where = " ".join(
        part if isinstance(part, str) else " >>> ".join(part)
        for part in element["target"]
    )
    advice = " ".join(element["failureSummary"].split())
    return f"{violation['id']}: {where}: {advice}"
