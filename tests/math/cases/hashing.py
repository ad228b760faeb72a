"""Configurations of Hashing and HashedCrossing."""

from keras import layers

from tests.math.verifying import Case, In

# As long as each branch of the hash function takes.
WORDS = In(given=[["", "a", "cat"], ["elephant", "ä" * 9, "w" * 40]], dtype=object)
LONG = In(given=[["x" * 64], ["y" * 65], ["z" * 200]], dtype=object)
IDS = In((2, 3), "int64", top=100)
SQUEEZED = "one_hot of three columns has three axes, and two are told", "shape"


def hashing(**more):
    return lambda: layers.Hashing(7, **more)


def crossing(**more):
    return lambda: layers.HashedCrossing(11, **more)


CASES = [
    Case("Hashing words", hashing(), WORDS),
    Case("Hashing long words", hashing(), LONG),
    Case("Hashing numbers", hashing(), IDS),
    Case("Hashing with a salt", hashing(salt=(133, 137)), WORDS),
    Case("Hashing long words with a salt", hashing(salt=5), LONG),
    Case("Hashing with a mask", hashing(mask_value=""), WORDS),
    Case("Hashing numbers with a mask", hashing(mask_value=3), IDS),
    Case("Hashing multi_hot", hashing(output_mode="multi_hot"), WORDS),
    Case("Hashing count", hashing(output_mode="count"), WORDS),
    Case("Hashing one_hot", hashing(output_mode="one_hot"), LONG),
    Case(
        "Hashing one_hot of three",
        hashing(output_mode="one_hot"),
        WORDS,
        keras_is_wrong=SQUEEZED,
    ),
    Case(
        "HashedCrossing of numbers",
        crossing(),
        [In((4,), "int64", top=99), In((4,), "int64", top=99)],
    ),
    Case(
        "HashedCrossing of words and numbers",
        crossing(),
        [LONG, In((3, 1), "int64", top=99)],
    ),
    Case(
        "HashedCrossing of three",
        crossing(),
        [In((4, 1), "int64", top=9) for _ in range(3)],
    ),
    *[
        Case(
            f"HashedCrossing one_hot of shape {shape}",
            crossing(output_mode="one_hot"),
            [In(shape, "int64", top=99), In(shape, "int64", top=99)],
        )
        for shape in ((4,), (4, 1))
    ],
]
