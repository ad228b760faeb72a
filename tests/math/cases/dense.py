"""Configurations of Dense."""

import keras
from keras import layers

from tests.math.verifying import Case, In

CASES = [
    Case("Dense", lambda: layers.Dense(3), In((2, 4))),
    Case("Dense relu", lambda: layers.Dense(3, activation="relu"), In((2, 4))),
    Case("Dense without bias", lambda: layers.Dense(3, use_bias=False), In((2, 4))),
    Case("Dense on images", lambda: layers.Dense(3), In((2, 5, 6, 4))),
    Case(
        "Dense with a lambda",
        lambda: layers.Dense(3, activation=lambda z: keras.ops.maximum(z, 0.1 * z)),
        In((2, 4)),
    ),
]
