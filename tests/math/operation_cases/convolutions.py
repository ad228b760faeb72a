"""Convolutions and pooling."""

import numpy as np
from keras import ops

from tests.math.operation_inputs import PICTURE
from tests.math.verifying import In
from tests.math.verifying_operations import op

WRONG_CALL = (
    "it hands padding and output_padding over the other way round",
    "call",
)
WRONG_POOL = "it tells the shape of the input in the place of the batch"

CASES = [
    op("Conv", ops.conv, PICTURE, In((3, 3, 4, 2)), open_batch=False),
    op(
        "Conv same",
        lambda x: ops.conv(x, np.ones((3, 2, 4, 2), "float32"), 2, "same"),
        PICTURE,
    ),
    op(
        "Conv dilated",
        lambda x: ops.conv(x, np.ones((2, 4, 2), "float32"), dilation_rate=2),
        In((2, 9, 4)),
    ),
    op(
        "DepthwiseConv",
        lambda x: ops.depthwise_conv(
            x, np.ones((3, 3, 4, 2), "float32"), padding="same"
        ),
        PICTURE,
    ),
    op(
        "SeparableConv",
        lambda x: ops.separable_conv(
            x, np.ones((3, 3, 4, 2), "float32"), np.ones((1, 1, 8, 3), "float32")
        ),
        PICTURE,
    ),
    op(
        "ConvTranspose",
        ops.conv_transpose,
        PICTURE,
        In((3, 3, 2, 4)),
        open_batch=False,
        keras_is_wrong=WRONG_CALL,
    ),
    op(
        "ConvTranspose strides",
        lambda x, k: ops.conv_transpose(x, k, 2, "same"),
        PICTURE,
        In((3, 2, 2, 4)),
        open_batch=False,
        keras_is_wrong=WRONG_CALL,
    ),
    op(
        "ConvTranspose padded",
        lambda x, k: ops.conv_transpose(x, k, 2, output_padding=1),
        PICTURE,
        In((3, 2, 2, 4)),
        open_batch=False,
        keras_is_wrong=WRONG_CALL,
    ),
    op("MaxPool", lambda x: ops.max_pool(x, 2), PICTURE),
    op("MaxPool same", lambda x: ops.max_pool(x, 3, 2, "same"), PICTURE),
    op("AveragePool", lambda x: ops.average_pool(x, (2, 3), 1), PICTURE),
    op("AveragePool same", lambda x: ops.average_pool(x, 3, 2, "same"), PICTURE),
    op(
        "AdaptiveMaxPool",
        lambda x: ops.adaptive_max_pool(x, (2, 3)),
        PICTURE,
        keras_is_wrong=(WRONG_POOL, "shape"),
    ),
    op(
        "AdaptiveAveragePool",
        lambda x: ops.adaptive_average_pool(x, (2, 2)),
        PICTURE,
        keras_is_wrong=(WRONG_POOL, "shape"),
    ),
]
