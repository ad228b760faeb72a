"""What a cell `use` has at hand to make a model out of a function of the student."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from typing import Any

import keras

from teachkit.grading.findings import Finding


class ReturnedError(Exception):
    """A function of the student gives back something that no model is made of.

    Arguments:
        finding: what it gives back, in words.
    """

    criterion = "returns"

    def __init__(self, finding: Finding) -> None:
        self.finding = finding
        super().__init__(finding.see)


def called(
    function: Any,
    *tensors: Any,
    unless_default: Mapping[str, Any] | None = None,
    **arguments: Any,
) -> Any:
    """Call a function of the student on tensors and return the tensor it gives back.

    Arguments:
        function: as the student wrote it.
        tensors: and other values, handed over by position.
        unless_default: values of arguments that are left out where the function has
            values of its own for them.
        arguments: by name; by position, if the student has other names.

    Raises:
        ReturnedError: it gives back a model, a layer, or nothing.
    """
    name = getattr(function, "__name__", "it")
    if not callable(function) or issubclass(type(function), keras.Layer):
        raise ReturnedError(_no_function(function))
    values = {**_without_default(function, unless_default or {}), **arguments}
    if _takes(function, tensors, values):
        found = function(*tensors, **values)
    else:
        found = function(*tensors, *values.values())
    if isinstance(found, (list, tuple)) and len(found) == 1:
        found = found[0]
    if not isinstance(found, keras.KerasTensor):
        raise ReturnedError(_no_tensor(name, found))
    return found


HELPERS: Mapping[str, Callable[..., Any]] = {"called": called}
"""Names that a cell `use` may read."""


def _without_default(function: Any, values: Mapping[str, Any]) -> dict[str, Any]:
    parameters = _parameters(function)
    return {
        name: value
        for name, value in values.items()
        if name not in parameters or parameters[name].default is inspect.Parameter.empty
    }


def _takes(function: Any, tensors: tuple[Any, ...], values: Mapping[str, Any]) -> bool:
    try:
        inspect.signature(function).bind(*tensors, **values)
    except (TypeError, ValueError):
        return False
    return True


def _parameters(function: Any) -> Mapping[str, inspect.Parameter]:
    try:
        return inspect.signature(function).parameters
    except (TypeError, ValueError):
        return {}


def _no_function(value: Any) -> Finding:
    kind = type(value).__name__
    return Finding(
        f"The name is there, but it is a {kind} and not a function.",
        "It should be called on a tensor, again and again, and build new layers "
        "each time.",
        "Begin with `def`, and end with `return`.",
    )


def _no_tensor(name: str, found: Any) -> Finding:
    kind = type(found).__name__
    if found is None:
        return Finding(
            f"I called `{name}` on a tensor and got None.",
            "So nothing comes out that the next layer could read.",
            f"Look at the last line of `{name}`: does it say `return`?",
            rule=2,
        )
    if issubclass(type(found), keras.Model):
        see = f"I called `{name}` on a tensor, and it returned a model ('{found.name}')"
        so = "The next layer reads a tensor, and a model is a box."
        return Finding(
            f"{see}.",
            so,
            f"Return the tensor: `{name}` begins with one and ends with one.",
            rule=2,
            misconception="M01",
        )
    if issubclass(type(found), keras.Layer):
        return Finding(
            f"`{name}` returned the layer `{kind}` itself: a box.",
            "A box that nobody called has no output.",
            "Call it on a tensor, and return the tensor that comes out.",
            rule=2,
            misconception="M01",
        )
    return Finding(
        f"I called `{name}` on a tensor, and it returned a {kind}.",
        "The next layer reads one tensor.",
        "Return the tensor that the last step gave you.",
        rule=2,
    )
