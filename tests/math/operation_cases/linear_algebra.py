"""Products and what one does with a matrix."""

import numpy as np
from keras import ops

from tests.math.operation_inputs import CUBE, DEFINITE, MATRIX, X
from tests.math.verifying import In
from tests.math.verifying_operations import each, op

PRODUCTS = [
    op("Dot", lambda a: ops.dot(a, np.ones((4, 3), "float32")), X),
    op("Dot matrices", ops.dot, In((2, 3)), In((3, 4)), open_batch=False),
    op("Dot tensors", ops.dot, In((2, 5, 3)), In((4, 3, 2)), open_batch=False),
    op("Dot vectors", ops.dot, In((3,)), In((3,)), open_batch=False),
    op("Inner", ops.inner, In((2, 3)), In((4, 3)), open_batch=False),
    op("Outer", ops.outer, In((3,)), In((4,)), open_batch=False),
    op("Vdot", ops.vdot, In((4,)), In((4,)), open_batch=False),
    op("Kron", ops.kron, In((2, 3)), In((2, 2)), open_batch=False),
    op("Cross", ops.cross, In((2, 3)), In((2, 3))),
    op("Tensordot", lambda a: ops.tensordot(a, np.ones((5, 3), "float32"), 1), CUBE),
    op(
        "Tensordot axes",
        lambda a, b: ops.tensordot(a, b, [[1, 2], [0, 1]]),
        CUBE,
        In((4, 5, 2)),
        open_batch=False,
    ),
    op("Einsum", lambda a, b: ops.einsum("bij,bjk->bik", a, b), CUBE, In((2, 5, 3))),
    op(
        "Einsum dots",
        lambda a: ops.einsum("...j,jk->...k", a, np.ones((5, 3), "float32")),
        CUBE,
    ),
    op("Einsum one", lambda a: ops.einsum("bij->bji", a), CUBE),
    op("Einsum three", lambda a, b, c: ops.einsum("bi,bj,bk->bijk", a, b, c), X, X, X),
    op(
        "Einsum without arrow",
        lambda a, b: ops.einsum("ij,jk", a, b),
        X,
        In((4, 3)),
        open_batch=False,
    ),
    op("Trace", lambda x: ops.trace(x, 0, 1, 2), MATRIX),
]

LINEAR = [
    *each(
        [
            ops.det,
            ops.inv,
            ops.logdet,
            ops.slogdet,
            ops.cholesky,
            ops.cholesky_inverse,
            ops.pinv,
            ops.norm,
        ],
        DEFINITE,
        open_batch=False,
    ),
    op(
        "Cholesky upper",
        lambda x: ops.cholesky(x, upper=True),
        DEFINITE,
        open_batch=False,
    ),
    op("Inv stack", ops.inv, MATRIX),
    op("Det stack", ops.det, MATRIX),
    op("Solve", ops.solve, MATRIX, In((2, 3, 2))),
    op("Solve vector", ops.solve, In((3, 3)), In((3,)), open_batch=False),
    op("SolveTriangular", ops.solve_triangular, DEFINITE, In((3, 2)), open_batch=False),
    op(
        "SolveTriangular lower",
        lambda a, b: ops.solve_triangular(a, b, lower=True),
        DEFINITE,
        In((3, 2)),
        open_batch=False,
    ),
    op("Lstsq", ops.lstsq, In((4, 3)), In((4,)), open_batch=False),
    op("MatrixRank", ops.matrix_rank, MATRIX, open_batch=False),
    op("Norm axis", lambda x: ops.norm(x, axis=-1), CUBE),
    op("Norm one", lambda x: ops.norm(x, ord=1, axis=1, keepdims=True), CUBE),
    op("Norm matrix", lambda x: ops.norm(x, ord="fro", axis=(1, 2)), CUBE),
    op("SVD", lambda x: ops.svd(x, compute_uv=False), MATRIX),
]

CASES = [*PRODUCTS, *LINEAR]
