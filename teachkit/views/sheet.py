"""What explanations, traces and changes have in common: text, page and file."""

from __future__ import annotations

from abc import ABC, abstractmethod
from functools import cached_property
from pathlib import Path
from typing import Any

from teachkit.views.clean import clean, clean_html
from teachkit.views.files import PAGES, save
from teachkit.views.html_page import page
from teachkit.views.plain_letters import plain_letters
from teachkit.views.text.options import Charset, check_width


class Sheet(ABC):
    """Tables and sentences. A notebook shows them as HTML, a terminal as text."""

    @cached_property
    def text(self) -> str:
        """Everything in words and tables, at most 100 columns wide."""
        return self.as_text()

    def as_text(self, *, width: int = 100, charset: Charset = "unicode") -> str:
        """Return everything in words and tables.

        Arguments:
            width: columns of the terminal; narrow tables leave out columns.
            charset: `unicode`, or `ascii` for plain letters.
        """
        words = clean(self._words(check_width(width)))
        return self._plain(words) if charset == "ascii" else words

    def html(self) -> str:
        """Return one page with everything. It needs no network."""
        heading = f"<h1>{clean_html(self._title)}</h1>"
        return page(self._title, f"{heading}\n{self._piece}")

    def save(self, path: str | Path) -> Path:
        """Write everything to a file that ends with .html or .txt.

        Raises:
            FileError: the ending is another one, or the file cannot be written.
        """
        return save(self, path, endings=PAGES)

    def _plain(self, words: str) -> str:
        return plain_letters(words)

    def __repr__(self) -> str:
        return self.text

    def _repr_mimebundle_(self, **_: Any) -> dict[str, str]:
        return {"text/html": self._piece, "text/plain": self.text}

    @property
    @abstractmethod
    def _title(self) -> str: ...

    @property
    @abstractmethod
    def _piece(self) -> str: ...

    @abstractmethod
    def _words(self, width: int) -> str: ...
