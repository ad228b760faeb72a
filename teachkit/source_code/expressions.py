"""Pieces of Python source, and how they are broken into lines.

An expression is a small tree. It is written on one line when it fits, else its
arguments go to lines of their own, as the formatters of Python code do it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

WIDTH = 88
_STEP = "    "
_MANY = 8


@dataclass(frozen=True)
class Text:
    """Source that is never broken: a name, a number, `x[:, 1:]`."""

    text: str

    @cached_property
    def flat(self) -> str:
        """The source on one line."""
        return self.text


@dataclass(frozen=True)
class Group:
    """A head and items between brackets: a call, a list, a tuple, a dict.

    Attributes:
        head: what stands before the bracket: the function of a call, or nothing.
        items: each with what stands before it: `units=`, `"key": `, or nothing.
        brackets: the opening and the closing one.
    """

    head: Expression
    items: tuple[tuple[str, Expression], ...]
    brackets: str = "()"

    @cached_property
    def flat(self) -> str:
        """The source on one line."""
        inside = ", ".join(before + item.flat for before, item in self.items)
        # A tuple of one item is told by its comma.
        comma = "," if self._is_tuple and len(self.items) == 1 else ""
        return f"{self.head.flat}{self.brackets[0]}{inside}{comma}{self.brackets[1]}"

    @property
    def _is_tuple(self) -> bool:
        return self.brackets == "()" and not self.head.flat


Expression = Text | Group
NOTHING = Text("")


def call(
    function: str | Expression,
    positional: Sequence[Expression] = (),
    named: Sequence[tuple[str, Expression]] = (),
) -> Group:
    """Return a call.

    Example:
        >>> call("layers.Dense", [Text("3")], [("use_bias", Text("False"))]).flat
        'layers.Dense(3, use_bias=False)'
    """
    head = Text(function) if isinstance(function, str) else function
    items = [("", item) for item in positional]
    items += [(f"{name}=", item) for name, item in named]
    return Group(head, tuple(items))


def listed(items: Sequence[Expression], brackets: str = "[]") -> Group:
    """Return a list, or a tuple with other brackets."""
    return Group(NOTHING, tuple(("", item) for item in items), brackets)


def statement(expression: Expression, before: str = "", indent: str = "") -> str:
    """Return an expression with what stands before it, on as many lines as it needs.

    Example:
        >>> print(statement(call("keras.Input", [Text("(4,)")]), "x = "))
        x = keras.Input((4,))
    """
    return _broken(expression, indent + before, "", indent)


def _broken(expression: Expression, before: str, after: str, indent: str) -> str:
    line = before + expression.flat + after
    if len(line) <= WIDTH or isinstance(expression, Text) or not expression.items:
        return line
    head = expression.head
    inner_call = isinstance(head, Group) and bool(head.items)
    arguments = expression.flat[len(head.flat) :]
    if inner_call and len(arguments) + len(after) + len(indent) <= WIDTH // 2:
        # Of `layers.Dense(...)(x)` it is the first pair of brackets that is opened.
        return _broken(head, before, arguments + after, indent)
    return _opened(expression, before, after, indent)


def _opened(group: Group, before: str, after: str, indent: str) -> str:
    deeper = indent + _STEP
    first = before + group.head.flat + group.brackets[0]
    last = indent + group.brackets[1] + after
    inside = group.flat[len(group.head.flat) + 1 : -1]
    if len(deeper + inside) <= WIDTH and not inside.endswith(","):
        return "\n".join([first, deeper + inside, last])
    if not group.head.flat and len(group.items) > _MANY and _are_plain(group):
        return "\n".join([first, *_filled(group, deeper), last])
    lines = [_broken(item, deeper + name, ",", deeper) for name, item in group.items]
    return "\n".join([first, *lines, last])


def _are_plain(group: Group) -> bool:
    return all(isinstance(item, Text) and not name for name, item in group.items)


def _filled(group: Group, indent: str) -> list[str]:
    """Return the lines of a long list of numbers, as many on each as there is room."""
    texts = [item.flat + "," for _, item in group.items]
    lines = [indent + texts[0]]
    for text in texts[1:]:
        if len(lines[-1]) + 1 + len(text) <= WIDTH:
            lines[-1] += " " + text
        else:
            lines.append(indent + text)
    return lines
