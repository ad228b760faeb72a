"""Configurations of adaptive pooling."""

from tests.math.cases.pooling import FIRST, case

CASES = [
    case(f"Adaptive{kind}Pooling{rank}", name, size, **kwargs)
    for kind in ("Max", "Average")
    for rank, name, size, kwargs in (
        ("1D", "that divides", 2, {"shape": (2, 6, 3)}),
        ("1D", "with overlaps", 3, {}),
        ("1D", "longer than the input", 9, {}),
        ("1D", "channels first", 4, {"data_format": FIRST}),
        ("2D", "with overlaps", (4, 3), {}),
        ("2D", "channels first", (5, 2), {"data_format": FIRST}),
        ("3D", "with overlaps", (3, 2, 2), {}),
        ("3D", "channels first", 2, {"data_format": FIRST}),
    )
]
