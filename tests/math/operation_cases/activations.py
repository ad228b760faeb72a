"""Activation functions."""

from keras import ops

from tests.math.operation_inputs import CUBE, X
from tests.math.verifying_operations import each, op

WRONG_SPARSEMAX = "its numbers do not sum to one"

CASES = [
    *each(
        [
            ops.relu,
            ops.relu6,
            ops.sigmoid,
            ops.sparse_sigmoid,
            ops.softplus,
            ops.softsign,
            ops.sparse_plus,
            ops.silu,
            ops.log_sigmoid,
            ops.hard_sigmoid,
            ops.hard_silu,
            ops.selu,
            ops.tanh_shrink,
            ops.hard_tanh,
            ops.softmax,
            ops.log_softmax,
            ops.celu,
            ops.elu,
            ops.hard_shrink,
            ops.leaky_relu,
            ops.soft_shrink,
            ops.squareplus,
            ops.gelu,
        ],
        X,
    ),
    op("Celu alpha", lambda x: ops.celu(x, 0.3), X),
    op("Elu alpha", lambda x: ops.elu(x, 0.3), X),
    op("HardShrink threshold", lambda x: ops.hard_shrink(x, 0.1), X),
    op("LeakyRelu slope", lambda x: ops.leaky_relu(x, 0.01), X),
    op("SoftShrink threshold", lambda x: ops.soft_shrink(x, 0.1), X),
    op("Squareplus b", lambda x: ops.squareplus(x, 2), X),
    op("Threshold", lambda x: ops.threshold(x, 0.1, -7), X),
    op("Gelu exact", lambda x: ops.gelu(x, approximate=False), X),
    op("Softmax axis", lambda x: ops.softmax(x, axis=1), CUBE),
    op("LogSoftmax axis", lambda x: ops.log_softmax(x, axis=1), CUBE),
    op("Sparsemax", ops.sparsemax, X, keras_is_wrong=(WRONG_SPARSEMAX, "value")),
    op(
        "Sparsemax axis",
        lambda x: ops.sparsemax(x, axis=1),
        CUBE,
        keras_is_wrong=(WRONG_SPARSEMAX, "value"),
    ),
]
