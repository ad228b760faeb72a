"""Fourier transforms, and complex numbers as pairs of real ones."""

from __future__ import annotations

from typing import Any

import numpy as np

from teachkit.math.operations.tables import Row, by_row
from teachkit.math.subjects import Array

_PAIR = "Real and imaginary part are two tensors."


def _parts(z: Array) -> tuple[Array, Array]:
    return z.real, z.imag


def _joined(x: Any) -> Array:
    real, imaginary = x
    return np.asarray(real + 1j * imaginary)


_SUM = r"\sum\limits_{n} x_{n} e^{-2 \pi i k n / N}"

_ROWS: dict[str, Row] = {
    "FFT": Row(
        latex=rf"{_SUM}, \; x = ($x...)",
        text="Σ_n x_n exp(-2πi k n / N), x = ($x...)",
        function=lambda x: _parts(np.fft.fft(_joined(x))),
        shape_rule="the shape stays, for the real and for the imaginary part",
        notes=(_PAIR,),
    ),
    "FFT2": Row(
        latex=r"\text{fft over the last two axes of } ($x...)",
        text="fft over the last two axes of ($x...)",
        function=lambda x: _parts(np.fft.fft2(_joined(x))),
        shape_rule="the shape stays, for the real and for the imaginary part",
        notes=(_PAIR,),
    ),
    "IFFT2": Row(
        latex=r"\text{inverse fft over the last two axes of } ($x...)",
        text="inverse fft over the last two axes of ($x...)",
        function=lambda x: _parts(np.fft.ifft2(_joined(x))),
        shape_rule="the shape stays, for the real and for the imaginary part",
        notes=(_PAIR,),
    ),
    "IRFFT": Row(
        latex=r"\text{inverse of rfft of } ($x...)",
        text="inverse of rfft of ($x...)",
        function=lambda x, fft_length: np.fft.irfft(_joined(x), fft_length),
        shape_rule="the last axis becomes as long as the signal was",
        notes=(_PAIR,),
    ),
    "Polar": Row(
        latex=r"$abs_ \odot e^{i \, $angle}",
        text="$abs_ ⊙ exp(i $angle)",
        function=lambda abs_, angle: abs_ * np.exp(1j * angle),
        shape_rule="the shape stays",
    ),
    "RFFT": Row(
        latex=r"\sum\limits_{n} ${x}_{n} e^{-2 \pi i k n / N}, \; k \le N / 2",
        text="Σ_n ($x)_n exp(-2πi k n / N), for k ≤ N / 2",
        function=lambda x, fft_length: _parts(np.fft.rfft(x, fft_length)),
        shape_rule="of n places of the last axis n // 2 + 1 stay",
        notes=(_PAIR, "The other half of the frequencies mirrors this one."),
    ),
    "ViewAsReal": Row(
        latex=r"\left( \operatorname{Re} $x, \operatorname{Im} $x \right)",
        text="real and imaginary part of $x, in a last axis",
        function=lambda x: np.stack(_parts(x), axis=-1),
        shape_rule="a last axis of length 2",
    ),
}

for _name, _row in _ROWS.items():
    by_row(_name, _row)
