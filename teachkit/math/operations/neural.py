"""Activation functions as operations."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np

from teachkit.math import activation_functions as activations
from teachkit.math.activations import ACTIVATIONS
from teachkit.math.formulas import Symbol, formula, latex_safe
from teachkit.math.meanings import Meaning
from teachkit.math.operations.arguments import shape_of, told_shape
from teachkit.math.operations.axes import taken_axes, told_axes
from teachkit.math.operations.elementwise import each_number, with_settings
from teachkit.math.operations.tables import all_arguments
from teachkit.math.rules import Rule, for_operations
from teachkit.math.subjects import Array, Subject

Function = Callable[..., Any]

_SIMPLE = {
    "HardSigmoid": "hard_sigmoid",
    "HardSilu": "hard_silu",
    "HardTanh": "hard_tanh",
    "LogSigmoid": "log_sigmoid",
    "Relu": "relu",
    "Relu6": "relu6",
    "Selu": "selu",
    "Sigmoid": "sigmoid",
    "Silu": "silu",
    "Softplus": "softplus",
    "Softsign": "softsign",
    "SparsePlus": "sparse_plus",
    "SparseSigmoid": "sparse_sigmoid",
    "TanhShrink": "tanh_shrink",
}


def _celu(x: Array, alpha: float) -> Array:
    return np.maximum(x, 0) + alpha * np.expm1(np.minimum(x, 0) / alpha)


def _soft_shrink(x: Array, threshold: float) -> Array:
    return np.asarray(np.sign(x) * np.maximum(np.abs(x) - threshold, 0))


# Class: name, LaTeX, text, NumPy. `$alpha` is what the operation was made with.
_WITH_SETTINGS: dict[str, tuple[str, str, str, Function]] = {
    "Celu": (
        "celu",
        r"\max(0, $x) + $alpha \min(0, e^{$x / $alpha} - 1)",
        "max(0, $x) + $alpha min(0, exp($x / $alpha) - 1)",
        _celu,
    ),
    "Elu": (
        "elu",
        r"\max(0, $x) + $alpha \min(0, e^{$x} - 1)",
        "max(0, $x) + $alpha min(0, exp($x) - 1)",
        activations.elu,
    ),
    "HardShrink": (
        "hard_shrink",
        r"$x \text{ if } |$x| \gt $threshold \text{ else } 0",
        "$x if |$x| > $threshold else 0",
        lambda x, threshold: np.where(np.abs(x) > threshold, x, 0),
    ),
    "LeakyRelu": (
        "leaky_relu",
        r"\max(0, $x) + $negative_slope \min(0, $x)",
        "max(0, $x) + $negative_slope min(0, $x)",
        lambda x, negative_slope: np.where(x > 0, x, negative_slope * x),
    ),
    "SoftShrink": (
        "soft_shrink",
        r"\operatorname{sign}($x) \max(|$x| - $threshold, 0)",
        "sign($x) max(|$x| - $threshold, 0)",
        _soft_shrink,
    ),
    "Squareplus": (
        "squareplus",
        r"\frac{$x + \sqrt{$x^{2} + $b}}{2}",
        "($x + √(${x}² + $b)) / 2",
        lambda x, b: (x + np.sqrt(x**2 + b)) / 2,
    ),
    "Threshold": (
        "threshold",
        r"$x \text{ if } $x \gt $threshold \text{ else } $default_value",
        "$x if $x > $threshold else $default_value",
        lambda x, threshold, default_value: np.where(x > threshold, x, default_value),
    ),
}

_STAYS = "the shape stays "

# Class: name, LaTeX and text of one number `i` of the axis, NumPy.
_ALONG_AXIS: dict[str, tuple[str, str, str, Function]] = {
    "LogSoftmax": (
        "log_softmax",
        r"${x}_{i} - \log \sum\limits_{j} e^{${x}_{j}}",
        "${x}_i - log Σ_j exp(${x}_j)",
        activations.log_softmax,
    ),
    "Softmax": (
        "softmax",
        r"\frac{e^{${x}_{i}}}{\sum\limits_{j} e^{${x}_{j}}}",
        "exp(${x}_i) / Σ_j exp(${x}_j)",
        activations.softmax,
    ),
    "Sparsemax": (
        "sparsemax",
        r"\max(0, ${x}_{i} - \tau(x))",
        "max(0, ${x}_i - τ), with τ such that the sum is 1",
        activations.sparsemax,
    ),
}


def _called(name: str, latex: str, text: str) -> tuple[str, str]:
    """Return `relu(x) = max(0, x)`: the shape of x stands where its name stands."""
    head = rf"\text{{{latex_safe(name)}}}($x) = {latex}"
    return head, f"{name}($x) = {text}"


def _simple(name: str) -> Rule:
    known = ACTIVATIONS[name]
    # In the table the argument is called z.
    latex, text = (
        re.sub(r"(?<![A-Za-z\\])z(?![A-Za-z])", "$x", one)
        for one in (known.latex, known.text)
    )
    return each_number(*_called(name, latex, text), known.evaluate, *known.notes)


def _along_axis(name: str, latex: str, text: str, function: Function) -> Rule:
    def rule(subject: Subject) -> Meaning:
        axis = all_arguments(subject)["axis"]
        rank = len(shape_of(subject.given.first))
        where = told_axes(taken_axes(rank, axis), rank)
        along = tuple(axis) if isinstance(axis, list) else axis
        forms = _called(name, latex, text)
        told = (
            rf"{forms[0]} \quad \text{{({where})}}",
            f"{forms[1]}, over {where}",
        )
        notes = ACTIVATIONS[name].notes
        made = each_number(*told, lambda x: function(x, along), *notes)(subject)
        rule = f"the numbers of {where} depend on each other; {_STAYS}"
        return replace(made, shape_rule=rule + told_shape(made.shapes[0] or ()))

    return rule


@for_operations("Gelu")
def gelu(subject: Subject) -> Meaning:
    """Times the normal distribution, or an approximation of that."""
    approximate = bool(all_arguments(subject)["approximate"])
    latex, text = r"$x \, \Phi($x)", "$x Φ($x), Φ the normal distribution"
    if approximate:
        inner = r"\sqrt{\frac{2}{\pi}} ($x + 0.044715 $x^{3})"
        latex = rf"\frac{{$x}}{{2}} \left(1 + \tanh\left({inner}\right)\right)"
        text = "$x / 2 (1 + tanh(√(2 / π) ($x + 0.044715 ${x}³)))"
    forms = _called("gelu", latex, text)
    return each_number(*forms, lambda x: activations.gelu(x, approximate))(subject)


@for_operations("Glu")
def glu(subject: Subject) -> Meaning:
    """One half of an axis, gated by the sigmoid of the other half."""
    shape, axis = shape_of(subject.given.first), all_arguments(subject)["axis"]
    length = shape[axis]
    halved = list(shape)
    halved[axis] = None if length is None else length // 2
    known = ACTIVATIONS["glu"]
    result = tuple(halved)
    return Meaning(
        formula=formula(
            rf"$y = \text{{glu}}($x) = {known.latex}",
            f"$y = glu($x) = {known.text}",
            y=Symbol("y", "y", result, "output"),
            x=Symbol("z", "z", shape, "input"),
        ),
        shapes=(result,),
        shape_rule=f"axis {axis % len(shape)} is halved: {told_shape(shape)} → "
        f"{told_shape(result)}",
        evaluate=lambda given: activations.glu(given.first, axis),
    )


def _register() -> None:
    for kind, name in _SIMPLE.items():
        for_operations(kind)(_simple(name))
    for kind, row in _WITH_SETTINGS.items():
        name, latex, text, function = row
        for_operations(kind)(with_settings(*_called(name, latex, text), function))
    for kind, row in _ALONG_AXIS.items():
        for_operations(kind)(_along_axis(*row))


_register()
