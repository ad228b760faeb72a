"""Names of variables: valid, telling, and never in the way of another name."""

from __future__ import annotations

import builtins
import keyword
import re
import unicodedata
from collections.abc import Iterable

_LONGEST = 40
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
    """

    def __init__(self, taken: Iterable[str] = ()) -> None:
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
        number = self._numbers.get(wanted, 1)
        while not self.is_free(name, now):
            number += 1
            name = f"{wanted}_{number}"
        self._numbers[wanted] = number
        self._until[name] = until
        return name
