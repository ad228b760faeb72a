"""Activation layers: a function of each number, or of all numbers along an axis."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from teachkit.math import activation_functions as functions
from teachkit.math.activations import Activation, activation_of
from teachkit.math.amounts import amount, product
from teachkit.math.formulas import Formula, Line, Symbol, formula, word
from teachkit.math.layers.same_shape import of_input, same_shape
from teachkit.math.meanings import Meaning
from teachkit.math.numbers import numbers
from teachkit.math.rules import for_layers
from teachkit.math.subjects import Arguments, Array, Subject
from teachkit.math.written import (
    before_and_after,
    line,
    matrix,
    small,
    told,
)


@for_layers("Activation")
def activation(subject: Subject) -> Meaning:
    """Y = f(x), and what f is."""
    shape = subject.shape
    function = activation_of(subject.operation.activation)
    result = function.shape(shape)
    called = formula(
        "$y = $x" if function.is_linear else "$y = $f($x)",
        y=Symbol("y", "y", result, "output"),
        x=Symbol("x", "x", shape, "input"),
        f=function.symbol,
    )
    rule = "the shape stays as it is"
    if not function.keeps_shape:
        rule = f"the last axis is halved: {shape[-1]} // 2 = {result[-1]}"
    return Meaning(
        formula=function.defined(called),
        shapes=(result,),
        shape_rule=rule,
        evaluate=lambda given: function.evaluate(given.first),
        by_hand=lambda given, outputs: _by_hand(function, given, outputs),
        notes=function.notes,
    )


@for_layers("ReLU")
def relu(subject: Subject) -> Meaning:
    """Y = max(0, x), with a cap, a slope below and a threshold if they are wanted."""
    layer = subject.operation
    threshold, slope = float(layer.threshold), float(layer.negative_slope)
    top = layer.max_value
    latex, text = _relu_forms(slope, threshold, top)

    def evaluate(x: Array) -> Array:
        above = np.where(x > threshold, x, 0)
        above = above if top is None else np.minimum(above, top)
        return np.asarray(above + slope * np.minimum(x - threshold, 0))

    return _each(subject, latex, text, evaluate)


def _relu_forms(slope: float, threshold: float, top: float | None) -> tuple[str, str]:
    """Return the formula in both forms, without parts that change nothing."""
    latex, text = r"\max(0, $x)", "max(0, $x)"
    if threshold:
        latex = rf"($x \text{{ if }} $x \gt {threshold:g} \text{{ else }} 0)"
        text = f"($x if $x > {threshold:g} else 0)"
    if top is not None:
        latex, text = rf"\min({latex}, {top:g})", f"min({text}, {top:g})"
    if slope:
        below = f"$x - {threshold:g}" if threshold else "$x"
        latex += rf" + {slope:g} \min(0, {below})"
        text += f" + {slope:g} min(0, {below})"
    return latex, text


@for_layers("LeakyReLU")
def leaky_relu(subject: Subject) -> Meaning:
    """Y = x above zero, a part of x below."""
    slope = float(subject.operation.negative_slope)
    return _each(
        subject,
        rf"\max(0, $x) + {slope:g} \min(0, $x)",
        f"max(0, $x) + {slope:g} min(0, $x)",
        lambda x: np.where(x > 0, x, slope * x),
    )


@for_layers("ELU")
def elu(subject: Subject) -> Meaning:
    """Y = x above zero, alpha (exp(x) - 1) below."""
    alpha = float(subject.operation.alpha)
    front = "" if alpha == 1 else f"{alpha:g} "
    return _each(
        subject,
        rf"\max(0, $x) + {front}\min(0, e^{{$x}} - 1)",
        f"max(0, $x) + {front}min(0, exp($x) - 1)",
        lambda x: functions.elu(x, alpha),
    )


@for_layers("PReLU")
def prelu(subject: Subject) -> Meaning:
    """Y = x above zero, alpha x below, with an alpha that is learned."""
    layer = subject.operation
    lengths = tuple(layer.alpha.shape)
    shared = layer.shared_axes
    note = f"Along the axes {shared} all share one number of α." if shared else ""
    return same_shape(
        subject,
        of_input(
            subject,
            r"$y = \max(0, $x) + $alpha \odot \min(0, $x)",
            "$y = max(0, $x) + $alpha ⊙ min(0, $x)",
            alpha=Symbol(r"\alpha", "α", lengths, "slope below zero, learned"),
        ),
        lambda given: np.where(given.first > 0, 1, numbers(layer.alpha)) * given.first,
        params=product(*map(amount, lengths)),
        notes=(note,) if note else (),
    )


@for_layers("Softmax")
def softmax_layer(subject: Subject) -> Meaning:
    """Exponentials that sum to one along an axis, of what the mask keeps."""
    axis = subject.operation.axis
    axes = tuple(axis) if isinstance(axis, (list, tuple)) else (axis,)
    masked = subject.given.get("mask") is not None
    note = "What the mask leaves out becomes 0; the others share the sum of one."
    return same_shape(
        subject,
        _softmax_formula(subject, axes, masked),
        lambda given: _softmax(given, axes),
        by_hand=None if masked or axes != (-1,) else _softmax_by_hand,
        notes=(note,) if masked else (),
    )


def _softmax_formula(subject: Subject, axes: tuple[int, ...], masked: bool) -> Formula:
    mask = Symbol("m", "m", subject.inputs[-1].shape, "mask")
    arguments = "$x, $m" if masked else "$x"
    called = of_input(subject, f"$y = $f({arguments})", f=word("softmax"), m=mask)
    i, j = ("m_i ", "m_j ") if masked else ("", "")
    places = "axis" if len(axes) == 1 else "axes"
    along = f", along {places} {', '.join(map(str, axes))}"
    value = Line(
        rf"y_i = \frac{{{i}e^{{x_i}}}}{{\sum\limits_j {j}e^{{x_j}}}}"
        rf"\text{{{along}}}",
        f"y_i = {i}exp(x_i) / Σ_j {j}exp(x_j){along}",
    )
    symbols = called.symbols if masked else called.symbols[:-1]
    return Formula((*called.lines, value), symbols)


def _softmax(given: Arguments, axes: tuple[int, ...]) -> Array:
    x, mask = given.first, given.get("mask")
    if mask is None:
        return functions.softmax(x, axes)
    kept = np.broadcast_to(np.asarray(mask) > 0.5, x.shape)
    largest = np.max(x, axis=axes, keepdims=True, initial=-np.inf, where=kept)
    powers = np.exp(np.where(kept, x - largest, -np.inf))
    sums = powers.sum(axis=axes, keepdims=True)
    # Where the mask keeps nothing all are 0.
    return np.asarray(powers / np.where(sums > 0, sums, 1))


def _each(
    subject: Subject, latex: str, text: str, function: Callable[[Array], Array]
) -> Meaning:
    return same_shape(
        subject,
        of_input(subject, f"$y = {latex}", f"$y = {text}"),
        lambda given: function(given.first),
        by_hand=lambda given, outputs: before_and_after(given.first[0], outputs[0][0]),
    )


def _by_hand(
    function: Activation, given: Arguments, outputs: list[Array]
) -> Formula | None:
    if function.name == "softmax":
        return _softmax_by_hand(given, outputs)
    x, y = given.first[0], outputs[0][0]
    if not small(x, y):
        return None
    return line("y =", function.applied(matrix(x)), "=", matrix(y))


def _softmax_by_hand(given: Arguments, outputs: list[Array]) -> Formula | None:
    """Return the exponentials of the first row, their sum, and the first number."""
    x, y = given.first, outputs[0]
    row = x.reshape(-1, x.shape[-1])[0]
    if not small(row):
        return None
    powers = np.exp(row)
    first, total = told(row[0]), told(powers.sum())
    sums = " + ".join(f"e^{{{told(value)}}}" for value in row)
    words = " + ".join(f"exp({told(value)})" for value in row)
    value = told(y.reshape(-1)[0])
    return formula(
        rf"\sum\limits_j e^{{x_j}} = {sums} = {total}", f"{words} = {total}"
    ) + formula(
        rf"y_1 = \frac{{e^{{{first}}}}}{{{total}}} = {value}",
        f"y_1 = exp({first}) / {total} = {value}",
    )
