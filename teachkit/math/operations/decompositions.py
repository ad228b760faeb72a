"""What one does with a matrix: determinant, inverse, equations, norms."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from teachkit.graph import Shape
from teachkit.math.operations.arguments import shape_of
from teachkit.math.operations.axes import taken_axes, told_axes
from teachkit.math.operations.tables import Row, Shapes, by_call, by_choice, by_row
from teachkit.math.subjects import Array

_FREE = (
    "The signs of the vectors are free: minus such a vector is as good. So another "
    "library may give others."
)


def _of(arguments: Mapping[str, Any]) -> Shape:
    return shape_of(arguments["x"])


def _same(arguments: Mapping[str, Any]) -> Shapes:
    return (_of(arguments),)


def _one_each(arguments: Mapping[str, Any]) -> Shapes:
    return (_of(arguments)[:-2],)


def _cholesky(x: Array, upper: bool) -> Array:
    lower = np.linalg.cholesky(x)
    return np.conjugate(np.swapaxes(lower, -1, -2)) if upper else lower


def _cholesky_inverse(x: Array, upper: bool) -> Array:
    factor = np.swapaxes(np.triu(x), -1, -2) if upper else np.tril(x)
    return np.asarray(np.linalg.inv(factor @ np.swapaxes(factor, -1, -2)))


def _solve(a: Array, b: Array) -> Array:
    if b.ndim == a.ndim - 1:
        return np.asarray(np.linalg.solve(a, b[..., None])[..., 0])
    return np.asarray(np.linalg.solve(a, b))


def _solve_triangular(a: Array, b: Array, lower: bool) -> Array:
    return _solve(np.tril(a) if lower else np.triu(a), b)


def _second(arguments: Mapping[str, Any]) -> Shapes:
    return (shape_of(arguments["b"]),)


def _lstsq_shape(arguments: Mapping[str, Any]) -> Shapes:
    a, b = shape_of(arguments["a"]), shape_of(arguments["b"])
    return ((*a[:-2], a[-1], *b[len(a) - 1 :]),)


def _norm(x: Array, ord: Any, axis: Any, keepdims: bool) -> Array:
    which = tuple(axis) if isinstance(axis, (list, tuple)) else axis
    if axis is None and ord is None:
        whole = np.sqrt((np.abs(x) ** 2).sum(keepdims=keepdims))
        return np.asarray(whole)
    if isinstance(which, tuple) and len(which) == 1:
        which = which[0]
    return np.asarray(np.linalg.norm(x, ord, which, keepdims))


def _pinv_shape(arguments: Mapping[str, Any]) -> Shapes:
    *front, rows, columns = _of(arguments)
    return ((*front, columns, rows),)


def _svd(x: Array, full_matrices: bool, compute_uv: bool) -> Any:
    if not compute_uv:
        return np.linalg.svd(x, compute_uv=False)
    return np.linalg.svd(x, full_matrices)


_INVERSE = "The matrix must be square and have a determinant that is not zero."

_ORDERS: dict[Any, tuple[str, str]] = {
    None: (r"\sqrt{\sum $x^{2}}", "√(Σ ${x}²)"),
    1: (r"\sum \left| $x \right|", "Σ |$x|"),
    2: (r"\sqrt{\sum $x^{2}}", "√(Σ ${x}²)"),
    np.inf: (r"\max \left| $x \right|", "max |$x|"),
    -np.inf: (r"\min \left| $x \right|", "min |$x|"),
}


def _norm_row(arguments: Mapping[str, Any]) -> Row:
    order, axis = arguments["ord"], arguments["axis"]
    rank = len(_of(arguments))
    axes = taken_axes(rank, axis)
    latex, text = rf"\| $x \|_{{\text{{{order}}}}}", f"norm of order {order} of $x"
    # Of a matrix an order is something else; without an order it is the same.
    if order is None or len(axes) == 1:
        latex, text = _ORDERS.get(order, (latex, text))
    return Row(
        latex=rf"{latex} \quad \text{{({told_axes(axes, rank)})}}",
        text=f"{text}, over {told_axes(axes, rank)}",
        function=_norm,
        shape_rule="{gone}",
    )


by_call("Norm", _norm_row)

_ROWS: dict[str, Row] = {
    "Det": Row(
        latex=r"\det $x",
        text="det $x",
        function=lambda x: np.linalg.det(x),
        shape_rule="a number for each matrix",
        shapes=_one_each,
    ),
    "Inv": Row(
        latex="$x^{-1}",
        text="inverse of $x",
        function=lambda x: np.linalg.inv(x),
        shape_rule="a square matrix of the same size",
        shapes=_same,
        notes=(_INVERSE,),
    ),
    "Logdet": Row(
        latex=r"\log \det $x",
        text="log det $x",
        function=lambda x: np.linalg.slogdet(x)[1],
        shape_rule="a number for each matrix",
        shapes=_one_each,
    ),
    "Lstsq": Row(
        latex=r"\underset{x}{\operatorname{argmin}} \| $a x - $b \|^{2}",
        text="the x for which |$a x - $b|² is smallest",
        function=lambda a, b, rcond: np.linalg.lstsq(a, b, rcond=rcond)[0],
        shape_rule="a row for each column of the first",
        shapes=_lstsq_shape,
    ),
    "MatrixRank": Row(
        latex=r"\operatorname{rank} $x",
        text="rank of $x",
        function=lambda x, tol: np.linalg.matrix_rank(x, tol),
        shape_rule="a number for each matrix",
        shapes=_one_each,
    ),
    "Pinv": Row(
        latex="$x^{+}",
        text="pseudoinverse of $x",
        function=lambda x: np.linalg.pinv(x),
        shape_rule="rows and columns change places",
        shapes=_pinv_shape,
    ),
    "Slogdet": Row(
        latex=r"\left( \operatorname{sign}(\det $x), \log | \det $x | \right)",
        text="sign(det $x) and log |det $x|",
        function=lambda x: np.linalg.slogdet(x),
        shape_rule="two numbers for each matrix",
        shapes=lambda own: (_of(own)[:-2],) * 2,
    ),
    "Solve": Row(
        latex="$a^{-1} $b",
        text="the x with $a x = $b",
        function=_solve,
        shape_rule="as the right side",
        shapes=_second,
        notes=(_INVERSE,),
    ),
    "SVD": Row(
        latex=r"U, S, V^{\top} \text{ with } U \operatorname{diag}(S) V^{\top} = $x",
        text="U, S, Vᵀ with U diag(S) Vᵀ = $x",
        function=_svd,
        shape_rule="two matrices of directions, and the singular values between them",
        notes=(_FREE,),
    ),
}

for _name, _row in _ROWS.items():
    by_row(_name, _row)

by_choice(
    "Cholesky",
    "upper",
    {
        True: (r"R \text{ with } R^{\top} R", "R with Rᵀ R"),
        False: (r"L \text{ with } L L^{\top}", "L with L Lᵀ"),
    },
    Row(
        latex=r"@ = $x",
        text="@ = $x",
        function=_cholesky,
        shape_rule="a triangular matrix of the same size",
        shapes=_same,
        notes=("The matrix must be symmetric, with eigenvalues above zero.",),
    ),
)
by_choice(
    "CholeskyInverse",
    "upper",
    {
        True: (r"$x^{\top} $x", "${x}ᵀ $x"),
        False: (r"$x $x^{\top}", "$x ${x}ᵀ"),
    },
    Row(
        latex=r"(@)^{-1}",
        text="inverse of (@)",
        function=_cholesky_inverse,
        shape_rule="a square matrix of the same size",
        shapes=_same,
        notes=("Only one triangle of the matrix is looked at.",),
    ),
)
by_choice(
    "SolveTriangular",
    "lower",
    {
        True: (r"\text{lower}", "lower"),
        False: (r"\text{upper}", "upper"),
    },
    Row(
        latex=r"$a^{-1} $b \quad (@ \text{ triangle})",
        text="the x with $a x = $b (@ triangle)",
        function=_solve_triangular,
        shape_rule="as the right side",
        shapes=_second,
        notes=("Only one triangle of the matrix is looked at.",),
    ),
)
