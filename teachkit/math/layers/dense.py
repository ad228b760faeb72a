"""Dense: every output number is a weighted sum of all numbers of the last axis."""

from __future__ import annotations

from math import prod
from typing import Any

from teachkit.graph import Shape
from teachkit.math.activations import Activation, activation_of
from teachkit.math.amounts import Amount, amount, product
from teachkit.math.black_box import weights_amount
from teachkit.math.formulas import Formula, Line, Symbol, formula
from teachkit.math.meanings import Meaning
from teachkit.math.numbers import numbers
from teachkit.math.rules import for_layers
from teachkit.math.subjects import Arguments, Array, Subject
from teachkit.math.written import line, matrix, small, told, weighted_sum


@for_layers("Dense")
def dense(subject: Subject) -> Meaning:
    """Y = activation(x W + b), on the last axis."""
    layer, shape = subject.operation, subject.shape
    features = amount(shape[-1] or 0, "features")
    units = amount(layer.units, "units")
    activation = activation_of(layer.activation)
    inputs = features + 1 if layer.use_bias else features
    adapted = getattr(layer, "lora_enabled", False)
    result = activation.shape((*shape[:-1], layer.units))
    rule = f"all axes stay but the last, which becomes units = {layer.units:,}"
    if not activation.keeps_shape:
        rule += f", halved by {activation.name}"
    return Meaning(
        formula=_formula(layer, shape, result, activation),
        shapes=(result,),
        shape_rule=rule,
        params=weights_amount(layer) if adapted else product(inputs, units),
        macs=_macs(shape, features, units),
        evaluate=lambda given: evaluate_dense(layer, activation, given.first),
        by_hand=lambda given, outputs: dense_by_hand(layer, activation, given, outputs),
        notes=(*activation.notes, *adapted_notes(layer)),
    )


def adapted_notes(layer: Any) -> tuple[str, ...]:
    """Return what a layer that was adapted by LoRA should tell."""
    if not getattr(layer, "lora_enabled", False):
        return ()
    factor = f"{layer.lora_alpha:g} / {layer.lora_rank}"
    return (
        f"Two small matrices of LoRA are part of the table of weights: {factor} times "
        "their product is added to what was learned before.",
    )


def _formula(
    layer: Any, shape: Shape, result: Shape, activation: Activation
) -> Formula:
    inner = "$x $W" + (" + $b" if layer.use_bias else "")
    told = f"$y = {inner}" if activation.is_linear else f"$y = $f({inner})"
    symbols = {
        "y": Symbol("y", "y", result, "output"),
        "x": Symbol("x", "x", shape, "input"),
        "W": Symbol("W", "W", (shape[-1], layer.units), "kernel"),
        "b": Symbol("b", "b", (layer.units,), "bias"),
        "f": activation.symbol,
    }
    return activation.defined(formula(told, **symbols))


def _macs(shape: Shape, features: Amount, units: Amount) -> Amount | None:
    if None in shape[1:]:
        return None
    places = amount(prod(shape[1:-1]), "places")  # type: ignore[arg-type]
    return product(places, features, units)


def evaluate_dense(layer: Any, activation: Activation, x: Array) -> Array:
    """Return activation(x W + b) with the numbers of a layer."""
    z = x @ numbers(layer.kernel)
    if layer.bias is not None:
        z = z + numbers(layer.bias)
    return activation.evaluate(z)


def dense_by_hand(
    layer: Any, activation: Activation, given: Arguments, outputs: list[Array]
) -> Formula | None:
    """Return the first sample times the whole kernel, and then its first number.

    Each step has a line of its own, so that a narrow page shows all of them.
    """
    x, kernel = given.first, numbers(layer.kernel)
    if x.ndim != 2 or not small(kernel, x[:1], outputs[0][:1]):
        return None
    bias = None if layer.bias is None else numbers(layer.bias)
    z = x[0] @ kernel + (0 if bias is None else bias)
    added: list[Line | str] = [] if bias is None else ["+", matrix(bias)]
    whole = line("z = x W" + (" + b" if added else ""))
    whole += line("z =", matrix(x[0]), matrix(kernel), *added)
    whole += line("z =", matrix(z))
    first = None if bias is None else float(bias[0])
    pairs = list(zip(x[0], kernel[:, 0], strict=True))
    steps = whole + weighted_sum("z_1", pairs, first, z[0])
    return steps + _activated(activation, z, outputs[0][0])


def _activated(activation: Activation, z: Array, result: Array) -> Formula:
    if activation.is_linear:
        return line("y = z")
    if activation.elementwise:
        return line("y_1 =", activation.applied(told(z[0])), f"= {told(result[0])}")
    return line("y =", activation.applied("z"), "=", matrix(result))
