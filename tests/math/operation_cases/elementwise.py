"""Operations on each number by itself."""

from keras import ops

from tests.math.operation_inputs import (
    ABOVE_ONE,
    COMPLEX,
    CUBE,
    POSITIVE,
    STRANGE,
    TRUTH,
    UNIT,
    X,
)
from tests.math.verifying_operations import each, op

CASES = (
    each(
        [
            ops.arctan,
            ops.arcsinh,
            ops.cbrt,
            ops.ceil,
            ops.conjugate,
            ops.copy,
            ops.cos,
            ops.cosh,
            ops.deg2rad,
            ops.rad2deg,
            ops.erf,
            ops.erfc,
            ops.exp,
            ops.exp2,
            ops.expm1,
            ops.floor,
            ops.i0,
            ops.negative,
            ops.sign,
            ops.sin,
            ops.sinc,
            ops.sinh,
            ops.square,
            ops.tan,
            ops.tanh,
            ops.trunc,
            ops.fabs,
            ops.ones_like,
            ops.zeros_like,
            ops.signbit,
            ops.isreal,
            ops.real,
            ops.imag,
            ops.round,
            ops.absolute,
        ],
        X,
    )
    + each(
        [ops.arccos, ops.arcsin, ops.arctanh, ops.erfinv],
        UNIT,
    )
    + each(
        [ops.log, ops.log10, ops.log1p, ops.log2, ops.reciprocal, ops.rsqrt, ops.sqrt],
        POSITIVE,
    )
    + [
        op("Log below zero", ops.log, X),
        op("Glu", ops.glu, X),
        op("Glu axis", lambda x: ops.glu(x, axis=1), CUBE),
        op("Arccosh", ops.arccosh, ABOVE_ONE),
        op("Real of complex", ops.real, COMPLEX),
        op("Imag of complex", ops.imag, COMPLEX),
        op("Angle", ops.angle, COMPLEX),
        op("Conjugate of complex", ops.conjugate, COMPLEX),
        op("Round decimals", lambda x: ops.round(x, 2), X),
        op("Clip", lambda x: ops.clip(x, -0.5, 0.25), X),
        op("NanToNum", ops.nan_to_num, STRANGE),
        op("NanToNum given", lambda x: ops.nan_to_num(x, 1.0, 2.0, 3.0), STRANGE),
        op("Cast", lambda x: ops.cast(x, "int32"), X),
        op("Cast bool", lambda x: ops.cast(x, "float32"), TRUTH),
        op("SaturateCast", lambda x: ops.saturate_cast(x * 300, "uint8"), X),
    ]
)
