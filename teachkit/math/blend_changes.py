"""Random changes that blend pixels or images, as formulas and as sentences."""

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

_LABELS = "Labels given with the images are mixed in the same parts."


def _sharpness(layer: Any, _shape: Shape) -> Change:
    least, most = layer.factor
    inner = (r"$x + (1 - 2 f) (s - x)", "$x + (1 - 2 f) (s - x)")
    return Change(
        (
            clipped(inner, layer),
            (
                r"s = x * \frac{1}{13} \begin{bmatrix} 1 & 1 & 1 \\ 1 & 5 & 1 \\ "
                r"1 & 1 & 1 \end{bmatrix}",
                "s = x * [1 1 1; 1 5 1; 1 1 1] / 13",
            ),
            drawn("f", least, most),
        ),
        f"images are blurred (f below 0.5) or sharpened, f from {least:g} to {most:g}.",
    )


def _blur(layer: Any, _shape: Shape) -> Change:
    height, width = layer.kernel_size
    least, most = layer.sigma
    return Change(
        (
            chance(
                rf"$x * G_{{{height} \times {width}}}(\sigma)",
                average(layer),
                f"$x * G_{height}×{width}(σ)",
            ),
            drawn(r"\sigma", least, most, "σ"),
        ),
        f"an image is blurred with probability {average(layer):g}, by a Gaussian "
        f"kernel of {height} × {width} with σ from {least:g} to {most:g}.",
        spread_note(layer),
    )


def _erasing(layer: Any, _shape: Shape) -> Change:
    least, most = layer.scale
    value = "noise" if layer.fill_value is None else str(layer.fill_value)
    inner = r"M \odot v + (1 - M) \odot $x"
    return Change(
        (chance(inner, average(layer), "M v + (1 - M) $x"),),
        f"a rectangle M is filled with v = {value}, with probability "
        f"{average(layer):g}; height and width are the square roots of numbers from "
        f"{least:g} to {most:g}, as parts of the image.",
        spread_note(layer),
    )


def _cut_mix(layer: Any, _shape: Shape) -> Change:
    least, most = layer.factor
    return Change(
        (
            (
                r"$y, \quad y_n = M_n \odot x_{q(n)} + (1 - M_n) \odot x_n, "
                r"\quad x = $x",
                "$y, y_n = M_n x_q(n) + (1 - M_n) x_n, x = $x",
            ),
            drawn("a", least, most),
        ),
        "a rectangle M of each image comes from another image q(n) of the batch, drawn "
        "at random; its part of the image is 1 - m with m from Beta(a, a).",
        (_LABELS,),
    )


def _mix_up(layer: Any, _shape: Shape) -> Change:
    alpha = f"{layer.alpha:g}"
    return Change(
        (
            (
                r"$y, \quad y_n = m_n x_n + (1 - m_n) x_{q(n)}, \quad x = $x",
                "$y, y_n = m_n x_n + (1 - m_n) x_q(n), x = $x",
            ),
            (
                rf"m_n \sim \, \text{{Beta}}({alpha}, {alpha})",
                f"m_n ~ Beta({alpha}, {alpha})",
            ),
        ),
        "each image is mixed with another image q(n) of the batch, drawn at random.",
        (_LABELS,),
    )


def _aug_mix(layer: Any, _shape: Shape) -> Change:
    alpha, chains = f"{layer.alpha:g}", layer.num_chains
    beta = rf"w \sim \, \text{{Beta}}({alpha}, {alpha})"
    return Change(
        (
            (
                rf"$y = w \, $x + (1 - w) \sum\limits_{{k=1}}^{{{chains}}} v_k c_k(x)",
                f"$y = w $x + (1 - w) Σ_(k=1..{chains}) v_k c_k(x)",
            ),
            (
                rf"{beta}, \quad v \sim \, \text{{Dirichlet}}({alpha})",
                f"w ~ Beta({alpha}, {alpha}), v ~ Dirichlet({alpha})",
            ),
        ),
        f"the image is mixed with {chains} changed ones; each c_k is a chain of up to "
        f"{layer.chain_depth} random changes.",
        ("The result is cut to the range of values.",),
    )


def _rand_augment(layer: Any, _shape: Shape) -> Change:
    latex, text = "$x", "$x"
    for number in range(1, layer.num_ops + 1):
        latex, text = f"o_{{{number}}}({latex})", f"o_{number}({text})"
    return Change(
        ((f"$y = {latex}", f"$y = {text}"),),
        f"{layer.num_ops} changes o are drawn from eleven, such as shear, rotation, "
        f"brightness and contrast, with the strength {layer.factor[1]:g}.",
    )


BLENDS: dict[str, Callable[[Any, Shape], Change]] = {
    "AugMix": _aug_mix,
    "CutMix": _cut_mix,
    "MixUp": _mix_up,
    "RandAugment": _rand_augment,
    "RandomErasing": _erasing,
    "RandomGaussianBlur": _blur,
    "RandomSharpness": _sharpness,
}
