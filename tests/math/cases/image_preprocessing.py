"""Configurations of the random layers for images, at inference and in training."""

import numpy as np
from keras import layers

from tests.math.verifying import Case, In

IMAGES = In(given=np.random.default_rng(5).uniform(5, 250, (4, 6, 7, 3)))
FIRST = In(given=np.random.default_rng(5).uniform(5, 250, (4, 3, 6, 7)))
UNIT = In(given=np.random.default_rng(5).uniform(0, 1, (4, 6, 7, 3)))
ONE = In(given=np.random.default_rng(5).uniform(5, 250, (6, 7, 3)))

RANDOM = {
    "AugMix": {},
    "CutMix": {},
    "MixUp": {},
    "RandAugment": {},
    "RandomBrightness": {"factor": 0.4},
    "RandomColorDegeneration": {"factor": 0.4},
    "RandomColorJitter": {"brightness_factor": 0.2, "hue_factor": 0.1},
    "RandomContrast": {"factor": (0.3, 0.6)},
    "RandomElasticTransform": {},
    "RandomErasing": {"fill_value": 9.0},
    "RandomFlip": {},
    "RandomGaussianBlur": {},
    "RandomGrayscale": {},
    "RandomHue": {"factor": 0.2},
    "RandomInvert": {},
    "RandomPerspective": {},
    "RandomPosterization": {"factor": (2, 6)},
    "RandomRotation": {"factor": 0.2},
    "RandomSaturation": {"factor": (0.3, 0.6)},
    "RandomSharpness": {"factor": 0.8},
    "RandomShear": {"x_factor": 0.2, "y_factor": 0.1},
    "RandomTranslation": {"height_factor": 0.2, "width_factor": 0.3},
    "RandomZoom": {"height_factor": 0.2},
    "Solarization": {"addition_factor": 0.2, "threshold_factor": (0.2, 0.5)},
}


def made(name, **more):
    return lambda: getattr(layers, name)(**{**RANDOM[name], **more})


def trained(name, told="", images=IMAGES, **more):
    title = f"{name} training {told}".strip()
    return Case(title, made(name, seed=3, **more), images, training=True)


CASES = [
    *[Case(f"{name} inference", made(name), IMAGES) for name in RANDOM],
    Case("RandomRotation one image", made("RandomRotation"), ONE),
    Case(
        "RandomZoom of several",
        made("RandomZoom"),
        {"images": IMAGES, "labels": In((4, 2))},
    ),
    trained("CutMix"),
    trained("CutMix", "channels_first", FIRST, data_format="channels_first"),
    trained("MixUp"),
    trained("RandomBrightness"),
    trained("RandomBrightness", "0 to 1", UNIT, value_range=(0, 1)),
    trained("RandomBrightness", "one image", ONE),
    trained("RandomColorDegeneration"),
    trained(
        "RandomColorDegeneration", "channels_first", FIRST, data_format="channels_first"
    ),
    trained("RandomContrast"),
    trained("RandomContrast", "of one number", factor=0.5),
    trained("RandomErasing"),
    trained("RandomErasing", "with noise", fill_value=None),
    *[
        trained("RandomFlip", mode, mode=mode)
        for mode in ("horizontal", "vertical", "horizontal_and_vertical")
    ],
    trained("RandomFlip", "one image", ONE),
    trained("RandomFlip", "channels_first", FIRST, data_format="channels_first"),
    trained("RandomGrayscale"),
    trained("RandomInvert"),
    trained("RandomInvert", "0 to 1", UNIT, value_range=(0, 1)),
    trained("RandomPosterization"),
    trained("RandomPosterization", "of one number", factor=3),
    trained("RandomPosterization", "of 1", factor=1),
    trained("RandomSharpness"),
]
