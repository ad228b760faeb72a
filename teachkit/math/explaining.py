"""From a call to its meaning: a rule, else its operations, else a black box.

A custom layer whose `call` uses `keras.ops` and other layers is a small graph. Each of
its calls has a meaning, so their formulas in order are the formula of the layer.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import keras

from teachkit.graph import Endpoint, ModelGraph, TensorSpec
from teachkit.keras_reader.following import follow, follow_function
from teachkit.keras_reader.ports import call_parameters, leaves_with_path, map_leaves
from teachkit.keras_reader.recording import (
    Constant,
    RecordedCall,
    RecordedModel,
    Recording,
    Ref,
)
from teachkit.math.amounts import total
from teachkit.math.black_box import black_box, weights_amount
from teachkit.math.let_lines import let_lines
from teachkit.math.meanings import Meaning
from teachkit.math.numbers import flat_arrays, numbers
from teachkit.math.rules import rule_for
from teachkit.math.subjects import Arguments, Array, Subject, UnknownShapeError, bound


class CannotEvaluateError(Exception):
    """Something on the way has no evaluation in NumPy."""


def meaning_of(subject: Subject) -> Meaning:
    """Return what a call computes, as far as can be told.

    Returns:
        What the rule for its class says; for a class of the author's own what the
        operations say that it makes; else shapes and parameters alone.
    """
    rule = rule_for(subject.operation)
    try:
        found = _by_operations(subject) if rule is None else rule(subject)
    except UnknownShapeError:
        found = None
    return black_box(subject) if found is None else found


def subject_of(
    call: RecordedCall, graph: ModelGraph, *, training: bool = False
) -> Subject:
    """Return one recorded call as a subject.

    Arguments:
        call: as it was recorded.
        graph: in which it stands, with the shapes of this call.
        training: whether the form used in training is wanted.
    """

    def leaf(value: Any) -> Any:
        if isinstance(value, Ref):
            return graph.call(value.call).outputs[value.index]
        if isinstance(value, Constant):
            return graph.call(value.call).outputs[0]
        return value

    given = Arguments(
        {
            name: map_leaves(leaf, value)
            for name, value in bound(call.operation, call.args, call.kwargs).items()
        }
    )
    if "training" in given:
        # A call inside a model that trains does so too, whatever was recorded.
        training = given["training"] = training or given["training"] is True
    outputs = graph.call(call.id).outputs
    return Subject(call.operation, given, outputs, training)


def evaluated_function(function: Callable[[Any], Any], z: Array) -> Array:
    """Return what a function made of `keras.ops` gives for an array, by NumPy.

    Raises:
        CannotEvaluateError: it cannot be followed, or an operation has no rule.
    """
    spec = TensorSpec((None, *z.shape[1:]), "float32")
    recording = follow_function(function, spec)
    if recording is None:
        raise CannotEvaluateError(str(function))
    (result,) = _evaluate(recording, Arguments(z=z))
    return result


def evaluate_model(
    model: RecordedModel, graph: ModelGraph, arrays: Mapping[str, Array]
) -> list[Array]:
    """Return the outputs of a recorded model in flat order, computed in NumPy.

    Arguments:
        model: as it was recorded.
        graph: of the same.
        arrays: by id of the input.

    Raises:
        CannotEvaluateError: a call has no evaluation.
    """
    values: dict[tuple[str, int], Array] = {(k, 0): v for k, v in arrays.items()}

    def leaf(value: Any) -> Any:
        if isinstance(value, Ref):
            return values[value.call, value.index]
        if isinstance(value, Constant):
            return numbers(value.value)
        return value

    for call in model.calls.values():
        if call.id in arrays:
            continue
        given = {
            name: map_leaves(leaf, value)
            for name, value in bound(call.operation, call.args, call.kwargs).items()
        }
        for index, array in enumerate(_result(call, graph, Arguments(given))):
            values[call.id, index] = array
    return list(keras.tree.flatten(map_leaves(leaf, model.outputs)))


def _by_operations(subject: Subject) -> Meaning | None:
    layer = subject.operation
    known = all(spec.shape is not None for spec in subject.inputs)
    if not isinstance(layer, keras.Layer) or not known:
        return None
    named = call_parameters(layer, 9)
    switches = {"training": subject.training} if "training" in named else {}
    recording = follow(layer, {**subject.given, **switches})
    if recording is None:
        return None
    meanings = _meanings(recording.root, recording.graph, subject.training)
    if any(_is_unknown(recording.root.calls[k], m) for k, m in meanings.items()):
        return None
    evaluable = all(one.evaluate is not None for one in meanings.values())
    macs = [one.macs for one in meanings.values()]
    return Meaning(
        formula=let_lines(recording, meanings),
        shapes=tuple(end.shape for end in sorted(recording.graph.outputs, key=_order)),
        shape_rule="what comes out of the operations that its call makes",
        params=weights_amount(layer),
        macs=total([m for m in macs if m is not None]) if None not in macs else None,
        evaluate=(lambda given: _evaluate(recording, given)) if evaluable else None,
        notes=(
            f"The call of {type(layer).__name__} was followed into the operations "
            "that it makes.",
        ),
        source="operations",
    )


def _is_unknown(call: RecordedCall, meaning: Meaning) -> bool:
    """Tell whether nobody knows what an operation reads.

    `cond` and loops are recorded without what their functions see from outside.
    """
    is_layer = isinstance(call.operation, keras.Layer)
    return meaning.source == "black box" and not is_layer


def _order(end: Endpoint) -> int:
    return end.order


def _meanings(
    model: RecordedModel, graph: ModelGraph, training: bool
) -> dict[str, Meaning]:
    return {
        name: meaning_of(subject_of(call, graph, training=training))
        for name, call in model.calls.items()
        if graph.call(name).kind != "input"
    }


def _evaluate(recording: Recording, given: Arguments) -> list[Array]:
    arrays = {
        f"{name}{path}": value
        for name, part in given.items()
        for path, value in leaves_with_path(part)
    }
    known = {end.call for end in recording.graph.inputs}
    return evaluate_model(
        recording.root,
        recording.graph,
        {name: value for name, value in arrays.items() if name in known},
    )


def _result(call: RecordedCall, graph: ModelGraph, given: Arguments) -> list[Array]:
    nested = graph.call(call.id).nested
    if call.inner is not None and nested is not None:
        ends = sorted(nested.inputs, key=_order)
        arrays = dict(zip([e.call for e in ends], given.tensors(), strict=False))
        return evaluate_model(call.inner, nested, arrays)
    meaning = meaning_of(subject_of(call, graph))
    if meaning.evaluate is None:
        raise CannotEvaluateError(call.id)
    return flat_arrays(meaning.evaluate(given))
