"""Which names each line of code makes, and which it needs from the lines above."""

from __future__ import annotations

import ast


def statements_of(code: str) -> list[tuple[int, ast.stmt]]:
    """Return the statements of code with their lines; none if it does not parse."""
    return [(statement.lineno, statement) for statement in _parsed(code) or ()]


def is_whole(code: str) -> bool:
    """Tell whether code parses."""
    return _parsed(code) is not None


def _parsed(code: str) -> list[ast.stmt] | None:
    try:
        return ast.parse(code).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def names_made(statement: ast.stmt) -> set[str]:
    """Return the names that a statement defines for the lines below."""
    made: set[str] = set()
    for node in _outside(statement):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            made.add(node.id)
        elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            made.add(node.name)
        elif isinstance(node, (ast.Import, ast.ImportFrom)):
            made |= {(one.asname or one.name).split(".")[0] for one in node.names}
    return made


def names_read(statement: ast.stmt) -> list[str]:
    """Return the names that a statement reads as soon as it runs, in their order.

    What stands in the body of a function is read when it is called, so not yet.
    """
    own = _own(statement)
    found = [
        node.id
        for node in _outside(statement)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)
    ]
    return [name for name in dict.fromkeys(found) if name not in own]


def _own(statement: ast.stmt) -> set[str]:
    """Return names that a statement makes and reads itself, as a loop does."""
    parts = [
        node for node in _outside(statement) if isinstance(node, ast.comprehension)
    ]
    targets = [name for part in parts for name in ast.walk(part.target)]
    own = {name.id for name in targets if isinstance(name, ast.Name)}
    is_compound = isinstance(statement, (ast.For, ast.While, ast.With, ast.If, ast.Try))
    return own | names_made(statement) if is_compound else own


def _outside(statement: ast.stmt) -> list[ast.AST]:
    """Return the parts of a statement without the bodies of functions in it."""
    found: list[ast.AST] = []
    waiting: list[ast.AST] = [statement]
    while waiting:
        node = waiting.pop(0)
        found.append(node)
        if isinstance(node, ast.Lambda):
            continue
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            waiting += [*node.decorator_list, *node.args.defaults]
            continue
        waiting += ast.iter_child_nodes(node)
    return found
