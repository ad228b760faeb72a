"""The texts that people read: lessons, questions, exercises, README and the like."""

from __future__ import annotations

import io
import re
import tokenize
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jupytext

ROOT = Path(__file__).parents[2]
NOTEBOOKS = ROOT / "notebooks"

PAGES = ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "exercises/README.md")
"""Texts for users of the project. docs/verified.md is a table made by a program."""

TEXTS = [
    *(ROOT / page for page in PAGES),
    *sorted((NOTEBOOKS / "source").glob("*.py")),
    *sorted((NOTEBOOKS / "questions").glob("*.toml")),
    *sorted((ROOT / "exercises").glob("*/*.py")),
]

NO_PROSE = {"id", "kind", "covers", "items", "fights", "entry", "value"}
"""Entries of a question that are names or numbers."""

NOT_PROSE = re.compile(
    r"""
    ```.*?```           # a block of code
    | `[^`]*`           # code in a line
    | \$[^$\n]+\$       # a formula
    | (?<=\])\([^)]*\)  # where a link leads
    | <[^>]+>           # HTML
    | https?://\S+
    """,
    re.DOTALL | re.VERBOSE,
)

NO_LETTERS = re.compile(r"\\[nt]|[\"']{3}|\"|'(?!\w)|(?<!\w)'")
"""Ends of lines and of strings; an apostrophe in a word stays."""


def prose(path: Path) -> str:
    """Return what is to be read in a file, without code, formulas and addresses."""
    return "\n…\n".join(NOT_PROSE.sub(" … ", text) for text in markdown(path))


def markdown(path: Path) -> Iterator[str]:
    """Yield the texts in a file, each as Markdown; of code its comments and strings."""
    if path.suffix == ".md":
        yield path.read_text(encoding="utf-8")
    elif path.suffix == ".toml":
        yield from _of_data(tomllib.loads(path.read_text(encoding="utf-8")))
    else:
        for cell in jupytext.read(path, fmt="py:percent").cells:
            yield cell.source if cell.cell_type == "markdown" else _of_code(cell.source)


def _of_data(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for one in value:
            yield from _of_data(one)
    elif isinstance(value, dict):
        for key in value.keys() - NO_PROSE:
            yield from _of_data(value[key])


def _of_code(source: str) -> str:
    """Return comments, and the strings that are more than one word."""
    found = []
    try:
        for token in tokenize.generate_tokens(io.StringIO(source).readline):
            if token.type == tokenize.COMMENT:
                found.append(token.string.lstrip("# "))
            elif token.type in STRINGS and " " in token.string:
                found.append(NO_LETTERS.sub(" ", token.string))
    except (tokenize.TokenError, IndentationError):
        pass  # an answer that is wrong on purpose; what was read until there counts
    return "\n…\n".join(found)


STRINGS = {tokenize.STRING, getattr(tokenize, "FSTRING_MIDDLE", tokenize.STRING)}
"""From Python 3.12 on the text of an f-string is a token of its own."""
