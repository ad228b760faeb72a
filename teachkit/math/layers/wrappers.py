"""Layers that hold another layer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np

from teachkit.graph import Shape, TensorSpec
from teachkit.keras_reader.ports import call_parameters
from teachkit.math.amounts import amount, product
from teachkit.math.explaining import meaning_of
from teachkit.math.formulas import Formula, Symbol, formula, word
from teachkit.math.layers.cell_letters import heading, marked
from teachkit.math.layers.cell_stacks import Letter
from teachkit.math.layers.recurrent_formulas import collected, each_step, step_line
from teachkit.math.meanings import Meaning
from teachkit.math.numbers import flat_arrays
from teachkit.math.rules import for_layers
from teachkit.math.subjects import Arguments, Array, Subject, UnknownShapeError, bound

Evaluate = Callable[[Arguments], Any]
Residual = Callable[[Arguments, list[Array]], float]

_ENDS = {"input", "images", "output"}
"""What symbols of a tensor that a layer reads or returns mean."""


@for_layers("TimeDistributed")
def time_distributed(subject: Subject) -> Meaning:
    """The same layer, with the same weights, on each place of the time axis."""
    layer, shape = subject.operation, subject.shape
    inner = meaning_of(_one_step(subject))
    output = inner.shapes[0] if inner.shapes else None
    if output is None:
        raise UnknownShapeError
    whole = (output[0], shape[1], *output[1:])
    steps = None if shape[1] is None else amount(shape[1], "steps")
    known = inner.macs is not None and steps is not None
    evaluate, residual = inner.evaluate, inner.residual
    return Meaning(
        formula=_formula(layer.layer, inner, shape, whole),
        shapes=(whole,),
        shape_rule=f"the time axis stays; within each step {inner.shape_rule}",
        params=inner.params,
        macs=product(steps, inner.macs) if known else None,  # type: ignore[arg-type]
        evaluate=evaluate and (lambda given: _over_time(layer, evaluate, given)),
        residual=residual and _residual(layer, residual),
        notes=inner.notes,
    )


def _one_step(subject: Subject) -> Subject:
    """Return the call of the wrapped layer on one place of the time axis."""
    shape, dtype = subject.shape, subject.inputs[0].dtype
    given = {"mask": _step_of_mask(subject)} if _has_mask(subject) else {}
    step = TensorSpec((shape[0], *shape[2:]), dtype)
    return subject.of(subject.operation.layer, step, **given)


def _has_mask(subject: Subject) -> bool:
    takes = "mask" in call_parameters(subject.operation.layer, 9)
    return takes and subject.given.get("mask") is not None


def _step_of_mask(subject: Subject) -> TensorSpec:
    mask = subject.given["mask"]
    return TensorSpec((mask.shape[0], *mask.shape[2:]), mask.dtype)


def _formula(layer: Any, inner: Meaning, shape: Shape, output: Shape) -> Formula:
    """Return the loop over all steps, and what the wrapped layer does at one."""
    # In braces, as rules put indices behind the letters of their tensors.
    x = Symbol("{x_t}", "x_t", (shape[0], *shape[2:]), "input of the step")
    y = Symbol("{y_t}", "y_t", (output[0], *output[2:]), "output of the step")
    sequence = Symbol("x", "x", shape, "input")
    inside = step_line("t", sequence, replace(x, shape=None, meaning=""))
    inside += formula("$y = $f($x)", y=y, x=x, f=word(layer.name))
    whole = Symbol("y", "y", output, "output")
    return (
        each_step(shape[1], inside)
        + collected(whole, Letter("y"), shape[1])
        + heading(f"{layer.name}, of one step:")
        + _with_letters(inner.formula, {"x": x, "y": y})
    )


def _with_letters(written: Formula, letters: dict[str, Symbol]) -> Formula:
    """Return the formula of one step with letters of a step."""
    if {symbol.text for symbol in written.symbols} & {"x_t", "y_t"}:
        return written  # it has steps of its own

    def mark(symbol: Symbol) -> Symbol:
        known = symbol.latex in letters and symbol.meaning in _ENDS
        return replace(letters[symbol.latex], shape=symbol.shape) if known else symbol

    return marked(written, mark)


def _steps(layer: Any, given: Arguments) -> list[Arguments]:
    """Return the arguments of the wrapped layer for each step."""
    masks = {}
    if given.get("mask") is not None and "mask" in call_parameters(layer.layer, 9):
        masks["mask"] = given["mask"]
    x = given.first
    return [
        bound(layer.layer, (x[:, t],), {name: m[:, t] for name, m in masks.items()})
        for t in range(x.shape[1])
    ]


def _over_time(
    layer: Any, evaluate: Callable[[Arguments], Any], given: Arguments
) -> Array:
    parts = [flat_arrays(evaluate(one))[0] for one in _steps(layer, given)]
    return np.stack(parts, axis=1)


def _residual(layer: Any, residual: Residual) -> Residual:
    """Return how far the worst step is from what can come out."""
    return lambda given, outputs: max(
        residual(one, [outputs[0][:, t]]) for t, one in enumerate(_steps(layer, given))
    )
