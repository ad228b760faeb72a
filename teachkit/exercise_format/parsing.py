"""The text of an exercise's file as an exercise."""

from __future__ import annotations

from teachkit.exercise_format.cells import split
from teachkit.exercise_format.header import (
    Header,
    criteria_of,
    header_of,
    lines_of,
    questions_of,
)
from teachkit.exercise_format.problems import problem
from teachkit.exercise_format.records import Cell, Criterion, Exercise
from teachkit.exercise_format.sealed import sealed_of


def parse_exercise(text: str, path: str = "exercise", lesson: str = "") -> Exercise:
    """Return the exercise that a percent-script describes.

    Arguments:
        text: of the file.
        path: as errors name it.
        lesson: the folder it is in: `09`.

    Raises:
        WrongValueError: the file is broken; the message names file and line.

    Example:
        >>> text = '''# /// exercise
        ... # id = "tiny"
        ... # title = "A tiny model"
        ... # level = 1
        ... # type = "build"
        ... # hints = ["Begin with Input."]
        ... # [criteria]
        ... # params = 33
        ... # ///
        ... # %% [markdown] prompt
        ... # Build it.
        ... # %% solution
        ... x = Input((32,))
        ... model = Model(x, Dense(1)(x))
        ... '''
        >>> parse_exercise(text).criteria[0].name
        'params'
    """
    block, cells = split(text, path)
    header = header_of(block, path)
    if not any(cell.kind == "prompt" for cell in cells):
        raise problem(
            path,
            block.line + len(block.text.splitlines()),
            "a cell `# %% [markdown] prompt`",
            "none",
            "say what is asked",
        )
    sealed = sealed_of(cells, path)
    asks = (header.asks,) if isinstance(header.asks, str) else header.asks
    return Exercise(
        id=header.id,
        number=header.number,
        title=header.title,
        lesson=lesson,
        level=header.level,
        type=header.type,
        asks=asks,
        hints=header.hints,
        criteria=(*criteria_of(header, block, path), *_own_check(header, cells)),
        questions=questions_of(header, block) or sealed.questions,
        cells=(*cells, *sealed.cells),
        vary=header.vary,
        path=path,
        lines=lines_of(block),
    )


def _own_check(header: Header, cells: tuple[Cell, ...]) -> tuple[Criterion, ...]:
    """Return the criterion that a cell `check` is, unless the block names it."""
    own = [cell for cell in cells if cell.kind == "check"]
    if not own or "check" in header.criteria:
        return ()
    return (Criterion("check", "check", {}, line=own[0].line),)
