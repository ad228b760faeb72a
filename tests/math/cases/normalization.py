"""Configurations of normalization."""

from keras import layers

from tests.math.verifying import Case, In

ONES = [[0.0, 0.0, 0.0], [1.0, -2.0, 2.0]]
MASK = [[1, 1, 0, 1, 0], [0, 0, 1, 0, 0]]


def case(kind, name, shape=(2, 5, 4), training=False, mask=None, **kwargs):
    return Case(
        f"{kind}Normalization {name}",
        lambda: getattr(layers, f"{kind}Normalization")(**kwargs),
        In(shape),
        {} if mask is None else {"mask": In(given=mask, dtype="bool")},
        training=training,
    )


def batch(name, **kwargs):
    return case("Batch", name, **kwargs)


def spectral(name, build, shape, rounds=1, training=False, inputs=None):
    return Case(
        f"SpectralNormalization {name}",
        lambda: layers.SpectralNormalization(build(), power_iterations=rounds),
        inputs or In(shape),
        training=training,
    )


CASES = [
    batch("inference", shape=(3, 4)),
    batch("inference on images", shape=(2, 3, 4, 2)),
    batch("inference, axis 1", shape=(2, 3, 4, 2), axis=1),
    batch("inference, no scale", scale=False),
    batch("inference, no center", center=False, epsilon=0.1),
    batch("inference, with a mask", mask=MASK),
    batch("inference, renorm", renorm=True),
    batch("training", shape=(3, 4), training=True),
    batch("training on images", shape=(2, 3, 4, 2), training=True),
    batch("training, axis 1", shape=(2, 3, 4, 2), axis=1, training=True),
    batch("training, axis -2", axis=-2, training=True),
    batch("training, plain", scale=False, center=False, training=True),
    batch("training, with a mask", mask=MASK, training=True),
    batch("training, frozen", trainable=False, training=True),
    batch("training, all masked", mask=[[0] * 5] * 2, training=True),
    batch("training, renorm", renorm=True, training=True),
    batch("training, renorm, no scale", renorm=True, scale=False, training=True),
    batch(
        "training, renorm, clipped",
        renorm=True,
        renorm_clipping={"rmin": 0.8, "rmax": 1.1, "dmax": 0.2},
        training=True,
    ),
    batch("training, mixed precision", dtype="mixed_float16", training=True),
    case("Layer", "plain", shape=(2, 4)),
    case("Layer", "of sequences"),
    case("Layer", "of images", shape=(2, 4, 3, 2)),
    case("Layer", "over axis 1", axis=1),
    case("Layer", "over two axes", axis=[1, 2]),
    case("Layer", "over two axes apart", shape=(2, 4, 3, 2), axis=[1, 3]),
    case("Layer", "no scale", scale=False, epsilon=0.1),
    case("Layer", "no center", center=False),
    case("Layer", "neither", center=False, scale=False),
    case("Layer", "training", training=True),
    case("Group", "2 groups", groups=2),
    case("Group", "of images", shape=(2, 3, 4, 6), groups=3),
    case("Group", "each channel", groups=-1),
    case("Group", "axis 1", shape=(2, 6, 3, 4), groups=2, axis=1),
    case("Group", "axis -2", groups=5, axis=-2),
    case("Group", "no scale", groups=2, scale=False),
    case("Group", "no center", groups=4, center=False, epsilon=0.1),
    case("Group", "of vectors", shape=(2, 4), groups=2),
    case("RMS", "plain", shape=(2, 4)),
    case("RMS", "of sequences"),
    case("RMS", "epsilon", epsilon=0.1),
    case("RMS", "over two axes", axis=[1, 2]),
    Case(
        "RMSNormalization over axis 1",
        lambda: layers.RMSNormalization(axis=1),
        In((2, 4, 4)),
        keras_is_wrong=("scale is along the last axis, not along axis 1", "value"),
    ),
    case("Unit", "plain", shape=(2, 4)),
    case("Unit", "over axis 1", axis=1),
    case("Unit", "over two axes", axis=[1, 2]),
    Case(
        "UnitNormalization of zeros",
        layers.UnitNormalization,
        In(given=ONES),
    ),
    spectral("of Dense", lambda: layers.Dense(3), (2, 4)),
    spectral("of Conv2D", lambda: layers.Conv2D(3, 2), (2, 5, 4, 2)),
    spectral("of Dense, training", lambda: layers.Dense(3), (2, 4), training=True),
    spectral(
        "of Dense, three times, training",
        lambda: layers.Dense(3, activation="relu"),
        (2, 4),
        rounds=3,
        training=True,
    ),
    spectral(
        "of Conv2D, training",
        lambda: layers.Conv2D(3, 2, padding="same"),
        (2, 5, 4, 2),
        training=True,
    ),
    spectral(
        "of Conv2DTranspose, training",
        lambda: layers.Conv2DTranspose(3, 2),
        (2, 5, 4, 2),
        training=True,
    ),
]
