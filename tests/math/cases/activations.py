"""Configurations of layers that are activation functions, with every name of Keras."""

import keras
from keras import layers

from teachkit.math.activations import ACTIVATIONS
from tests.math.verifying import Case, In

SPREAD = In(given=[[-7.5, -3, -1.2, -0.6, -0.3, 0], [0.2, 0.55, 0.9, 2, 4.1, 8]])
"""Numbers in all parts of functions that are put together."""

WRONG = {
    "sparsemax": ("its threshold is made of running sums of sums", "value"),
    "glu": ("it tells the shape from before the last axis was halved", "shape"),
}

NAMES = [name for name in ACTIVATIONS if hasattr(keras.activations, name)]


def named(name):
    return Case(
        f"Activation {name}",
        lambda: layers.Activation(name),
        SPREAD,
        keras_is_wrong=WRONG.get(name),
    )


def softmax(name, shape, mask=None, **kwargs):
    given = {} if mask is None else {"mask": mask}
    return Case(f"Softmax {name}", lambda: layers.Softmax(**kwargs), In(shape), given)


CASES = [
    *map(named, NAMES),
    Case("Activation of nothing", lambda: layers.Activation(None), In((2, 4))),
    Case(
        "Activation of a function",
        lambda: layers.Activation(lambda z: keras.ops.maximum(z, 0.1 * z)),
        In((2, 4)),
    ),
    Case("Activation on images", lambda: layers.Activation("tanh"), In((2, 3, 3, 2))),
    Case(
        "Dense sparsemax",
        lambda: layers.Dense(4, activation="sparsemax"),
        In((2, 4)),
        keras_is_wrong=WRONG["sparsemax"],
    ),
    Case(
        "Dense glu",
        lambda: layers.Dense(4, activation="glu"),
        In((2, 3)),
        keras_is_wrong=WRONG["glu"],
    ),
    Case(
        "EinsumDense glu",
        lambda: layers.EinsumDense("ab,bc->ac", 4, activation="glu"),
        In((2, 3)),
        keras_is_wrong=WRONG["glu"],
    ),
    Case("Dense softmax", lambda: layers.Dense(4, activation="softmax"), In((2, 3))),
    Case("ELU", layers.ELU, SPREAD),
    Case("ELU alpha", lambda: layers.ELU(alpha=0.3), SPREAD),
    Case("LeakyReLU", layers.LeakyReLU, SPREAD),
    Case("LeakyReLU slope", lambda: layers.LeakyReLU(negative_slope=0.1), SPREAD),
    Case("PReLU", layers.PReLU, In((2, 4))),
    Case("PReLU shared", lambda: layers.PReLU(shared_axes=[1, 2]), In((2, 3, 4, 5))),
    Case("PReLU one shared axis", lambda: layers.PReLU(shared_axes=1), In((2, 3, 4))),
    Case("ReLU", layers.ReLU, SPREAD),
    Case("ReLU capped at six", lambda: layers.ReLU(max_value=6), SPREAD),
    Case("ReLU slope", lambda: layers.ReLU(negative_slope=0.1), SPREAD),
    Case("ReLU threshold", lambda: layers.ReLU(threshold=0.5), SPREAD),
    Case(
        "ReLU threshold and slope",
        lambda: layers.ReLU(threshold=0.5, negative_slope=0.1),
        SPREAD,
    ),
    Case(
        "ReLU all together",
        lambda: layers.ReLU(threshold=0.5, negative_slope=0.1, max_value=3),
        SPREAD,
    ),
    Case(
        "ReLU slope and cap",
        lambda: layers.ReLU(negative_slope=0.1, max_value=3),
        SPREAD,
    ),
    softmax("of a row", (2, 4)),
    softmax("of a sequence", (2, 3, 4)),
    softmax("along another axis", (2, 3, 4), axis=1),
    softmax("along two axes", (2, 3, 4), axis=(1, 2)),
    softmax("along a list of one axis", (2, 3, 4), axis=[-1]),
    softmax("masked", (2, 4), In(given=[[1, 1, 0, 1], [0, 1, 1, 0]], dtype="bool")),
    softmax("masked by numbers", (2, 4), In(given=[[1.0, 0.2, 0, 1], [0, 1, 1, 0]])),
    softmax("masked all", (2, 3), In(given=[[0, 0, 0], [0, 1, 1]], dtype="bool")),
    softmax("masked along two axes", (2, 3, 4), In((2, 3, 4), "bool"), axis=(1, 2)),
    softmax("masked for all alike", (2, 3, 4), In((2, 1, 4), "bool")),
]
