"""The one noun of teachkit: a Keras model as plain, frozen data.

A `ModelGraph` has calls (nodes) and tensors (edges). It is made once, by
`teachkit.read`, and every drawing, comparison, explanation and grade is a function
of it. This package knows nothing of Keras: a graph can be written by hand in a test.
"""

from __future__ import annotations

from teachkit.graph.config import Config
from teachkit.graph.encoding import FORMAT
from teachkit.graph.model_graph import Call, Kind, ModelGraph
from teachkit.graph.records import (
    Endpoint,
    Layer,
    Notice,
    Shape,
    Tensor,
    TensorSpec,
    Weight,
)

__all__ = [
    "FORMAT",
    "Call",
    "Config",
    "Endpoint",
    "Kind",
    "Layer",
    "ModelGraph",
    "Notice",
    "Shape",
    "Tensor",
    "TensorSpec",
    "Weight",
]
