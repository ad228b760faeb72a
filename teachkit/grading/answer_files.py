"""The file of an answer: a script, or a notebook of which only the code cells count."""

from __future__ import annotations

import io
import json
import re
import tokenize
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from teachkit.errors import FileError

MOST_BYTES = 50_000_000
"""Of a file: a notebook may hold pictures."""

MOST_CODE = 1_000_000
"""Letters of code: what a person writes by hand is far below."""

_ACTION = "give the file of an answer, ending .py or .ipynb"
_LINE_MAGIC = re.compile(r"\s*(%|!)")
_HELP = re.compile(r"\s*(\?+[\w.%*]+|[\w.%*]+\?+)\s*$")
# These run Python, and only tell something about it as well.
_HARMLESS_CELLS = ("%%time", "%%timeit", "%%capture", "%%prun")


@dataclass(frozen=True, slots=True)
class Part:
    """Code that runs as one piece: a script, or one cell of a notebook.

    Attributes:
        name: by which its lines are told: `answer.py`, `cell 3 of answer.ipynb`.
        code: its text.
    """

    name: str
    code: str


@dataclass(frozen=True, slots=True)
class AnswerFile:
    """An answer as it stands in its file.

    Attributes:
        folder: of the file; its neighbours can be imported.
        parts: one for a script, one for each code cell of a notebook.
        is_notebook: a cell that fails does not stop the next ones.
        advice: on what was read with good will.
    """

    folder: str
    parts: tuple[Part, ...]
    is_notebook: bool = False
    advice: tuple[str, ...] = ()

    @property
    def code(self) -> str:
        """All code as one text."""
        return "\n".join(part.code for part in self.parts)

    def to_dict(self) -> dict[str, Any]:
        """Return it as JSON values."""
        return asdict(self)

    @classmethod
    def from_dict(cls, values: dict[str, Any]) -> AnswerFile:
        """Return it from what `to_dict` gave."""
        parts = tuple(Part(**part) for part in values["parts"])
        return cls(
            values["folder"], parts, values["is_notebook"], tuple(values["advice"])
        )


def read_answer(path: Path) -> AnswerFile:
    """Read the file of an answer.

    Raises:
        FileError: it is missing, has another ending, is too large, or is no notebook.
    """
    if path.suffix.lower() not in {".py", ".ipynb"}:
        raise FileError("a file that ends .py or .ipynb", str(path), _ACTION)
    content = _bytes_of(path)
    folder = str(path.resolve().parent)
    if path.suffix.lower() == ".ipynb":
        parts, advice = _cells(content, path)
        answer = AnswerFile(folder, parts, True, advice)
    else:
        text, notes = _decoded(content)
        answer = AnswerFile(folder, (Part(path.name, text),), False, notes)
    if len(answer.code) > MOST_CODE:
        raise FileError(
            f"at most {MOST_CODE:,} letters of code",
            f"{len(answer.code):,} in {path.name}",
            "keep data in a file of its own, or make it with a few lines of code",
        )
    return answer


def _bytes_of(path: Path) -> bytes:
    try:
        if path.is_file() and path.stat().st_size > MOST_BYTES:
            raise FileError(
                f"a file of at most {MOST_BYTES // 1_000_000} MB",
                f"{path.name} with {path.stat().st_size // 1_000_000} MB",
                "keep only the code of the answer",
            )
        return path.read_bytes()
    except (OSError, ValueError) as error:
        reason = "no such file" if isinstance(error, FileNotFoundError) else str(error)
        if path.is_dir():
            reason = "it is a folder"
        if isinstance(error, FileError):
            raise
        raise FileError(f"the answer in {path}", reason, _ACTION) from None


def _decoded(content: bytes) -> tuple[str, tuple[str, ...]]:
    """Return the text of a script, however it was saved."""
    try:
        encoding, _ = tokenize.detect_encoding(io.BytesIO(content).readline)
        if content.startswith((b"\xff\xfe", b"\xfe\xff")):
            encoding = "utf-16"
        text, advice = content.decode(encoding), ()
    except (SyntaxError, UnicodeDecodeError, LookupError):
        if content.startswith((b"\xff\xfe", b"\xfe\xff")):
            return _plain(content.decode("utf-16", "replace")), (_SAVE_AS_UTF8,)
        return _plain(content.decode("latin-1")), (_SAVE_AS_UTF8,)
    return _plain(text), advice


_SAVE_AS_UTF8 = (
    "The file is not saved as UTF-8, which Python expects; I read it all the same. "
    "Save it as UTF-8 in your editor."
)


def _plain(text: str) -> str:
    """Return a text with the line ends of Python and without the mark at its start."""
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def _cells(content: bytes, path: Path) -> tuple[tuple[Part, ...], tuple[str, ...]]:
    try:
        notebook = json.loads(content.decode("utf-8-sig"))
        cells = notebook["cells"]
        texts = [_source(cell) for cell in cells if cell.get("cell_type") == "code"]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise FileError(
            "a Jupyter notebook of format 4",
            f"{path.name}, which is none or is damaged",
            "open it in Jupyter and save it again",
        ) from None
    parts, skipped = [], []
    for number, text in enumerate(texts, 1):
        code, left_out = _without_magics(_plain(text))
        parts.append(Part(f"cell {number} of {path.name}", code))
        skipped += [f"`{line.strip()[:60]}`" for line in left_out]
    advice = (_skipped(skipped),) if skipped else ()
    return tuple(parts), advice


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
