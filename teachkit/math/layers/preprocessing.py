"""Preprocessing of numbers: Normalization, Rescaling; Pipeline: several in a row."""

from __future__ import annotations

from typing import Any

import keras
import numpy as np

from teachkit.graph import Shape, TensorSpec
from teachkit.math.amounts import NOTHING, Amount, amount, product, total
from teachkit.math.explaining import meaning_of
from teachkit.math.formulas import Formula, Line, Symbol, formula, latex_safe
from teachkit.math.meanings import Meaning
from teachkit.math.numbers import flat_arrays, numbers
from teachkit.math.rules import for_layers
from teachkit.math.subjects import Arguments, Array, Subject, bound, specs_of
from teachkit.math.written import line, told, weighted_sum

_STAYS = "the shape stays: each number is computed by itself"


@for_layers("Rescaling")
def rescaling(subject: Subject) -> Meaning:
    """Y = scale x + offset."""
    layer, shape = subject.operation, subject.shape
    single = np.ndim(layer.scale) == 0 and np.ndim(layer.offset) == 0
    return Meaning(
        formula=_rescaling_formula(layer, shape),
        shapes=(shape,),
        shape_rule=_STAYS,
        evaluate=lambda given: _rescaled(layer, given.first),
        by_hand=(lambda given, outputs: _rescaled_by_hand(layer, given, outputs))
        if single
        else None,
    )


@for_layers("Normalization")
def normalization(subject: Subject) -> Meaning:
    """Y = (x - mean) / standard deviation, of the data given to adapt()."""
    layer, shape = subject.operation, subject.shape
    axes = sorted(axis % len(shape) for axis in layer.axis)
    kept = tuple(shape[axis] or 0 for axis in axes)
    learned = layer.input_mean is None
    return Meaning(
        formula=_normalization_formula(layer, shape, kept),
        shapes=(shape,),
        shape_rule=_STAYS,
        params=_normalization_params(kept) if learned else NOTHING,
        evaluate=lambda given: _normalized(layer, given.first),
        by_hand=lambda given, outputs: _normalized_by_hand(layer, given, outputs),
        notes=_normalization_notes(axes, learned),
    )


@for_layers("Pipeline")
def pipeline(subject: Subject) -> Meaning:
    """One layer after the other: y = last(... (second(first(x))))."""
    meanings = []
    spec = TensorSpec(subject.shape, subject.inputs[0].dtype)
    for layer in subject.operation.layers:
        meanings.append(meaning_of(subject.of(layer, spec)))
        spec = TensorSpec(meanings[-1].shapes[0], spec.dtype)
    layers = subject.operation.layers
    formulas = [
        _titled(layer.name, one.formula)
        for layer, one in zip(layers, meanings, strict=True)
    ]
    macs = [one.macs for one in meanings]
    evaluable = all(one.evaluate is not None for one in meanings)
    return Meaning(
        formula=sum(formulas, Formula(())),
        shapes=meanings[-1].shapes,
        shape_rule="each layer changes the shape as it does alone",
        params=total([one.params for one in meanings]),
        macs=total([m for m in macs if m is not None]) if None not in macs else None,
        evaluate=(lambda given: _piped(subject, given.first)) if evaluable else None,
        notes=tuple(dict.fromkeys(note for one in meanings for note in one.notes)),
    )


def _rescaling_formula(layer: Any, shape: Shape) -> Formula:
    scale, offset = layer.scale, layer.offset
    symbols = {
        "x": Symbol("x", "x", shape, "input"),
        "y": Symbol("y", "y", shape, "output"),
        "s": _constant("s", scale, "scale"),
        "o": _constant("o", offset, "offset"),
    }
    sign = "+"
    if np.ndim(offset) == 0 and offset < 0:
        sign, symbols["o"] = "-", _constant("o", -offset, "offset")
    added = "" if np.ndim(offset) == 0 and offset == 0 else f" {sign} $o"
    return formula(f"$y = $s $x{added}", **symbols)


def _constant(letter: str, value: Any, meaning: str) -> Symbol | str:
    """Return one number as it is, such as 1/255, and several as a letter."""
    if np.ndim(value):
        return Symbol(letter, letter, np.shape(value), meaning)
    value = float(value)
    inverse = round(1 / value) if 0 < abs(value) < 1 else 0
    if inverse and abs(inverse * value - 1) < 1e-9:
        return Symbol(rf"\frac{{1}}{{{inverse}}}", f"1/{inverse}")
    text = f"{value:.6g}"
    return f"({text})" if value < 0 else text


def _rescaled(layer: Any, x: Array) -> Array:
    scale = np.asarray(layer.scale, "float64")
    if scale.ndim and keras.config.image_data_format() == "channels_first":
        scale = scale.reshape(scale.shape + (1,) * (3 - scale.ndim))
    return np.asarray(x * scale + np.asarray(layer.offset, "float64"))


def _rescaled_by_hand(
    layer: Any, given: Arguments, outputs: list[Array]
) -> Formula | None:
    if not outputs[0].size:
        return None
    x, y = given.first.flat[0], outputs[0].flat[0]
    scale, offset = float(layer.scale), float(layer.offset)
    pairs = [(scale, float(x))]
    return weighted_sum("y_1", pairs, offset, float(y))


def _normalization_formula(layer: Any, shape: Shape, kept: Shape) -> Formula:
    symbols = {
        "x": Symbol("x", "x", shape, "input"),
        "y": Symbol("y", "y", shape, "output"),
        "m": Symbol(r"\mu", "μ", kept, "mean"),
        "v": Symbol(r"\sigma^2", "σ²", kept, "variance"),
    }
    least = keras.config.epsilon()
    deviation = rf"\max(\sqrt{{$v}}, {least:g})"
    text = f"max(sqrt($v), {least:g})"
    if layer.invert:
        return formula(f"$y = $m + $x {deviation}", f"$y = $m + $x {text}", **symbols)
    return formula(
        rf"$y = \frac{{$x - $m}}{{{deviation}}}", f"$y = ($x - $m) / {text}", **symbols
    )


def _normalization_params(kept: Shape) -> Amount:
    sizes = [amount(length or 0, "features") for length in kept]
    return product(amount(2, "mean and variance"), *sizes) + amount(1, "count")


def _normalization_notes(axes: list[int], learned: bool) -> tuple[str, ...]:
    where = " and ".join(map(str, axes))
    each = (
        f"Each index of axis {where} has its own" if axes else "All numbers share one"
    )
    first = f"{each} mean and variance."
    if not learned:
        return (first,)
    return (
        first,
        "They come from the data given to adapt(), before training, and are not "
        "trained; without adapt() the mean is 0 and the variance 1.",
    )


def _statistics(layer: Any) -> tuple[Array, Array]:
    variance = numbers(layer.variance)
    return numbers(layer.mean), np.maximum(np.sqrt(variance), keras.config.epsilon())


def _normalized(layer: Any, x: Array) -> Array:
    mean, deviation = _statistics(layer)
    return mean + x * deviation if layer.invert else (x - mean) / deviation


def _normalized_by_hand(
    layer: Any, given: Arguments, outputs: list[Array]
) -> Formula | None:
    if not outputs[0].size:
        return None
    mean, deviation = _statistics(layer)
    x, y = told(given.first.flat[0]), told(outputs[0].flat[0])
    m, s = told(mean.flat[0]), told(deviation.flat[0])
    sign, middle = ("-", m[1:]) if m.startswith("-") else ("+", m)
    if layer.invert:
        return line(f"y_1 = {x} × {s} {sign} {middle} = {y}")
    opposite = "-" if sign == "+" else "+"
    return line(f"y_1 = ({x} {opposite} {middle}) / {s} = {y}")


def _titled(name: str, lines: Formula) -> Formula:
    title = Line(rf"\text{{{latex_safe(name)}:}}", f"{name}:")
    return Formula((title, *lines.lines), lines.symbols)


def _piped(subject: Subject, x: Array) -> Array:
    for layer in subject.operation.layers:
        meaning = meaning_of(subject.of(layer, specs_of(x)))
        if meaning.evaluate is None:
            raise ValueError(f"{layer.name} cannot be computed in NumPy")
        x = flat_arrays(meaning.evaluate(bound(layer, (x,), {})))[0]
    return x
