"""What one run of a model showed, as plain data: values, steps, gradients, changes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from teachkit.graph import Call
from teachkit.traces.summaries import Summary, summary_of

if TYPE_CHECKING:
    from teachkit.traces.run import Run

Array = np.ndarray[Any, Any]


@dataclass(frozen=True, eq=False)
class Value:
    """The numbers of one tensor: one output of one call, or its gradient.

    Attributes:
        path: of the call, through nested models: `encoder/conv`, `encoder:2/conv`.
        index: which output of the call.
        shape, dtype: of the numbers, with the batch.
        fetch: gives the numbers; they are computed again if they were not kept.
        told: the summary, where it had to be made at once.
    """

    path: str
    index: int
    shape: tuple[int, ...]
    dtype: str
    fetch: Callable[[], Array] = field(repr=False)
    told: Summary | None = field(default=None, repr=False)

    @property
    def array(self) -> Array:
        """The numbers, which cannot be written to."""
        return self.fetch()

    @cached_property
    def summary(self) -> Summary | None:
        """Mean, spread, ends and share of zeros; None for words and empty tensors."""
        return self.told or summary_of(self.fetch())

    @property
    def name(self) -> str:
        """The path, with the number of the output if it is not the first."""
        return f"{self.path}[{self.index}]" if self.index else self.path


@dataclass(frozen=True, eq=False)
class Gradient(Value):
    """The gradient of the total loss with respect to the numbers of a tensor."""

    @property
    def norm(self) -> float:
        """The length of the gradient: the root of the sum of its squares."""
        return 0.0 if self.summary is None else self.summary.norm


@dataclass(frozen=True, slots=True)
class Edge:
    """A tensor on its way to one of those who read it.

    Attributes:
        source, index: path of the call that returns it, and which output of it.
        target: path of the call that reads it; of the model that returns it, empty for
            the whole model; of the source, if a loss that this call adds reads it.
        port: the argument by which it is read, or its place in what a model returns.

    Example:
        >>> Edge("encoder/dense", 0, "encoder/add", "inputs[1]").name
        'encoder/dense->encoder/add:inputs[1]'
    """

    source: str
    index: int
    target: str
    port: str

    @property
    def name(self) -> str:
        """How a user names it."""
        return f"{self.source}->{self.target}:{self.port}"

    @property
    def leaves(self) -> bool:
        """Whether it leads out of the model in which the source is."""
        return self.target == self.source.rpartition("/")[0]

    @property
    def adds_loss(self) -> bool:
        """Whether the source itself takes a loss of it."""
        return self.target == self.source


@dataclass(frozen=True, eq=False, slots=True)
class Step:
    """One call in the order of the run.

    Attributes:
        number: counted from 1 through the whole run.
        path: of the call: `encoder/conv`.
        call: as it stands in the graph of its own level.
        depth: 0 for a call of the model itself, 1 inside a nested model, and so on.
        inputs: what arrives, by port, without masks that Keras passes by itself.
        outputs: what it returns.
        opens: it is a nested model, and the steps inside it follow.
    """

    number: int
    path: str
    call: Call
    depth: int
    inputs: tuple[tuple[str, Value], ...]
    outputs: tuple[Value, ...]
    opens: bool = False


@dataclass(frozen=True, slots=True)
class LossPart:
    """One term of the loss.

    Attributes:
        name: of the output; `regularization` for what the layers add by themselves.
        value: before the weight.
        weight: by which it enters the total.
    """

    name: str
    value: float
    weight: float = 1.0


@dataclass(frozen=True, eq=False, slots=True)
class WeightGradient:
    """The gradient of the total loss with respect to one weight, call by call.

    Attributes:
        weight: id of the weight in the graph.
        layers: ids of the layers that own it; more than one where weights are tied.
        shape: of the weight.
        calls: the share of each call that read it, by path; its `norm` is the length.
            None where no loss reaches the call.
        penalty: the share of a regularizer of the weight itself, if it has one.
        total: of an ordinary pass through the model; None if no loss reaches it.
        sum_error: how far the sum of all shares is from the total, relative to it.
        reached_by: names of the losses that reach it.
    """

    weight: str
    layers: tuple[str, ...]
    shape: tuple[int, ...]
    calls: Mapping[str, Gradient | None]
    penalty: Gradient | None
    total: Gradient | None
    sum_error: float
    reached_by: tuple[str, ...] = ()

    @property
    def norm(self) -> float:
        """The length of the total; 0 if no loss reaches the weight."""
        return 0.0 if self.total is None else self.total.norm


@dataclass(frozen=True, eq=False, slots=True)
class Gradients:
    """The gradients of a loss.

    Attributes:
        losses: the terms of the loss.
        of_tensors: of every tensor, by path and index; None where no loss reaches it
            or it has no gradient, as whole numbers have none. Weights that a call
            reads like a tensor are in `of_weights`.
        of_weights: of every trainable weight that a call of the graph reads.
        by_depth: the gradient of the kernel of each call that has one, in the order
            of the run.
        of_edges: what each reader of a tensor sends back, where there are several: they
            add up to that of the tensor. None where no loss reaches this reader. A
            tensor with one reader is not here, as it has nothing to add.
    """

    losses: tuple[LossPart, ...]
    of_tensors: Mapping[tuple[str, int], Gradient | None]
    of_weights: tuple[WeightGradient, ...]
    by_depth: tuple[tuple[str, Gradient | None], ...]
    of_edges: Mapping[Edge, Gradient | None] = field(default_factory=dict)

    @property
    def total(self) -> float:
        """The loss: the weighted sum of its terms."""
        return sum(part.value * part.weight for part in self.losses)


@dataclass(frozen=True, slots=True)
class Moved:
    """How far one tensor moved.

    Attributes:
        path, index: of the tensor.
        difference: the largest difference between any two numbers; infinite where
            a number became none.
        relative: the length of the difference as a share of the length before.
    """

    path: str
    index: int
    difference: float
    relative: float


@dataclass(frozen=True, eq=False, slots=True)
class Change:
    """What an intervention changed.

    Attributes:
        title: what was done: `without stem->add`.
        before, after: the run as it was, and the run with the intervention.
        moved: tensors that are not the same, in the order of the run.
        outputs: all outputs of the model, those that did not move too.
    """

    title: str
    before: Run
    after: Run
    moved: tuple[Moved, ...]
    outputs: tuple[Moved, ...]

    @property
    def outputs_moved(self) -> bool:
        """Whether any output of the model is another one now."""
        return any(output.difference > 0 for output in self.outputs)
