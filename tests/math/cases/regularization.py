"""Configurations of layers that do something in training alone."""

from keras import layers

from tests.math.verifying import Case, In

MANY = (2, 300)
"""Enough numbers to tell the noise that is meant from another."""


def both(name, *args, shape=(2, 6), **kwargs):
    """At inference, and in training."""
    kind = getattr(layers, name.partition(" ")[0])
    return [
        Case(
            f"{name} {'in training' if training else 'at inference'}",
            lambda: kind(*args, seed=1, **kwargs),
            In(shape),
            training=training,
        )
        for training in (False, True)
    ]


CASES = [
    Case(
        "ActivityRegularization",
        lambda: layers.ActivityRegularization(l1=0.01, l2=0.1),
        In((2, 4)),
    ),
    Case(
        "ActivityRegularization of squares",
        lambda: layers.ActivityRegularization(l2=0.1),
        In((2, 4)),
        training=True,
    ),
    *both("AlphaDropout", 0.4),
    *both("AlphaDropout of nothing", 0.0),
    *both("AlphaDropout shared", 0.5, noise_shape=(None, 1, 3), shape=(2, 4, 3)),
    *both("Dropout", 0.4),
    *both("Dropout of nothing", 0.0),
    *both("Dropout of all", 1.0),
    *both("Dropout shared", 0.5, noise_shape=(None, 1, 3), shape=(2, 4, 3)),
    Case(
        "Dropout that is told to train",
        lambda: layers.Dropout(0.5),
        In((2, 6)),
        {"training": True},
        training=True,
    ),
    *both("GaussianDropout", 0.3, shape=MANY),
    *both("GaussianDropout of nothing", 0.0),
    *both("GaussianNoise", 0.5, shape=MANY),
    *both("GaussianNoise of nothing", 0.0),
    *both("SpatialDropout1D", 0.5, shape=(2, 4, 5)),
    *both("SpatialDropout2D", 0.5, shape=(2, 3, 4, 5)),
    *both(
        "SpatialDropout2D channels first",
        0.5,
        shape=(2, 5, 3, 4),
        data_format="channels_first",
    ),
    *both("SpatialDropout3D", 0.5, shape=(2, 2, 3, 2, 5)),
    *both(
        "SpatialDropout3D channels first",
        0.5,
        shape=(2, 5, 2, 3, 2),
        data_format="channels_first",
    ),
]
