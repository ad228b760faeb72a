"""Images."""

from functools import partial

import numpy as np
from keras import ops

from tests.math.verifying import In
from tests.math.verifying_operations import op

COLOURS = In(given=np.random.default_rng(1).random((2, 4, 5, 3)))

FRAMED = {
    "crop": {"crop_to_aspect_ratio": True},
    "pad": {"pad_to_aspect_ratio": True},
    "pad with a value": {"pad_to_aspect_ratio": True, "fill_value": 0.5},
}

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
    *(
        op(
            f"Resize {name} to {size}",
            partial(ops.image.resize, size=size, **arguments),
            COLOURS,
        )
        for size in [(2, 2), (6, 3), (3, 9)]
        for name, arguments in FRAMED.items()
    ),
    op(
        "Resize crop with the channels first",
        lambda x: ops.image.resize(
            x, (3, 2), crop_to_aspect_ratio=True, data_format="channels_first"
        ),
        In((2, 3, 5, 4)),
    ),
    op(
        "Resize pad of one image",
        lambda x: ops.image.resize(x, (2, 4), pad_to_aspect_ratio=True),
        In((5, 3, 2)),
        open_batch=False,
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
