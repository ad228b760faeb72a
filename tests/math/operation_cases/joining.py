"""Joining and cutting."""

from keras import ops

from tests.math.operation_inputs import CUBE, X
from tests.math.verifying import In
from tests.math.verifying_operations import op

CASES = [
    op("Append", ops.append, X, X),
    op("Append axis", lambda a, b: ops.append(a, b, axis=1), X, X),
    op("ArraySplit", lambda x: ops.array_split(x, 3, axis=1), CUBE),
    op("Concatenate", lambda a, b: ops.concatenate([a, b], axis=-1), X, In((2, 3))),
    op("Concatenate batch", lambda a, b: ops.concatenate([a, b], axis=0), X, X),
    op("Concatenate many", lambda a: ops.concatenate([a] * 6, axis=1), X),
    op("Stack", lambda a, b: ops.stack([a, b], axis=1), X, X),
    op("Hstack", lambda a, b: ops.hstack([a, b]), X, In((2, 3))),
    op("Vstack", lambda a, b: ops.vstack([a, b]), X, X),
    op("Dstack", lambda a, b: ops.dstack([a, b]), CUBE, CUBE),
    op("Split", lambda x: ops.split(x, 2, axis=-1), X),
    op("Split places", lambda x: ops.split(x, [1, 3], axis=-1), X),
    op("Hsplit", lambda x: ops.hsplit(x, 2), X),
    op("Vsplit", lambda x: ops.vsplit(x, 2), X, open_batch=False),
    op("Dsplit", lambda x: ops.dsplit(x, 5), CUBE),
    op("Unstack", lambda x: ops.unstack(x, axis=1), CUBE),
    op("Meshgrid", lambda a, b: ops.meshgrid(a, b), In((3,)), In((4,))),
    op(
        "Meshgrid ij",
        lambda a, b: ops.meshgrid(a, b, indexing="ij"),
        In((3,)),
        In((4,)),
    ),
]
