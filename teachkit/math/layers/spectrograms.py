"""Sound as pictures: how strong each frequency is in each short stretch of time."""

from __future__ import annotations

from typing import Any

import keras
import numpy as np

from teachkit.graph import Shape
from teachkit.math.amounts import Amount, amount, product
from teachkit.math.formulas import Formula, Symbol, formula
from teachkit.math.meanings import Meaning
from teachkit.math.numbers import numbers
from teachkit.math.rules import for_layers
from teachkit.math.subjects import Array, Subject

_MODES = {
    "real": ("a", "a"),
    "imag": ("b", "b"),
    "angle": (r"\operatorname{atan2}(b, a)", "atan2(b, a)"),
    "stft": ("[a, b]", "[a, b]"),
    "magnitude": (r"\sqrt{a^2 + b^2}", "sqrt(a² + b²)"),
    "log": (r"\log \sqrt{a^2 + b^2}", "log sqrt(a² + b²)"),
    "psd": ("k_f (a^2 + b^2)", "k_f (a² + b²)"),
}


@for_layers("STFTSpectrogram")
def stft_spectrogram(subject: Subject) -> Meaning:
    """Two convolutions, with cosines and with sines, and what is made of them."""
    layer, shape = subject.operation, subject.shape
    kernel, frames = _kernel_shape(layer), _frames(layer, shape)
    last = layer.data_format == "channels_last"
    channels = shape[-1] if last else shape[1]
    after = _stft_shape(layer, shape[0], frames, channels)
    parts = 2 - (layer.mode in {"real", "imag"})
    size = product(*(amount(length, "kernel") for length in kernel))
    return Meaning(
        formula=_stft_formula(layer, shape, kernel, after),
        shapes=(after,),
        shape_rule=_stft_rule(layer, shape, frames),
        params=product(amount(parts, "kernels"), size),
        macs=_stft_macs(parts, frames, channels, size),
        evaluate=lambda given: _stft(layer, given.first),
        notes=(
            "The kernels begin as cosines and sines under a window; they are weights "
            "and change in training unless trainable is False.",
        ),
    )


def _kernel_shape(layer: Any) -> tuple[int, int, int]:
    variable = layer.imag_kernel if layer.mode == "imag" else layer.real_kernel
    length, ones, frequencies = variable.shape
    return int(length), int(ones), int(frequencies)


def _step(layer: Any) -> int:
    return int(layer.frame_step or layer.frame_length // 2)


def _frames(layer: Any, shape: Shape) -> int | None:
    time = shape[1] if layer.data_format == "channels_last" else shape[2]
    if time is None:
        return None
    if layer.padding == "same":
        return -(-time // _step(layer))
    return (time - int(layer.frame_length)) // _step(layer) + 1


def _stft_shape(
    layer: Any, batch: int | None, frames: int | None, channels: int | None
) -> Shape:
    bands = _kernel_shape(layer)[2] * (2 if layer.mode == "stft" else 1)
    last = layer.data_format == "channels_last"
    if layer.expand_dims:
        return (
            (batch, frames, bands, channels)
            if last
            else (batch, channels, frames, bands)
        )
    both = None if channels is None else bands * channels
    return (batch, frames, both) if last else (batch, both, frames)


def _stft_rule(layer: Any, shape: Shape, frames: int | None) -> str:
    time = shape[1] if layer.data_format == "channels_last" else shape[2]
    step, length = _step(layer), layer.frame_length
    if frames is None:
        told = f"a frame of {length} every {step} steps"
    elif layer.padding == "same":
        told = f"time becomes ceil({time} / {step}) = {frames}"
    else:
        told = f"time becomes ({time} - {length}) // {step} + 1 = {frames}"
    bands = _kernel_shape(layer)[2]
    more = ", twice, for a and b" if layer.mode == "stft" else ""
    return f"{told}; {bands} frequencies come out of each channel{more}"


def _stft_macs(
    parts: int, frames: int | None, channels: int | None, size: Amount
) -> Amount | None:
    if frames is None or channels is None:
        return None
    return product(
        amount(frames, "frames"),
        amount(channels, "channels"),
        amount(parts, "kernels"),
        size,
    )


def _stft_formula(layer: Any, shape: Shape, kernel: Shape, after: Shape) -> Formula:
    x = Symbol("x", "x", shape, "input")
    lines = Formula(())
    for name, letter, part in (("a", "R", "real"), ("b", "I", "imag")):
        if layer.mode == ("imag" if part == "real" else "real"):
            continue
        lines += formula(
            rf"{name}_{{t f}} = \sum\limits_n ${{x}}_{{t s + n}} \, ${{k}}_{{n f}}",
            f"{name}_tf = Σ_n ${{x}}_(t s + n) ${{k}}_nf",
            x=x,
            k=Symbol(letter, letter, kernel, f"{part} kernel"),
        )
    latex, text = _MODES[layer.mode]
    lines += formula(
        rf"$y = {latex}, \quad s = {_step(layer)}",
        f"$y = {text}, s = {_step(layer)}",
        y=Symbol("y", "y", after, "output"),
    )
    if layer.mode != "psd":
        return lines
    ends = r"k_f = 1 \text{ at both ends, else } 2", "k_f = 1 at both ends, else 2"
    return lines + formula(*ends)


def _stft(layer: Any, x: Array) -> Array:
    """Return batch, channels, frequencies, time, put in the order of the layer."""
    last = layer.data_format == "channels_last"
    waves = np.swapaxes(x, 1, 2) if last else x
    frames = _cut(layer, waves)
    parts = []
    if layer.mode != "imag":
        parts.append(np.einsum("bctn,nf->bcft", frames, _matrix(layer.real_kernel)))
    if layer.mode != "real":
        parts.append(np.einsum("bctn,nf->bcft", frames, _matrix(layer.imag_kernel)))
    y = _mode(layer.mode, parts)
    if layer.expand_dims:
        return y.transpose(0, 3, 2, 1) if last else y.transpose(0, 1, 3, 2)
    flat = y.reshape(y.shape[0], -1, y.shape[-1])
    return np.swapaxes(flat, 1, 2) if last else flat


def _matrix(kernel: Any) -> Array:
    return numbers(kernel)[:, 0, :]


def _cut(layer: Any, waves: Array) -> Array:
    """Return the frames: one window of samples every step, zeros added for `same`."""
    length, step, time = int(layer.frame_length), _step(layer), waves.shape[-1]
    if layer.padding == "same":
        missing = max((-(-time // step) - 1) * step + length - time, 0)
        before = missing // 2
        waves = np.pad(waves, ((0, 0), (0, 0), (before, missing - before)))
    windows = np.lib.stride_tricks.sliding_window_view(waves, length, axis=-1)
    return windows[:, :, ::step]


def _mode(mode: str, parts: list[Array]) -> Array:
    if mode == "angle":
        return np.asarray(np.arctan2(parts[1], parts[0]))
    if mode in {"real", "imag", "stft"}:
        return np.concatenate(parts, axis=2)
    power = np.asarray(parts[0] ** 2 + parts[1] ** 2)
    if mode == "psd":
        power[:, :, 1:-1] *= 2
        return power
    least = keras.config.epsilon()
    magnitude = np.sqrt(np.maximum(power, least))
    if mode == "magnitude":
        return np.asarray(magnitude)
    return np.asarray(np.log(np.maximum(magnitude, least)))
