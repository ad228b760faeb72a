"""Copies of layers whose class tells Keras no configuration, attribute by attribute.

A layer that a learner wrote often has no `get_config`. Its copy has the same plain
values and functions, copies of its layers, and variables of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import keras

_STATE = ("built", "supports_masking", "input_spec")


def copied_by_hand(layer: Any, copy_of: Callable[[Any], Any]) -> Any:
    """Return a copy of a layer without asking it for its configuration.

    Arguments:
        layer: it keeps all it has.
        copy_of: returns the copy of a layer inside it, the same one each time.
    """
    # What cannot be written down keeps Keras from noting arguments for a get_config.
    copy = type(layer).__new__(type(layer), object())
    dtype, trainable = layer.dtype_policy, layer.trainable
    keras.Layer.__init__(copy, name=layer.name, dtype=dtype, trainable=trainable)
    usual = vars(keras.Layer()).keys()
    known: dict[int, Any] = {}
    for name, value in vars(layer).items():
        if name not in usual:
            setattr(copy, name, _copied(value, copy_of, known))
    for name in _STATE:
        if name in vars(layer):
            setattr(copy, name, vars(layer)[name])
    return copy


def _copied(value: Any, copy_of: Callable[[Any], Any], known: dict[int, Any]) -> Any:
    if isinstance(value, keras.Layer):
        return _built_alike(value, copy_of(value))
    if isinstance(value, Mapping):
        return {key: _copied(item, copy_of, known) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        items = [_copied(item, copy_of, known) for item in value]
        return tuple(items) if type(value) is tuple else items
    if isinstance(value, (keras.Variable, keras.random.SeedGenerator)):
        if id(value) not in known:
            known[id(value)] = _new(value)
        return known[id(value)]
    return value


def _new(state: Any) -> Any:
    if isinstance(state, keras.Variable):
        kind = {"trainable": state.trainable, "dtype": state.dtype}
        return keras.Variable(state.value, name=state.name, **kind)
    generator = keras.random.SeedGenerator(0)
    generator.state.assign(state.state.value)
    return generator


def _built_alike(layer: Any, copy: Any) -> Any:
    """Return the copy of an inner layer, with weights if the original has them.

    The outer layer counts as built, so that nothing would build them later.
    """
    config = layer.get_build_config() if layer.built and not copy.built else None
    if config:
        copy.build_from_config(config)
    return copy
