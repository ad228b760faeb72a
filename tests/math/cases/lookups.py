"""Configurations of StringLookup and IntegerLookup."""

import numpy as np
from keras import layers

from tests.math.verifying import Case, In

ANIMALS = ["cat", "dog", "fox"]
WORDS = In(given=[["cat", "fox", "ant"], ["", "cat", "bee"]], dtype=object)
KNOWN = In(given=[["cat", "fox", "dog"], ["dog", "cat", "cat"]], dtype=object)
IDS = In(given=[[10, 30, 5], [0, 20, 8]], dtype="int64")
PLACES = In(given=[[0, 1, 2], [3, 4, 9]], dtype="int64")
IDF = [0.5, 1.5, 2.5]


def strings(**more):
    return lambda: layers.StringLookup(vocabulary=ANIMALS, **more)


def integers(**more):
    return lambda: layers.IntegerLookup(vocabulary=[10, 20, 30], **more)


def adapted(kind, data, **more):
    def build():
        layer = kind(**more)
        layer.adapt(np.asarray(data))
        return layer

    return build


CASES = [
    Case("StringLookup", strings(), WORDS),
    Case("StringLookup of one axis", strings(), In(given=["cat", "x"], dtype=object)),
    Case("StringLookup with a mask", strings(mask_token=""), WORDS),
    Case("StringLookup three unknown", strings(num_oov_indices=3), WORDS),
    Case("StringLookup with a salt", strings(num_oov_indices=3, salt=7), WORDS),
    Case("StringLookup none unknown", strings(num_oov_indices=0), KNOWN),
    *[
        Case(f"StringLookup {mode}", strings(output_mode=mode), WORDS)
        for mode in ("one_hot", "multi_hot", "count")
    ],
    Case(
        "StringLookup count with a mask",
        strings(output_mode="count", mask_token="", num_oov_indices=2),
        WORDS,
    ),
    Case(
        "StringLookup padded",
        strings(output_mode="multi_hot", max_tokens=9, pad_to_max_tokens=True),
        WORDS,
    ),
    Case("StringLookup tf_idf", strings(output_mode="tf_idf", idf_weights=IDF), WORDS),
    Case(
        "StringLookup adapted", adapted(layers.StringLookup, [["a", "b", "a"]]), WORDS
    ),
    Case(
        "StringLookup tf_idf adapted",
        adapted(
            layers.StringLookup,
            [["cat", "ant"], ["cat", "fox"], ["bee", "cat"]],
            output_mode="tf_idf",
        ),
        WORDS,
    ),
    Case("StringLookup inverted", strings(invert=True), PLACES),
    Case(
        "StringLookup inverted with a mask",
        strings(invert=True, mask_token="", oov_token="?", num_oov_indices=2),
        PLACES,
    ),
    Case("IntegerLookup", integers(), IDS),
    Case("IntegerLookup with a mask", integers(mask_token=0), IDS),
    Case("IntegerLookup three unknown", integers(num_oov_indices=3), IDS),
    Case(
        "IntegerLookup farmhash",
        integers(num_oov_indices=3, oov_method="farmhash", mask_token=0),
        IDS,
    ),
    Case(
        "IntegerLookup farmhash with a salt",
        integers(num_oov_indices=3, oov_method="farmhash", salt=(1, 2)),
        IDS,
    ),
    *[
        Case(f"IntegerLookup {mode}", integers(output_mode=mode), IDS)
        for mode in ("one_hot", "multi_hot", "count")
    ],
    Case(
        "IntegerLookup one_hot of one",
        integers(output_mode="one_hot"),
        In(given=[[10], [7]], dtype="int64"),
    ),
    Case("IntegerLookup tf_idf", integers(output_mode="tf_idf", idf_weights=IDF), IDS),
    Case("IntegerLookup inverted", integers(invert=True), PLACES),
    Case(
        "IntegerLookup inverted with a mask",
        integers(invert=True, mask_token=0, oov_token=-7),
        PLACES,
    ),
    Case("IntegerLookup adapted", adapted(layers.IntegerLookup, [[5, 5, 8]]), IDS),
]
