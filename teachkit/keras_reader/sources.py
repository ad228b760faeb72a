"""What can be opened as a graph, and between which tensors the graph then lies.

A Functional model, a built Sequential one and a `keras.Function` say so themselves; a
subclassed model is followed by `tracing`; an unbuilt Sequential one is a `chain`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

import keras

from teachkit.graph import Notice
from teachkit.keras_reader import internals
from teachkit.keras_reader.ports import (
    first_parameter,
    is_tensor,
    leaves_with_path,
    map_leaves,
)
from teachkit.keras_reader.walk import Visit, walk

Casting = Literal["to input", "float to input", "none"]


@dataclass(eq=False, slots=True)
class Place:
    """A tensor among the inputs or outputs of a model.

    Attributes:
        path: where it stands in what the author wrote: `['score']`, `[1]`, or empty.
        tensor: the tensor.
        order: its position in the flat order of Keras, which sorts the keys of dicts.
    """

    path: str
    tensor: Any
    order: int


@dataclass(eq=False)
class Source:
    """A model opened as a graph: the tensors between which its calls lie.

    Attributes:
        model: the object whose weights and name it has.
        inputs, outputs: in the order in which the author gave them.
        casting: which tensors take the dtype of the input at which they arrive.
        structure, result: the inputs and outputs, nested as the author gave them.
        ports: of a traced model, the arguments of its `call` that are the inputs.
        overridden_call: the class has a `call` of its own, which runs instead.
        chain: the calls, where they are known already or no walk could find them.
        closed: why the model in it stays closed, if it is shown as a box.
    """

    model: Any
    name: str
    type: str
    inputs: list[Place]
    outputs: list[Place]
    casting: Casting = "none"
    structure: Any = None
    result: Any = None
    ports: tuple[str, ...] | None = None
    overridden_call: bool = False
    chain: list[Visit] | None = None
    closed: str | None = None
    notices: list[Notice] = field(default_factory=list)

    def flat_inputs(self) -> list[Any]:
        """Return the inputs in Keras' own order."""
        return in_flat_order(self.inputs)

    def flat_outputs(self) -> list[Any]:
        """Return the outputs in Keras' own order."""
        return in_flat_order(self.outputs)

    def visits(self) -> list[Visit]:
        """Return the calls in topological order, the inputs first."""
        if self.chain is not None:
            return self.chain
        inputs = [place.tensor for place in self.inputs]
        return walk(inputs, [place.tensor for place in self.outputs])

    def handed(self, visit: Visit) -> dict[int, Any]:
        """Return which tensor of a call of this model arrives at which flat input."""
        if self.ports is None:
            values = _positional(self, visit)[: len(self.inputs)]
        else:
            given = {a.port: a.value for a in visit.arguments}
            values = [given.get(port) for port in self.ports]
        return {k: v for k, v in enumerate(values) if is_tensor(v)}


def is_graph(operation: Any) -> bool:
    """Tell whether an operation is itself a model: `kind` is then `model`."""
    return isinstance(operation, (keras.Function, keras.Model))


def in_flat_order(places: list[Place]) -> list[Any]:
    """Return the tensors of places in Keras' own order."""
    return [one.tensor for one in sorted(places, key=lambda place: place.order)]


def places_of(structure: Any) -> list[Place]:
    """Return every tensor of nested dicts, lists and tuples, in the author's order."""
    leaves = list(leaves_with_path(structure))
    numbers = iter(range(len(leaves)))
    flat = keras.tree.flatten(map_leaves(lambda _: next(numbers), structure))
    order = {number: position for position, number in enumerate(flat)}
    return [Place(path, leaf, order[k]) for k, (path, leaf) in enumerate(leaves)]


def function_of(model: Any) -> keras.Function | None:
    """Return the graph that Keras has of a model, None if it has none."""
    if isinstance(model, keras.Sequential):
        model = internals.functional_of(model)
    return model if isinstance(model, keras.Function) else None


def open_function(model: Any) -> Source | None:
    """Open a Functional model, a built Sequential one or a `keras.Function`."""
    function = function_of(model)
    if function is None:
        return None
    structure = internals.input_structure(function)
    result = internals.output_structure(function)
    return Source(
        model=model,
        name=str(model.name),
        type=type(model).__name__,
        inputs=places_of(structure),
        outputs=places_of(result),
        casting="to input" if isinstance(function, keras.Model) else "none",
        structure=structure,
        result=result,
        overridden_call=not type(model).call.__module__.startswith("keras."),
    )


def _positional(source: Source, visit: Visit) -> list[Any]:
    """Return what a call hands to a model, in the flat order of its inputs.

    They are matched as Keras does it: by the name of the input where only the call
    has a dict, else by position.
    """
    first = first_parameter(visit.operation)
    given = visit.args[0] if visit.args else visit.kwargs.get(first)
    if isinstance(given, Mapping) and not isinstance(source.structure, Mapping):
        return [given.get(tensor.name) for tensor in source.flat_inputs()]
    return list(keras.tree.flatten(given))
