"""Tensors that are made, groups, Fourier transforms."""

from keras import ops

from tests.math.operation_inputs import COMPLEX, CUBE, POSITIVE, X
from tests.math.verifying import In
from tests.math.verifying_operations import op

GROUPS = In((6,), "int32", given=[0, 0, 1, 2, 2, 2])

MAKING = [
    op("Full", lambda x: ops.full((2, 3), x), In(())),
    op("FullLike", lambda x: ops.full_like(x, 7), X),
    op("FullLike zero", lambda x: ops.full_like(x, 0.5), CUBE),
    op("Linspace", lambda a, b: ops.linspace(a, b, 5), X, X),
    op("Linspace axis", lambda a, b: ops.linspace(a, b, 5, axis=-1), X, X),
    op("Logspace", lambda a, b: ops.logspace(a, b, 4), X, X),
    op("Geomspace", lambda a, b: ops.geomspace(a, b, 4), POSITIVE, POSITIVE),
    op("Size", ops.size, X),
    op("Ndim", ops.ndim, X, keras_is_wrong=("it tells a vector", "shape")),
    op("StopGradient", ops.stop_gradient, X),
    op("ConvertToTensor", lambda x: ops.convert_to_tensor(x), X),
    op("Array", ops.array, X),
]

SEGMENTS = [
    op(name, lambda x, i, f=function: f(x, i, 3), In((6, 2)), GROUPS, open_batch=False)
    for name, function in {
        "SegmentSum": ops.segment_sum,
        "SegmentMax": ops.segment_max,
        "SegmentMin": ops.segment_min,
        "SegmentProd": ops.segment_prod,
    }.items()
] + [op("SegmentSum open", ops.segment_sum, In((6, 2)), GROUPS)]

FOURIER = [
    op("FFT", lambda a, b: ops.fft((a, b)), X, X),
    op("FFT2", lambda a, b: ops.fft2((a, b)), CUBE, CUBE),
    op("IFFT2", lambda a, b: ops.ifft2((a, b)), CUBE, CUBE),
    op("RFFT", ops.rfft, X),
    op("RFFT length", lambda x: ops.rfft(x, 6), X),
    op("IRFFT", lambda a, b: ops.irfft((a, b)), X, X),
    op("Polar", ops.polar, X, X),
    op("ViewAsReal", ops.view_as_real, COMPLEX),
]

CASES = [*MAKING, *SEGMENTS, *FOURIER]
