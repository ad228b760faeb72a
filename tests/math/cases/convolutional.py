"""Configurations of convolutions."""

import keras
from keras import layers

from tests.math.verifying import Case, In

FIRST = "channels_first"


def with_lora():
    layer = layers.Conv2D(3, 2)
    layer.build((None, 5, 5, 2))
    layer.enable_lora(2)
    return layer


def conv1d(name, *args, shape=(2, 7, 3), **kwargs):
    return Case(f"Conv1D {name}", lambda: layers.Conv1D(*args, **kwargs), In(shape))


def conv2d(name, *args, shape=(2, 6, 5, 2), **kwargs):
    return Case(f"Conv2D {name}", lambda: layers.Conv2D(*args, **kwargs), In(shape))


def conv3d(name, *args, shape=(2, 5, 4, 6, 2), **kwargs):
    return Case(f"Conv3D {name}", lambda: layers.Conv3D(*args, **kwargs), In(shape))


CASES = [
    conv1d("valid", 4, 3),
    conv1d("same", 4, 3, padding="same"),
    conv1d("same, even kernel", 4, 4, padding="same"),
    conv1d("causal", 4, 3, padding="causal"),
    conv1d("causal, dilation 2", 4, 3, padding="causal", dilation_rate=2),
    conv1d("causal, stride 2", 4, 3, padding="causal", strides=2),
    conv1d("stride 2, relu", 4, 3, strides=2, activation="relu"),
    conv1d("same, stride 3, no bias", 4, 2, padding="same", strides=3, use_bias=False),
    conv1d("dilation 3", 4, 3, dilation_rate=3),
    conv1d("kernel 1", 4, 1),
    conv1d("one channel, tanh", 2, 3, activation="tanh", shape=(2, 5, 1)),
    conv1d("groups", 6, 2, groups=3),
    conv1d("softmax", 4, 3, activation="softmax"),
    conv1d("small, softmax", 4, 3, activation="softmax", shape=(2, 5, 2)),
    conv2d("valid", 3, 3),
    conv2d("same, relu", 3, 3, padding="same", activation="relu"),
    conv2d("same, stride 2", 3, 3, padding="same", strides=2),
    conv2d("same, strides 3 and 2", 3, (2, 5), padding="same", strides=(3, 2)),
    conv2d("valid, strides 1 and 2", 3, (2, 3), strides=(1, 2), use_bias=False),
    conv2d("kernel 1, stride 2", 3, 1, strides=2),
    conv2d("kernel 1, same, stride 3", 3, 1, strides=3, padding="same"),
    conv2d("dilation 2", 3, 3, dilation_rate=2, shape=(2, 7, 8, 2)),
    conv2d("same, dilation 2 and 1", 3, 3, padding="same", dilation_rate=(2, 1)),
    conv2d("groups", 4, 3, groups=2, shape=(2, 6, 5, 4)),
    conv2d("groups of one channel", 4, 3, groups=2, padding="same"),
    conv2d("larger than what is written out", 3, 3, shape=(2, 9, 9, 4)),
    conv2d("kernel as large as the input", 3, (6, 5), activation="sigmoid"),
    conv2d("same, kernel larger than the input", 3, 7, padding="same"),
    conv2d("float64", 3, 3, dtype="float64"),
    conv2d("mixed precision", 3, 3, dtype="mixed_float16"),
    Case(
        "Conv2D glu",
        lambda: layers.Conv2D(4, 3, activation="glu"),
        In((2, 6, 5, 2)),
        keras_is_wrong=("the shape it tells is that before glu halves it", "shape"),
    ),
    Case(
        "Conv2D with a lambda",
        lambda: layers.Conv2D(3, 2, activation=lambda z: keras.ops.maximum(z, 0.1 * z)),
        In((2, 5, 5, 2)),
    ),
    Case("Conv2D with LoRA", with_lora, In((2, 5, 5, 2))),
    conv3d("valid", 3, 2),
    conv3d("same, stride 2, relu", 3, 3, padding="same", strides=2, activation="relu"),
    conv3d("dilation 2 and 1", 3, (2, 2, 3), dilation_rate=(2, 1, 1)),
    conv3d("groups, no bias", 4, 2, groups=2, use_bias=False),
    conv3d("channels first", 3, 2, data_format=FIRST, shape=(2, 2, 5, 4, 6)),
]
