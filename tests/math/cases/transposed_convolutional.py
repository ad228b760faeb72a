"""Configurations of transposed convolutions."""

from keras import layers

from tests.math.verifying import Case, In


def conv1d(name, *args, shape=(2, 5, 3), **kwargs):
    return Case(
        f"Conv1DTranspose {name}",
        lambda: layers.Conv1DTranspose(*args, **kwargs),
        In(shape),
    )


def conv2d(name, *args, shape=(2, 4, 5, 2), **kwargs):
    return Case(
        f"Conv2DTranspose {name}",
        lambda: layers.Conv2DTranspose(*args, **kwargs),
        In(shape),
    )


def conv3d(name, *args, shape=(2, 3, 2, 4, 2), **kwargs):
    return Case(
        f"Conv3DTranspose {name}",
        lambda: layers.Conv3DTranspose(*args, **kwargs),
        In(shape),
    )


CASES = [
    conv1d("valid", 4, 3),
    conv1d("stride 2", 4, 3, strides=2),
    conv1d("same, stride 2", 4, 3, strides=2, padding="same"),
    conv1d("same, stride 2, kernel 4", 4, 4, strides=2, padding="same"),
    conv1d("same, stride 3, kernel 2", 4, 2, strides=3, padding="same"),
    conv1d("stride larger than the kernel", 4, 2, strides=3, use_bias=False),
    conv1d("output padding 1", 4, 3, strides=2, output_padding=1),
    conv1d("same, output padding 0", 4, 3, strides=2, padding="same", output_padding=0),
    conv1d("same, output padding 1", 4, 3, strides=2, padding="same", output_padding=1),
    conv1d("same, relu", 4, 5, padding="same", activation="relu"),
    conv2d("valid", 3, 3),
    conv2d("stride 2, relu", 3, 2, strides=2, activation="relu"),
    conv2d("same, stride 2", 3, 3, strides=2, padding="same"),
    conv2d("same, strides 1 and 3", 3, (4, 2), strides=(1, 3), padding="same"),
    conv2d("strides 2 and 1", 3, (2, 3), strides=(2, 1), use_bias=False),
    conv2d("output padding 0 and 2", 3, 3, strides=3, output_padding=(0, 2)),
    conv2d(
        "same, output padding", 3, 3, strides=2, padding="same", output_padding=(0, 1)
    ),
    conv2d("one channel", 1, 2, strides=2, shape=(2, 3, 3, 1)),
    conv3d("valid", 3, 2),
    conv3d("same, stride 2, tanh", 3, 3, strides=2, padding="same", activation="tanh"),
    conv3d("strides 1, 2 and 3", 2, 2, strides=(1, 2, 3), use_bias=False),
    conv3d("output padding", 2, 3, strides=2, padding="same", output_padding=1),
]
