"""What an operation is given, by its call and when it was made: shapes and signs."""

from __future__ import annotations

import inspect
import warnings
from collections.abc import Callable, Mapping
from functools import wraps
from math import prod
from numbers import Number
from typing import Any

import numpy as np

from teachkit.graph import Shape, TensorSpec
from teachkit.math.formulas import Symbol, powers_of_ten, word
from teachkit.math.shapes import shape_of as shape_of
from teachkit.math.shapes import told_shape as told_shape

_LETTERS = {
    "abs_": "r",
    "angle": "φ",
    "array": "x",
    "beta": "β",
    "condition": "c",
    "data": "x",
    "fill_value": "v",
    "gamma": "γ",
    "images": "x",
    "indices": "n",
    "inputs": "x",
    "key": "k",
    "mean": "μ",
    "offset": "β",
    "output": "z",
    "predictions": "p",
    "query": "q",
    "scale": "γ",
    "segment_ids": "s",
    "sorted_sequence": "s",
    "target": "t",
    "targets": "t",
    "updates": "u",
    "value": "v",
    "values": "v",
    "variance": "σ²",
    "weights": "w",
    "x1": "a",
    "x2": "b",
}
_GREEK = {
    "β": r"\beta",
    "γ": r"\gamma",
    "μ": r"\mu",
    "σ²": r"\sigma^{2}",
    "φ": r"\varphi",
}

_MEANINGS = {
    "abs_": "absolute value",
    "array": "input",
    "data": "input",
    "images": "images",
    "inputs": "input",
    "output": "prediction",
    "x": "input",
    "x1": "first input",
    "x2": "second input",
}
_LISTS = {"choicelist": ("x", "choice"), "condlist": ("c", "condition")}
_PARTNERS = {"a": "b", "b": "a", "x": "y", "y": "x"}
"""Parameters that may stand for the first and the second of two tensors."""


def settings(operation: Any) -> dict[str, Any]:
    """Return the arguments an operation was made with, by name; defaults too."""
    parameters = list(inspect.signature(type(operation).__init__).parameters.values())
    try:
        told = operation.get_config()
    except NotImplementedError:  # made with what is no plain value
        told = vars(operation)
    return {
        one.name: told.get(one.name, one.default)
        for one in parameters[1:]
        if one.kind is one.POSITIONAL_OR_KEYWORD and one.name != "name"
    }


def size_of(shape: Shape) -> int | None:
    """Return how many numbers a shape holds; None if a length is open."""
    return None if None in shape else prod(n for n in shape if n is not None)


def is_number(value: Any) -> bool:
    """Tell whether an argument is a plain number and no tensor."""
    return isinstance(value, (Number, np.generic)) and not isinstance(value, str)


def quietly(function: Callable[..., Any]) -> Callable[..., Any]:
    """Return a function of NumPy that does not warn: log(-1) is NaN, in Keras too."""

    @wraps(function)
    def quiet(*args: Any, **kwargs: Any) -> Any:
        with np.errstate(all="ignore"), warnings.catch_warnings():
            warnings.simplefilter("ignore", RuntimeWarning)
            return function(*args, **kwargs)

    return quiet


def bracketed(value: Any) -> Symbol:
    """Return a plain number as a factor or term: `0.1`, `(-2)`."""
    sign = literal(value)
    if not sign.text.startswith("-"):
        return sign
    return Symbol(f"({sign.latex})", f"({sign.text})")


def literal(value: Any) -> Symbol:
    r"""Return a plain number as it is written: `0.1`, `-2`, `10^{-5}`."""
    text = str(value.item() if isinstance(value, (np.generic, np.ndarray)) else value)
    is_digits = text[-1].isdigit()
    return Symbol(powers_of_ten(text) if is_digits else word(text).latex, text)


def written_value(value: Any) -> Symbol:
    """Return a Python value as it is written: a number, a word, a list."""
    return literal(value) if is_number(value) else word(str(value))


def symbols_of(arguments: Mapping[str, Any]) -> dict[str, Symbol]:
    """Return each argument as a symbol: a tensor with its shape, others as written."""
    found: dict[str, Symbol] = {}
    for name, value in arguments.items():
        if isinstance(value, (list, tuple)) and _holds_tensors(value):
            found |= {
                f"{name}{k}": _numbered(name, k + 1, shape_of(one))
                for k, one in enumerate(value)
            }
        else:
            found[name] = _symbol(name, value, _meaning(name, arguments))
    return found


def _numbered(name: str, number: int, shape: Shape) -> Symbol:
    letter, meaning = _LISTS.get(name, ("x", "input"))
    latex = f"{{{letter}_{{{number}}}}}"
    return Symbol(latex, f"{letter}{number}", shape, f"{meaning} {number}")


def _meaning(name: str, arguments: Mapping[str, Any]) -> str:
    """Return what a tensor is, in words: `second input`, `segment ids`."""
    partner = _PARTNERS.get(name)
    if partner is not None and isinstance(arguments.get(partner), TensorSpec):
        return "first input" if name < partner else "second input"
    return "input" if partner else _MEANINGS.get(name, name.replace("_", " "))


def _symbol(name: str, value: Any, meaning: str) -> Symbol:
    short = isinstance(value, (list, tuple)) and len(value) < 5
    if short or not (isinstance(value, TensorSpec) or _is_nested_numbers(value)):
        return written_value(value)
    letter = _LETTERS.get(name, name)
    latex = letter if len(letter) == 1 else word(letter).latex
    return Symbol(_GREEK.get(letter, latex), letter, shape_of(value), meaning)


def _holds_tensors(value: Any) -> bool:
    return any(isinstance(one, TensorSpec) for one in value)


def _is_nested_numbers(value: Any) -> bool:
    kinds = (list, tuple, np.ndarray)
    return isinstance(value, kinds) and np.asarray(value).dtype.kind in "biufc"
