"""Random changes that move pixels, as formulas and as sentences."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from teachkit.graph import Shape
from teachkit.math.random_changes import (
    Change,
    Pair,
    average,
    chance,
    drawn,
    spread_note,
)

_PLACE = "p is the place of a pixel: column and row."
_BETWEEN = {"nearest": "the nearest one counts", "bilinear": "the four around it count"}


def _flip(layer: Any, _shape: Shape) -> Change:
    how = {
        "horizontal": "mirrored left to right",
        "vertical": "turned upside down",
        "horizontal_and_vertical": "turned by 180 degrees",
    }[layer.mode]
    lines = (
        (
            r"$y = \text{flip}($x) \text{ with probability } \frac{1}{2}, "
            r"\text{ else } x",
            "$y = flip($x) with probability 1/2, else x",
        ),
    )
    both = (
        "The two directions are not drawn apart: an image is flipped in both or none."
    )
    notes = (both,) if layer.mode == "horizontal_and_vertical" else ()
    return Change(lines, f"half of the images, by chance, are {how}.", notes)


def _rotation(layer: Any, _shape: Shape) -> Change:
    least, most = (360 * part for part in layer.factor)
    return Change(
        (
            ("$y(p) = $x(c + R (p - c))", "$y(p) = $x(c + R (p - c))"),
            (
                r"R = \begin{bmatrix} \cos a & -\sin a \\ "
                r"\sin a & \cos a \end{bmatrix}",
                "R = [cos a, -sin a; sin a, cos a]",
            ),
            _degrees(least, most),
        ),
        f"each image is turned by {least:g} to {most:g} degrees about its middle c.",
        _moved_notes(layer),
    )


def _shear(layer: Any, _shape: Shape) -> Change:
    across, down = layer.x_factor, layer.y_factor
    return Change(
        (
            ("$y(p) = $x(A p)", "$y(p) = $x(A p)"),
            (
                r"A = \begin{bmatrix} 1 & a \\ b & 1 \end{bmatrix}",
                "A = [1, a; b, 1]",
            ),
            drawn(r"\pm a", across[0], across[1], "±a"),
            drawn(r"\pm b", down[0], down[1], "±b"),
        ),
        "rows and columns of each image are slanted; both by the same sign.",
        _moved_notes(layer),
    )


def _translation(layer: Any, shape: Shape) -> Change:
    last = layer.data_format == "channels_last"
    height, width = shape[-3:-1] if last else shape[-2:]
    down = (layer.height_lower, layer.height_upper)
    across = (layer.width_lower, layer.width_upper)
    return Change(
        (
            ("$y(p) = $x(p - (a, b))", "$y(p) = $x(p - (a, b))"),
            _of_length("a", across, width, "width"),
            _of_length("b", down, height, "height"),
        ),
        f"each image is moved by {across[0]:g} to {across[1]:g} of its width and by "
        f"{down[0]:g} to {down[1]:g} of its height.",
        _moved_notes(layer),
    )


def _zoom(layer: Any, _shape: Shape) -> Change:
    down = (1 + layer.height_lower, 1 + layer.height_upper)
    apart = layer.width_factor is not None
    across = (1 + layer.width_lower, 1 + layer.width_upper) if apart else down
    second = drawn("a", *across) if apart else ("a = b", "a = b")
    return Change(
        (
            ("$y(p) = $x(c + Z (p - c))", "$y(p) = $x(c + Z (p - c))"),
            (
                r"Z = \begin{bmatrix} a & 0 \\ 0 & b \end{bmatrix}",
                "Z = [a, 0; 0, b]",
            ),
            second,
            drawn("b", *down),
        ),
        f"each image is zoomed about its middle c: {down[0]:g} to {down[1]:g} of its "
        "height is seen.",
        (*_moved_notes(layer), "Above 1 the image gets smaller, below 1 larger."),
    )


def _perspective(layer: Any, _shape: Shape) -> Change:
    part = layer.scale / 2
    return Change(
        (chance("$x(T(p))", average(layer)),),
        f"with probability {average(layer):g} the corners of an image move by up to "
        f"{part:g} of their coordinates; T is the perspective that does so.",
        (*spread_note(layer), _PLACE, "The corner at the top left stays where it is."),
    )


def _elastic(layer: Any, _shape: Shape) -> Change:
    least, most = layer.scale
    return Change(
        (
            chance(r"$x(p + \alpha \, d(p))", average(layer), "$x(p + α d(p))"),
            drawn("s", least, most),
            (
                r"\alpha = 0.1 \, s \max(H, W), \quad \sigma = 0.05 \, s \min(H, W)",
                "α = 0.1 s max(H, W), σ = 0.05 s min(H, W)",
            ),
        ),
        f"with probability {average(layer):g} each place is moved by noise d, which is "
        "blurred with σ.",
        (*spread_note(layer), *_moved_notes(layer)),
    )


def _degrees(least: float, most: float) -> Pair:
    latex, text = drawn("a", least, most)
    return latex.replace("]", r"] \text{ degrees}"), text.replace("]", "] degrees")


def _of_length(
    letter: str, part: tuple[float, float], length: int | None, name: str
) -> Pair:
    if length is not None:
        return drawn(letter, part[0] * length, part[1] * length)
    latex, text = drawn(letter, *part)
    return (
        latex.replace("]", rf"] \times \text{{{name}}}"),
        text.replace("]", f"] × {name}"),
    )


def _moved_notes(layer: Any) -> tuple[str, ...]:
    between = _BETWEEN[layer.interpolation]
    return (
        _PLACE,
        f"Between pixels {between} (interpolation {layer.interpolation!r}); outside, "
        f"the image goes on as fill_mode {layer.fill_mode!r} tells.",
    )


PLACES: dict[str, Callable[[Any, Shape], Change]] = {
    "RandomElasticTransform": _elastic,
    "RandomFlip": _flip,
    "RandomPerspective": _perspective,
    "RandomRotation": _rotation,
    "RandomShear": _shear,
    "RandomTranslation": _translation,
    "RandomZoom": _zoom,
}
