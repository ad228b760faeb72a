"""Controls that move: by a person, whom a model follows, and by a program."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any
from weakref import WeakKeyDictionary, WeakMethod

from teachkit.errors import WrongValueError
from teachkit.speech import cut
from teachkit.views.clean import clean
from teachkit.views.play.wording import setting_text

_FOLLOWED: WeakKeyDictionary[Any, dict[Hashable, Follower]] = WeakKeyDictionary()
"""Who follows a control, by what it is that follows."""


class Follower:
    """Calls a method when a control moves; it keeps no one alive.

    A widget that a notebook made once outlives the views that are made with it, each
    time their cell is run. Only the newest of these follows.

    Arguments:
        moved: called when a control moves.
        left: called when a newer one follows a control instead.
    """

    def __init__(self, moved: Callable[[], object], left: Callable[[], object]) -> None:
        self._moved = WeakMethod(moved)
        self._left = WeakMethod(left)

    def follow(self, control: Any, key: Hashable) -> None:
        """Follow a control, in place of what followed it with the same key."""
        known = _FOLLOWED.setdefault(control, {})
        if key in known:
            known[key].leave(control)
        known[key] = self
        control.observe(self._heard, "value")

    def leave(self, control: Any) -> None:
        """Follow a control no more."""
        control.unobserve(self._heard, "value")
        left = self._left()
        if left is not None:
            left()

    def _heard(self, change: Any) -> None:
        moved = self._moved()
        if moved is None:
            change["owner"].unobserve(self._heard, "value")
        else:
            moved()


def function_key(build: Callable[..., Any]) -> Hashable:
    """Return by what a function is known when the cell that makes it is run again.

    It is the name; without one, as a lambda, the code and what it holds.
    """
    name = getattr(build, "__qualname__", None)
    if name and "<" not in name:
        return getattr(build, "__module__", None), name
    code = getattr(build, "__code__", None)
    if code is None:
        return id(build)
    held = [*(build.__defaults__ or ()), *(build.__closure__ or ())]
    held += (build.__kwdefaults__ or {}).values()
    return code, *map(id, held)


def set_control(name: str, control: Any, value: Any) -> None:
    """Move a control to a value.

    Raises:
        WrongValueError: it cannot take that value; it stands where it stood.
    """
    before, reason = control.value, ""
    try:
        control.value = value
    except Exception as error:  # noqa: BLE001 - a widget may refuse in any way
        reason = cut(str(error).partition("\n")[0])
    if not reason and _same_number(control.value, value):
        return
    control.value = before
    raise WrongValueError(
        f"a value of the control '{clean(name, 60)}': {_range_of(control, reason)}",
        setting_text(name, value),
        "take one of these",
    ) from None


def _same_number(one: Any, other: Any) -> bool:
    try:
        return one is other or bool(one == other)
    except (TypeError, ValueError):
        return False


def _range_of(control: Any, reason: str) -> str:
    if hasattr(control, "min") and hasattr(control, "max"):
        return f"{control.min} to {control.max}"
    options = getattr(control, "_options_labels", None)
    if options:
        return ", ".join(options)
    return reason or "what it accepts"
