"""Plain values as TOML, which Python can read and not write."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any


def entry(key: str, value: Any) -> str:
    """Return one line `key = value`."""
    return f"{_key(key)} = {inline(value)}"


def inline(value: Any) -> str:
    """Return a value as it stands behind an equals sign.

    Arguments:
        value: a truth value, number, text, list or table of such; there is no None.
    """
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        # A text in JSON is one in TOML, but for a letter that TOML wants escaped.
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    if isinstance(value, Mapping):
        return f"{{{', '.join(entry(key, value[key]) for key in value)}}}"
    if isinstance(value, (list, tuple)):
        return f"[{', '.join(map(inline, value))}]"
    return repr(value)


def _key(key: str) -> str:
    return key if re.fullmatch(r"[\w-]+", key, re.ASCII) else inline(key)
