"""What the child tells the parent: lines of JSON that only it knows how to begin."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Channel:
    """A file to which the child adds lines and which the parent reads.

    Each line begins with a word that the answer does not know, so that what it may
    write there is no report.

    Attributes:
        path: of the file.
        secret: the word.
        process: that may write; a copy that the answer makes of it has nothing to say.
    """

    path: Path
    secret: str
    process: int = field(default_factory=os.getpid)

    def tell(self, **values: Any) -> None:
        """Add a line."""
        if os.getpid() != self.process:
            return
        line = f"{self.secret} {json.dumps(values, default=str)}\n"
        with self.path.open("a", encoding="ascii") as file:
            file.write(line)

    def told(self) -> Mapping[str, Any]:
        """Return what all lines told; later ones win."""
        found: dict[str, Any] = {}
        try:
            text = self.path.read_text(encoding="ascii", errors="replace")
        except OSError:
            return found
        for line in text.splitlines():
            secret, _, values = line.partition(" ")
            if secret == self.secret:
                found.update(_values(values))
        return found


def _values(text: str) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except ValueError:  # a line of which only the beginning is written yet
        return {}
    return found if isinstance(found, dict) else {}
