"""Configurations of Rescaling, Normalization and Pipeline."""

import numpy as np
from keras import layers

from tests.math.verifying import Case, In


def adapted(shape, **more):
    def build():
        layer = layers.Normalization(**more)
        layer.adapt(np.random.default_rng(1).normal(3, 2, shape).astype("float32"))
        return layer

    return build


CASES = [
    Case("Rescaling", lambda: layers.Rescaling(1 / 255), In((2, 3, 3, 1), "uint8")),
    Case("Rescaling to -1 ... 1", lambda: layers.Rescaling(2.0, -1), In((2, 4))),
    Case("Rescaling by less than 0", lambda: layers.Rescaling(-0.3, 1), In((2, 4))),
    Case(
        "Rescaling each channel",
        lambda: layers.Rescaling([0.1, 0.2, 0.3], [1.0, 2.0, 3.0]),
        In((2, 4, 4, 3)),
    ),
    Case("Normalization adapted", adapted((9, 3)), In((2, 3))),
    Case("Normalization never adapted", layers.Normalization, In((2, 3))),
    Case("Normalization of images", adapted((9, 4, 4, 3)), In((2, 4, 4, 3))),
    Case("Normalization on axis 1", adapted((9, 4, 3), axis=1), In((2, 4, 3))),
    Case("Normalization on two axes", adapted((9, 4, 3), axis=(1, -1)), In((2, 4, 3))),
    Case("Normalization of all", adapted((9, 3), axis=None), In((2, 3))),
    Case("Normalization inverted", adapted((9, 3), invert=True), In((2, 3))),
    Case(
        "Normalization given",
        lambda: layers.Normalization(mean=[1.0, 2, 3], variance=[4.0, 0, 1]),
        In((2, 3)),
    ),
    Case(
        "Normalization given one number",
        lambda: layers.Normalization(mean=1.0, variance=4.0),
        In((2, 5, 3)),
    ),
    Case(
        "Normalization given and inverted",
        lambda: layers.Normalization(mean=-1.0, variance=4.0, invert=True),
        In((2, 3)),
    ),
    Case(
        "Pipeline",
        lambda: layers.Pipeline([layers.Rescaling(0.5), layers.Discretization([0.0])]),
        In((2, 3)),
    ),
    Case(
        "Pipeline of images",
        lambda: layers.Pipeline(
            [
                layers.CenterCrop(4, 4),
                layers.RandomFlip(),
                layers.Resizing(2, 2),
                layers.Rescaling(2.0),
            ]
        ),
        In((2, 6, 6, 3)),
    ),
]
