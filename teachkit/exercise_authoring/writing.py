"""An exercise as the text of a file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from teachkit.exercise_authoring.toml import entry
from teachkit.exercise_format.records import Cell, Criterion, Exercise, Question
from teachkit.grading.predicates import __name__ as _registered
from teachkit.grading.registry import predicate_of

assert _registered  # importing the package registers all predicates

_OWN = (("weight", 1.0), ("stage", ""), ("advice", False), ("rule", None))


def exercise_text(exercise: Exercise) -> str:
    """Return a file that is read as this exercise, without the comments of the block.

    Arguments:
        exercise: whose criteria name predicates that there are.
    """
    block = "\n".join(_block(exercise))
    commented = "\n".join(f"# {line}".rstrip() for line in block.splitlines())
    cells = "".join(map(_cell_text, exercise.cells))
    return f"# /// exercise\n{commented}\n# ///\n{cells}"


def _block(exercise: Exercise) -> Iterator[str]:
    for key in ("id", "number", "title", "level", "type"):
        if getattr(exercise, key):
            yield entry(key, getattr(exercise, key))
    yield entry("asks", exercise.asks)
    yield entry("hints", exercise.hints)
    if exercise.vary:
        yield entry("vary", exercise.vary)
    if exercise.criteria:
        yield "[criteria]"
    for one in exercise.criteria:
        yield entry(one.name, _demand(one))
    if not exercise.of_kind("sealed"):
        yield from _questions(exercise.questions)


def _demand(criterion: Criterion) -> Any:
    """Return what stands behind the name of a criterion: a table or a plain value."""
    own: dict[str, Any] = {}
    if criterion.predicate != criterion.name:
        own["predicate"] = criterion.predicate
    for key in ("of", "misconception"):
        if getattr(criterion, key):
            own[key] = getattr(criterion, key)
    own |= {
        key: getattr(criterion, key)
        for key, usual in _OWN
        if getattr(criterion, key) != usual
    }
    own |= criterion.words
    alone = "" in criterion.arguments
    if alone and not own and not isinstance(criterion.arguments[""], dict):
        return criterion.arguments[""]
    if alone:
        return predicate_of(criterion).arguments(criterion) | own
    return {**criterion.arguments, **own}


def _questions(questions: Sequence[Question]) -> Iterator[str]:
    for one in questions:
        yield "[[questions]]"
        for key in ("id", "text", "answer", "kind"):
            yield entry(key, getattr(one, key))
        for key in ("options", "tolerance", "why", "optional"):
            if getattr(one, key):
                yield entry(key, getattr(one, key))
        if one.wrong:
            wrong = [
                {
                    "value": x.value,
                    "message": x.message,
                    "misconception": x.misconception,
                }
                for x in one.wrong
            ]
            yield entry("wrong", wrong)


def _cell_text(cell: Cell) -> str:
    if cell.kind == "prompt":
        lines = "\n".join(f"# {line}".rstrip() for line in cell.text.splitlines())
        return f"# %% [markdown] prompt\n{lines}\n"
    words = (cell.kind, cell.criterion, cell.misconception, cell.note)
    return f"# %% {' '.join(filter(None, words))}\n{cell.text}"
