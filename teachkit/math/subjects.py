"""One call as the rules see it: the layer, and the shapes or numbers it is given."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from teachkit.graph import Shape, TensorSpec
from teachkit.keras_reader.ports import call_parameters, map_leaves

Array = np.ndarray[Any, Any]


class Arguments(dict[str, Any]):
    """The arguments of one call by the name of the parameter, in their order.

    Leaves that are tensors are a `TensorSpec` each (in a `Subject`), or an array each
    (when a rule evaluates); Python values are what they are.
    """

    @property
    def first(self) -> Any:
        """The value of the first parameter: what the layer is called on."""
        return next(iter(self.values()))

    def tensors(self) -> list[Any]:
        """Return the leaves that are tensors or arrays, in the order of the call."""
        return list(_tensors(list(self.values())))


@dataclass(frozen=True, eq=False, slots=True)
class Subject:
    """One call of a layer or operation, with shapes and without numbers.

    Attributes:
        operation: the Keras layer or operation.
        given: its arguments; each tensor, constant or variable is a `TensorSpec`.
        outputs: shapes and dtypes that Keras tells of this call, in flat order.
        training: whether the form used in training is wanted.
    """

    operation: Any
    given: Arguments
    outputs: tuple[TensorSpec, ...] = ()
    training: bool = False

    @property
    def inputs(self) -> list[TensorSpec]:
        """The tensors that the call reads, in flat order, masks too."""
        return [one for one in self.given.tensors() if isinstance(one, TensorSpec)]

    @property
    def shape(self) -> Shape:
        """The shape of the first tensor. A rule asks for it where there is one."""
        first = next(iter(self.inputs), None)
        if first is None or first.shape is None:
            raise UnknownShapeError
        return first.shape

    @property
    def output(self) -> Shape | None:
        """The shape that Keras tells of the first output."""
        return self.outputs[0].shape if self.outputs else None

    @property
    def trains(self) -> bool:
        """Whether it does what it does in training: the call says so, or the model."""
        told = self.given.get("training")
        return self.training if told is None else bool(told)

    def of(self, operation: Any, *args: Any, **kwargs: Any) -> Subject:
        """Return the call of a layer inside this one (`Bidirectional`) as a subject."""
        given, training = bound(operation, args, kwargs), self.trains
        return Subject(operation, given, training=training)


class UnknownShapeError(Exception):
    """A rule needs a shape that nobody knows; the call stays a black box."""


def bound(
    operation: Any, args: tuple[Any, ...], kwargs: Mapping[str, Any]
) -> Arguments:
    """Return arguments by the names of the parameters of `call`, in their order."""
    names = call_parameters(operation, len(args))
    return Arguments({**dict(zip(names, args, strict=True)), **kwargs})


def _tensors(value: Any) -> Iterator[Any]:
    if isinstance(value, Mapping):
        for item in value.values():
            yield from _tensors(item)
    elif isinstance(value, (list, tuple)):
        for item in value:
            yield from _tensors(item)
    elif isinstance(value, (TensorSpec, np.ndarray)):
        yield value


def specs_of(arrays: Any) -> Any:
    """Return nested arrays with the shape and dtype of each in its place."""
    return map_leaves(
        lambda leaf: (
            TensorSpec(leaf.shape, str(leaf.dtype))
            if isinstance(leaf, np.ndarray)
            else leaf
        ),
        arrays,
    )


__all__ = ["Arguments", "Array", "Subject", "UnknownShapeError", "bound", "specs_of"]
