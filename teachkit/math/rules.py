"""The registry: which rule explains which class of layer or operation."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import keras

from teachkit.keras_reader.internals import operation_classes
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

    A subclass that changes no method that computes (`class MyDense(Dense)` with a
    docstring) is what its parent is; any other needs a rule of its own.
    """
    for kind in type(operation).__mro__:
        if kind in _RULES:
            return _RULES[kind]
        if any(name in vars(kind) for name in ("call", "build", "__call__")):
            return None
    return None


def known_classes() -> frozenset[type]:
    """Return all classes that have a rule."""
    return frozenset(_RULES)
