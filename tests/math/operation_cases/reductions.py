"""Reductions and running sums."""

from keras import ops

from tests.math.operation_inputs import CUBE, HOLES, INTS, X
from tests.math.verifying import In
from tests.math.verifying_operations import each, op

REDUCTIONS = (
    [
        case
        for function in [
            ops.all,
            ops.any,
            ops.amax,
            ops.amin,
            ops.argmax,
            ops.argmin,
            ops.count_nonzero,
            ops.logsumexp,
            ops.max,
            ops.mean,
            ops.median,
            ops.min,
            ops.prod,
            ops.ptp,
            ops.std,
            ops.sum,
            ops.var,
        ]
        for case in [
            *each([function], CUBE),
            op(
                f"{function.__name__.title().replace('_', '')} axis",
                lambda x, f=function: f(x, axis=1),
                CUBE,
            ),
            op(
                f"{function.__name__.title().replace('_', '')} last",
                lambda x, f=function: f(x, axis=-1),
                CUBE,
            ),
        ]
    ]
    + [
        case
        for function in [
            ops.nanargmax,
            ops.nanargmin,
            ops.nanmax,
            ops.nanmean,
            ops.nanmedian,
            ops.nanmin,
            ops.nanprod,
            ops.nanstd,
            ops.nansum,
            ops.nanvar,
        ]
        for case in [
            *each([function], HOLES),
            op(
                f"{function.__name__.title()} keepdims",
                lambda x, f=function: f(x, axis=-1, keepdims=True),
                HOLES,
            ),
        ]
    ]
    + [
        op("Max initial", lambda x: ops.max(x, axis=1, initial=0.5), CUBE),
        op("Var axes", lambda x: ops.var(x, axis=(1, 2), keepdims=True), CUBE),
        op("Argmax keepdims", lambda x: ops.argmax(x, axis=-1, keepdims=True), CUBE),
        op("Sum of ints", lambda x: ops.sum(x, axis=0), INTS),
    ]
)

RUNNING = [
    *each([ops.cumsum, ops.cumprod, ops.diff, ops.average, ops.trapezoid], X),
    op("Cumsum axis", lambda x: ops.cumsum(x, axis=1), CUBE),
    op("Cumprod axis", lambda x: ops.cumprod(x, axis=-1), CUBE),
    op("Nancumsum", lambda x: ops.nancumsum(x, axis=1), HOLES),
    op("Nancumprod", lambda x: ops.nancumprod(x, axis=1), HOLES),
    op("Diff twice", lambda x: ops.diff(x, 2, 1), CUBE),
    op("Average axis", lambda x: ops.average(x, axis=1), X),
    op(
        "Average weights",
        lambda x, w: ops.average(x, axis=1, weights=w),
        X,
        In((2, 4), given=[[1, 2, 3, 4], [0, 1, 0, 2]]),
    ),
    op("CDist", ops.cdist, In((4, 3)), In((5, 3)), open_batch=False),
    op(
        "Corrcoef",
        ops.corrcoef,
        In((3, 6)),
        open_batch=False,
        keras_is_wrong=("it tells the shape of the input", "shape"),
    ),
    op("Correlate", ops.correlate, In((6,)), In((3,)), open_batch=False),
    op(
        "Correlate full",
        lambda a, b: ops.correlate(a, b, "full"),
        In((6,)),
        In((3,)),
        open_batch=False,
    ),
    op("ExtractSequences", lambda x: ops.extract_sequences(x, 4, 2), In((2, 10))),
    op("Percentile", lambda x: ops.percentile(x, 30, axis=1), CUBE),
    op("Quantile", lambda x: ops.quantile(x, 0.3, axis=1), CUBE),
    op("Quantile several", lambda x: ops.quantile(x, [0.3, 0.5], axis=1), CUBE),
    op("Nanquantile", lambda x: ops.nanquantile(x, 0.3, axis=1), HOLES),
    op("Nanpercentile", lambda x: ops.nanpercentile(x, 30, axis=1), HOLES),
    op("Vander", lambda x: ops.vander(x, 3), In((4,)), open_batch=False),
]

CASES = [*REDUCTIONS, *RUNNING]
