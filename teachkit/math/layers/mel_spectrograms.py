"""MelSpectrogram: a spectrogram on the scale on which people hear."""

from __future__ import annotations

from typing import Any

import numpy as np

from teachkit.graph import Shape
from teachkit.math.amounts import Amount, amount, product
from teachkit.math.formulas import Formula, Symbol, formula
from teachkit.math.meanings import Meaning
from teachkit.math.rules import for_layers
from teachkit.math.subjects import Array, Subject


@for_layers("MelSpectrogram")
def mel_spectrogram(subject: Subject) -> Meaning:
    """Fourier transform of windows, triangles on the mel scale, decibels."""
    layer, shape = subject.operation, subject.shape
    frames = _frames(layer, shape[-1])
    fourier = "The Fourier transforms are not counted as multiplications."
    loudest = "The loudest place of the whole batch sets the lower end of the decibels."
    return Meaning(
        formula=_formula(layer, shape, frames),
        shapes=((*shape[:-1], layer.num_mel_bins, frames),),
        shape_rule=_shape_rule(layer, shape[-1], frames),
        macs=_macs(layer, frames),
        evaluate=lambda given: _evaluate(layer, given.first),
        notes=(fourier, loudest) if layer.power_to_db else (fourier,),
    )


def _frames(layer: Any, time: int | None) -> int | None:
    if time is None:
        return None
    padded = time + 2 * (layer.fft_length // 2)
    return int((padded - layer.fft_length) // layer.sequence_stride + 1)


def _shape_rule(layer: Any, time: int | None, frames: int | None) -> str:
    stride = layer.sequence_stride
    told = f"one frame every {stride} samples"
    if frames is not None and layer.fft_length % 2 == 0:
        told = f"time becomes {time} // {stride} + 1 = {frames} frames"
    return f"{told}, each with {layer.num_mel_bins} mel frequencies"


def _macs(layer: Any, frames: int | None) -> Amount | None:
    if frames is None:
        return None
    return product(
        amount(frames, "frames"),
        amount(layer.fft_length // 2 + 1, "frequencies"),
        amount(layer.num_mel_bins, "mel frequencies"),
    )


def _formula(layer: Any, shape: Shape, frames: int | None) -> Formula:
    bands, bins = layer.fft_length // 2 + 1, layer.num_mel_bins
    exponent, size = f"{layer.mag_exp:g}", layer.fft_length
    stride = layer.sequence_stride
    lines = formula(
        rf"s_{{t f}} = \left| \sum\limits_n w_n ${{x}}_{{{stride} t + n}} "
        rf"e^{{-2 \pi i f n / {size}}} \right|^{{{exponent}}}",
        f"s_tf = |Σ_n w_n ${{x}}_({stride} t + n) exp(-2πi f n / {size})|^{exponent}",
        x=Symbol("x", "x", shape, "sound"),
    ) + formula(
        r"m = s $M",
        M=Symbol("M", "M", (bands, bins), "triangles on the mel scale"),
    )
    y = Symbol("y", "y", (*shape[:-1], bins, frames), "output")
    if not layer.power_to_db:
        return lines + formula(r"$y = m^{T}", "$y = transposed m", y=y)
    reference = max(abs(layer.ref_power), layer.min_power)
    least = f"{layer.min_power:g}"
    return (
        lines
        + formula(
            rf"d = 10 \, \log_{{10}} \frac{{\max(m, {least})}}{{{reference:g}}}",
            f"d = 10 log10(max(m, {least}) / {reference:g})",
        )
        + formula(
            rf"$y = \max(d, \max(d) - {layer.top_db:g})^{{T}}",
            f"$y = transposed max(d, max(d) - {layer.top_db:g})",
            y=y,
        )
    )


def _evaluate(layer: Any, x: Array) -> Array:
    spectrum = np.abs(np.fft.rfft(_windows(layer, x), axis=-1)) ** layer.mag_exp
    mel = spectrum @ _triangles(layer, spectrum.shape[-1])
    if layer.power_to_db:
        reference = max(abs(layer.ref_power), layer.min_power)
        mel = 10 * np.log10(np.maximum(mel, layer.min_power) / reference)
        mel = np.maximum(mel, mel.max() - layer.top_db)
    return np.asarray(np.swapaxes(mel, -1, -2))


def _windows(layer: Any, x: Array) -> Array:
    """Return stretches of sound under the window; both ends of it are mirrored."""
    size, length = layer.fft_length, layer.sequence_length
    half = size // 2
    padded = np.pad(x, [(0, 0)] * (x.ndim - 1) + [(half, half)], mode="reflect")
    pieces = np.lib.stride_tricks.sliding_window_view(padded, size, axis=-1)
    before = (size - length) // 2
    window = np.pad(_window(layer, length), (before, size - length - before))
    return np.asarray(pieces[..., :: layer.sequence_stride, :] * window)


def _window(layer: Any, length: int) -> Array:
    turns = 2 * np.pi * np.arange(length) / length
    named = {
        "hann": 0.5 - 0.5 * np.cos(turns),
        "hamming": 0.54 - 0.46 * np.cos(turns),
    }
    if layer.window is None:
        return np.ones(length)
    if isinstance(layer.window, str):
        return np.asarray(named[layer.window])
    return np.asarray(layer.window, "float64")


def _triangles(layer: Any, bands: int) -> Array:
    """Return one triangle for each mel frequency; the frequency zero has none."""
    frequencies = _mel(np.linspace(0, layer.sampling_rate / 2, bands))[1:, None]
    low, high = _mel(np.asarray([layer.min_freq, layer.max_freq], "float64"))
    edges = np.linspace(low, high, layer.num_mel_bins + 2)
    left, middle, right = edges[:-2], edges[1:-1], edges[2:]
    rising = (frequencies - left) / (middle - left)
    falling = (right - frequencies) / (right - middle)
    weights = np.maximum(0, np.minimum(rising, falling))
    return np.pad(weights, ((1, 0), (0, 0)))


def _mel(hertz: Array) -> Array:
    """Return frequencies as people hear them: 1127 log(1 + f / 700)."""
    return np.asarray(1127 * np.log(1 + hertz / 700))
