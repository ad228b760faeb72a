"""Normalizing, losses, attention."""

from keras import ops

from tests.math.operation_inputs import CUBE, PICTURE, X
from tests.math.verifying import In
from tests.math.verifying_operations import op

CHANNELS = In((4,), given=[0.5, 1.0, 2.0, 0.3])
SHARES = In((2, 4), given=[[0.1, 0.2, 0.3, 0.4], [0.7, 0.1, 0.1, 0.1]])
HOT = In((2, 4), given=[[0, 1, 0, 0], [1, 0, 0, 0]])
CLASSES = In((2,), "int32", 4)
HEADS = In((2, 3, 2, 4))
KEYS = In((2, 5, 2, 4))

NORMALIZING = [
    op(
        "BatchNorm",
        lambda x, m, v: ops.batch_normalization(x, m, v, axis=-1),
        PICTURE,
        In((4,)),
        CHANNELS,
        open_batch=False,
    ),
    op(
        "BatchNorm scaled",
        lambda x, m, v: ops.batch_normalization(
            x, m, v, 1, offset=m, scale=v, epsilon=0.1
        ),
        In((2, 4, 3)),
        In((4,)),
        CHANNELS,
        open_batch=False,
    ),
    op("LayerNorm", ops.layer_normalization, PICTURE),
    op(
        "LayerNorm scaled",
        lambda x, g: ops.layer_normalization(x, g, g),
        PICTURE,
        CHANNELS,
        open_batch=False,
    ),
    op("LayerNorm axes", lambda x: ops.layer_normalization(x, axis=(1, 2)), PICTURE),
    op("RMSNorm", ops.rms_normalization, PICTURE, CHANNELS, open_batch=False),
    op("Normalize", ops.normalize, X),
    op("Normalize order", lambda x: ops.normalize(x, axis=1, order=3), CUBE),
    op("Moments", lambda x: ops.moments(x, axes=[0, 1]), CUBE),
    op("Moments keepdims", lambda x: ops.moments(x, [-1], keepdims=True), CUBE),
]

LOSSES = [
    op("BinaryCrossentropy", ops.binary_crossentropy, HOT, SHARES),
    op(
        "BinaryCrossentropy logits",
        lambda t, o: ops.binary_crossentropy(t, o, from_logits=True),
        HOT,
        X,
    ),
    op("CategoricalCrossentropy", ops.categorical_crossentropy, HOT, SHARES),
    op(
        "CategoricalCrossentropy logits",
        lambda t, o: ops.categorical_crossentropy(t, o, from_logits=True),
        HOT,
        X,
    ),
    op(
        "SparseCategoricalCrossentropy",
        ops.sparse_categorical_crossentropy,
        CLASSES,
        SHARES,
    ),
    op(
        "SparseCategoricalCrossentropy logits",
        lambda t, o: ops.sparse_categorical_crossentropy(t, o, from_logits=True),
        CLASSES,
        X,
    ),
    op("PSNR", lambda a, b: ops.psnr(a, b, 1.0), X, X),
]

ATTENTION = [
    op("DotProductAttention", ops.dot_product_attention, HEADS, KEYS, KEYS),
    op(
        "DotProductAttention causal",
        lambda q, k: ops.dot_product_attention(q, k, k, is_causal=True),
        HEADS,
        HEADS,
    ),
    op(
        "DotProductAttention scale",
        lambda q, k: ops.dot_product_attention(q, k, k, scale=0.1),
        HEADS,
        KEYS,
    ),
    op(
        "DotProductAttention mask",
        lambda q, k, m: ops.dot_product_attention(q, k, k, mask=m),
        HEADS,
        KEYS,
        In((2, 1, 3, 5), "bool"),
    ),
    op(
        "DotProductAttention bias",
        lambda q, k, b: ops.dot_product_attention(q, k, k, bias=b),
        HEADS,
        KEYS,
        In((2, 1, 3, 5)),
    ),
    op(
        "DotProductAttention groups",
        lambda q, k: ops.dot_product_attention(q, k, k),
        In((2, 3, 4, 4)),
        KEYS,
    ),
]

CASES = [*NORMALIZING, *LOSSES, *ATTENTION]
