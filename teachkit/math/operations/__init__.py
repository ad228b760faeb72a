"""Rules for the operations behind `keras.ops`, one module for each kind."""

from teachkit.math.operations import (
    comparison,
    elementwise,
    joining,
    linear_algebra,
    neural,
    reductions,
    selecting,
    shaping,
)

__all__ = [
    "comparison",
    "elementwise",
    "joining",
    "linear_algebra",
    "neural",
    "reductions",
    "selecting",
    "shaping",
]
