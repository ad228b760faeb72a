"""The arguments of a layer, as plain values that are fetched when wanted."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any


class Config(Mapping[str, Any]):
    """The arguments of a layer or operation, as plain JSON values.

    `chosen` names the entries that differ from the defaults of the class. The content
    may be given as a function: it is then fetched when it is first looked at, since
    the configurations of a thousand layers cost more than all the rest of a graph.
    """

    __slots__ = ("_content", "_fetch")

    def __init__(
        self,
        values: Mapping[str, Any] | Callable[[], Config],
        chosen: tuple[str, ...] = (),
    ) -> None:
        self._fetch = values if callable(values) else None
        self._content = ({}, ()) if callable(values) else (dict(values), tuple(chosen))

    def _read(self) -> tuple[dict[str, Any], tuple[str, ...]]:
        if self._fetch is not None:
            fetched = self._fetch()
            self._content, self._fetch = (dict(fetched), fetched.chosen), None
        return self._content

    @property
    def chosen(self) -> tuple[str, ...]:
        """Names of the entries that differ from the defaults of the class."""
        return self._read()[1]

    def __getitem__(self, key: str) -> Any:
        return self._read()[0][key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._read()[0])

    def __len__(self) -> int:
        return len(self._read()[0])

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Config) and self._read() == other._read()

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __repr__(self) -> str:
        return f"Config({self._read()[0]!r}, chosen={self.chosen!r})"

    def __reduce__(self) -> tuple[type[Config], tuple[dict[str, Any], tuple[str, ...]]]:
        return Config, self._read()
