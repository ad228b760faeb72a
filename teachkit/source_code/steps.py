"""The statements of a level as steps: which value each of them makes, and reads.

A variable is assigned again and again; a value is made once.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from teachkit.source_code.expressions import Expression, Group, Text
from teachkit.source_code.statements import Rewriting, Statement, is_plain, names_in

Value = tuple[int, int]
"""The step that made a value, and which of its results it is."""

HAS_STRIDES = re.compile(r"layers\.(Depthwise|Separable)?Conv\dD(Transpose)?")
_BEFORE_STRIDES = ("filters=", "kernel_size=", "")


@dataclass
class Step:
    """One statement.

    Attributes:
        origin: the statement.
        statement: it, with the arguments told that may differ in a like one.
        key: what it does, without its literals and variables; None if it must stay.
        literals: the argument that each literal is for, and the literal.
        reads: the values that it reads, as often as it reads them.
        names: the variables by which it reads them.
        aliases: further variables that its result is given to.
    """

    origin: Statement
    statement: Statement
    key: str | None
    literals: list[tuple[str, str]]
    reads: list[Value]
    names: list[str]
    aliases: list[str] = field(default_factory=list)

    @property
    def lines(self) -> int:
        """The number of lines it takes, about."""
        return 1 + self.origin.text().count("\n")


def steps_of(
    statements: Sequence[Statement],
    ends: Expression,
    shared: Collection[str],
    parameters: dict[str, tuple[str, ...]],
) -> list[Step]:
    """Return the steps, the last of which stands for the end of the level.

    Arguments:
        statements: those of the level.
        ends: the expression after them.
        shared: variables of layers and models: what reads one of them must stay.
        parameters: those of the functions that the source defines, by their names.
    """
    known = {name for one in statements for name in one.targets}
    steps: list[Step] = []
    holds: dict[str, Value] = {}
    for one in [*statements, Statement(ends, fixed=True)]:
        targets = one.targets
        if len(targets) == 1 and one.expression.flat in holds:
            value = holds[targets[0]] = holds[one.expression.flat]
            steps[value[0]].aliases.append(targets[0])
            continue
        steps.append(_step(one, known, shared, holds, parameters))
        now = len(steps) - 1
        holds.update((name, (now, k)) for k, name in enumerate(targets))
    return steps


def _step(
    given: Statement,
    known: Collection[str],
    shared: Collection[str],
    holds: dict[str, Value],
    parameters: dict[str, tuple[str, ...]],
) -> Step:
    words = names_in(given.expression)
    stays = given.fixed or not is_plain(given.expression) or not given.targets
    if stays or not set(words).isdisjoint(shared):
        names = [name for name in words if name in holds]
        return Step(given, given, None, [], [holds[name] for name in names], names)
    one = Statement(_with_strides(given.expression), given.before)
    literals: list[tuple[str, str]] = []
    names = []

    def literal(role: str, text: str) -> Expression:
        literals.append((role, text))
        return Text(f"<{role}>")

    def name(word: str) -> str:
        names.append(word)
        return "$"

    made = Rewriting(literal, name, known, parameters).of(one.expression)
    key = f"{len(one.targets)} {made.flat if made else ''}"
    return Step(given, one, key, literals, [holds[word] for word in names], names)


def _with_strides(expression: Expression) -> Expression:
    """Return a convolution with its strides, which a like one may have others of."""
    if isinstance(expression, Text):
        return expression
    if isinstance(expression.head, Group):
        head = _with_strides(expression.head)
        return Group(head, expression.items, expression.brackets)
    items = list(expression.items)
    told = any(before == "strides=" for before, _ in items)
    if told or not HAS_STRIDES.fullmatch(expression.head.flat):
        return expression
    place = sum(before in _BEFORE_STRIDES for before, _ in items)
    items.insert(place, ("strides=", Text("1")))
    return Group(expression.head, tuple(items), expression.brackets)
