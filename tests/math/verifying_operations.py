"""Cases that the rules for operations of `keras.ops` are verified on, and how."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import keras
import numpy as np
import pytest
from keras import ops

from teachkit.keras_reader import record_model
from teachkit.keras_reader.ports import map_leaves
from teachkit.keras_reader.recording import Constant, Ref
from teachkit.math import Arguments, bound, meaning_of
from teachkit.math.explaining import subject_of
from teachkit.math.numbers import flat_arrays, precise, relative_error, tolerance
from tests.math.verifying import In, formula_problems


@dataclass(frozen=True)
class OpCase:
    """One call of a function of `keras.ops`.

    Attributes:
        name: class of the operation and what is special: `Sum keepdims`.
        function: calls the operation on the tensors.
        inputs: the tensors.
        open_batch: whether the first axes have no length when the model is recorded.
        keras_is_wrong: what Keras gets wrong here, in words, and one of `value`,
            `shape` (the check of that must then fail), and `call` (what stands in the
            model cannot run; the function that made it is run instead).
    """

    name: str
    function: Callable[..., Any]
    inputs: tuple[In, ...]
    open_batch: bool = True
    keras_is_wrong: tuple[str, str] | None = None

    @property
    def kind(self) -> str:
        return self.name.partition(" ")[0]


def op(name, function, *inputs, open_batch=True, keras_is_wrong=None) -> OpCase:
    return OpCase(name, function, inputs, open_batch, keras_is_wrong)


def verify(case: OpCase) -> tuple[str, ...]:
    """Run a case through Keras and through the rules, and tell what differs."""
    generator = np.random.default_rng(0)
    arrays = [one.array(generator) for one in case.inputs]
    problems: list[str] = []
    kinds: set[str] = set()
    for opened in {case.open_batch, False}:
        tensors = [
            keras.KerasTensor(
                (None, *a.shape[1:]) if opened and a.ndim else a.shape,
                dtype=str(a.dtype),
            )
            for a in arrays
        ]
        function = keras.Function(tensors, case.function(*tensors))
        problems += _problems(case, function, arrays, kinds)
    if case.kind not in kinds:
        problems.append(f"{case.kind} is not called, but {sorted(kinds)}")
    return tuple(problems)


def _problems(case, function, arrays, kinds) -> list[str]:
    recording = record_model(function)
    ids = [end.call for end in recording.graph.inputs]
    theirs = dict(zip(((name, 0) for name in ids), arrays, strict=True))
    problems = []
    for call in recording.root.calls.values():
        if call.operation is None or call.id in ids:
            continue
        kinds.add(type(call.operation).__name__)
        values = {
            name: _all(_value, value, theirs)
            for name, value in bound(call.operation, call.args, call.kwargs).items()
        }
        args = _all(_tensor, list(call.args), theirs)
        kwargs = _all(_tensor, call.kwargs, theirs)
        eager = keras.tree.flatten(_called(case, call.operation, args, kwargs))
        found = [np.asarray(ops.convert_to_numpy(one)) for one in eager]
        theirs |= {(call.id, k): one for k, one in enumerate(found)}
        told = [one.shape for one in recording.graph.call(call.id).outputs]
        subject = subject_of(call, recording.graph)
        problems += _compared(case, subject, values, found, told)
    return problems


def _called(case, operation, args, kwargs):
    if case.keras_is_wrong is None or case.keras_is_wrong[1] != "call":
        return operation.call(*args, **kwargs)
    with pytest.raises(AttributeError):
        operation.call(*args, **kwargs)
    return case.function(*args[: len(case.inputs)])


def _all(function, structure, theirs):
    return map_leaves(lambda leaf: function(leaf, theirs), structure)


def _value(leaf, theirs):
    if isinstance(leaf, Ref):
        return theirs[leaf.call, leaf.index]
    if isinstance(leaf, Constant):
        return ops.convert_to_numpy(leaf.value)
    return leaf


def _tensor(leaf, theirs):
    value = _value(leaf, theirs)
    return ops.convert_to_tensor(value) if isinstance(leaf, (Ref, Constant)) else value


def _compared(case, subject, values, found, told) -> list[str]:
    kind = type(subject.operation).__name__
    meaning = meaning_of(subject)
    if meaning.source == "black box":
        return [f"{kind}: black box"]
    problems = []
    wrong = case.keras_is_wrong[1] if case.keras_is_wrong else None
    given = Arguments(
        map_leaves(lambda a: precise(a) if isinstance(a, np.ndarray) else a, values)
    )
    error = relative_error(flat_arrays(meaning.evaluate(given)), found)
    if (error > tolerance(str(found[0].dtype))) != (wrong == "value"):
        problems.append(f"{kind}: value: error {error:.2g}")
    if (list(meaning.shapes) != told) != (wrong == "shape"):
        problems.append(f"{kind}: shapes: {meaning.shapes}, Keras tells {told}")
    for ours, array in zip(meaning.shapes, found, strict=False):
        if ours is not None and not _fits(ours, array.shape):
            problems.append(f"{kind}: shape {ours}, computed {array.shape}")
    problems += formula_problems(meaning.formula)
    if meaning.by_hand is not None:
        steps = meaning.by_hand(given, [precise(a) for a in found])
        problems += formula_problems(steps) if steps is not None else []
    return problems


def _fits(shape, real) -> bool:
    return len(shape) == len(real) and all(
        a in (None, b) for a, b in zip(shape, real, strict=True)
    )


def each(functions, *inputs, **further) -> list[OpCase]:
    """Return a case for each function, by the name of its class."""
    found = {function.__name__: function for function in functions}
    return [
        op(
            "".join(p.capitalize() for p in name.split("_")),
            function,
            *inputs,
            **further,
        )
        for name, function in found.items()
    ]
