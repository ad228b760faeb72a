"""Inputs and outputs in dicts and lists; models that are fed in other ways."""

from __future__ import annotations

from collections import OrderedDict

import keras
from keras import layers


def dict_inputs():
    zeta = keras.Input((4,), name="zeta")
    alpha = keras.Input((3,), name="alpha")
    joined = layers.Concatenate(name="join")([zeta, alpha])
    ends = {"score": layers.Dense(1, name="score")(joined), "joined": joined}
    return keras.Model({"zeta": zeta, "alpha": alpha}, ends, name="dict_inputs")


def mixed_ends():
    a, b, c = (
        keras.Input((n,), name=name) for n, name in ((2, "a"), (3, "b"), (4, "c"))
    )
    joined = layers.Concatenate(name="join")([a, b, c])
    ends = [joined, {"y": (layers.ReLU(name="relu")(a),), "x": c}]
    return keras.Model([{"c": c, "b": b}, a], ends, name="mixed_ends")


def ordered_dict():
    zeta = keras.Input((4,), name="zeta")
    alpha = keras.Input((3,), name="alpha")
    joined = layers.Concatenate(name="join")([zeta, alpha])
    ends = OrderedDict(z=zeta, a=joined)
    return keras.Model([zeta, alpha], ends, name="ordered_dict")


def dict_to_dict_model():
    """The keys of both sides are the same; their order is not."""
    b = keras.Input((None, 2), name="b")
    a = keras.Input((None, 3), name="a")
    h = layers.Concatenate(axis=1, name="join")([layers.Dense(3, name="dense")(b), a])
    inner = keras.Model(
        {"b": b, "a": a},
        {"joined": h, "as_it_was": layers.ReLU(name="relu")(b)},
        name="inner",
    )
    long = keras.Input((7, 3), name="long")
    short = keras.Input((5, 2), name="short")
    ends = inner({"a": long, "b": short})
    ends = [ends["joined"], ends["as_it_was"]]
    return keras.Model([long, short], ends, name="dict_to_dict_model")


def dict_to_list_model():
    """The call has a dict, the model a list: Keras goes by the names of the inputs."""
    b = keras.Input((None, 2), name="b")
    a = keras.Input((None, 3), name="a")
    h = layers.Concatenate(axis=1, name="join")([layers.Dense(3, name="dense")(b), a])
    inner = keras.Model([b, a], h, name="inner")
    long = keras.Input((7, 3), name="long")
    short = keras.Input((5, 2), name="short")
    return keras.Model(
        [long, short], inner({"a": long, "b": short}), name="dict_to_list_model"
    )


def list_to_dict_model():
    """The call has a list, the model a dict: Keras goes by its sorted keys."""
    a = keras.Input((None, 3), name="a")
    b = keras.Input((None, 2), name="b")
    h = layers.Concatenate(axis=1, name="join")([layers.Dense(3, name="dense")(b), a])
    inner = keras.Model({"a": a, "b": b}, h, name="inner")
    long = keras.Input((7, 3), name="long")
    short = keras.Input((5, 2), name="short")
    return keras.Model([long, short], inner([long, short]), name="list_to_dict_model")


def casting():
    """Inside, a tensor has the dtype of the input at which it arrives."""
    i = keras.Input((4,), name="i")
    inner = keras.Model(i, layers.ReLU(name="relu")(i), name="inner")
    token = keras.Input((4,), dtype="int32", name="token")
    return keras.Model(token, inner(token), name="casting")


def bare_function():
    x = keras.KerasTensor((None, 4), name="x")
    y = keras.KerasTensor((None, 4), name="y")
    h = layers.Dense(4, name="dense")(x)
    return keras.Function([x, y], keras.ops.multiply(h, y), name="bare_function")


def function_on_a_part():
    """A Function that starts at one of several outputs of an operation."""
    x = keras.Input((6,), name="x")
    one, two = keras.ops.split(x, 2, axis=-1)
    del one
    return keras.Function([two], keras.ops.add(two, two), name="function_on_a_part")


def function_as_operation():
    i = keras.Input((None, 4), name="i")
    function = keras.Function(i, keras.ops.relu(i) * 2.0, name="double")
    x = keras.Input((3, 4), name="x")
    return keras.Model(x, function(function(x)), name="function_as_operation")


ZOO = {
    build.__name__: build
    for build in (
        dict_inputs,
        mixed_ends,
        ordered_dict,
        dict_to_dict_model,
        dict_to_list_model,
        list_to_dict_model,
        casting,
        bare_function,
        function_on_a_part,
        function_as_operation,
    )
}
