"""The file of an answer: a script, or a notebook of which only the code cells count."""

from __future__ import annotations

import io
import tokenize
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from teachkit.errors import FileError
from teachkit.grading.answers.answer_notebooks import cells_of, plain_lines

MOST_BYTES = 50_000_000
"""Of a file: a notebook may hold pictures."""

MOST_CODE = 1_000_000
"""Letters of code: what a person writes by hand is far below."""

_ACTION = "give the file of an answer, ending .py or .ipynb"


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
        codes, advice = cells_of(content, path.name)
        parts = tuple(
            Part(f"cell {number} of {path.name}", code)
            for number, code in enumerate(codes, 1)
        )
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
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return plain_lines(content.decode("utf-16", "replace")), (_SAVE_AS_UTF8,)
    try:
        encoding, _ = tokenize.detect_encoding(io.BytesIO(content).readline)
        return plain_lines(content.decode(encoding)), ()
    except (SyntaxError, UnicodeDecodeError, LookupError):
        return plain_lines(content.decode("latin-1")), (_SAVE_AS_UTF8,)


_SAVE_AS_UTF8 = (
    "The file is not saved as UTF-8, which Python expects; I read it all the same. "
    "Save it as UTF-8 in your editor."
)
