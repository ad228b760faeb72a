"""Images."""

import numpy as np
from keras import ops

from tests.math.verifying import In
from tests.math.verifying_operations import op

COLOURS = In(given=np.random.default_rng(1).random((2, 4, 5, 3)))

CASES = [
    op("RGBToGrayscale", ops.image.rgb_to_grayscale, COLOURS),
    op("RGBToHSV", ops.image.rgb_to_hsv, COLOURS),
    op("HSVToRGB", ops.image.hsv_to_rgb, COLOURS),
    op("Resize", lambda x: ops.image.resize(x, (6, 3)), COLOURS),
    op("Resize nearest", lambda x: ops.image.resize(x, (7, 7), "nearest"), COLOURS),
    op("Resize bicubic", lambda x: ops.image.resize(x, (3, 8), "bicubic"), COLOURS),
    op(
        "Resize antialias",
        lambda x: ops.image.resize(x, (2, 3), antialias=True),
        COLOURS,
    ),
    op("ExtractPatches", lambda x: ops.image.extract_patches(x, 2), COLOURS),
    op(
        "ExtractPatches strides",
        lambda x: ops.image.extract_patches(x, (2, 3), 1, padding="same"),
        COLOURS,
    ),
    op("DepthToSpace", lambda x: ops.depth_to_space(x, 2), In((2, 2, 3, 8))),
    op("SpaceToDepth", lambda x: ops.space_to_depth(x, 2), In((2, 4, 6, 3))),
]
