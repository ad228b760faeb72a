"""Classes and functions of the learner's own, as they stand in the learner's file.

What cannot be imported elsewhere is copied: its text, what its text needs, and only if
the text is still what runs.
"""

from __future__ import annotations

import ast
import builtins
import symtable
from types import FunctionType, ModuleType
from typing import Any

from teachkit.source_code.definitions import (
    PLAIN,
    definition_of,
    globals_of,
    lambda_of,
)
from teachkit.source_code.imports import Imports, is_importable, source_of_class
from teachkit.source_code.values import CannotWriteError


class UserCode:
    """Collects the source of classes and functions that cannot be imported.

    Attributes:
        blocks: pieces of source, each after those that it needs.
        names: what they define.
    """

    def __init__(self, imports: Imports) -> None:
        self._imports = imports
        self._known: dict[str, Any] = {}
        self.blocks: list[str] = []

    @property
    def names(self) -> set[str]:
        """Return the names that are defined."""
        return set(self._known)

    def define(self, thing: Any) -> str:
        """Copy a class or function; return the name it has.

        Raises:
            CannotWriteError: its text is not to be had, or does not tell all.
        """
        name = str(thing.__name__)
        if name in self._known:
            if self._known[name] is not thing:
                raise CannotWriteError(f"there are two definitions of {name}")
            return name
        node, text = definition_of(thing)
        self._known[name] = thing
        self._needs(node, globals_of(thing))
        self.blocks.append(text)
        return name

    def function(self, function: Any) -> str:
        """Return the source of a function: its name, or a lambda as it was written.

        Raises:
            CannotWriteError: its text is not to be had, or does not tell all.
        """
        if not isinstance(function, FunctionType):
            kind = type(function).__name__
            raise CannotWriteError(f"it is given an object of class {kind}")
        if function.__name__ != "<lambda>":
            return self.define(function)
        node = lambda_of(function)
        self._needs(node, function.__globals__)
        return ast.unparse(node)

    def _needs(self, node: ast.AST, known: dict[str, Any]) -> None:
        for name in sorted(_read_from_outside(ast.unparse(node))):
            if name in known and not hasattr(builtins, name):
                self._need(name, known[name])

    def _need(self, name: str, value: Any) -> None:
        """Provide what a piece of source calls by a name."""
        if isinstance(value, ModuleType):
            provided = self._imports.module(_public(value.__name__), name)
        elif isinstance(value, (type, FunctionType)):
            provided = self._provide(name, value)
        elif isinstance(value, PLAIN) or _is_plain(value):
            provided = self._known.setdefault(name, value) is value
            if provided and f"{name} = {value!r}" not in self.blocks:
                self.blocks.append(f"{name} = {value!r}")
        else:
            provided = False
        if not provided:
            raise CannotWriteError(f"it reads '{name}', which is defined elsewhere")

    def _provide(self, name: str, value: Any) -> bool:
        public = source_of_class(value, Imports())
        if public is not None and public.startswith(("layers.", "ops.", "keras.")):
            module, _, last = public.rpartition(".")
            full = module if module.startswith("keras") else f"keras.{module}"
            return self._imports.name(full, last, name) == name
        if is_importable(value.__module__):
            found = self._imports.name(value.__module__, value.__name__, name)
            return found == name
        return value.__name__ == name and self.define(value) == name


def _read_from_outside(text: str) -> set[str]:
    """Return the names that a piece of source reads and does not define."""
    top = symtable.symtable(text, "<source>", "exec")
    names = {one.get_name() for one in top.get_symbols() if one.is_referenced()}
    waiting = [*top.get_children()]
    while waiting:
        table = waiting.pop()
        names |= {one.get_name() for one in table.get_symbols() if one.is_global()}
        waiting += table.get_children()
    return names


def _public(module: str) -> str:
    """Return the public name of a module: `keras.layers`, `keras.ops`."""
    return module.replace("keras._tf_keras.", "").replace("keras.api", "keras")


def _is_plain(value: Any) -> bool:
    return isinstance(value, (list, tuple)) and all(
        isinstance(item, PLAIN) for item in value
    )
