"""StringLookup and IntegerLookup: tokens become their places in a vocabulary."""

from __future__ import annotations

from typing import Any

import numpy as np

from teachkit.graph import Shape
from teachkit.math.encodings import (
    RANK_NOTE,
    as_bytes,
    encoded,
    encoded_shape,
    encoding_formula,
    encoding_rule,
    mapped,
)
from teachkit.math.farmhash import fingerprint, keyed_hash
from teachkit.math.formulas import Formula, Line, Symbol, formula
from teachkit.math.meanings import Meaning
from teachkit.math.rules import for_layers
from teachkit.math.subjects import Array, Subject
from teachkit.math.written import upright


@for_layers("StringLookup", "IntegerLookup")
def lookup(subject: Subject) -> Meaning:
    """I = place of x in the vocabulary; inverted: the token at that place."""
    layer, shape = subject.operation, subject.shape
    if layer.invert:
        return _inverse(layer, shape)
    mode = layer.output_mode
    depth = 0 if mode == "int" else depth_of(layer)
    after = encoded_shape(shape, mode, depth)
    known = layer.vocabulary_size() > first_place(layer)
    grouped = mode in {"multi_hot", "count", "tf_idf"} and len(shape) > 2
    return Meaning(
        formula=_formula(layer, shape, after, depth),
        shapes=(after,),
        shape_rule=encoding_rule(shape, mode, depth),
        evaluate=(lambda given: looked_up(layer, given.first)) if known else None,
        notes=(RANK_NOTE,) if grouped else (),
    )


def first_place(layer: Any) -> int:
    """Return the index of the first token, after those for the mask and the unknown."""
    return _first_unknown(layer) + int(layer.num_oov_indices)


def depth_of(layer: Any) -> int:
    """Return the length of the vectors that a lookup makes."""
    size = layer.max_tokens if layer.pad_to_max_tokens else layer.vocabulary_size()
    return int(size)


def looked_up(layer: Any, x: Array) -> Array:
    """Return what a lookup that is not inverted makes of tokens."""
    table = _table(layer)
    places = mapped(lambda token: _place(layer, table, token), x, "int64")
    mode = layer.output_mode
    if mode == "int":
        return places
    counts = encoded(places, "count" if mode == "tf_idf" else mode, depth_of(layer))
    return counts * inverse_frequencies(layer) if mode == "tf_idf" else counts


def inverse_frequencies(layer: Any) -> Array:
    """Return the weight of each token for `tf_idf`, also when it was learned."""
    store: dict[str, Array] = {}
    layer.save_own_variables(store)
    return np.asarray(store["idf_weights"], "float64")


def lookup_lines(layer: Any, x: Symbol, index: Symbol) -> Formula:
    """Return the lines that tell the index of a token, one for each case."""
    start, first = first_place(layer), _first_unknown(layer)
    offset = f"{start} + " if start else ""
    tokens = f"{layer.vocabulary_size() - start:,} tokens"
    lines = formula(
        rf"$i = {offset}\text{{place of }} $x \text{{ among the {tokens}, from }} 0",
        f"$i = {offset}place of $x among the {tokens}, from 0",
        i=index,
        x=x,
    )
    lines += _unknown_line(layer, first, index)
    if layer.mask_token is None:
        return lines
    mask = upright(repr(layer.mask_token))
    if layer.output_mode != "int":
        return lines + _plain(
            rf"{x.latex} = {mask.latex} \text{{ is not counted}}",
            f"{x.text} = {mask.text} is not counted",
        )
    return lines + _plain(
        rf"{index.latex} = 0 \text{{ if }} {x.latex} = {mask.latex}",
        f"{index.text} = 0 if {x.text} = {mask.text}",
    )


def _unknown_line(layer: Any, first: int, index: Symbol) -> Formula:
    count = layer.num_oov_indices
    if count == 0:
        return Formula(())
    where = str(first)
    if count > 1:
        name = "hash(x)" if _hashes(layer) else "x"
        where = f"{first} + {name} mod {count}" if first else f"{name} mod {count}"
    latex = where.replace("hash", r"\text{hash}").replace("mod", r"\bmod")
    return _plain(
        rf"{index.latex} = {latex} \text{{ if it is unknown}}",
        f"{index.text} = {where} if it is unknown",
    )


def _plain(latex: str, text: str) -> Formula:
    return Formula((Line(latex, text),))


def _formula(layer: Any, shape: Shape, after: Shape, depth: int) -> Formula:
    x, y = Symbol("x", "x", shape, "tokens"), Symbol("y", "y", after, "output")
    if layer.output_mode == "int":
        return lookup_lines(layer, x, y)
    index = Symbol("i", "i", shape, "indices")
    lines = lookup_lines(layer, x, index)
    return lines + encoding_formula(layer.output_mode, depth, Symbol("i", "i"), y)


def _inverse(layer: Any, shape: Shape) -> Meaning:
    start = first_place(layer)
    x, y = Symbol("x", "x", shape, "indices"), Symbol("y", "y", shape, "tokens")
    unknown = upright(repr(layer.oov_token))
    offset = rf" - {start}" if start else ""
    lines = formula(
        rf"$y = \text{{token number }} $x{offset}, \text{{ counted from }} 0",
        f"$y = token number $x{offset}, counted from 0",
        x=x,
        y=y,
    ) + _plain(
        rf"y = {unknown.latex} \text{{ if there is none}}",
        f"y = {unknown.text} if there is none",
    )
    if layer.mask_token is not None:
        mask = upright(repr(layer.mask_token))
        lines += _plain(
            rf"y = {mask.latex} \text{{ if }} x = 0", f"y = {mask.text} if x = 0"
        )
    return Meaning(
        formula=lines,
        shapes=(shape,),
        shape_rule="the shape stays: each index becomes one token",
        evaluate=lambda given: _tokens(layer, given.first),
    )


def _tokens(layer: Any, x: Array) -> Array:
    words = dict(enumerate(layer.get_vocabulary()))
    whole = not isinstance(layer.oov_token, str)
    dtype = "int64" if whole else "object"

    def told(index: Any) -> Any:
        token = words.get(int(index), layer.oov_token)
        return token if whole else as_bytes(token)

    return mapped(told, x, dtype)


def _table(layer: Any) -> dict[bytes, int]:
    tokens = layer.get_vocabulary(include_special_tokens=False)
    start = first_place(layer)
    return {as_bytes(token): start + k for k, token in enumerate(tokens)}


def _place(layer: Any, table: dict[bytes, int], token: Any) -> int:
    data = as_bytes(token)
    if layer.mask_token is not None and data == as_bytes(layer.mask_token):
        # The mask is counted nowhere when the output is a vector.
        return 0 if layer.output_mode == "int" else -1
    if data in table:
        return table[data]
    if layer.num_oov_indices == 0:
        raise ValueError(f"{token!r} is not in the vocabulary")
    return _first_unknown(layer) + _number(layer, token) % int(layer.num_oov_indices)


def _number(layer: Any, token: Any) -> int:
    if not _hashes(layer):
        return int(token)
    salt = getattr(layer, "salt", None)  # Keras 3.12 has not yet any choice
    if salt is None:
        return fingerprint(as_bytes(token))
    return keyed_hash(as_bytes(token), (salt[0], salt[1]))


def _hashes(layer: Any) -> bool:
    method = getattr(layer, "oov_method", None)  # Keras 3.12 has not this choice
    return bool(layer.vocabulary_dtype == "string" or method == "farmhash")


def _first_unknown(layer: Any) -> int:
    return 1 if layer.mask_token is not None and layer.output_mode == "int" else 0
