"""The registry: which rule explains which class of layer or operation."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import keras

from teachkit.keras_reader.internals import flat_layers, operation_classes
from teachkit.math.black_box import black_box
from teachkit.math.meanings import Meaning
from teachkit.math.subjects import Subject

Rule = Callable[[Subject], Meaning]

_RULES: dict[type, Rule] = {}


def for_layers(*names: str) -> Callable[[Rule], Rule]:
    """Register a rule for classes of `keras.layers`; unknown ones are left out.

    An older Keras has fewer classes.
    """

    def register(rule: Rule) -> Rule:
        for name in names:
            kind = getattr(keras.layers, name, None)
            if kind is not None:
                _RULES[kind] = rule
        return rule

    return register


def for_operations(*names: str) -> Callable[[Rule], Rule]:
    """Register a rule for classes behind the functions of `keras.ops`: `Add`."""

    def register(rule: Rule) -> Rule:
        for name in names:
            for kind in operation_classes(name):
                _RULES[kind] = rule
        return rule

    return register


def rule_for(operation: Any) -> Rule | None:
    """Return the rule for a layer or operation, None if it has code of its own.

    That of a quantized layer is a black box: its formula is another one.
    A subclass that changes no method that computes (`class MyDense(Dense)` with a
    docstring) is what its parent is; any other needs a rule of its own.
    """
    for kind in type(operation).__mro__:
        if kind in _RULES:
            return quantized if quantization_of(operation) else _RULES[kind]
        if any(name in vars(kind) for name in ("call", "build", "__call__")):
            return None
    return None


def quantized(subject: Subject) -> Meaning:
    """Return the meaning of a layer whose weights are codes and scales."""
    operation = subject.operation
    name, kind = type(operation).__name__, quantization_of(operation)
    return black_box(
        subject,
        f"This {name} is quantized to {kind}: its weights are codes that are scaled "
        "when it is called, and inputs may be rounded too. teachkit does not compute "
        "that; shapes and parameters are as Keras tells them.",
    )


def quantization_of(operation: Any) -> str | None:
    """Return how a layer, or one inside it, was quantized: `int8`."""
    if not isinstance(operation, keras.Layer):
        return None
    modes = [getattr(one, "quantization_mode", None) for one in flat_layers(operation)]
    return next((str(mode) for mode in modes if mode), None)


def known_classes() -> frozenset[type]:
    """Return all classes that have a rule."""
    return frozenset(_RULES)
