"""What a student has defined so far, and in which cell: looked at, never changed."""

from __future__ import annotations

import ast
import symtable
import sys
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

_OURS = frozenset({"check", "exercise", "hint", "progress", "solution", "start"})
"""Names of functions whose call in a cell is no part of an answer."""
_OF_IPYTHON = frozenset({"In", "Out", "exit", "get_ipython", "open", "quit"})


@dataclass(frozen=True)
class StudentCode:
    """The names of a notebook and the cells that ran.

    Attributes:
        names: what is defined, without what IPython adds.
        cells: sources of the cells that ran, the oldest first; empty if not known.
    """

    names: Mapping[str, Any]
    cells: Sequence[str] = field(default=())

    def source_of(self, wanted: Collection[str]) -> str | None:
        """Return the code of the cells that last assigned some names.

        Arguments:
            wanted: the names.

        Returns:
            Without the calls that ask for a check or a hint; None if no cell is known
            that assigned all of them.
        """
        places: set[int] = set()
        for name in wanted:
            place = self._last_that_makes(name)
            if place is None:
                return None
            places.add(place)
        return "\n".join(_answer_in(self.cells[place]) for place in sorted(places))

    def _last_that_makes(self, name: str) -> int | None:
        places = range(len(self.cells) - 1, -1, -1)
        return next((k for k in places if name in names_made(self.cells[k])), None)


def student_code() -> StudentCode:
    """Return what the student has: the notebook's names, else those of `__main__`."""
    # Without IPython, nobody can be in a notebook: it need not be imported for that.
    ipython = sys.modules.get("IPython")
    find: Callable[[], Any] = getattr(ipython, "get_ipython", lambda: None)
    shell = find()
    if shell is None:
        main = sys.modules.get("__main__")
        return StudentCode(_public(vars(main) if main is not None else {}))
    return StudentCode(_public(shell.user_ns), tuple(shell.user_ns.get("In", ())))


def names_made(code: str) -> frozenset[str]:
    r"""Return the names that code defines at its top level.

    Example:
        >>> sorted(names_made("import a as b; c = [d for d in b]\ndef e(f): g = f"))
        ['b', 'c', 'e']
    """
    try:
        table = symtable.symtable(code, "<cell>", "exec")
    except (SyntaxError, ValueError):
        return frozenset()
    symbols = table.get_symbols()
    return frozenset(
        one.get_name() for one in symbols if one.is_assigned() or one.is_imported()
    )


def _public(names: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: value
        for name, value in names.items()
        if not name.startswith("_") and name not in _OF_IPYTHON
    }


def _answer_in(cell: str) -> str:
    """Return a cell without the lines of statements that are no part of the answer."""
    lines = cell.splitlines()
    for node in ast.parse(cell).body:
        if _asks_us(node):
            span = slice(node.lineno - 1, node.end_lineno)
            lines[span] = [""] * len(lines[span])
    return "\n".join(lines).strip("\n") + "\n"


def _asks_us(node: ast.stmt) -> bool:
    if isinstance(node, ast.Import):
        return any(alias.name == "teachkit" for alias in node.names)
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
        called = node.value.func
        return isinstance(called, ast.Attribute) and called.attr in _OURS
    return False
