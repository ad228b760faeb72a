"""Operations on pairs of numbers: arithmetic, comparison, bits."""

from keras import ops

from tests.math.operation_inputs import INTS, POSITIVE, SHIFTS, STRANGE, TRUTH, X
from tests.math.verifying import In
from tests.math.verifying_operations import each, op

CASES = (
    each(
        [
            ops.add,
            ops.arctan2,
            ops.equal,
            ops.fmax,
            ops.fmin,
            ops.fmod,
            ops.greater,
            ops.greater_equal,
            ops.heaviside,
            ops.hypot,
            ops.less,
            ops.less_equal,
            ops.logaddexp,
            ops.logaddexp2,
            ops.maximum,
            ops.minimum,
            ops.mod,
            ops.multiply,
            ops.nextafter,
            ops.not_equal,
            ops.subtract,
            ops.true_divide,
            ops.floor_divide,
            ops.isclose,
        ],
        X,
        In((2, 1)),
    )
    + each(
        [
            ops.bitwise_and,
            ops.bitwise_or,
            ops.bitwise_xor,
            ops.gcd,
            ops.lcm,
            ops.bitwise_left_shift,
            ops.bitwise_right_shift,
            ops.left_shift,
            ops.right_shift,
        ],
        INTS,
        SHIFTS,
    )
    + each([ops.logical_and, ops.logical_or, ops.logical_xor], TRUTH, TRUTH)
    + [
        op("Power", ops.power, POSITIVE, POSITIVE),
        op("Power number", lambda x: x**2, X),
        op("Power of a number", lambda x: 2**x, X),
        op("Ldexp", ops.ldexp, X, SHIFTS),
        op("DivideNoNan", ops.divide_no_nan, X, In((2, 4), given=[[0, 1, 2, 3]] * 2)),
        op("Mod of ints", lambda x: x % 3, INTS),
        op("FloorDivide number", lambda x: x // 2, INTS),
        op("Less number", lambda x: x < 0, X),
        op("Greater turned", lambda x: x > 0.5, X),
        op("Equal number", lambda x: ops.equal(x, 1), INTS),
        op("LogicalNot", ops.logical_not, TRUTH),
        op("BitwiseNot", ops.bitwise_not, INTS),
        op("BitwiseInvert", ops.bitwise_invert, INTS),
        *each(
            [ops.isfinite, ops.isinf, ops.isnan, ops.isneginf, ops.isposinf], STRANGE
        ),
        op("IsIn", ops.isin, INTS, In((3,), "int32", 9), open_batch=False),
        op("IsIn invert", lambda x: ops.isin(x, [1, 2, 3, 4], invert=True), INTS),
        op("AllClose", lambda a: ops.allclose(a, a + 1e-7), X),
    ]
)
