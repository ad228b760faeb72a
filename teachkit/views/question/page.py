"""A question of a lesson as text and as HTML, where nothing can be pressed."""

from __future__ import annotations

from collections.abc import Iterator

from teachkit.practice.asking import Outcome
from teachkit.question_format.records import LessonQuestion, Option
from teachkit.views.clean import clean_html
from teachkit.views.latex import MATH_STYLE
from teachkit.views.markdown import inline_html, markdown_html
from teachkit.views.question.words import (
    LEADS,
    MODEL_ANSWER,
    doubt,
    explained,
    found_words,
)
from teachkit.views.rule_links import rule_links
from teachkit.views.text.wrapping import wrapped

_STYLE = """
.tk-question { line-height: 1.45; max-width: 60rem; overflow-wrap: anywhere }
.tk-question .lead { font-weight: 600; margin: .3rem 0 }
.tk-question ol { list-style: lower-alpha; margin: .3rem 0 .6rem; padding-left: 2rem }
.tk-question pre { white-space: pre-wrap; margin: .4rem 0; background: none;
  color: inherit }
.tk-question code { background: none; color: inherit; padding: 0 }
.tk-question summary { cursor: pointer }
""" + MATH_STYLE.replace("math {", ".tk-question math {")


def question_text(question: LessonQuestion, width: int) -> str:
    """Return the question with its options; with the answers if they are known."""
    lines = [f"{LEADS[question.kind]}:", *wrapped(question.ask, width)]
    if question.entry == "choice":
        for one in explained(question, None):
            lines += wrapped(one.option.say, width, f"  ({one.letter}) ")
    if not question.computed:
        lines += ["", *_answer_lines(question, question.answer, width)]
    return "\n".join(lines)


def question_html(question: LessonQuestion) -> str:
    """Return the same as HTML; the answers are folded away."""
    parts = [_lead(LEADS[question.kind]), markdown_html(question.ask)]
    if question.entry == "choice":
        options = "".join(
            f"<li>{inline_html(one.say)}</li>" for one in question.options
        )
        parts.append(f"<ol>{options}</ol>")
    if not question.computed:
        parts.append(_folded("The answer", answers_html(question, question.answer)))
    return _piece(parts)


def reveal_text(question: LessonQuestion, outcome: Outcome, width: int) -> str:
    """Return what was computed, and what is said about each option."""
    lines = wrapped(found_words(outcome), width, "Computed: ")
    lines += [f"  {line}" for line in outcome.details.splitlines()]
    lines += wrapped(doubt(question, outcome), width)
    return "\n".join([*lines, "", *_answer_lines(question, outcome.option, width)])


def reveal_html(question: LessonQuestion, outcome: Outcome) -> str:
    """Return the same as HTML, folded away."""
    parts = [f"<p>Computed: <strong>{inline_html(found_words(outcome))}</strong></p>"]
    if outcome.details:
        parts.append(f"<pre>{clean_html(outcome.details)}</pre>")
    told = doubt(question, outcome)
    if told:
        parts.append(f"<p>{clean_html(told)}</p>")
    parts.append(answers_html(question, outcome.option))
    return _piece([_folded("What was computed, and why", "\n".join(parts))])


def answers_html(question: LessonQuestion, right: Option | None) -> str:
    """Return the explanation of each option as HTML."""
    if question.entry == "sentence":
        lead = f"<p><strong>{MODEL_ANSWER}</strong></p>"
        return f"{lead}\n{why_html(question.model_answer)}"
    items = "".join(
        f"<li>{_marked(inline_html(one.option.say), is_right=one.is_right)}"
        f"{why_html(one.option.why)}</li>"
        for one in explained(question, right)
    )
    other = ""
    if question.otherwise:
        other = f"<p>Another number:</p>{why_html(question.otherwise)}"
    tag = "ol" if question.entry == "choice" else "ul"
    return f"<{tag}>{items}</{tag}>{other}"


def why_html(text: str) -> str:
    """Return an explanation as HTML; rules in it lead to their card."""
    return rule_links(markdown_html(text))


def _answer_lines(
    question: LessonQuestion, right: Option | None, width: int
) -> Iterator[str]:
    if question.entry == "sentence":
        yield f"{MODEL_ANSWER}:"
        yield from wrapped(question.model_answer, width, "  ")
        return
    for one in explained(question, right):
        yield from wrapped(one.name, width, "* " if one.is_right else "  ")
        yield from wrapped(one.option.why, width, "      ")
    if question.otherwise:
        yield from wrapped("another number", width, "  ")
        yield from wrapped(question.otherwise, width, "      ")


def _marked(html: str, *, is_right: bool) -> str:
    return f"<strong>{html} ✓</strong>" if is_right else html


def _lead(text: str) -> str:
    return f'<p class="lead">{clean_html(text)}</p>'


def _folded(title: str, html: str) -> str:
    return f"<details><summary>{title}</summary>\n{html}\n</details>"


def _piece(parts: list[str]) -> str:
    inside = "\n".join(parts)
    return f'<div class="tk-question"><style>{_STYLE}</style>\n{inside}\n</div>'
