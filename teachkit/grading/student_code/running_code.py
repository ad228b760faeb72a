"""Run the cells of an exercise, or an answer, in a namespace of its own."""

from __future__ import annotations

import ast
import builtins
import linecache
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from teachkit.exercise_format.records import PRELUDE, Cell, Exercise
from teachkit.exercise_format.sealed import sealed_of
from teachkit.grading.student_code.use_cells import HELPERS
from teachkit.keras_runner.guard import nothing_moved

Names = dict[str, Any]


def run_code(code: str, names: Names, filename: str = "<answer>") -> None:
    """Run code in a namespace; errors show its lines as those of a file.

    Raises:
        BaseException: whatever the code raises, SyntaxError and SystemExit too.
    """
    linecache.cache[filename] = (len(code), None, code.splitlines(True), filename)
    names.setdefault("__name__", "__main__")
    compiled = compile(code, filename, "exec", dont_inherit=True)
    exec(compiled, names)  # noqa: S102 - running the student's code is what a grader does; files run in a process of their own


@lru_cache(maxsize=1)
def _prelude() -> Mapping[str, Any]:
    names: Names = {}
    run_code(PRELUDE, names, "<prelude>")
    return names


def prelude_names() -> Names:
    """Return what every exercise has imported, in a dict of one's own."""
    return dict(_prelude())


def fresh_names(exercise: Exercise) -> Names:
    """Return what an exercise gives before the answer: its imports and `given`."""
    names = dict(_prelude())
    run_code(exercise.code("given"), names, "<given>")
    return names


def run_answer(exercise: Exercise, code: str, names: Names, filename: str) -> None:
    """Run an answer, and what makes a model out of it."""
    run_code(code, names, filename)
    if all(names.get(name) is not None for name in exercise.asks):
        run_use(exercise, names)


def run_use(exercise: Exercise, names: Names) -> None:
    """Run the cell that makes what is graded out of what was asked."""
    _run_use(exercise.code("use"), names, "<use>")


def _run_use(code: str, names: Names, filename: str) -> None:
    """Run it with its helpers, of which nothing is left behind."""
    around = {**names, **HELPERS}
    run_code(code, around, filename)
    names.update({k: v for k, v in around.items() if k not in HELPERS})


def reference_names(exercise: Exercise) -> Names | None:
    """Return all names after the solution ran; of a sealed one, its models alone.

    None where no solution is left, not even a sealed one.
    """
    if exercise.is_sealed:
        return _sealed_reference(exercise.code("sealed")) or None
    codes = [exercise.code(kind) for kind in ("given", "solution", "use")]
    return _reference(*codes)


@lru_cache(maxsize=64)
def _reference(given: str, solution: str, use: str) -> Names:
    names = dict(_prelude())
    with nothing_moved():
        run_code(given, names, "<given of the exercise>")
        run_code(solution, names, "<solution of the exercise>")
        _run_use(use, names, "<use of the exercise>")
    return names


@lru_cache(maxsize=64)
def _sealed_reference(text: str) -> Names:
    cells = (Cell("sealed", text, 1),) if text.strip() else ()
    found: Names = {}
    with nothing_moved():
        for name, code in sealed_of(cells).models.items():
            names = dict(_prelude())
            run_code(code, names, "<sealed model>")
            found[name] = names["model"]
    return found


def names_for_cell(exercise: Exercise, cell: Cell) -> Names:
    """Return the names in which a cell `accept` or `wrong` runs.

    A cell that reads names it does not make begins where the solution ended, without
    what is asked.
    """
    names = fresh_names(exercise)
    solution = exercise.code("solution")
    made = set(_stored(solution)) - set(names)
    if made & set(_free(cell.text)):
        run_code(solution, names, "<solution>")
        for name in exercise.asks:
            names.pop(name, None)
    return names


def _free(code: str) -> Iterator[str]:
    """Yield the names that code reads and never makes."""
    try:
        tree = ast.parse(code)
    except SyntaxError:
        return
    own = set(_stored(code)) | set(dir(builtins))
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and node.id not in own:
            yield node.id


def _stored(code: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id
        elif isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            yield node.name
        elif isinstance(node, ast.arg):
            yield node.arg
        elif isinstance(node, (ast.Import, ast.ImportFrom)):
            yield from (alias.asname or alias.name for alias in node.names)
