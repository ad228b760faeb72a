"""Images made larger or smaller: each new pixel is a weighted sum of old ones.

The weights of rows and of columns are one matrix each, so an image becomes
`A x B^T`. The methods are those of `tf.image.resize`, with the centres of pixels at
half numbers.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from teachkit.math.subjects import Array

CUT = "The image is cut to the new aspect ratio first."

_STEPS_OF_BICUBIC = 1024
"""TensorFlow looks the bicubic kernel up in a table with so many steps."""


def resized(
    images: Array, size: tuple[int, int], method: str, antialias: bool = False
) -> Array:
    """Return images with the axes height, width, channels last, in a new size."""
    rows = weights(images.shape[-3], size[0], method, antialias)
    columns = weights(images.shape[-2], size[1], method, antialias)
    result = np.einsum("ip,jq,...pqc->...ijc", rows, columns, images, optimize=True)
    return np.asarray(result)


def weights(old: int, new: int, method: str, antialias: bool) -> Array:
    """Return the matrix of `new` rows that tells how much of each old pixel is in."""
    scale = old / new
    centres = (np.arange(new) + 0.5) * scale
    if old == new:
        return np.eye(old)
    if method == "nearest":
        return np.asarray(np.eye(old)[np.minimum(centres.astype("int64"), old - 1)])
    kernel, radius = _KERNELS[method]
    width = max(scale, 1.0) if antialias else 1.0
    if method == "bicubic" and not antialias:
        whole = np.floor(centres - 0.5)
        rest = np.rint((centres - 0.5 - whole) * _STEPS_OF_BICUBIC) / _STEPS_OF_BICUBIC
        centres = whole + rest + 0.5
    distances = np.abs(np.arange(old) + 0.5 - centres[:, None]) / width
    found = np.where(distances <= radius, kernel(distances), 0.0)
    # What would lie outside the image is left out, and the rest sums to one.
    return np.asarray(found / found.sum(axis=1, keepdims=True))


def aspect_box(
    height: int, width: int, size: tuple[int, int]
) -> tuple[int, int, int, int]:
    """Return top, left, height, width of the largest box with the aspect of a size."""
    high = max(min(height, int(width * size[0] / size[1])), 1)
    wide = max(min(width, int(height * size[1] / size[0])), 1)
    return (height - high) // 2, (width - wide) // 2, high, wide


def cropped_to_aspect(images: Array, size: tuple[int, int]) -> Array:
    """Return the middle of images, as large as the aspect of a size allows."""
    top, left, high, wide = aspect_box(images.shape[-3], images.shape[-2], size)
    return images[..., top : top + high, left : left + wide, :]


def padded_to_aspect(images: Array, size: tuple[int, int], value: float) -> Array:
    """Return images with a border, so that they have the aspect of a size.

    Both sides get the same, so an odd pixel is left out.
    """
    height, width = images.shape[-3:-1]
    above = (max(height, int(width * size[0] / size[1])) - height) // 2
    left = (max(width, int(height * size[1] / size[0])) - width) // 2
    border = [(0, 0)] * (images.ndim - 3) + [(above, above), (left, left), (0, 0)]
    return np.pad(images, border, constant_values=value)


def bordered_note(value: float) -> str:
    """Return what becomes of an image before `resized`, if it is padded."""
    return (
        f"The image gets a border of {value:g} first, so that it has the new aspect "
        "ratio."
    )


def _triangle(x: Array) -> Array:
    return np.asarray(np.maximum(0, 1 - x))


def _cubic(x: Array) -> Array:
    """Keys 1981, with a = -1/2."""
    near = (1.5 * x - 2.5) * x * x + 1
    far = ((-0.5 * x + 2.5) * x - 4) * x + 2
    return np.where(x < 1, near, far)


def _lanczos(radius: int) -> Callable[[Array], Array]:
    return lambda x: np.asarray(np.sinc(x) * np.sinc(x / radius))


_KERNELS: dict[str, tuple[Callable[[Array], Array], int]] = {
    "bilinear": (_triangle, 1),
    "bicubic": (_cubic, 2),
    "lanczos3": (_lanczos(3), 3),
    "lanczos5": (_lanczos(5), 5),
}
