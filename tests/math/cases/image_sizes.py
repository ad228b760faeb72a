"""Configurations of Resizing, CenterCrop and RandomCrop."""

from keras import layers

from tests.math.verifying import Case, In

IMAGES = In((2, 7, 6, 3))
METHODS = ("nearest", "bilinear", "bicubic", "lanczos3", "lanczos5")
UNCUT = "images stay uncut at inference, and the shape of the cut is told", "shape"


def resizing(height=5, width=9, **more):
    return lambda: layers.Resizing(height, width, **more)


CASES = [
    *[
        Case(f"Resizing {name}", resizing(interpolation=name), IMAGES)
        for name in METHODS
    ],
    *[
        Case(
            f"Resizing {name} antialias",
            resizing(3, 4, interpolation=name, antialias=True),
            In((1, 10, 13, 2)),
        )
        for name in METHODS
    ],
    Case("Resizing same size", resizing(7, 6), IMAGES),
    Case(
        "Resizing bicubic to one height",
        resizing(7, 3, interpolation="bicubic"),
        IMAGES,
    ),
    Case("Resizing much larger", resizing(20, 17), IMAGES),
    Case("Resizing crop", resizing(crop_to_aspect_ratio=True), IMAGES),
    Case(
        "Resizing crop to a tall one", resizing(9, 4, crop_to_aspect_ratio=True), IMAGES
    ),
    Case("Resizing pad", resizing(pad_to_aspect_ratio=True, fill_value=2.0), IMAGES),
    Case(
        "Resizing pad to a tall one", resizing(9, 4, pad_to_aspect_ratio=True), IMAGES
    ),
    Case("Resizing one image", resizing(), In((7, 6, 3))),
    Case(
        "Resizing channels_first",
        resizing(data_format="channels_first"),
        In((2, 3, 7, 6)),
    ),
    Case("Resizing whole numbers", resizing(4, 12), In((2, 8, 6, 3), "uint8", top=256)),
    Case("CenterCrop", lambda: layers.CenterCrop(4, 3), IMAGES),
    Case("CenterCrop of one image", lambda: layers.CenterCrop(4, 3), In((7, 6, 3))),
    Case(
        "CenterCrop channels_first",
        lambda: layers.CenterCrop(4, 3, data_format="channels_first"),
        In((2, 3, 7, 6)),
    ),
    Case("CenterCrop larger", lambda: layers.CenterCrop(9, 8), IMAGES),
    Case("CenterCrop larger in one direction", lambda: layers.CenterCrop(4, 8), IMAGES),
    Case("RandomCrop", lambda: layers.RandomCrop(4, 3), IMAGES, keras_is_wrong=UNCUT),
    Case("RandomCrop training", lambda: layers.RandomCrop(4, 3), IMAGES, training=True),
    Case(
        "RandomCrop training of small images",
        lambda: layers.RandomCrop(4, 9),
        IMAGES,
        training=True,
    ),
    Case(
        "RandomCrop training channels_first",
        lambda: layers.RandomCrop(4, 3, data_format="channels_first"),
        In((2, 3, 7, 6)),
        training=True,
    ),
]
