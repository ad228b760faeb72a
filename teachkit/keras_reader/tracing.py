"""The graph of a subclassed model: what its `call` does to tensors without numbers."""

from __future__ import annotations

import inspect
import re
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import Any

import keras

from teachkit.keras_reader import internals
from teachkit.keras_reader.masks import implicit_ports
from teachkit.keras_reader.ports import Argument, arguments_of, map_leaves
from teachkit.keras_reader.sources import Place, Source, places_of
from teachkit.keras_reader.untouched import untouched
from teachkit.keras_reader.walk import Visit, walk


@dataclass(frozen=True, slots=True)
class Given:
    """What a model is called with: tensors without numbers, and plain values."""

    args: tuple[Any, ...] = ()
    kwargs: dict[str, Any] = field(default_factory=dict)

    def arguments(self, model: Any) -> list[Argument]:
        """Return the leaves of the arguments, each with its port."""
        return arguments_of(model, self.args, self.kwargs)


_SWITCHES = {"training": False, "mask": None}
"""Arguments of `call` that are no data, with what they are when nobody gives them."""

_CHOICE = "its call chooses between functions, of which one returns what it is given"

Signature = tuple[tuple[str, object], ...]


def signature_of(visit: Visit) -> Signature:
    """Return what may make a call take another way: all but shapes and dtypes."""
    implicit = implicit_ports(visit)
    return tuple(
        (argument.port, None if argument.is_tensor else _told(argument.value))
        for argument in visit.arguments
        if argument.value is not None and argument.port not in implicit
    )


def given_by(visit: Visit) -> Given:
    """Return the arguments of a call with fresh tensors in the place of its own."""
    model = visit.operation
    implicit = {port.partition("[")[0] for port in implicit_ports(visit)}
    named = {**visit.kwargs, **dict.fromkeys(implicit)}
    args = tuple(_fresh(model, value) for value in visit.args)
    return Given(args, {name: _fresh(model, value) for name, value in named.items()})


def given_when_built(model: Any) -> Given:
    """Return tensors without numbers for the shapes a model was built with.

    The result is empty when Keras kept no shapes, as for a `call` that cannot run
    without numbers.
    """
    parameters = inspect.signature(model.call).parameters
    names = [name for name in parameters if name not in _SWITCHES]
    shapes = internals.build_shapes(model).items()
    tensors = {}
    for name, (key, shape) in zip(names, shapes, strict=False):
        own = key.removesuffix("_shape")
        argument = own if own in names else name
        tensors[argument] = _tensors(shape)
    return Given((), tensors)


def trace(model: Any, given: Given, undo: ExitStack) -> Source | str:
    """Follow the `call` of a subclassed model.

    Arguments:
        model: it has been built.
        given: what it is called with.
        undo: receives what must be put back when the reading is over.

    Returns:
        The opened graph, or the reason why it stays closed.
    """
    inputs = [argument for argument in given.arguments(model) if argument.is_tensor]
    without = _without_shapes(model, given, inputs)
    if without:
        return without
    for argument in inputs:
        argument.value.name = argument.port
    undo.enter_context(untouched(model))
    needed = _needed(model, given)
    switches = {name: value for name, value in _SWITCHES.items() if name in needed}
    try:
        with internals.names_kept():
            outputs = model.call(*given.args, **given.kwargs, **switches)
    except Exception as error:  # noqa: BLE001 - a learner's call may raise anything
        return reason_of(error)
    places = places_of(outputs)
    if not places or not all(isinstance(p.tensor, keras.KerasTensor) for p in places):
        return "its call returns something else than tensors"
    tensors = [argument.value for argument in inputs]
    visits = walk(tensors, [place.tensor for place in places])
    for visit in visits:
        # A layer from elsewhere is none of the model's, and so not put back with it.
        if isinstance(visit.operation, keras.Layer):
            undo.callback(internals.forget_calls, visit.operation, visit.node_index)
    if _is_rewritten(tensors, visits):
        return _CHOICE
    return Source(
        model=model,
        name=str(model.name),
        type=type(model).__name__,
        inputs=input_places(inputs),
        outputs=places,
        casting="float to input",
        ports=tuple(argument.port for argument in inputs),
        result=outputs,
        chain=visits,
    )


def _without_shapes(model: Any, given: Given, inputs: list[Argument]) -> str:
    """Return the sentence that says of what no shape is known, empty if of nothing."""
    if not inputs:
        return "Keras knows no shape for its inputs, as its call needs numbers to run"
    missing = missing_tensors(model, given)
    return f"Keras kept no shape for its argument '{missing[0]}'" if missing else ""


def _is_rewritten(inputs: list[Any], visits: list[Visit]) -> bool:
    """Tell whether a tensor is recorded as the output of a later call than its own.

    Keras records `cond(test, lambda: x, lambda: -x)` as the call that made `x`.
    """
    if any(internals.node_of(tensor) is not None for tensor in inputs):
        return True
    made: set[internals.TensorKey] = set()
    for visit in visits:
        if any(internals.tensor_key(one) not in made for one in visit.tensors()):
            return True
        made.update(map(internals.tensor_key, visit.outputs))
    return False


def reason_of(error: Exception) -> str:
    """Return the sentence of an error that says why, without what Keras wraps it in."""
    # Colours; and the functions that TensorFlow names before and after its sentence.
    text = re.sub(r"\x1b\[[0-9;]*m|\{\{.*?\}\} *| *\[Op:.*", "", str(error))
    text = text.rpartition("Error encountered:\n")[2]
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    told = [line for line in lines if not line.startswith("Exception encountered")]
    kind = type(error).__name__
    return f"{kind}: {told[0].partition('. ')[0].rstrip('.')}" if told else kind


def missing_tensors(model: Any, given: Given) -> list[str]:
    """Return the names of the tensors that a call needs and was not given."""
    return [name for name in _needed(model, given) if name not in _SWITCHES]


def _needed(model: Any, given: Given) -> list[str]:
    """Return the names of the arguments that a call needs and was not given."""
    parameters = inspect.signature(model.call).parameters.values()
    by_name = (
        inspect.Parameter.POSITIONAL_OR_KEYWORD,
        inspect.Parameter.KEYWORD_ONLY,
    )
    needed = [p.name for p in parameters if p.default is p.empty and p.kind in by_name]
    return [name for name in needed[len(given.args) :] if name not in given.kwargs]


def input_places(inputs: list[Argument]) -> list[Place]:
    """Return the inputs of a traced model: `a`, `b[0]`; `[0]` for a single argument."""
    names = {argument.port.partition("[")[0] for argument in inputs}
    only = names.pop() if len(names) == 1 else ""
    return [
        Place(argument.port.removeprefix(only), argument.value, position)
        for position, argument in enumerate(inputs)
    ]


def _told(value: Any) -> object:
    """Return what tells a plain value from another one."""
    return repr(value) if isinstance(value, (bool, int, float, str)) else id(value)


def _fresh(model: Any, value: Any) -> Any:
    """Return a value with a new tensor in the place of each of its tensors."""

    def replaced(leaf: Any) -> Any:
        if not isinstance(leaf, keras.KerasTensor):
            return leaf
        casts = model.autocast and keras.backend.is_float_dtype(leaf.dtype)
        dtype = model.input_dtype if casts else leaf.dtype
        return keras.KerasTensor(leaf.shape, dtype=dtype, sparse=leaf.sparse)

    return map_leaves(replaced, value)


def _tensors(shape: Any) -> Any:
    """Return a symbolic tensor for every shape in a nested structure of shapes."""
    if isinstance(shape, Mapping):
        return {key: _tensors(item) for key, item in shape.items()}
    if shape and isinstance(shape[0], (list, tuple, Mapping)):
        return [_tensors(item) for item in shape]
    return keras.KerasTensor((None, *shape[1:]) if shape else ())
