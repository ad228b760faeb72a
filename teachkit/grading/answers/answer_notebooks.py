"""The code cells of a notebook, without the lines that only a kernel understands."""

from __future__ import annotations

import io
import json
import re
import tokenize
from collections.abc import Iterator
from typing import Any

from teachkit.errors import FileError

_LINE_MAGIC = re.compile(r"\s*([\w, ]+=\s*)?[%!]+[\w./]")
_HELP = re.compile(r"\s*(\?+[\w.%*]+|[\w.%*]+\?+)\s*$")
# These run Python, and only tell something about it as well.
_HARMLESS_CELLS = ("%%time", "%%timeit", "%%capture", "%%prun")


def cells_of(content: bytes, name: str) -> tuple[list[str], tuple[str, ...]]:
    """Return the code of each code cell, and advice on the lines that were left out.

    Arguments:
        content: of the notebook's file.
        name: of the file, for messages.

    Raises:
        FileError: it is no notebook.
    """
    try:
        notebook = json.loads(content.decode("utf-8-sig"))
        cells = notebook["cells"]
        texts = [_source(cell) for cell in cells if cell.get("cell_type") == "code"]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise FileError(
            "a Jupyter notebook of format 4",
            f"{name}, which is none or is damaged",
            "open it in Jupyter and save it again",
        ) from None
    codes: list[str] = []
    skipped: list[str] = []
    for text in texts:
        code, left_out = _without_magics(plain_lines(text))
        codes.append(code)
        skipped += [f"`{line.strip()[:60]}`" for line in left_out]
    return codes, ((_skipped(skipped),) if skipped else ())


def plain_lines(text: str) -> str:
    """Return a text with the line ends of Python and without the mark at its start."""
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def _source(cell: dict[str, Any]) -> str:
    source = cell["source"]
    return source if isinstance(source, str) else "".join(source)


def _without_magics(text: str) -> tuple[str, list[str]]:
    """Return code of which lines for the notebook's kernel are blank, and those lines.

    They stay as blank lines, so that the numbers of the others are right.
    """
    lines = text.split("\n")
    first = next((line for line in lines if line.strip()), "")
    if first.startswith("%%") and not first.startswith(_HARMLESS_CELLS):
        return "", [first]
    kept, skipped = [], []
    inside = _lines_inside_strings(text)
    for number, line in enumerate(lines, 1):
        is_magic = _LINE_MAGIC.match(line) or _HELP.match(line)
        if is_magic and number not in inside:
            indent = line[: len(line) - len(line.lstrip())]
            kept.append(f"{indent}pass" if indent else "")
            skipped.append(line)
        else:
            kept.append(line)
    return "\n".join(kept), skipped


def _lines_inside_strings(text: str) -> set[int]:
    """Return the lines that continue a string or a bracket: no magic begins there."""
    return set(_continued(text))


def _continued(text: str) -> Iterator[int]:
    depth = 0
    try:
        for token in tokenize.generate_tokens(io.StringIO(text).readline):
            if token.type == tokenize.STRING:
                yield from range(token.start[0] + 1, token.end[0] + 1)
            if depth and token.string not in {"(", "[", "{"}:
                yield token.start[0]
            depth += (token.string in {"(", "[", "{"}) - (
                token.string in {")", "]", "}"}
            )
            depth = max(depth, 0)
    except (tokenize.TokenError, SyntaxError):
        return


def _skipped(lines: list[str]) -> str:
    told = ", ".join(lines[:3]) + (" and others" if len(lines) > 3 else "")
    return f"Only Python runs here; these lines for the notebook were left out: {told}."
