"""Data for the browser as one short text: JSON, deflated, in letters.

The drawing of a large model is a megabyte of JSON and repeats itself: deflated it is a
tenth of that. Browsers inflate it by themselves.
"""

from __future__ import annotations

import base64
import json
import zlib
from typing import Any


def packed(value: Any) -> str:
    """Return JSON values as text; `unpack.js` gives them back.

    Example:
        >>> packed({"a": [1, 2]}) == packed({"a": [1, 2]})
        True
    """
    text = json.dumps(value, separators=(",", ":"))
    return base64.b64encode(zlib.compress(text.encode(), 9)).decode()
