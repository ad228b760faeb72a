"""Rules for the classes of `keras.layers`, one module for each family."""

from teachkit.math.layers import (
    activations,
    attention,
    convolutional,
    convolutional_recurrent,
    core,
    dense,
    image_preprocessing,
    merging,
    normalization,
    pooling,
    preprocessing,
    recurrent,
    regularization,
    reshaping,
    transposed_convolutional,
    wrappers,
)

__all__ = [
    "activations",
    "attention",
    "convolutional",
    "convolutional_recurrent",
    "core",
    "dense",
    "image_preprocessing",
    "merging",
    "normalization",
    "pooling",
    "preprocessing",
    "recurrent",
    "regularization",
    "reshaping",
    "transposed_convolutional",
    "wrappers",
]
