"""Configurations of EinsumDense, Embedding and other layers of the core."""

import keras
from keras import layers, ops

from tests.math.verifying import Case, In

INDICES = In((2, 5), "int32", top=7)


def einsum(name, equation, shape, output_shape, bias=None, **kwargs):
    return Case(
        f"EinsumDense {name}",
        lambda: layers.EinsumDense(equation, output_shape, bias_axes=bias, **kwargs),
        In(shape),
    )


def adapted(layer, shape):
    """With the small matrices of LoRA added to its kernel."""
    layer.build(shape)
    layer.enable_lora(2)
    return layer


def with_training(x, training=False):
    return x * 2 if training else x


CASES = [
    einsum("like Dense", "ab,bc->ac", (2, 4), 3, "c"),
    einsum("without bias", "ab,bc->ac", (2, 4), 3),
    einsum("on a sequence", "abc,cd->abd", (2, 5, 4), (None, 3), "d"),
    einsum("heads", "abc,cde->abde", (2, 5, 4), (None, 3, 2), "de"),
    einsum("heads joined", "abcd,cde->abe", (2, 5, 3, 2), (None, 4), "e"),
    einsum("over the steps", "abc,bd->adc", (2, 5, 4), (3, 4), "d", activation="relu"),
    einsum("dots in front", "...x,xy->...y", (2, 5, 4), 3, "y"),
    einsum("dots in front of two axes", "...x,xy->...y", (2, 4), 3, "y"),
    Case(
        "EinsumDense dots in front of four axes",
        lambda: layers.EinsumDense("...x,xy->...y", 3),
        In((2, 5, 6, 4)),
        keras_is_wrong=("it tells the axes of the dots in reverse order", "shape"),
    ),
    einsum("dots behind", "ab...,bc->ac...", (2, 4, 5, 3), 6, "c"),
    einsum("two axes of the bias", "abc,cde->abde", (2, 5, 4), (None, 3, 2), "e"),
    einsum("an axis of each position", "abc,bcd->abd", (2, 5, 4), (5, 3), "bd"),
    einsum("softmax", "ab,bc->ac", (2, 4), 3, "c", activation="softmax"),
    Case(
        "EinsumDense with LoRA",
        lambda: adapted(layers.EinsumDense("ab,bc->ac", 3, bias_axes="c"), (None, 4)),
        In((2, 4)),
    ),
    Case("Embedding", lambda: layers.Embedding(7, 3), INDICES),
    Case(
        "Embedding that masks", lambda: layers.Embedding(7, 3, mask_zero=True), INDICES
    ),
    Case("Embedding of one index", lambda: layers.Embedding(7, 3), In((2,), "int32")),
    Case("Embedding of floats", lambda: layers.Embedding(7, 8), In(given=[[1.0, 2.7]])),
    Case(
        "Embedding with LoRA",
        lambda: adapted(layers.Embedding(7, 3), (None, 5)),
        INDICES,
    ),
    Case("Identity", layers.Identity, In((2, 4))),
    Case("Identity of whole numbers", layers.Identity, In((2, 3), "int32")),
    Case("Identity of a list", layers.Identity, [In((2, 4)), In((2, 3, 5))]),
    Case(
        "Identity of a dict",
        layers.Identity,
        {"b": In((2, 4)), "a": In((2, 3), "bool")},
    ),
    Case("Lambda", lambda: layers.Lambda(lambda x: ops.exp(x) + 1), In((2, 4))),
    Case(
        "Lambda with arguments",
        lambda: layers.Lambda(lambda x, power: x**power, arguments={"power": 2}),
        In((2, 4)),
    ),
    Case("Lambda of several", lambda: layers.Lambda(sum), [In((2, 4)), In((2, 4))]),
    Case(
        "Lambda that asks for training",
        lambda: layers.Lambda(with_training),
        In((2, 4)),
        training=True,
    ),
    Case(
        "Lambda that makes another shape",
        lambda: layers.Lambda(lambda x: ops.mean(ops.abs(x), axis=1)),
        In((2, 4, 3)),
    ),
    Case(
        "Lambda with an activation",
        lambda: layers.Lambda(keras.ops.sigmoid),
        In((2, 4)),
    ),
    Case("Masking", layers.Masking, In(given=[[[0, 0], [1, 0]], [[2, 3], [0, 0]]])),
    Case(
        "Masking of another value",
        lambda: layers.Masking(mask_value=0.1),
        In(given=[[[0.1, 0.1], [0.1, 1]], [[2, 3], [0, 0]]]),
    ),
    Case("Masking of images", layers.Masking, In((2, 4, 4, 3))),
    Case("ReversibleEmbedding", lambda: layers.ReversibleEmbedding(7, 3), INDICES),
    Case(
        "ReversibleEmbedding with two tables",
        lambda: layers.ReversibleEmbedding(7, 3, tie_weights=False),
        INDICES,
    ),
    Case(
        "ReversibleEmbedding in reverse",
        lambda: layers.ReversibleEmbedding(7, 3),
        In((2, 5, 3)),
        {"reverse": True},
    ),
    Case(
        "ReversibleEmbedding in reverse with two tables",
        lambda: layers.ReversibleEmbedding(7, 3, tie_weights=False),
        In((2, 3)),
        {"reverse": True},
    ),
    Case(
        "ReversibleEmbedding in reverse with a cap",
        lambda: layers.ReversibleEmbedding(7, 3, logit_soft_cap=2.5),
        In((2, 5, 3)),
        {"reverse": True},
    ),
]
