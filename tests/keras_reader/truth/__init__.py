"""The true graphs of the zoo, written down and checked by eye against its builders."""

from __future__ import annotations

from pathlib import Path

_FOLDER = Path(__file__).parent


def truths():
    """Return the true graph of each model that has one here, as `sketch` writes it."""
    blocks = []
    for file in sorted(_FOLDER.glob("*.txt")):
        blocks += ("\n" + file.read_text(encoding="utf-8")).split("\n== ")[1:]
    parts = (block.partition("\n") for block in blocks)
    return {name: text.strip("\n") + "\n" for name, _, text in parts}
