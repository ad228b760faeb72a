"""The normal form as data: what a model computes, however it is written."""

from __future__ import annotations

from dataclasses import dataclass, field

from teachkit.graph import Call, Endpoint, ModelGraph

Body = ModelGraph | str
"""What a Lambda or custom layer does: a graph of operations, or a fingerprint of it."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a node computes, apart from what it reads and whose weights it uses.

    Attributes:
        type: canonical name: `Dense`, `relu`, `add`, `input`.
        settings: name and value, as JSON, of each argument that matters.
        words: what else the call was given: `training=False`.
        dtypes: of its outputs.
        body: fingerprint of code that could not be followed.
        unordered: its operands may be exchanged.
    """

    type: str
    settings: tuple[tuple[str, str], ...] = ()
    words: tuple[str, ...] = ()
    dtypes: tuple[str, ...] = ()
    body: str = ""
    unordered: bool = False


@dataclass(frozen=True, slots=True)
class Read:
    """A node reads output number `index` of node number `source` at a port."""

    port: str
    source: int
    index: int


@dataclass(frozen=True, slots=True)
class Node:
    """One step of the computation.

    Attributes:
        path: of the call in the model it comes from: `encoder:2/dense`.
        call: that call; None for an output of the model.
        is_inside: the call is a Lambda or custom layer, and this one step of what it
            does.
        part: empty, or which part of the call: `activation`, `cast`, `exit`.
        owner: id of the layer, where it matters whether another call has the same one.
        endpoint: the input or output of the whole model that it stands for.
    """

    path: str
    meaning: Meaning
    reads: tuple[Read, ...]
    call: Call | None = None
    part: str = ""
    owner: str | None = None
    endpoint: Endpoint | None = None
    is_inside: bool = False


@dataclass(frozen=True)
class NormalGraph:
    """A model in its normal form.

    Attributes:
        graph: the model it was made of.
        nodes: in topological order; the outputs of the model are the last ones.
        weights: ids of the weights of each owner.
        strict: nothing but names and seeds was left out.
    """

    graph: ModelGraph
    nodes: tuple[Node, ...]
    weights: dict[str, tuple[str, ...]] = field(default_factory=dict)
    strict: bool = False


@dataclass(frozen=True, slots=True)
class Isomorphism:
    """How one model becomes another one by nothing but other names.

    Attributes:
        layers: pairs of ids of layers that have weights.
        calls: pairs of paths of calls: `encoder/dense`.
        nodes: for each node of the left its number on the right.
    """

    layers: tuple[tuple[str, str], ...]
    calls: tuple[tuple[str, str], ...]
    nodes: tuple[int, ...] = ()
