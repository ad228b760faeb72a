"""Statements as they are before they are broken into lines, and what they are made of.

What a statement says can be told apart from the numbers and names it says it with: so
two of them can be found to do the same on other tensors, or with other numbers.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container
from dataclasses import dataclass

import keras

from teachkit.source_code.construction import parameters_of
from teachkit.source_code.expressions import Expression, Group, Text, statement

_NUMBER = re.compile(r"-?(\d[\d_]*\.?\d*(e[+-]?\d+)?|\.\d+)")
_STRING = re.compile(r'"[^"\\]*"')
_NAME = re.compile(r"(?<![\w.])[A-Za-z_]\w*")
_SHORT = 24

Literal = Callable[[str, str], Expression | None]
"""Gets the argument that a literal is given for, and its text; None leaves it out."""


@dataclass(frozen=True)
class Statement:
    """A statement.

    Attributes:
        expression: what is computed.
        before: what stands before it: `x = `, or nothing.
        fixed: it stays where it is, as it is.
    """

    expression: Expression
    before: str = ""
    fixed: bool = False

    @property
    def targets(self) -> tuple[str, ...]:
        """The variables that it assigns to."""
        if not self.before.endswith(" = "):
            return ()
        return tuple(self.before.removesuffix(" = ").split(", "))

    def text(self, indent: str = "") -> str:
        """Return it on as many lines as it needs."""
        return statement(self.expression, self.before, indent)


def names_in(expression: Expression) -> list[str]:
    """Return every word in an expression that might be a variable, in order."""
    return _NAME.findall(re.sub(_STRING, '""', expression.flat))


def is_plain(expression: Expression) -> bool:
    """Tell whether nothing in an expression hides a name in a text."""
    if isinstance(expression, Text):
        text = expression.text
        return not set("'\"#") & set(text) or _STRING.fullmatch(text) is not None
    parts = [expression.head, *(item for _, item in expression.items)]
    return all(is_plain(part) for part in parts)


class Rewriting:
    """Writes expressions anew, with other literals and other variables.

    Arguments:
        literal: gives what to write for a literal.
        name: gives what to write for a variable.
        known: the names of variables.
        parameters: those of the functions that the source defines.
    """

    def __init__(
        self,
        literal: Literal,
        name: Callable[[str], str],
        known: Container[str],
        parameters: dict[str, tuple[str, ...]],
    ) -> None:
        self._literal = literal
        self._name = name
        self._known = known
        self._parameters = parameters

    def of(self, expression: Expression, role: str = "value") -> Expression | None:
        """Return the expression rewritten; `role` is the argument that it is for."""
        if _is_literal(expression):
            return self._literal(role, expression.flat)
        if isinstance(expression, Text):
            return Text(_NAME.sub(self._word, expression.text))
        head = self.of(expression.head)
        if head is None:
            return None
        items = []
        for k, (before, item) in enumerate(expression.items):
            made = self.of(item, self._role(expression, k, role))
            if made is not None:
                items.append((before, made))
        return Group(head, tuple(items), expression.brackets)

    def _word(self, found: re.Match[str]) -> str:
        word = found[0]
        return self._name(word) if word in self._known else word

    def _role(self, group: Group, number: int, role: str) -> str:
        before = group.items[number][0]
        if before.endswith("="):
            return before[:-1]
        head = group.head.flat
        if not head:
            return role
        names = self._parameters.get(head) or _parameters_of_layer(head)
        return names[number] if number < len(names) else "value"


def _parameters_of_layer(head: str) -> tuple[str, ...]:
    kind = getattr(keras.layers, head.removeprefix("layers."), None)
    if not head.startswith("layers.") or kind is None:
        return ()
    return tuple(parameters_of(kind))


def _is_literal(expression: Expression) -> bool:
    if isinstance(expression, Text):
        text = expression.text
        return bool(_NUMBER.fullmatch(text) or _STRING.fullmatch(text))
    if expression.head.flat or expression.brackets == "{}" or not expression.items:
        return False
    if len(expression.flat) > _SHORT:
        return False
    return all(not before and _is_literal(item) for before, item in expression.items)
