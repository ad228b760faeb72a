"""Hashing and HashedCrossing: categories without a vocabulary."""

from __future__ import annotations

from typing import Any

import numpy as np

from teachkit.graph import Shape
from teachkit.math.encodings import (
    as_bytes,
    encoded,
    encoded_shape,
    encoding_formula,
    encoding_rule,
    mapped,
)
from teachkit.math.farmhash import fingerprint, fingerprint_of_two, keyed_hash
from teachkit.math.formulas import Formula, Symbol, formula
from teachkit.math.meanings import Meaning
from teachkit.math.rules import for_layers
from teachkit.math.subjects import Array, Subject

_COLLISIONS = (
    "Different values can fall into the same bin: such a collision cannot be undone."
)
_START_OF_CROSS = 0xDECAFCAFFE
"""From which TensorFlow starts the hash of a cross."""


@for_layers("Hashing")
def hashing(subject: Subject) -> Meaning:
    """Y = hash(x) mod bins; with a mask value bin 0 is kept for it."""
    layer, shape = subject.operation, subject.shape
    mode, depth = layer.output_mode, layer.num_bins
    after = encoded_shape(shape, mode, depth)
    x = Symbol("x", "x", shape, "input")
    return Meaning(
        formula=_with_encoding(_hash_formula(layer, shape, x), layer, shape, after),
        shapes=(after,),
        shape_rule=encoding_rule(shape, mode, depth),
        evaluate=lambda given: encoded(
            mapped(lambda value: _bin(layer, value), given.first, "int64"), mode, depth
        ),
        notes=(
            _COLLISIONS,
            "The hash is FarmHash's Fingerprint64 of the text; a number is written out "
            "as text before."
            if layer.salt is None
            else f"The hash is SipHash-2-4 with the key {layer.salt}.",
        ),
    )


@for_layers("HashedCrossing")
def hashed_crossing(subject: Subject) -> Meaning:
    """Y = hash of all features together, mod bins."""
    layer, shape = subject.operation, subject.shape
    mode, depth = layer.output_mode, layer.num_bins
    after = encoded_shape(shape, mode, depth)
    count = len(subject.inputs)
    symbols = {f"x{k}": Symbol(f"x_{k}", f"x{k}", shape) for k in range(1, count + 1)}
    listed = ", ".join(f"${name}" for name in symbols)
    line = formula(
        rf"$i = \text{{hash}}({listed}) \bmod {depth}",
        f"$i = hash({listed}) mod {depth}",
        i=_index(mode, shape),
        **symbols,
    )
    return Meaning(
        formula=_with_encoding(line, layer, shape, after),
        shapes=(after,),
        shape_rule=encoding_rule(shape, mode, depth),
        evaluate=lambda given: encoded(_crossed(given.first, depth), mode, depth),
        notes=(
            _COLLISIONS,
            "The hash takes the features one after the other: their order matters.",
        ),
    )


def _hash_formula(layer: Any, shape: Shape, x: Symbol) -> Formula:
    index = _index(layer.output_mode, shape)
    bins = layer.num_bins
    if layer.mask_value is None or bins == 1:
        return formula(
            rf"$i = \text{{hash}}($x) \bmod {bins}",
            f"$i = hash($x) mod {bins}",
            i=index,
            x=x,
        )
    return formula(
        rf"$i = 0 \text{{ if }} $x = $m \text{{ else }} "
        rf"1 + \text{{hash}}($x) \bmod {bins - 1}",
        f"$i = 0 if $x = $m else 1 + hash($x) mod {bins - 1}",
        i=index,
        x=x,
        m=Symbol(r"\text{mask}", "mask", None, f"mask value {layer.mask_value!r}"),
    )


def _index(mode: str, shape: Shape) -> Symbol:
    if mode == "int":
        return Symbol("y", "y", shape, "output")
    return Symbol("i", "i", shape, "bin")


def _with_encoding(bins: Formula, layer: Any, shape: Shape, after: Shape) -> Formula:
    mode = layer.output_mode
    if mode == "int":
        return bins
    y = Symbol("y", "y", after, "output")
    return bins + encoding_formula(mode, layer.num_bins, Symbol("i", "i"), y)


def _bin(layer: Any, value: Any) -> int:
    bins, mask = int(layer.num_bins), layer.mask_value
    masked = mask is not None and bins > 1
    if masked and as_bytes(value) == as_bytes(mask):
        return 0
    if isinstance(value, np.floating):
        value = int(value)
    data, free = as_bytes(value), bins - 1 if masked else bins
    salt = layer.salt
    code = fingerprint(data) if salt is None else keyed_hash(data, (salt[0], salt[1]))
    return code % free + (1 if masked else 0)


def _crossed(features: list[Array], bins: int) -> Array:
    arrays = [np.asarray(one) for one in features]
    crossed = np.empty(arrays[0].size, "int64")
    for place, values in enumerate(zip(*(a.reshape(-1) for a in arrays), strict=True)):
        code = _START_OF_CROSS
        for value in values:
            code = fingerprint_of_two(code, _code(value))
        crossed[place] = code % bins
    return crossed.reshape(arrays[0].shape)


def _code(value: Any) -> int:
    """Return a whole number as it is, in 64 bits without a sign; a text hashed."""
    if isinstance(value, (int, np.integer)):
        return int(value) % 2**64
    return fingerprint(as_bytes(value))
