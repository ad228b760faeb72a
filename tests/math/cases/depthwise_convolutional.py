"""Configurations of depthwise and separable convolutions."""

from keras import layers

from tests.math.verifying import Case, In

FIRST = "channels_first"


def case(kind, name, *args, shape, **kwargs):
    return Case(
        f"{kind} {name}", lambda: getattr(layers, kind)(*args, **kwargs), In(shape)
    )


def depthwise1d(name, *args, shape=(2, 7, 3), **kwargs):
    return case("DepthwiseConv1D", name, *args, shape=shape, **kwargs)


def depthwise2d(name, *args, shape=(2, 6, 5, 2), **kwargs):
    return case("DepthwiseConv2D", name, *args, shape=shape, **kwargs)


def separable1d(name, *args, shape=(2, 7, 3), **kwargs):
    return case("SeparableConv1D", name, *args, shape=shape, **kwargs)


def separable2d(name, *args, shape=(2, 6, 5, 2), **kwargs):
    return case("SeparableConv2D", name, *args, shape=shape, **kwargs)


CASES = [
    depthwise1d("valid", 3),
    depthwise1d(
        "same, stride 2, relu", 3, strides=2, padding="same", activation="relu"
    ),
    depthwise1d("two kernels, no bias", 3, depth_multiplier=2, use_bias=False),
    depthwise1d("dilation 2", 3, dilation_rate=2),
    depthwise1d("channels first", 3, data_format=FIRST, shape=(2, 3, 7)),
    depthwise2d("valid", 3),
    depthwise2d("same, relu6", 3, padding="same", activation="relu6"),
    depthwise2d("same, stride 2", 3, strides=2, padding="same"),
    depthwise2d("three kernels", (2, 3), depth_multiplier=3),
    depthwise2d("dilation 2, same", 3, padding="same", dilation_rate=2),
    depthwise2d("channels first", 3, data_format=FIRST, shape=(2, 2, 6, 5)),
    depthwise2d("no bias", 2, use_bias=False),
    depthwise2d("stride 2 with dilation 2", 2, strides=2, dilation_rate=2),
    depthwise2d("many channels", 3, shape=(2, 6, 5, 7)),
    separable1d("valid", 4, 3),
    separable1d(
        "same, stride 2, tanh", 4, 3, strides=2, padding="same", activation="tanh"
    ),
    separable1d("two kernels, no bias", 4, 3, depth_multiplier=2, use_bias=False),
    separable1d("dilation 2", 4, 3, dilation_rate=2),
    separable1d("channels first", 4, 3, data_format=FIRST, shape=(2, 3, 7)),
    separable2d("valid", 4, 3),
    separable2d("same, relu", 4, 3, padding="same", activation="relu"),
    separable2d("same, stride 2", 4, 3, strides=2, padding="same"),
    separable2d("two kernels", 4, (3, 2), depth_multiplier=2),
    separable2d("dilation 2, no bias", 4, 2, dilation_rate=2, use_bias=False),
    separable2d("channels first", 4, 3, data_format=FIRST, shape=(2, 2, 6, 5)),
]
