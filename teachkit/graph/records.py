"""What a graph is made of beside its calls: tensors, endpoints, layers, weights."""

from __future__ import annotations

from dataclasses import dataclass

Shape = tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class TensorSpec:
    """Shape and dtype of a tensor that has no numbers yet.

    `shape` has None where a length is left open, such as the batch, and is None as a
    whole where nothing is known of it (a Sequential model without an input).
    """

    shape: Shape | None
    dtype: str


@dataclass(frozen=True, slots=True)
class Tensor:
    """An edge: one output of a call that arrives at one argument of another call.

    Attributes:
        source, index: id of the call that makes the tensor, and which output of it.
        target, port: id of the call that reads it, and the argument it is read by:
            `inputs`, `inputs[1]`, `key`, `initial_state[0]`.
        shape, dtype: of the tensor.
        implicit: Keras added this edge (a mask); the author of the model did not.
    """

    source: str
    index: int
    target: str
    port: str
    shape: Shape | None
    dtype: str
    implicit: bool = False


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One input or output of the whole model.

    `path` is its place in what the author gave to `keras.Model`: empty for a single
    tensor, `[1]` in a list, `['score']` in a dict, `['a'][0]` when nested. `order` is
    its position in Keras' own flat order, in which the keys of dicts are sorted.
    """

    call: str
    index: int
    path: str
    shape: Shape | None
    dtype: str
    order: int = 0


@dataclass(frozen=True, slots=True)
class Weight:
    """One variable of a model. Tied layers list the same weight id."""

    id: str
    shape: tuple[int, ...]
    dtype: str
    trainable: bool

    @property
    def size(self) -> int:
        """How many numbers it holds."""
        size = 1
        for length in self.shape:
            size *= length
        return size


@dataclass(frozen=True, slots=True)
class Layer:
    """A layer object: the owner of weights, called once or several times.

    Attributes:
        id: unique among all layers of the model, nested ones too: `encoder/dense`.
        name, type, family: its name, its class, and the group of layers it is of.
        weights: ids of its weights.
        params: how many numbers these weights hold.
        calls: paths of the places that call it; `encoder/dense` is the call `dense`
            written inside the nested model `encoder`.
    """

    id: str
    name: str
    type: str
    family: str
    weights: tuple[str, ...]
    params: int
    trainable: bool
    calls: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Notice:
    """Something about the model that its author should know.

    `rule` is the number of the rule on the card of the notional machine, if one says
    why; `calls` are the ids of the calls concerned.
    """

    code: str
    text: str
    calls: tuple[str, ...] = ()
    rule: int | None = None
