"""Configurations of AutoContrast, Equalization and CLAHE."""

import numpy as np
from keras import layers

from tests.math.verifying import Case, In

PIXELS = In((2, 9, 10, 3), "uint8", top=256)
FLOATS = In(given=np.random.default_rng(3).uniform(0, 1, (2, 9, 10, 3)))
FIRST = In(given=np.random.default_rng(3).uniform(20, 200, (2, 3, 9, 10)))
WHOLE = In(given=np.random.default_rng(3).integers(0, 256, (2, 9, 10, 3)))
FLAT = In(given=np.full((2, 4, 4, 3), 7.0))


def clahe(**more):
    usual = {"tile_grid_size": (2, 3), **more}
    return lambda: layers.ContrastLimitedAdaptiveHistogramEqualization(**usual)


def equalization(**more):
    return lambda: layers.Equalization(**more)


CASES = [
    Case("AutoContrast", layers.AutoContrast, PIXELS),
    Case("AutoContrast 0 to 1", lambda: layers.AutoContrast((0, 1)), FLOATS),
    Case("AutoContrast one image", layers.AutoContrast, In((9, 10, 3), "uint8")),
    Case("AutoContrast flat", layers.AutoContrast, FLAT),
    Case(
        "AutoContrast channels_first",
        lambda: layers.AutoContrast(data_format="channels_first"),
        FIRST,
    ),
    Case("Equalization", equalization(), PIXELS),
    Case("Equalization training", equalization(), PIXELS, training=True),
    Case("Equalization training bins", equalization(bins=16), PIXELS, training=True),
    Case("Equalization training flat", equalization(), FLAT, training=True),
    Case(
        "Equalization training 0 to 1",
        equalization(value_range=(0, 1)),
        FLOATS,
        training=True,
    ),
    Case(
        "Equalization training channels_first",
        equalization(data_format="channels_first"),
        FIRST,
        training=True,
    ),
    Case("ContrastLimitedAdaptiveHistogramEqualization", clahe(), WHOLE),
    Case(
        "ContrastLimitedAdaptiveHistogramEqualization floats",
        clahe(value_range=(0, 1)),
        FLOATS,
    ),
    Case(
        "ContrastLimitedAdaptiveHistogramEqualization unlimited",
        clahe(clip_limit=0),
        WHOLE,
    ),
    Case(
        "ContrastLimitedAdaptiveHistogramEqualization 3 × 5",
        clahe(tile_grid_size=(3, 5)),
        PIXELS,
    ),
    Case("ContrastLimitedAdaptiveHistogramEqualization flat", clahe(), FLAT),
    Case(
        "ContrastLimitedAdaptiveHistogramEqualization one image",
        clahe(),
        In((9, 10, 3), "uint8", top=256),
    ),
    Case(
        "ContrastLimitedAdaptiveHistogramEqualization channels_first",
        clahe(data_format="channels_first"),
        FIRST,
    ),
]
