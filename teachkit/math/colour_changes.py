"""Random changes of the values of pixels, as formulas and as sentences."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from teachkit.graph import Shape
from teachkit.math.random_changes import (
    Change,
    average,
    chance,
    clipped,
    drawn,
    spread_note,
)


def _brightness(layer: Any, _shape: Shape) -> Change:
    low, high = layer.value_range
    least, most = (f * (high - low) for f in layer.factor)
    return Change(
        (clipped("$x + d", layer), drawn("d", least, most)),
        f"one number from {least:g} to {most:g} is added to each image.",
    )


def _contrast(layer: Any, _shape: Shape) -> Change:
    least, most = 1 - layer.factor[0], 1 + layer.factor[1]
    inner = (r"m + f \, ($x - m)", "m + f ($x - m)")
    raised = "The contrast is only raised: the lower factor is 0."
    notes = (raised,) if layer.factor[0] == 0 else ()
    return Change(
        (clipped(inner, layer), drawn("f", least, most)),
        "the distance of each pixel from the mean m of its channel is multiplied by "
        f"a number from {least:g} to {most:g}.",
        notes,
    )


def _degeneration(layer: Any, _shape: Shape) -> Change:
    least, most = layer.factor
    inner = (r"$x + f \, (g - x)", "$x + f (g - x)")
    grey = ("g = 0.2989 R + 0.587 G + 0.114 B", "g = 0.2989 R + 0.587 G + 0.114 B")
    return Change(
        (clipped(inner, layer), grey, drawn("f", least, most)),
        f"colours go {least:g} to {most:g} of the way to grey.",
    )


def _saturation(layer: Any, _shape: Shape) -> Change:
    least, most = layer.factor
    low, high = layer.value_range
    return Change(
        (
            (
                r"$y = \text{rgb}(H, S', V), \quad (H, S, V) = \text{hsv}($x)",
                "$y = rgb(H, S', V), (H, S, V) = hsv($x)",
            ),
            (
                rf"S' = \min(\max(\frac{{f}}{{1 - f}} S, {low:g}), {high:g})",
                f"S' = min(max(f / (1 - f) S, {low:g}), {high:g})",
            ),
            drawn("f", least, most),
        ),
        "the saturation of each image is multiplied by f / (1 - f), f from "
        f"{least:g} to {most:g}: 0.5 changes nothing.",
    )


def _hue(layer: Any, _shape: Shape) -> Change:
    least, most = layer.factor
    return Change(
        (
            (
                r"$y = \text{rgb}((H \pm \frac{f}{2}) \bmod 1, S, V), \quad "
                r"(H, S, V) = \text{hsv}($x)",
                "$y = rgb((H ± f/2) mod 1, S, V), (H, S, V) = hsv($x)",
            ),
            drawn("f", least, most),
        ),
        f"the hue is turned by {least / 2:g} to {most / 2:g} of a circle, either way.",
    )


def _jitter(layer: Any, _shape: Shape) -> Change:
    names = ("brightness", "contrast", "saturation", "hue")
    given = [name for name in names if getattr(layer, f"{name}_factor") is not None]
    latex, text = r"$x", "$x"
    for name in given:
        latex, text = rf"\text{{{name}}}({latex})", f"{name}({text})"
    factors = [f"{name} {getattr(layer, f'{name}_factor')}" for name in given]
    told = "the images are changed in this order, with these factors: "
    return Change(((f"$y = {latex}", f"$y = {text}"),), told + ", ".join(factors) + ".")


def _grayscale(layer: Any, _shape: Shape) -> Change:
    return Change(
        (
            chance("g", layer.factor),
            (
                "g = 0.2989 R + 0.587 G + 0.114 B",
                "g = 0.2989 R + 0.587 G + 0.114 B",
            ),
        ),
        f"an image becomes grey with probability {layer.factor:g}.",
    )


def _invert(layer: Any, _shape: Shape) -> Change:
    return Change(
        (chance(f"{layer.value_range[1]:g} - $x", average(layer)),),
        f"an image becomes its negative with probability {average(layer):g}.",
        spread_note(layer),
    )


def _posterization(layer: Any, _shape: Shape) -> Change:
    first, last = layer.factor
    bits = ", ".join(map(str, range(first, max(last, first + 1))))
    scaled = "" if tuple(layer.value_range) == (0, 255) else ", for x from 0 to 255"
    return Change(
        (
            (
                r"$y = 2^{8 - b} \left\lfloor \frac{$x}{2^{8 - b}} \right\rfloor"
                + (rf"\text{{{scaled}}}" if scaled else ""),
                f"$y = 2^(8 - b) floor($x / 2^(8 - b)){scaled}",
            ),
            (
                rf"b \in \{{{bits}\}} \text{{ at random}}",
                f"b from {bits}, at random",
            ),
        ),
        f"only the highest b of 8 bits stay, b from {bits}.",
    )


def _solarization(layer: Any, _shape: Shape) -> Change:
    low, high = layer.value_range
    scaled = "" if (low, high) == (0, 255) else ", for values from 0 to 255"
    addition, threshold = layer.addition_factor, layer.threshold_factor
    return Change(
        (
            (
                r"$y = z \text{ if } z \lt t \text{ else } 255 - z"
                + (rf"\text{{{scaled}}}" if scaled else ""),
                f"$y = z if z < t else 255 - z{scaled}",
            ),
            (r"z = \min(\max($x + a, 0), 255)", "z = min(max($x + a, 0), 255)"),
            drawn("a", addition[0], addition[1] * 255),
            drawn("t", threshold[0], threshold[1] * 255),
        ),
        "values at or above a threshold t become their negative.",
    )


COLOURS: dict[str, Callable[[Any, Shape], Change]] = {
    "RandomBrightness": _brightness,
    "RandomColorDegeneration": _degeneration,
    "RandomColorJitter": _jitter,
    "RandomContrast": _contrast,
    "RandomGrayscale": _grayscale,
    "RandomHue": _hue,
    "RandomInvert": _invert,
    "RandomPosterization": _posterization,
    "RandomSaturation": _saturation,
    "Solarization": _solarization,
}
