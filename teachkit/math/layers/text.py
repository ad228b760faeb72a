"""TextVectorization: text is cleaned, split, joined to n-grams, and looked up."""

from __future__ import annotations

import string
from typing import Any

import numpy as np

from teachkit.graph import Shape
from teachkit.math.encodings import as_bytes, encoded, encoding_formula
from teachkit.math.formulas import Formula, Symbol, formula
from teachkit.math.layers.lookups import inverse_frequencies
from teachkit.math.meanings import Meaning
from teachkit.math.rules import for_layers
from teachkit.math.subjects import Array, Subject
from teachkit.math.written import upright

_Config = dict[str, Any]

_PUNCTUATION = string.punctuation.encode()
_CLEANING = {
    "lower": " in lower case",
    "strip_punctuation": " without punctuation",
    "lower_and_strip_punctuation": " in lower case, without punctuation",
}
_PIECES = {
    "whitespace": "the words",
    "character": "the letters",
    "None": "the elements",
}


@for_layers("TextVectorization")
def text_vectorization(subject: Subject) -> Meaning:
    """Each text becomes a row of indices, or one vector of counts."""
    layer, shape = subject.operation, subject.shape
    config = layer.get_config()
    after = (*_texts(config, shape), _length(layer, config, shape))
    lowered = "lower" in str(config["standardize"])
    bytewise = "TensorFlow looks at bytes: only A to Z get lower case."
    return Meaning(
        formula=_formula(layer, config, shape, after),
        shapes=(after,),
        shape_rule=_shape_rule(layer, config),
        evaluate=(lambda given: _evaluate(layer, config, given.first))
        if _can_evaluate(layer, config)
        else None,
        notes=(bytewise,) if lowered else (),
    )


def _can_evaluate(layer: Any, config: _Config) -> bool:
    """Tell whether it has words, and nothing in it is a function of the author's."""
    own = callable(config["standardize"]) or callable(config["split"])
    other = config["ragged"] or config["output_mode"] == "one_hot"
    return not own and not other and bool(layer.get_vocabulary(False))


def _texts(config: _Config, shape: Shape) -> Shape:
    """Return the axes that stay: one for each text."""
    if config["split"] is None or (len(shape) > 1 and shape[-1] == 1):
        return shape[:-1]
    return shape


def _length(layer: Any, config: _Config, shape: Shape) -> int | None:
    if config["output_mode"] != "int":
        return _depth(layer, config)
    fixed = config["output_sequence_length"]
    if fixed is None and config["split"] is None and config["ngrams"] is None:
        return shape[-1]
    return None if fixed is None else int(fixed)


def _depth(layer: Any, config: _Config) -> int:
    padded = config["pad_to_max_tokens"]
    return int(config["max_tokens"] if padded else layer.vocabulary_size())


def _shape_rule(layer: Any, config: _Config) -> str:
    if config["output_mode"] != "int":
        depth = _depth(layer, config)
        return f"each text becomes {depth:,} numbers, one for each token"
    length = config["output_sequence_length"]
    if length is None and config["split"] is None and config["ngrams"] is None:
        return "the shape stays: each text becomes one index"
    if length is None:
        return "each text becomes as many indices as the longest one has tokens"
    return f"each text becomes {length:,} indices: cut, or filled up with zeros"


def _formula(layer: Any, config: _Config, shape: Shape, after: Shape) -> Formula:
    mode = config["output_mode"]
    y = Symbol("y", "y", after, "output")
    unknown = _unknown(config)
    pieces, steps = upright(_pieces(config)), upright(_steps(config))
    lines = formula(
        rf"t_1, t_2, \dots = {pieces.latex} \text{{ of }} $x {steps.latex}",
        f"t_1, t_2, ... = {pieces.text} of $x{steps.text}",
        x=Symbol("x", "x", shape, "texts"),
    ) + formula(
        rf"$i, \quad {y.latex if mode == 'int' else 'i'}_j = {unknown + 1} + "
        rf"\text{{place of }} t_j \text{{ among the tokens, }} {unknown} "
        r"\text{ if it is unknown}",
        f"$i, {y.text if mode == 'int' else 'i'}_j = {unknown + 1} + place of t_j "
        f"among the tokens, {unknown} if it is unknown",
        i=y if mode == "int" else Symbol("i", "i", None, "indices"),
    )
    if mode == "int":
        return lines
    depth = _depth(layer, config)
    return lines + encoding_formula(mode, depth, Symbol("i", "i"), y)


def _pieces(config: _Config) -> str:
    split = config["split"]
    return "the parts" if callable(split) else _PIECES[str(split)]


def _listed(widths: tuple[int, ...]) -> str:
    return " and ".join(map(str, widths))


def _steps(config: _Config) -> str:
    cleaning = config["standardize"]
    cleaned = " as cleaned" if callable(cleaning) else _CLEANING.get(str(cleaning), "")
    widths = _widths(config)
    joined = "" if widths is None else f", joined to n-grams of {_listed(widths)}"
    return f"{cleaned}{joined}"


def _widths(config: _Config) -> tuple[int, ...] | None:
    ngrams = config["ngrams"]
    return tuple(range(1, ngrams + 1)) if isinstance(ngrams, int) else ngrams


def _unknown(config: _Config) -> int:
    """Return the index of unknown words; as indices, 0 is what fills up."""
    return 1 if config["output_mode"] == "int" else 0


def _evaluate(layer: Any, config: _Config, x: Array) -> Array:
    unknown = _unknown(config)
    table = {
        as_bytes(token): unknown + 1 + place
        for place, token in enumerate(layer.get_vocabulary(False))
    }
    rows = _rows(config, x)
    indices = [[table.get(token, unknown) for token in row] for row in rows]
    if config["output_mode"] == "int":
        return _filled(indices, config["output_sequence_length"])
    mode, depth = config["output_mode"], _depth(layer, config)
    counted = "count" if mode == "tf_idf" else mode
    vectors = [encoded(np.asarray(row, "int64"), counted, depth) for row in indices]
    scale = inverse_frequencies(layer) if mode == "tf_idf" else 1.0
    return np.stack(vectors) * scale


def _rows(config: _Config, x: Array) -> list[list[bytes]]:
    """Return the tokens of each text."""
    cleaned = [_cleaned(config, as_bytes(text)) for text in x.reshape(-1)]
    if config["split"] is None:
        width = x.shape[-1]
        starts = range(0, len(cleaned), width)
        rows = [cleaned[start : start + width] for start in starts]
    elif config["split"] == "whitespace":
        rows = [text.split() for text in cleaned]
    else:
        rows = [[one.encode() for one in text.decode()] for text in cleaned]
    widths = _widths(config)
    return rows if widths is None else [_ngrams(row, widths) for row in rows]


def _cleaned(config: _Config, text: bytes) -> bytes:
    standardize = str(config["standardize"])
    text = text.lower() if "lower" in standardize else text
    return text.translate(None, _PUNCTUATION) if "strip" in standardize else text


def _ngrams(tokens: list[bytes], widths: tuple[int, ...]) -> list[bytes]:
    return [
        b" ".join(tokens[start : start + width])
        for width in widths
        for start in range(len(tokens) - width + 1)
    ]


def _filled(rows: list[list[int]], length: int | None) -> Array:
    width = max(map(len, rows)) if length is None else length
    filled = np.zeros((len(rows), width), "int64")
    for place, row in enumerate(rows):
        filled[place, : len(row)] = row[:width]
    return filled
