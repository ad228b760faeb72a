from __future__ import annotations

import math

import ml_dtypes
import numpy as np
import pytest

from teachkit.traces.summaries import summary_of


@pytest.mark.parametrize("dtype", ["float32", "float64", "float16", "int32", "uint8"])
@pytest.mark.parametrize("shape", [(), (7,), (3, 4, 5), (700, 300)])
def test_it_tells_what_numpy_tells(shape, dtype):
    generator = np.random.default_rng(0)
    array = np.asarray(generator.normal(4, 3, shape)).round(2).astype(dtype)

    found = summary_of(array)

    exact = array.astype("float64")
    assert found.mean == pytest.approx(exact.mean(), rel=1e-9)
    assert found.std == pytest.approx(exact.std(), rel=1e-9, abs=1e-12)
    assert found.norm == pytest.approx(np.linalg.norm(exact), rel=1e-9)
    assert (found.min, found.max) == (exact.min(), exact.max())
    assert found.zeros == pytest.approx((exact == 0).mean())
    assert (found.shape, found.dtype, found.size) == (shape, dtype, array.size)
    assert found.not_finite == 0


def test_a_small_spread_beside_a_large_mean_is_not_lost():
    array = np.full(200_000, 1e6) + np.random.default_rng(0).normal(0, 1e-3, 200_000)

    assert summary_of(array).std == pytest.approx(array.std(), rel=1e-4)


def test_what_is_not_finite_is_counted_and_left_out():
    array = np.array([1.0, np.nan, 3.0, np.inf, -np.inf, 0.0])

    found = summary_of(array)

    assert (found.mean, found.min, found.max) == (pytest.approx(4 / 3), 0, 3)
    assert (found.not_finite, found.zeros) == (3, pytest.approx(1 / 6))


def test_nothing_finite_has_no_mean():
    found = summary_of(np.full(3, np.nan, "float32"))

    assert all(map(math.isnan, (found.mean, found.std, found.min, found.max)))
    assert (found.norm, found.not_finite) == (0, 3)


@pytest.mark.parametrize("array", [np.array(["a"]), np.array([], "float32")])
def test_words_and_nothing_have_none(array):
    assert summary_of(array) is None


def test_truth_values_and_short_floats_have_one():
    assert summary_of(np.array([True, False])).mean == 0.5
    short = summary_of(np.array([1.5, 2.5], ml_dtypes.bfloat16))
    assert (short.mean, short.min, short.max) == (2, 1.5, 2.5)
