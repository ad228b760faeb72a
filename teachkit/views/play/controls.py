"""From what an instructor wrote, `units=(8, 128)`, to a control that can be moved."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from numbers import Integral, Real
from typing import Any

import ipywidgets
from traitlets import HasTraits

from teachkit.errors import WrongTypeError, WrongValueError
from teachkit.views.clean import clean
from teachkit.views.play.wording import setting_text, value_label

_HOW = (
    "write a range, (8, 128) or (8, 128, 8), choices, ['relu', 'tanh'], True or "
    "False, a text, or give a widget of ipywidgets"
)
_STEPS = 100
"""Places of a slider for numbers with a point, if nobody says how many."""


def control_of(name: str, wanted: Any, default: Any) -> Any:
    """Return the control for a parameter, at the value where it starts.

    Arguments:
        name: of the parameter; it stands beside the control.
        wanted: a range, choices, a switch, a text, or a widget that is ready.
        default: the parameter's own default, where it starts if it can.

    Raises:
        TeachkitError: no control can be made of it.
    """
    if isinstance(wanted, HasTraits):
        return _ready(name, wanted)
    if isinstance(wanted, bool):
        return ipywidgets.Checkbox(value=wanted, **_look(name))
    if isinstance(wanted, str):
        return ipywidgets.Text(value=wanted, continuous_update=False, **_look(name))
    if isinstance(wanted, range) and len(wanted):
        first, last = sorted((wanted[0], wanted[-1]))
        wanted = (first, last, abs(wanted.step))
    if isinstance(wanted, tuple) and len(wanted) in {2, 3} and all(map(_real, wanted)):
        return _slider(name, wanted, default)
    if isinstance(wanted, (list, tuple, range)):
        return _choice(name, wanted, default)
    raise WrongTypeError(
        f"a range or choices for '{clean(name, 60)}'", setting_text(name, wanted), _HOW
    )


def _look(name: str) -> dict[str, Any]:
    return {"description": name, "style": {"description_width": "9em"}}


def _ready(name: str, widget: HasTraits) -> Any:
    if widget.has_trait("value"):
        if not getattr(widget, "description", name):
            widget.description = name  # type: ignore[attr-defined]
        return widget
    raise WrongTypeError(
        f"a widget that has a value, for '{clean(name, 60)}'",
        f"a {type(widget).__name__}, which has none",
        _HOW,
    )


def _real(value: Any) -> bool:
    return isinstance(value, Real) and not isinstance(value, bool)


def _slider(name: str, wanted: tuple[Any, ...], default: Any) -> Any:
    low, high, *rest = wanted
    _check_range(name, wanted)
    whole = all(isinstance(value, Integral) for value in wanted)
    number = int if whole else float
    step = number(rest[0]) if rest else (1 if whole else (high - low) / _STEPS or 1.0)
    fits = isinstance(default, Integral) if whole else _real(default)
    inside = fits and not isinstance(default, bool) and low <= default <= high
    kind = ipywidgets.IntSlider if whole else ipywidgets.FloatSlider
    digits = {} if whole else {"readout_format": ".4g"}
    return kind(
        value=number(default if inside else low),
        min=number(low),
        max=number(high),
        step=step,
        continuous_update=False,
        **_look(name),
        **digits,
    )


def _check_range(name: str, wanted: tuple[Any, ...]) -> None:
    low, high, *rest = wanted
    if not all(math.isfinite(value) for value in wanted):
        problem, action = "which has no end", "write two ordinary numbers"
    elif low > high:
        problem = f"which begins at {low} and ends at {high}"
        action = f"write the smaller number first: ({high}, {low})"
    elif rest and rest[0] <= 0:
        problem, action = f"with steps of {rest[0]}", "take steps larger than 0"
    elif rest and low < high and rest[0] > high - low:
        problem = f"whose step {rest[0]} is larger than the whole range"
        action = f"for a choice of three values write a list: {[*wanted]}"
    else:
        return
    raise WrongValueError(
        f"a range (low, high) or (low, high, step) for '{clean(name, 60)}'",
        f"{setting_text(name, wanted)}, {problem}",
        action,
    )


def _choice(name: str, wanted: Sequence[Any], default: Any) -> Any:
    if not len(wanted):
        raise WrongValueError(
            f"at least one value to choose from for '{clean(name, 60)}'",
            f"an empty {type(wanted).__name__}",
            "write the values: ['relu', 'tanh']",
        )
    labels = _labels(wanted)
    try:
        _check_different(wanted)
        first = next((v for v in wanted if _same(v, default)), wanted[0])
        return ipywidgets.Dropdown(
            options=list(zip(labels, wanted, strict=True)), value=first, **_look(name)
        )
    except (TypeError, ValueError) as error:
        raise WrongValueError(
            f"values for '{clean(name, 60)}' that can be told apart",
            setting_text(name, [*map(value_label, wanted)]),
            "give the choices different names, and let the function look values up",
        ) from error


def _check_different(values: Sequence[Any]) -> None:
    """Refuse two values that are equal: nobody could tell which one is chosen.

    Raises:
        ValueError: two are; or, as arrays, they do not say whether they are.
    """
    for place, value in enumerate(values):
        if any(bool(value == other) for other in values[:place]):
            raise ValueError(f"{value!r} is there twice")


def _labels(values: Sequence[Any]) -> list[str]:
    """Return a name for each value; of what has the same name, what it is in Python."""
    short = [value_label(value) for value in values]
    often = Counter(short)
    return [
        repr(value) if often[label] > 1 and isinstance(value, str) else label
        for label, value in zip(short, values, strict=True)
    ]


def _same(one: Any, other: Any) -> bool:
    return type(one) is type(other) and bool(one == other)
