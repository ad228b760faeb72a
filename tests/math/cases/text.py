"""Configurations of TextVectorization."""

from keras import layers

from tests.math.verifying import Case, In

TEXTS = In(given=["The cat, the DOG!", "a fox?", "Ärger cat-like"], dtype=object)
COLUMN = In(given=[["The cat, the DOG!"], ["a fox?"]], dtype=object)
PIECES = In(given=[["Cat", "dog", "x"], ["The", "cat", "cat"]], dtype=object)
WORDS = ["the", "cat", "dog", "the cat", "Cat", "THE"]


def vectorization(**more):
    return lambda: layers.TextVectorization(vocabulary=more.pop("words", WORDS), **more)


def adapted():
    layer = layers.TextVectorization(output_mode="tf_idf", max_tokens=5)
    layer.adapt(["the cat", "the dog", "a cat the"])
    return layer


CASES = [
    Case("TextVectorization", vectorization(), TEXTS),
    Case("TextVectorization of a column", vectorization(), COLUMN),
    Case("TextVectorization cut", vectorization(output_sequence_length=2), TEXTS),
    Case("TextVectorization filled", vectorization(output_sequence_length=6), TEXTS),
    *[
        Case(f"TextVectorization {name}", vectorization(standardize=name), TEXTS)
        for name in ("lower", "strip_punctuation", None)
    ],
    Case(
        "TextVectorization characters",
        vectorization(split="character", words=["t", "h", " ", "ä", "Ä"]),
        TEXTS,
    ),
    Case(
        "TextVectorization not split",
        vectorization(split=None, output_sequence_length=4),
        PIECES,
    ),
    Case("TextVectorization as it is", vectorization(split=None), PIECES),
    Case("TextVectorization 2-grams", vectorization(ngrams=2), TEXTS),
    Case("TextVectorization only 2-grams", vectorization(ngrams=(2,)), TEXTS),
    *[
        Case(f"TextVectorization {mode}", vectorization(output_mode=mode), TEXTS)
        for mode in ("multi_hot", "count")
    ],
    Case(
        "TextVectorization 2-grams counted",
        vectorization(output_mode="count", ngrams=2),
        COLUMN,
        keras_is_wrong=("the axis of the column goes, and is told to stay", "shape"),
    ),
    Case(
        "TextVectorization padded",
        vectorization(output_mode="count", max_tokens=12, pad_to_max_tokens=True),
        TEXTS,
    ),
    Case(
        "TextVectorization tf_idf",
        vectorization(output_mode="tf_idf", idf_weights=[1, 2, 3, 4, 5, 6.0]),
        TEXTS,
    ),
    Case("TextVectorization tf_idf adapted", adapted, TEXTS),
]
