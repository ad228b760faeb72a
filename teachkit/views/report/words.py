"""A judgement in words: one sentence on the whole, a line for each criterion."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from teachkit.grading.report import Message, Outcome, Report
from teachkit.layout.labels import count_text
from teachkit.rules import cited_rules

PASSED, OPEN, OURS = "✓", "○", "–"
"""What stands before a criterion: met, not met or not asked yet, not to be judged."""

SPOKEN = {
    PASSED: "met",
    OPEN: "open",
    OURS: "could not be judged, which costs nothing",
}
"""The same for who hears the page."""

_HEADS = {
    "not_attempted": "Not begun yet.",
    "error": "This could not be judged.",
}


def sign_of(outcome: Outcome) -> str:
    """Return what stands before a criterion."""
    return {"passed": PASSED, "error": OURS}.get(outcome.status, OPEN)


def title_of(outcome: Outcome) -> str:
    """Return the name of a criterion as words.

    Example:
        >>> title_of(Outcome("train_infer_differ", "passed"))
        'train infer differ'
    """
    return outcome.criterion.replace("_", " ")


def headline(report: Report) -> str:
    """Say in one sentence how far the answer is."""
    if report.status in _HEADS:
        return _HEADS[report.status]
    if report.status == "passed":
        return "Passed."
    asked = [one for one in report.criteria if one.weight > 0]
    met = sum(one.status == "passed" for one in asked)
    if not met:
        return "Not yet."
    return f"Not yet: {met} of {count_text(len(asked), 'criterion')} met.".replace(
        "criterions", "criteria"
    )


def sentences(message: Message) -> list[str]:
    """Return what is seen, what follows, and where to look, as far as it is told."""
    return [part for part in (message.see, message.so, message.look) if part]


def remarks(report: Report) -> Iterator[tuple[str, str]]:
    """Yield what is told at criteria that passed, with their names."""
    for one in report.criteria:
        if one.status == "passed" and one.message is not None and one.message.text:
            yield title_of(one), one.message.text


def said(report: Report) -> Iterator[str]:
    """Yield all sentences of a report: of its message, at criteria, and its advice."""
    yield from sentences(report.message)
    yield from (told for _, told in remarks(report))
    yield from report.advice


def report_text(title: str, report: Report, drawing: str, width: int) -> str:
    """Return everything in words, and the drawing in letters below."""
    lines = textwrap.wrap(f"{title}: {headline(report)}", width)
    for sentence in sentences(report.message):
        lines += _indented(sentence, width, "  ")
    signs = [f"{sign_of(one)} {title_of(one)}" for one in report.criteria]
    lines += textwrap.wrap("   ".join(_kept(sign) for sign in signs), width)
    for name, told in remarks(report):
        lines += _indented(f"{name}: {told}", width, "  ")
    for advice in report.advice:
        lines += _indented(f"Good to know: {advice}", width, "")
    for rule in cited_rules(said(report)):
        lines += _indented(f"Rule {rule.number}: {rule.text}", width, "")
    if drawing:
        lines += ["", drawing]
    return "\n".join(lines).replace(_FIRM, " ")


_FIRM = "\N{NO-BREAK SPACE}"


def _kept(text: str) -> str:
    """Return a text that is not broken at its blanks."""
    return text.replace(" ", _FIRM)


def _indented(text: str, width: int, indent: str) -> list[str]:
    return [
        line
        for paragraph in text.splitlines()
        for line in textwrap.wrap(
            paragraph, width, initial_indent=indent, subsequent_indent=indent
        )
    ]
