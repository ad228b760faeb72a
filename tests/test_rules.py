"""The eight rules: data, cited in one way, and quoted as they are."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from teachkit.rules import RULES, cited_rules

SOURCES = sorted((Path(__file__).parent.parent / "notebooks" / "source").glob("*.py"))
QUOTED = re.compile(r"^> \*\*\[?Rule (\d)[^*]*\*\*((?:.|\n>(?= [^*\n]))+)", re.M)
"""A quotation of a rule: its number, linked or not, and its lines."""


def quoted(text: str) -> list[tuple[int, str]]:
    """Return the rules that a lesson quotes, with their numbers."""
    return [
        (int(number), " ".join(said.replace("\n>", " ").replace("**", "").split()))
        for number, said in QUOTED.findall(f"{text}\n")
    ]


def test_they_are_eight_in_order():
    assert [rule.number for rule in RULES] == list(range(1, 9))
    assert RULES[3].text == (
        "The same box called twice = two nodes, one set of weights. "
        "Two boxes written the same way = two sets."
    )


@pytest.mark.parametrize(
    ("texts", "numbers"),
    [
        (["Walk back (rule 5)."], [5]),
        (["a (rule 5)", "b (rule 2)", "c (rule 5)"], [2, 5]),
        (["(rules 3 and 5)"], [3, 5]),
        (["(rules 1, 4 and 7)"], [1, 4, 7]),
        (["rule 5", "(rule 50)", "(rule five)", "f(rule 5", "(5)"], []),
        (["(rule 9)", "(rule 0)"], []),
        ([], []),
    ],
)
def test_rules_are_cited_in_brackets(texts, numbers):
    assert [rule.number for rule in cited_rules(texts)] == numbers


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
def test_lessons_quote_them_word_for_word(path):
    texts = {rule.number: rule.text for rule in RULES}
    for number, said in quoted(path.read_text(encoding="utf-8")):
        assert said == texts[number]


@pytest.mark.parametrize("head", ["Rule 1.", "[Rule 1](rules.html#rule-1)."])
def test_a_quotation_is_found(head):
    text = f"a\n> **{head}** One `x`\n> two.\n>\n> **Rule 2.** Three.\n\nfour"

    assert quoted(text) == [(1, "One `x` two."), (2, "Three.")]
