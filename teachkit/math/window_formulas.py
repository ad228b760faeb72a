"""How sums over windows are written: letters of places, what is seen, what is added."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from teachkit.graph import Shape
from teachkit.math.activations import Activation
from teachkit.math.formulas import Formula, Line, Symbol, formula
from teachkit.math.subjects import Array
from teachkit.math.windows import Window, by_axis
from teachkit.math.written import LARGEST, line, matrix, told, upright, weighted_sum

_PLACES = {1: "t", 2: "hw", 3: "dhw"}
_OFFSETS = "ijk"
OUTSIDE = "x is 0 outside its edges"


def at(name: str, indices: Sequence[Line | str]) -> Line:
    """Return a symbol of which one number is meant: `x_{h,w,c}`, `x(h, w, c)`."""
    both = [Line(one, one) if isinstance(one, str) else one for one in indices]
    below = ", ".join(one.latex for one in both)
    behind = ", ".join(one.text for one in both)
    return Line(f"${{{name}}}_{{{below}}}", f"${{{name}}}({behind})")


def counted(letter: str, count: int | None) -> str:
    """Return the letter that counts, or 0 where there is nothing to count."""
    return "0" if count == 1 else letter


def sums(limits: Sequence[tuple[str, int | None]]) -> Line:
    """Return sums over letters from 0, without those that are no letter."""
    kept = [(letter, count) for letter, count in limits if letter != "0"]
    latex = [
        rf"\sum\limits_{{{letter}}}"
        if count is None
        else rf"\sum\limits_{{{letter}=0}}^{{{count - 1}}}"
        for letter, count in kept
    ]
    return Line(" ".join(latex), f"Σ({_ranges(kept)})" if kept else "")


def largest(limits: Sequence[tuple[str, int | None]]) -> Line:
    """Return `max` over letters from 0, without those that are no letter."""
    kept = [(letter, count) for letter, count in limits if letter != "0"]
    if not kept:
        return Line("", "")
    below = [
        letter if count is None else rf"0 \le {letter} \le {count - 1}"
        for letter, count in kept
    ]
    return Line(rf"\max\limits_{{{', '.join(below)}}}", f"max({_ranges(kept)})")


def _ranges(limits: Sequence[tuple[str, int | None]]) -> str:
    return ", ".join(
        letter if count is None else f"{letter}=0..{count - 1}"
        for letter, count in limits
    )


def places(window: Window) -> list[str]:
    """Return the letters of the places in the output."""
    return list(_PLACES[len(window.size)])


def offsets(window: Window) -> list[str]:
    """Return the letters of the places in the window."""
    return [
        counted(letter, n) for letter, n in zip(_OFFSETS, window.size, strict=False)
    ]


def limits(window: Window) -> list[tuple[str, int | None]]:
    """Return the letters of the places in the window, and how far they count."""
    return list(zip(offsets(window), window.size, strict=True))


def seen(window: Window, shape: Shape) -> list[str]:
    """Return which places of the input one output sees: `2h+i-1`."""
    return [
        offset_index(*parts)
        for parts in zip(
            places(window),
            window.strides,
            offsets(window),
            window.dilation,
            [None if pads is None else pads[0] for pads in window.pads(shape)],
            strict=True,
        )
    ]


def offset_index(
    place: str, stride: int, offset: str, apart: int, pad: int | None
) -> str:
    """Return where a window that stands at a place looks: `2h+i-1`."""
    moved = f"{stride}{place}" if stride > 1 else place
    inside = "" if offset == "0" else f"+{apart if apart > 1 else ''}{offset}"
    before = "-p" if pad is None else f"-{pad}" if pad else ""
    return f"{moved}{inside}{before}"


def padding_line(window: Window, shape: Shape, outside: str) -> Formula:
    """Return a line that tells what is added at the edges; no line if nothing is.

    Arguments:
        window: how it slides.
        shape: of the input.
        outside: what holds there: `x is 0 outside`.
    """
    pads = window.pads(shape)
    if all(one == (0, 0) for one in pads):
        return Formula(())
    added = by_axis(
        window.names,
        [
            f"p such that the output has length / {stride}, rounded up; p depends on "
            "the length"
            if one is None
            else f"{one[0]} before, {one[1]} after"
            for one, stride in zip(pads, window.strides, strict=True)
        ],
    )
    return line(upright(f"{outside}; places added along {added}"))


def equation(
    left: Line, inner: Sequence[Line | str], **symbols: Symbol | str
) -> Formula:
    """Return `left = inner`, put together of parts."""
    right = _joined(inner)
    return formula(
        f"{left.latex} = {right.latex}", f"{left.text} = {right.text}", **symbols
    )


def activated(
    left: Line, inner: Sequence[Line | str], activation: Activation, **symbols: Symbol
) -> Formula:
    """Return `left = activation(inner)` and what that is, or `left = inner`."""
    if activation.is_linear:
        return equation(left, inner, **symbols)
    one = _joined(inner)
    whole = Line(rf"$phi\left({one.latex}\right)", f"$phi({one.text})")
    line = equation(left, [whole], phi=activation.symbol, **symbols)
    return activation.defined(line)


def _joined(parts: Sequence[Line | str]) -> Line:
    both = [Line(one, one) if isinstance(one, str) else one for one in parts]
    return Line(
        " ".join(one.latex for one in both if one.latex),
        " ".join(one.text for one in both if one.text),
    )


def window_by_hand(
    windows: Sequence[Array],
    kernels: Sequence[Array],
    bias: float | None,
    activation: Activation,
    result: float,
) -> Formula:
    """Return the first output written out: what is seen of each channel, and kernels.

    Arguments:
        windows: what the window sees, of each channel.
        kernels: what that is multiplied with, of each channel.
        bias: what is added.
        activation: of the layer.
        result: what Keras gave.
    """
    steps = Formula(())
    for channel, (one, kernel) in enumerate(zip(windows, kernels, strict=True)):
        steps += line(upright(f"window of channel {channel} ="), matrix(one))
        steps += line(upright(f"kernel of channel {channel} ="), matrix(kernel))
    pairs = [
        (float(a), float(b))
        for one, kernel in zip(windows, kernels, strict=True)
        for a, b in zip(np.ravel(one), np.ravel(kernel), strict=True)
    ]
    z = sum(a * b for a, b in pairs) + (bias or 0)
    return steps + weighted_sum("z", pairs, bias, z) + _last_step(activation, z, result)


def small_input(x: Array, window: Window) -> bool:
    """Tell whether an input with the channels last can be written out."""
    plain = len(window.size) <= 2 and x.shape[-1] <= 2 and 0 not in x.shape
    return plain and max(x.shape[1:-1]) <= LARGEST


def first_window(x: Array, window: Window, fill: float = 0) -> list[Array]:
    """Return what the first window of the first sample sees, of each channel.

    Nothing if the input is too large to be written out.
    """
    if not small_input(x, window):
        return []
    first = [part[(0,) * (x.ndim - 1)] for _, part in window.slid(x[:1], fill)]
    return [np.reshape([f[c] for f in first], window.size) for c in range(x.shape[-1])]


def _last_step(activation: Activation, z: float, result: float) -> Formula:
    if activation.is_linear:
        return line(f"y = z = {told(result)}")
    if not activation.elementwise:
        return Formula(())
    return line("y =", activation.applied(told(z)), f"= {told(result)}")
