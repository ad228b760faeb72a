"""Configurations of layers that give numbers other places, or more of them."""

from keras import layers

from tests.math.verifying import Case, In


def case(name, *args, shape, **kwargs):
    kind = getattr(layers, name.partition(" ")[0])
    return Case(name, lambda: kind(*args, **kwargs), In(shape))


FIRST = {"data_format": "channels_first"}

CASES = [
    case("Cropping1D", shape=(2, 6, 3)),
    case("Cropping1D at the end", (0, 2), shape=(2, 6, 3)),
    case("Cropping1D nothing", 0, shape=(2, 6, 3)),
    case("Cropping2D", 1, shape=(2, 5, 6, 2)),
    case("Cropping2D unequal", ((1, 0), (2, 1)), shape=(2, 5, 6, 2)),
    case("Cropping2D nothing below and right", ((1, 0), (2, 0)), shape=(2, 5, 6, 2)),
    case("Cropping2D channels first", (1, 2), shape=(2, 2, 5, 6), **FIRST),
    case("Cropping3D", 1, shape=(2, 4, 5, 3, 2)),
    case("Cropping3D unequal", ((1, 0), (0, 1), (1, 1)), shape=(2, 4, 5, 3, 2)),
    case("Cropping3D channels first", (1, 2, 1), shape=(2, 2, 4, 5, 3), **FIRST),
    case("Flatten", shape=(2, 3, 4)),
    case("Flatten images", shape=(2, 3, 4, 2)),
    case("Flatten channels first", shape=(2, 3, 4, 2), **FIRST),
    case("Flatten what is flat", shape=(2, 3)),
    case("Flatten one number for each sample", shape=(2,)),
    case("Permute", (2, 1), shape=(2, 3, 4)),
    case("Permute three axes", (3, 1, 2), shape=(2, 3, 4, 5)),
    case("RepeatVector", 3, shape=(2, 4)),
    case("RepeatVector once", 1, shape=(2, 4)),
    case("Reshape", (3, 4), shape=(2, 12)),
    case("Reshape with one left over", (-1, 4), shape=(2, 3, 8)),
    case("Reshape to a row", (-1,), shape=(2, 3, 4)),
    case("Reshape to one number", (), shape=(2, 1)),
    case("UpSampling1D", shape=(2, 3, 2)),
    case("UpSampling1D three times", 3, shape=(2, 3, 2)),
    case("UpSampling2D", shape=(2, 3, 2, 2)),
    case("UpSampling2D unequal", (1, 3), shape=(2, 3, 2, 2)),
    case("UpSampling2D channels first", shape=(2, 2, 3, 2), **FIRST),
    *(
        case(f"UpSampling2D {name}", (2, 4), interpolation=name, shape=(2, 4, 3, 2))
        for name in ("bilinear", "bicubic", "lanczos3", "lanczos5", "area")
    ),
    *(
        case(
            f"UpSampling2D {name} three times",
            3,
            interpolation=name,
            shape=(1, 5, 4, 1),
        )
        for name in ("bilinear", "bicubic", "lanczos3", "lanczos5")
    ),
    case(
        "UpSampling2D bilinear channels first",
        interpolation="bilinear",
        shape=(2, 2, 3, 4),
        **FIRST,
    ),
    case("UpSampling3D", shape=(2, 2, 3, 2, 2)),
    case("UpSampling3D unequal", (1, 2, 3), shape=(2, 2, 3, 2, 2)),
    case("UpSampling3D channels first", shape=(2, 2, 2, 3, 2), **FIRST),
    case("ZeroPadding1D", shape=(2, 4, 3)),
    case("ZeroPadding1D causal", (2, 0), shape=(2, 4, 3)),
    case("ZeroPadding1D channels first", (1, 2), shape=(2, 3, 4), **FIRST),
    case("ZeroPadding2D", shape=(2, 3, 4, 2)),
    case("ZeroPadding2D unequal", ((0, 1), (2, 1)), shape=(2, 3, 4, 2)),
    case("ZeroPadding2D channels first", (1, 2), shape=(2, 2, 3, 4), **FIRST),
    case("ZeroPadding3D", shape=(1, 2, 3, 2, 2)),
    case("ZeroPadding3D unequal", ((0, 1), (1, 0), (2, 1)), shape=(1, 2, 3, 2, 2)),
    case("ZeroPadding3D channels first", 1, shape=(1, 2, 2, 3, 2), **FIRST),
]
