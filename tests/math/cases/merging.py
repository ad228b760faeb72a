"""Configurations of merging layers, with shapes that are brought to one another."""

from keras import layers

from tests.math.verifying import Case, In


def merged(name, *shapes, **kwargs):
    kind = name.partition(" ")[0]
    build = getattr(layers, kind)
    return Case(name, lambda: build(**kwargs), [In(shape) for shape in shapes])


def masked(name, masks, *shapes, what=""):
    """One mask of steps for each letter of `mm-`, none for a line."""
    build = getattr(layers, name)
    hidden = [In((2, 4), "bool") if letter == "m" else None for letter in masks]
    return Case(
        f"{name} with masks {masks}{what}",
        build,
        [In(shape) for shape in shapes or ((2, 4, 3),) * len(masks)],
        hidden_masks={"inputs": hidden},
    )


ELEMENTWISE = ["Add", "Average", "Maximum", "Minimum", "Multiply", "Subtract"]

CASES = [
    *(merged(kind, (2, 4), (2, 4)) for kind in ELEMENTWISE),
    *(merged(f"{kind} images", (2, 3, 4, 2), (2, 3, 4, 2)) for kind in ELEMENTWISE),
    *(
        merged(f"{kind} where one is repeated", (2, 3, 4), (2, 1, 4))
        for kind in ELEMENTWISE
    ),
    *(
        merged(f"{kind} where one has fewer axes", (2, 4), (2, 3, 4))
        for kind in ELEMENTWISE
    ),
    *(merged(f"{kind} of three", (2, 4), (2, 4), (2, 4)) for kind in ELEMENTWISE[:5]),
    *(merged(f"{kind} of six", *[(2, 4)] * 6) for kind in ELEMENTWISE[:5]),
    *(masked(kind, masks) for kind in ELEMENTWISE for masks in ("mm", "m-", "-m")),
    *(
        masked(kind, masks)
        for kind in ELEMENTWISE[:5]
        for masks in ("mmm", "m-m", "-mm", "mm-")
    ),
    *(
        masked(kind, "mm", (2, 4, 3), (2, 3), what=" where one has fewer axes")
        for kind in ("Maximum", "Minimum", "Multiply")
    ),
    *(
        masked(kind, "mm", (2, 4, 1), (2, 4, 3), what=" where one is repeated")
        for kind in ("Maximum", "Minimum", "Multiply")
    ),
    merged("Add where both are repeated", (2, 3, 1), (2, 1, 4)),
    merged("Add of one", (2, 4)),
    merged("Concatenate", (2, 4), (2, 3)),
    merged("Concatenate images", (2, 3, 4, 2), (2, 3, 4, 1), (2, 3, 4, 3)),
    merged("Concatenate along another axis", (2, 3, 4), (2, 2, 4), axis=1),
    merged("Concatenate along a negative axis", (2, 3, 4), (2, 2, 4), axis=-2),
    merged("Concatenate many", *[(2, 2)] * 6),
    merged("Dot", (2, 4), (2, 4), axes=1),
    merged("Dot of the last axes", (2, 3, 4), (2, 5, 4), axes=-1),
    merged("Dot of two axes", (2, 3, 4), (2, 5, 3), axes=(1, 2)),
    merged("Dot of a sequence with a vector", (2, 3, 4), (2, 4), axes=(2, 1)),
    merged("Dot of a vector with a sequence", (2, 4), (2, 3, 4), axes=(1, 2)),
    merged("Dot of four axes", (2, 3, 4, 5), (2, 6, 4), axes=(2, 2)),
    merged("Dot normalized", (2, 4), (2, 4), axes=1, normalize=True),
    merged("Dot normalized sequences", (2, 3, 4), (2, 5, 4), axes=2, normalize=True),
]
