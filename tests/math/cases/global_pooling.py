"""Configurations of global pooling."""

from keras import layers

from tests.math.cases.pooling import FIRST, case
from tests.math.verifying import Case, In


def masked(name, shape, mask, **kwargs):
    """Return a case of which some steps do not count."""
    return Case(
        f"GlobalAveragePooling1D {name}",
        lambda: layers.GlobalAveragePooling1D(**kwargs),
        In(shape),
        {"mask": In(given=mask, dtype="bool")},
    )


MASK = [[1, 1, 0, 1, 0], [0, 0, 1, 0, 0]]
CASES = [
    *[
        case(f"Global{kind}Pooling{rank}", name, **kwargs)
        for kind in ("Max", "Average")
        for rank in ("1D", "2D", "3D")
        for name, kwargs in (
            ("plain", {}),
            ("keepdims", {"keepdims": True}),
            ("channels first", {"data_format": FIRST}),
        )
    ],
    masked("with a mask", (2, 5, 3), MASK),
    masked("with a mask, keepdims", (2, 5, 3), MASK, keepdims=True),
    masked("with a mask, channels first", (2, 3, 5), MASK, data_format=FIRST),
    masked("with a whole sample masked", (2, 3, 2), [[1, 1, 0], [0, 0, 0]]),
    case(
        "GlobalMaxPooling2D",
        "keepdims, channels first",
        data_format=FIRST,
        keepdims=True,
    ),
]
