"""Configurations of CategoryEncoding and Discretization."""

import numpy as np
from keras import layers

from tests.math.verifying import Case, In

IDS = In((2, 3), "int32", top=4)
SUM = "three axes: it sums over axis 1, and tells that it sums over the last", "shape"


def category(mode):
    return lambda: layers.CategoryEncoding(4, output_mode=mode)


def bins(mode="int", boundaries=(-0.5, 0.0, 0.7)):
    return lambda: layers.Discretization(list(boundaries), output_mode=mode)


def adapted_bins():
    layer = layers.Discretization(num_bins=4)
    layer.adapt(np.random.default_rng(1).normal(size=(200, 1)))
    return layer


CASES = [
    *[
        Case(f"CategoryEncoding {mode}", category(mode), IDS)
        for mode in ("one_hot", "multi_hot", "count")
    ],
    *[
        Case(f"CategoryEncoding {mode} of one axis", category(mode), In((3,), "int32"))
        for mode in ("one_hot", "multi_hot", "count")
    ],
    Case("CategoryEncoding one_hot of one", category("one_hot"), In((2, 1), "int32")),
    Case(
        "CategoryEncoding one_hot of three axes",
        category("one_hot"),
        In((2, 3, 2), "int32", top=4),
    ),
    *[
        Case(
            f"CategoryEncoding {mode} of three axes",
            category(mode),
            In((2, 3, 5), "int32", top=4),
            keras_is_wrong=SUM,
        )
        for mode in ("multi_hot", "count")
    ],
    Case(
        "CategoryEncoding with weights",
        category("count"),
        IDS,
        {"count_weights": In((2, 3))},
    ),
    Case("Discretization", bins(), In((2, 3))),
    Case("Discretization of images", bins(), In((2, 3, 4, 1))),
    Case("Discretization at its boundaries", bins(), In(given=[[-0.5, 0.0, 0.7]])),
    *[
        Case(f"Discretization {mode}", bins(mode), In((2, 3)))
        for mode in ("one_hot", "multi_hot", "count")
    ],
    Case("Discretization one_hot of one", bins("one_hot"), In((2, 1))),
    Case("Discretization count of three axes", bins("count"), In((2, 3, 5))),
    Case("Discretization adapted", adapted_bins, In((4, 2))),
]
