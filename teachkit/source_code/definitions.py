"""Where the text of a class, function or lambda stands, and whether it is what runs."""

from __future__ import annotations

import ast
import copy
import inspect
import linecache
import textwrap
from collections.abc import Iterator, Mapping
from functools import lru_cache
from types import CodeType, FunctionType
from typing import Any

from teachkit.source_code.values import CannotWriteError

PLAIN = (bool, int, float, str, bytes, type(None))
Definition = ast.ClassDef | ast.FunctionDef | ast.Lambda


def globals_of(thing: Any) -> dict[str, Any]:
    """Return the names that a class or function finds around it."""
    if isinstance(thing, FunctionType):
        return thing.__globals__
    for function in _functions_of(thing):
        return function.__globals__
    return {}


def _functions_of(kind: Any) -> Iterator[FunctionType]:
    """Yield the functions that are written in the body of a class."""
    for value in vars(kind).values():
        inner = getattr(value, "__func__", getattr(value, "fget", value))
        plain = inspect.unwrap(inner) if callable(inner) else inner
        if isinstance(plain, FunctionType) and plain.__module__ == kind.__module__:
            yield plain


@lru_cache(maxsize=64)
def _parsed(text: str) -> ast.Module | None:
    try:
        return ast.parse(text)
    except SyntaxError:
        return None


def _file_of(code: CodeType) -> tuple[ast.Module, str]:
    text = "".join(linecache.getlines(code.co_filename))
    tree = _parsed(text) if text else None
    if tree is None:
        raise CannotWriteError("its source is not to be had")
    return tree, text


def definition_of(thing: Any) -> tuple[Definition, str]:
    """Return the definition of a class or function, and its text."""
    functions = [thing] if isinstance(thing, FunctionType) else [*_functions_of(thing)]
    if not functions:
        raise CannotWriteError(f"the source of {thing.__name__} is not to be had")
    tree, text = _file_of(functions[0].__code__)
    line = functions[0].__code__.co_firstlineno
    wanted = ast.FunctionDef if isinstance(thing, FunctionType) else ast.ClassDef
    for node in ast.walk(tree):
        if not isinstance(node, wanted) or node.name != thing.__name__:
            continue
        first = min([node.lineno, *(one.lineno for one in node.decorator_list)])
        if first <= line <= (node.end_lineno or first):
            lines = text.splitlines()[first - 1 : node.end_lineno]
            _check_still_runs(tree, functions)
            return node, textwrap.dedent("\n".join(lines))
    raise CannotWriteError(f"the source of {thing.__name__} is not to be had")


def _check_still_runs(tree: ast.Module, functions: list[FunctionType]) -> None:
    """Refuse a text that is not, or no longer, the code that runs."""
    known = _codes_of(tree)
    for function in functions:
        if _mark(function.__code__) not in known:
            name = function.__qualname__
            raise CannotWriteError(f"the file does not show what {name} does")
        for outer in function.__code__.co_freevars:
            if outer != "__class__":
                raise CannotWriteError(f"it reads '{outer}' of the function around it")


def lambda_of(function: FunctionType) -> ast.Lambda:
    """Return the lambda expression that a function was made from.

    What it reads of the function around it is put in its place, if it is plain.
    """
    code = function.__code__
    if function.__defaults__ or function.__kwdefaults__:
        raise CannotWriteError("its arguments have defaults")
    tree, _ = _file_of(code)
    if _mark(code) not in _codes_of(tree):
        raise CannotWriteError("the file does not show what it does")
    first = code.co_firstlineno
    on_its_lines = [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Lambda)
        and node.lineno <= first <= (node.end_lineno or first)
    ]
    found = [one for one in on_its_lines if _span(one.body) == _span_of_code(code)]
    if len(on_its_lines) == 1 and not found:
        found = on_its_lines
    if len(found) != 1:
        raise CannotWriteError("its source is not to be had")
    return _without_closure(found[0], function)


def _span(node: ast.expr) -> tuple[int | None, ...]:
    return node.lineno, node.col_offset, node.end_lineno, node.end_col_offset


def _span_of_code(code: CodeType) -> tuple[int, ...]:
    """Return where the text of a lambda's body begins and ends."""
    places = [
        (line, column, end_line, end_column)
        for line, end_line, column, end_column in code.co_positions()
        if line and end_line and column is not None and end_column
    ]
    begin = min(((p[0], p[1]) for p in places), default=(0, 0))
    end = max(((p[2], p[3]) for p in places), default=(0, 0))
    return (*begin, *end)


def _without_closure(node: ast.Lambda, function: FunctionType) -> ast.Lambda:
    known = inspect.getclosurevars(function).nonlocals
    for name in function.__code__.co_freevars:
        if name not in known or not (isinstance(known[name], PLAIN)):
            raise CannotWriteError(f"it reads '{name}' of the function around it")
    if not known:
        return node
    changed: ast.Lambda = _Closure(known).visit(copy.deepcopy(node))
    return ast.fix_missing_locations(changed)


class _Closure(ast.NodeTransformer):
    """Puts plain values in the place of names."""

    def __init__(self, known: Mapping[str, Any]) -> None:
        self._known = known

    def visit_Name(self, node: ast.Name) -> ast.expr:
        if node.id in self._known and isinstance(node.ctx, ast.Load):
            return ast.Constant(self._known[node.id])
        return node


_COMPILED: dict[int, tuple[ast.Module, set[object]]] = {}


def _codes_of(tree: ast.Module) -> set[object]:
    """Return the marks of all codes in a file.

    The file is compiled as a whole: how an attribute is looked up depends on what the
    file imports.
    """
    if id(tree) not in _COMPILED:
        whole = compile(tree, "<source>", "exec")
        _COMPILED[id(tree)] = tree, {_mark(code) for code in _codes(whole)}
    return _COMPILED[id(tree)][1]


def _codes(code: CodeType) -> Iterator[CodeType]:
    """Yield all code objects inside another one."""
    waiting = [code]
    while waiting:
        one = waiting.pop()
        inner = [value for value in one.co_consts if isinstance(value, CodeType)]
        yield from inner
        waiting.extend(inner)


def _mark(code: CodeType) -> tuple[object, ...]:
    """Return what two codes have alike that do the same."""
    constants = tuple(
        _mark(value) if isinstance(value, CodeType) else repr(value)
        for value in code.co_consts
    )
    names = (code.co_names, code.co_varnames, code.co_freevars)
    return code.co_firstlineno, code.co_code, names, constants
