"""Configurations of pooling."""

from keras import layers

from tests.math.verifying import Case, In

FIRST = "channels_first"
SHAPES = {"1D": (2, 7, 3), "2D": (2, 6, 5, 2), "3D": (2, 4, 5, 3, 2)}
FIRST_SHAPES = {"1D": (2, 3, 7), "2D": (2, 2, 6, 5), "3D": (2, 2, 4, 5, 3)}


def case(kind, name, *args, shape=None, **kwargs):
    shapes = FIRST_SHAPES if kwargs.get("data_format") == FIRST else SHAPES
    return Case(
        f"{kind} {name}",
        lambda: getattr(layers, kind)(*args, **kwargs),
        In(shape or shapes[kind[-2:]]),
    )


def both(rank, name, *args, **kwargs):
    """Return a case for the largest number and one for the mean."""
    return [
        case(f"{kind}Pooling{rank}", name, *args, **kwargs)
        for kind in ("Max", "Average")
    ]


CASES = [
    *both("1D", "of 2", 2),
    *both("1D", "same", 3, 2, padding="same"),
    *both("1D", "stride 1", 3, 1),
    *both("1D", "channels first", 2, data_format=FIRST),
    *both("2D", "of 2", 2),
    *both("2D", "same, stride 2", 3, 2, padding="same"),
    *both("2D", "strides 1 and 3", (2, 3), (1, 3)),
    *both("2D", "of 1, stride 2", 1, 2),
    *both("2D", "same, larger than the input", 7, padding="same"),
    *both("2D", "channels first", 2, data_format=FIRST, padding="same"),
    *both("2D", "large", 2, shape=(2, 9, 9, 4)),
    *both("3D", "of 2", 2),
    *both("3D", "same, stride 1", 3, 1, padding="same"),
    *both("3D", "channels first", 2, data_format=FIRST),
]
