"""What a sealed exercise keeps out of sight: packed into letters, and not encrypted.

Whoever unpacks it finds the models of the solution as code, and the answers to the
questions. Nothing less would do to judge an answer where the file is.
"""

from __future__ import annotations

import base64
import binascii
import zlib
from collections.abc import Sequence
from typing import Any

import msgspec

from teachkit.exercise_format.problems import problem
from teachkit.exercise_format.records import Cell, Question

_WIDTH = 80


class Sealed(msgspec.Struct, forbid_unknown_fields=True):
    """What is packed.

    Attributes:
        models: code that defines `model`, for each name of a model of the solution.
        questions: with their answers.
        cells: of a Parsons problem, whose lines a student is shown out of order.
    """

    models: dict[str, str] = {}
    questions: tuple[Question, ...] = ()
    cells: tuple[Cell, ...] = ()


def pack(sealed: Sealed) -> str:
    """Return the text of a cell `sealed`."""
    packed = zlib.compress(msgspec.json.encode(sealed, enc_hook=_plain), 9)
    text = base64.b64encode(packed).decode("ascii")
    lines = (text[n : n + _WIDTH] for n in range(0, len(text), _WIDTH))
    return "".join(f"# {line}\n" for line in lines)


def unpack(cell: Cell, path: str) -> Sealed:
    """Return what a cell `sealed` holds.

    Raises:
        WrongValueError: it is damaged; the message names file and line.
    """
    text = "".join(
        line.removeprefix("#").strip() for line in cell.text.strip().splitlines()
    )
    try:
        content = zlib.decompress(base64.b64decode(text, validate=True))
        return msgspec.json.decode(content, type=Sealed)
    except (binascii.Error, ValueError, zlib.error, msgspec.MsgspecError) as error:
        raise problem(
            path,
            cell.line,
            "the letters that `teachkit exercises build --sealed` wrote",
            f"{type(error).__name__}: {error}",
            "seal the exercise again",
        ) from None


def sealed_of(cells: Sequence[Cell], path: str = "exercise") -> Sealed:
    """Return what is packed among cells; nothing where no cell is sealed."""
    found = [cell for cell in cells if cell.kind == "sealed"]
    return unpack(found[0], path) if found else Sealed()


def _plain(value: object) -> Any:
    return str(value)
