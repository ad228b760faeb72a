"""Models that notebooks in front ends show, in tests and in screenshots."""

from __future__ import annotations

from typing import Any

import keras
from keras import layers, ops


def siamese() -> Any:
    """Return a model that compares two pictures with the same tower."""
    left = keras.Input((28, 28, 1), name="left")
    right = keras.Input((28, 28, 1), name="right")
    tower = keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            layers.Conv2D(8, 3, strides=2, activation="relu", name="edges"),
            layers.Flatten(name="flatten"),
            layers.Dense(16, name="features"),
        ],
        name="embedding",
    )
    difference = layers.Subtract(name="difference")([tower(left), tower(right)])
    score = layers.Dense(1, activation="sigmoid", name="same")(ops.abs(difference))
    return keras.Model([left, right], score, name="siamese")


def residual() -> Any:
    """Return a model whose input takes a way around two layers."""
    inputs = keras.Input((16,), name="measurements")
    hidden = layers.Dense(16, activation="relu", name="first")(inputs)
    hidden = layers.Dense(16, name="second")(hidden)
    total = layers.Add(name="around")([inputs, hidden])
    species = layers.Dense(3, activation="softmax", name="species")(total)
    return keras.Model(inputs, species, name="residual")


def deep_residual() -> Any:
    """Return a model of many blocks, as a ResNet has them."""
    inputs = keras.Input((32, 32, 3), name="picture")
    x = _convolved(inputs, 16, 1, "stem")
    x = layers.ReLU(name="stem_relu")(x)
    for stage, filters in enumerate((16, 32, 64), start=1):
        for block in range(1, 4):
            strides = 2 if stage > 1 and block == 1 else 1
            x = _block(x, filters, strides, f"stage{stage}_block{block}")
    x = layers.GlobalAveragePooling2D(name="pool")(x)
    outputs = layers.Dense(10, activation="softmax", name="label")(x)
    return keras.Model(inputs, outputs, name="deep_residual")


MODELS = {
    "siamese": siamese,
    "residual": residual,
    "deep_residual": deep_residual,
}


def _block(inputs: Any, filters: int, strides: int, name: str) -> Any:
    x = _convolved(inputs, filters, strides, f"{name}_1")
    x = layers.ReLU(name=f"{name}_1_relu")(x)
    x = _convolved(x, filters, 1, f"{name}_2")
    around = inputs
    if strides > 1:
        around = layers.Conv2D(filters, 1, strides, name=f"{name}_around")(inputs)
    total = layers.Add(name=f"{name}_add")([around, x])
    return layers.ReLU(name=f"{name}_relu")(total)


def _convolved(inputs: Any, filters: int, strides: int, name: str) -> Any:
    x = layers.Conv2D(
        filters, 3, strides, padding="same", use_bias=False, name=f"{name}_conv"
    )(inputs)
    return layers.BatchNormalization(name=f"{name}_norm")(x)
