"""What models are made of most often."""

import numpy as np
from keras import ops

from tests.math.operation_inputs import CUBE, X
from tests.math.verifying import In
from tests.math.verifying_operations import op

CASES = [
    op("Add as in models", ops.add, X, X),
    op("Add stretched", ops.add, CUBE, In((2, 1, 5))),
    op("Add a vector", lambda x: x + np.arange(4.0, dtype="float32"), X),
    op("Add a number", lambda x: x + 1.5, X),
    op("Add to a number", lambda x: 1e-5 + x, X),
    op("Subtract as in models", lambda x: 1 - x, X),
    op("Multiply as in models", lambda a, b: a * b, X, X),
    op("Multiply number", lambda a: -0.1 * a, X),
    op("Divide", ops.divide, X, X),
    op("TrueDivide as in models", lambda x: x / 255, X),
    op("Maximum as in models", lambda x: ops.maximum(x, 0.1 * x), X),
    op("Minimum as in models", ops.minimum, X, X),
    op("Absolute as in models", ops.abs, X),
    op("Matmul", ops.matmul, In((2, 3)), In((3, 4))),
    op("Matmul stack", ops.matmul, In((2, 3, 4)), In((2, 4, 5))),
    op("Matmul vector", ops.matmul, In((2, 3, 4)), In((4,)), open_batch=False),
    op("Matmul vectors", ops.matmul, In((4,)), In((4,)), open_batch=False),
    op("Matmul vector first", ops.matmul, In((4,)), In((2, 4, 3)), open_batch=False),
    op("Matmul constant", lambda x: x @ np.ones((4, 3), "float32"), X),
    op("Mean as in models", lambda x: ops.mean(x, axis=1), CUBE),
    op("Mean all", ops.mean, CUBE),
    op("Mean of ints", lambda x: ops.mean(x, axis=-1), In((2, 4), "int32")),
    op("Sum as in models", lambda x: ops.sum(x, axis=(1, -1)), CUBE),
    op("Sum keepdims", lambda x: ops.sum(x, axis=-1, keepdims=True), CUBE),
    op("Reshape", lambda x: ops.reshape(x, (-1, 2, 2)), X),
    op("Transpose", ops.transpose, X),
    op("Transpose axes", lambda x: ops.transpose(x, (0, 2, 1)), CUBE),
    op("GetItem int", lambda x: x[:, 0], CUBE),
    op("GetItem last", lambda x: x[:, -1:, ..., None], CUBE),
    op("GetItem slice", lambda x: x[:, 1:3], CUBE),
    op("GetItem step", lambda x: x[..., ::-2], CUBE),
    op("GetItem batch", lambda x: x[0], CUBE),
    op("Relu as in models", ops.relu, X),
    op("Sigmoid as in models", ops.sigmoid, X),
    op("Softmax as in models", ops.softmax, X),
    op("Softmax axes", lambda x: ops.softmax(x, axis=1), CUBE),
]
