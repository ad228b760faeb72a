"""What all layers with a kernel that slides have in common."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from teachkit.graph import Shape
from teachkit.math.activations import Activation
from teachkit.math.amounts import Amount, amount, product
from teachkit.math.numbers import numbers
from teachkit.math.subjects import Array
from teachkit.math.windows import Window, channels_back, channels_last

NOT_FLIPPED = (
    "The kernel is not turned around before it is multiplied: in mathematics this is "
    "called a cross-correlation."
)


def window_of(layer: Any) -> Window:
    """Return the window of a layer with a kernel."""
    return Window(
        tuple(layer.kernel_size),
        tuple(layer.strides),
        tuple(layer.dilation_rate),
        layer.padding,
        layer.data_format == "channels_first",
    )


def size_amounts(window: Window) -> list[Amount]:
    """Return the sides of the kernel by name: `kernel height`, `kernel width`."""
    sides = zip(window.size, window.names, strict=True)
    return [amount(size, f"kernel {name}") for size, name in sides]


def macs_at(
    window: Window, lengths: Shape, kernel: Sequence[Amount], side: str = "output"
) -> Amount | None:
    """Return multiplications of a whole kernel at each place; None if one is open."""
    places = [
        amount(length, f"{side} {name}")
        for length, name in zip(lengths, window.names, strict=True)
        if length is not None
    ]
    return None if None in lengths else product(*places, *kernel)


def with_bias(kernel: Sequence[Amount], outputs: Amount, layer: Any) -> Amount:
    """Return the parameters: of one output, and one more for its bias, each times."""
    one = product(*kernel)
    return product(one + 1 if layer.use_bias else one, outputs)


def finished(z: Array, layer: Any, window: Window, activation: Activation) -> Array:
    """Return sums with the bias added and the activation applied."""
    if layer.use_bias:
        z = channels_back(channels_last(z, window) + numbers(layer.bias), window)
    return activation.evaluate(z)
