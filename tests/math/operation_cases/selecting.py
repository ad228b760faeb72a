"""Taking numbers out, putting them in, sorting, counting."""

import numpy as np
from keras import ops

from tests.math.operation_inputs import CUBE, INTS, TRUTH, X
from tests.math.verifying import In
from tests.math.verifying_operations import op

SPOTS = In((3, 1), "int32", given=[[0], [3], [3]])

PICKING = [
    op("Take", lambda x: ops.take(x, [2, 0], axis=1), CUBE),
    op("Take flat", lambda x: ops.take(x, 3), X),
    op("Take rows", lambda i: ops.take(np.ones((9, 3), "float32"), i, axis=0), INTS),
    op(
        "TakeAlongAxis",
        lambda x, i: ops.take_along_axis(x, i, axis=1),
        X,
        In((2, 3), "int32", 4),
    ),
    op("Slice", lambda x: ops.slice(x, (0, 1), (2, 2)), X, open_batch=False),
    op(
        "SliceUpdate",
        lambda x, u: ops.slice_update(x, (0, 1), u),
        X,
        In((2, 2)),
        open_batch=False,
    ),
    op(
        "Scatter",
        lambda i, v: ops.scatter(i, v, (5, 2)),
        SPOTS,
        In((3, 2)),
        open_batch=False,
    ),
    op(
        "ScatterUpdate",
        lambda x, u: ops.scatter_update(x, [[0, 1], [1, 3]], u),
        X,
        In((2,)),
        open_batch=False,
    ),
    op(
        "ScatterUpdate add",
        lambda x, u: ops.scatter_update(x, [[0, 1], [0, 1]], u, reduction="add"),
        X,
        In((2,)),
        open_batch=False,
    ),
    op("Where", ops.where, TRUTH, X, X),
    op("Where number", lambda x: ops.where(x > 0, x, 0.1), X),
    op("Select", lambda a, b: ops.select([a > 0, b > 0], [a, b], -1), X, X),
]

COUNTING = [
    op("Argsort", ops.argsort, X),
    op("Argsort axis", lambda x: ops.argsort(x, axis=1), CUBE),
    op("Sort", ops.sort, X),
    op("Sort axis", lambda x: ops.sort(x, axis=1), CUBE),
    op("Bincount", ops.bincount, In((7,), "int32")),
    op("Bincount rows", lambda x: ops.bincount(x, minlength=12), INTS),
    op("Digitize", lambda x: ops.digitize(x, np.asarray([-1.0, 0.0, 1.0])), X),
    op("InTopK", lambda t, p: ops.in_top_k(t, p, 2), In((2,), "int32", 4), X),
    op("MultiHot", lambda x: ops.multi_hot(x, 9), INTS),
    op("Nonzero", ops.nonzero, TRUTH),
    op("OneHot", lambda x: ops.one_hot(x, 7), INTS),
    op("OneHot axis", lambda x: ops.one_hot(x, 9, axis=1), INTS),
    op(
        "SearchSorted",
        lambda v: ops.searchsorted(np.asarray([-1.0, 0.0, 1.0], "float32"), v),
        In((4,)),
    ),
    op(
        "SearchSorted right",
        lambda v: ops.searchsorted(np.asarray([0, 2, 2, 4], "int32"), v, side="right"),
        In((4,), "int32"),
    ),
    op("TopK", lambda x: ops.top_k(x, 2), X),
    op("UnravelIndex", lambda x: ops.unravel_index(x, (3, 4)), In((5,), "int32", 12)),
    op(
        "UnravelIndex of a matrix",
        lambda x: ops.unravel_index(x, (3, 4)),
        INTS,
        keras_is_wrong=("it takes the axes the other way round", "value"),
    ),
]

CASES = [*PICKING, *COUNTING]
