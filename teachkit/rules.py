"""The eight rules of the card: how a Functional model works, in few words.

Whatever we explain goes back to one of them: "(rule 5)" at the end of a message.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

CARD = "rules.html"
"""Name of the page with the rules, in the folder of the lessons."""

CITED = re.compile(r"\(rules? \d(?:(?:, and |, | and )\d)*\)")
"""How a sentence cites rules: "(rule 5)", "(rules 3 and 5)"."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. Code in its texts stands in backticks.

    Attributes:
        number: from 1 to 8.
        head: its first sentence, printed in bold.
        more: what follows.

    Example:
        >>> RULES[7].text
        'A model is itself a box. Rules 1-7 hold for it.'
    """

    number: int
    head: str
    more: str

    @property
    def anchor(self) -> str:
        """The id of the rule on the card."""
        return f"rule-{self.number}"

    @property
    def text(self) -> str:
        """All of it."""
        return f"{self.head} {self.more}"


RULES = (
    Rule(
        1,
        "A layer is a box that will own weights.",
        "Making it creates no weights; its first call does.",
    ),
    Rule(
        2,
        "Calling a box on a wire makes a node and returns new wires.",
        "A wire has a shape and a type, but no numbers yet.",
    ),
    Rule(
        3,
        "A Python name is only a label on a wire.",
        "`x = …(x)` moves the label; the old wire still exists.",
    ),
    Rule(
        4,
        "The same box called twice = two nodes, one set of weights.",
        "Two boxes written the same way = two sets.",
    ),
    Rule(
        5,
        "`Model(inputs, outputs)` keeps what it finds walking backwards from the "
        "outputs.",
        "Anything else is not in the model.",
    ),
    Rule(
        6,
        "Running:",
        "numbers enter at the inputs; each node fires once, when all its wires have "
        "arrived. Any order that respects the wires gives the same result.",
    ),
    Rule(
        7,
        "Training:",
        "gradients walk the same wires backwards. At a fork they add up, through an "
        "Add they pass unchanged to both sides, at a shared box they add up over its "
        "nodes.",
    ),
    Rule(8, "A model is itself a box.", "Rules 1-7 hold for it."),
)


def cited_rules(texts: Iterable[str]) -> tuple[Rule, ...]:
    """Return the rules that sentences cite, each once, in the order of the card.

    Example:
        >>> [
        ...     rule.number
        ...     for rule in cited_rules(["A label (rules 5 and 3).", "Rule 4"])
        ... ]
        [3, 5]
    """
    cited = "".join(found for text in texts for found in CITED.findall(text))
    return tuple(rule for rule in RULES if str(rule.number) in cited)
