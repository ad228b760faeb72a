"""Names of variables: valid, telling, and never in the way of another name."""

from __future__ import annotations

import builtins
import keyword
import re
import unicodedata
from collections.abc import Iterable

_LONGEST = 40
_FEW = 10
_SOFT = frozenset({"self", "model", "keras", "layers", "ops", "np"})
_RESERVED = frozenset({*keyword.kwlist, *keyword.softkwlist, *dir(builtins), *_SOFT})


def identifier(text: str, otherwise: str = "x") -> str:
    """Return a text as a name of Python in small letters.

    Example:
        >>> [identifier("Block 1/conv-a"), identifier("2nd"), identifier("☃")]
        ['block_1_conv_a', 'x_2nd', 'x']
    """
    plain = unicodedata.normalize("NFKD", str(text)).encode("ascii", "ignore").decode()
    name = re.sub(r"[^0-9a-zA-Z]+", "_", plain).strip("_").lower()[:_LONGEST]
    name = name.strip("_")
    if not name:
        return otherwise
    return name if not name[0].isdigit() else f"{otherwise}_{name}"


class Names:
    """The names of one piece of source: the module, or a function in it.

    A name may be used again when the value it had is needed no longer.

    Arguments:
        taken: names that stand for something else.
        given: receives every name that is given.
    """

    def __init__(
        self, taken: Iterable[str] = (), given: set[str] | None = None
    ) -> None:
        self._given: set[str] = set() if given is None else given
        self._until: dict[str, float] = dict.fromkeys(taken, float("inf"))
        self._numbers: dict[str, int] = {}

    def is_free(self, name: str, now: float = 0) -> bool:
        """Tell whether a name may be given at a step."""
        return name not in _RESERVED and self._until.get(name, -1) <= now

    def take(self, wanted: str, until: float = float("inf"), now: float = 0) -> str:
        """Take a name, with a number where it is taken: `dense`, `dense_2`.

        Arguments:
            wanted: the name.
            until: the last step at which what it stands for is needed.
            now: the step at which it is given.
        """
        name = wanted if wanted not in _RESERVED else f"{wanted}_"
        if wanted in _SOFT or wanted in keyword.kwlist or wanted in dir(builtins):
            name = f"{wanted}_1"
        if not self.is_free(name, now):
            name = self._numbered(wanted, now)
        self._until[name] = until
        self._given.add(name)
        return name

    def _numbered(self, wanted: str, now: float) -> str:
        for number in range(2, _FEW):
            if self.is_free(f"{wanted}_{number}", now):
                return f"{wanted}_{number}"
        # Of many, the next number: to look at all of them each time takes too long.
        number = self._numbers.get(wanted, _FEW)
        while not self.is_free(f"{wanted}_{number}", now):
            number += 1
        self._numbers[wanted] = number + 1
        return f"{wanted}_{number}"
