"""How settings and their values are written."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from teachkit.speech import cut
from teachkit.views.clean import clean


def value_label(value: Any) -> str:
    """Return how a value is written: a text as it is, a function by its name.

    Example:
        >>> value_label("relu"), value_label(None), value_label(max)
        ('relu', 'None', 'max')
    """
    if isinstance(value, str):
        return clean(value, 80)
    name = getattr(value, "__name__", None) or getattr(value, "name", None)
    if isinstance(name, str):
        return clean(name, 80)
    return clean(re.sub(r" (object )?at 0x[0-9a-fA-F]+", "", repr(value)), 80)


def settings_text(settings: Mapping[str, Any]) -> str:
    """Return settings as they are written in a call: `units=8, activation='relu'`."""
    return ", ".join(
        f"{clean(name, 60)}="
        + (cut(repr(value)) if isinstance(value, str) else value_label(value))
        for name, value in settings.items()
    )


def setting_text(name: str, wanted: Any) -> str:
    """Return one setting, or what was written for a control, cut if it is long."""
    return f"{clean(name, 60)}={cut(value_label(wanted))}"
