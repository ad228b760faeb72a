"""The cells of a percent-script: `# %% kind words`."""

from __future__ import annotations

import re
from typing import NamedTuple, cast, get_args

from teachkit.exercise_format.problems import problem
from teachkit.exercise_format.records import Cell, CellKind

_BEGIN = re.compile(r"# %%(?P<rest>.*)")
_KINDS = get_args(CellKind)
_MISCONCEPTION = re.compile(r"M\d\d")


class Block(NamedTuple):
    """The lines of the TOML block, and the number of the first of them."""

    text: str
    line: int


def split(text: str, path: str) -> tuple[Block, tuple[Cell, ...]]:
    """Return the TOML block and the cells of an exercise's file.

    Raises:
        WrongValueError: the block is missing or does not end, or a cell is of no kind
            that we know; the message names file and line.
    """
    lines = text.removeprefix("\ufeff").splitlines()
    block, after = _block(lines, path)
    starts = [n for n in range(after, len(lines)) if _BEGIN.fullmatch(lines[n])]
    for number in range(after, starts[0] if starts else len(lines)):
        if lines[number].strip():
            raise problem(
                path,
                number + 1,
                "a line `# %% kind` before the first cell",
                repr(lines[number]),
                "begin each cell with one, for example `# %% solution`",
            )
    ends = [*starts[1:], len(lines)]
    pairs = zip(starts, ends, strict=True)
    return block, tuple(_cell(lines, start, end, path) for start, end in pairs)


def _block(lines: list[str], path: str) -> tuple[Block, int]:
    if not lines or lines[0].strip() != "# /// exercise":
        raise problem(
            path,
            1,
            "`# /// exercise` in the first line",
            repr(lines[0]) if lines else "an empty file",
            "begin the file with the block that tells id, title and criteria",
        )
    for number, line in enumerate(lines[1:], start=1):
        if line.strip() == "# ///":
            inside = [
                one.removeprefix("#").removeprefix(" ") for one in lines[1:number]
            ]
            return Block("\n".join(inside), 2), number + 1
        if _BEGIN.fullmatch(line):
            raise problem(
                path,
                number + 1,
                "a line `# ///` before the first cell",
                repr(line),
                "end the block with it",
            )
        if not line.startswith("#"):
            raise problem(
                path,
                number + 1,
                "a line of the block that begins with #",
                repr(line),
                "end the block with a line `# ///`",
            )
    raise problem(path, len(lines), "a line `# ///`", "none", "end the block with it")


def _cell(lines: list[str], start: int, end: int, path: str) -> Cell:
    words = lines[start].removeprefix("# %%").replace("[markdown]", "").split()
    kind = words[0] if words else ""
    if kind not in _KINDS:
        raise problem(
            path,
            start + 1,
            f"a kind of cell: {', '.join(_KINDS)}",
            f"`{lines[start]}`",
            "write the kind behind `# %%`",
        )
    body = lines[start + 1 : end]
    if kind == "prompt":
        body = _prompt(body, start + 1, path)
    text = "\n".join(body).strip("\n") + "\n"
    rest = words[1:]
    if kind != "wrong":
        return Cell(cast("CellKind", kind), text, start + 1, note=" ".join(rest))
    return _wrong(text, start + 1, rest, path)


def _prompt(lines: list[str], line: int, path: str) -> list[str]:
    for number, one in enumerate(lines, start=line + 1):
        if one.strip() and not one.startswith("#"):
            raise problem(
                path,
                number,
                "a line of the prompt that begins with #",
                repr(one),
                "write Markdown behind `# `",
            )
    prompt = [one.removeprefix("#").removeprefix(" ") for one in lines]
    if not "".join(prompt).strip():
        raise problem(path, line, "a prompt", "an empty cell", "say what is asked")
    return prompt


def _wrong(text: str, line: int, rest: list[str], path: str) -> Cell:
    if not rest:
        raise problem(
            path,
            line,
            "`# %% wrong criterion M23`",
            "`# %% wrong`",
            "name the criterion that this answer fails first",
        )
    criterion, *more = rest
    if _MISCONCEPTION.fullmatch(criterion):
        raise problem(
            path,
            line,
            "`# %% wrong criterion M23`",
            f"{criterion} in the place of the criterion",
            "name the criterion that this answer fails first before it",
        )
    tags = [word for word in more if _MISCONCEPTION.fullmatch(word)]
    note = " ".join(word for word in more if word not in tags)
    tag = tags[0] if tags else ""
    return Cell("wrong", text, line, note, criterion, tag)
