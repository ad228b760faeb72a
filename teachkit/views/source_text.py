"""Source code that a notebook shows as code, and that is a text everywhere else."""

from __future__ import annotations

from typing import Any


class SourceCode(str):
    r"""Python source. `print`, `exec` and files take it as the text that it is.

    Example:
        >>> SourceCode("x = 1\n")
        x = 1
    """

    __slots__ = ()

    def __repr__(self) -> str:
        return self.rstrip("\n")

    def _repr_mimebundle_(self, **_: Any) -> dict[str, str]:
        fence = "`" * max(3, _longest_run(self) + 1)
        markdown = f"{fence}python\n{self.rstrip()}\n{fence}"
        return {"text/markdown": markdown, "text/plain": repr(self)}


def _longest_run(text: str) -> int:
    """Return how many backticks stand in a row at most: the fence must be longer."""
    longest = run = 0
    for letter in text:
        run = run + 1 if letter == "`" else 0
        longest = max(longest, run)
    return longest
