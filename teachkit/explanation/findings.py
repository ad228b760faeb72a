"""What `teachkit.explain` finds out, as plain data."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from teachkit.graph import Call, ModelGraph, Notice
from teachkit.math import Amount, Formula, Meaning


@dataclass(frozen=True, slots=True)
class Check:
    """What came of computing a call twice: by Keras, and by NumPy from the formula.

    Attributes:
        agrees: None where nothing was computed.
        error: the largest difference, relative to the largest number if above one.
        text: what came out, in a few words: `NumPy agrees to 6e-08`.
    """

    agrees: bool | None
    error: float | None
    text: str


@dataclass(frozen=True, eq=False, slots=True)
class CallFinding:
    """One call explained.

    Attributes:
        path: of the call: `encoder/dense`.
        call: in the graph of its level.
        meaning: what it computes in `model(x)`; None for inputs and constants.
        training: its formula in training, where that is another one.
        params: of its layer, as arithmetic.
        macs: multiply-accumulates for one sample; None where that is not known.
        shared_with: the first call of the same layer, if this is a later one.
        check: what computing it twice showed.
        numbers: the numbers of this very call written out, if it is small.
        notes: what one should know, each with the number of a rule, or None.
        reads: the tensors it is given: port, source and shape in words.
    """

    path: str
    call: Call
    meaning: Meaning | None
    training: Formula | None
    params: Amount
    macs: Amount | None
    check: Check
    shared_with: str = ""
    numbers: Formula | None = None
    notes: tuple[Notice, ...] = ()
    reads: tuple[str, ...] = ()

    @property
    def formula(self) -> Formula | None:
        """The formula of `model(x)`, None for inputs and constants."""
        return None if self.meaning is None else self.meaning.formula


@dataclass(frozen=True, slots=True)
class Memory:
    """How many bytes a model needs.

    Attributes:
        weights: of all weights.
        activations: of the outputs of all calls for one sample; None where a length
            is open.
    """

    weights: int
    activations: int | None


@dataclass(frozen=True, eq=False, slots=True)
class ModelFinding:
    """A whole model explained.

    Attributes:
        graph: the model.
        calls: every call, those of nested models after the call of the model.
        composition: the model as one formula.
        trainable, fixed: how many numbers training changes, and how many not.
        macs: of all calls for one sample, as far as they are known.
        uncounted: paths of the calls whose multiplications are not known.
        memory: in bytes.
        not_computed: why calls could not be computed; empty if they were.
        notes: what one should know of the model.
    """

    graph: ModelGraph
    calls: tuple[CallFinding, ...]
    composition: Formula
    trainable: int
    fixed: int
    macs: int
    uncounted: tuple[str, ...]
    memory: Memory
    not_computed: str = ""
    notes: tuple[Notice, ...] = ()

    @property
    def checked(self) -> tuple[CallFinding, ...]:
        """The calls that were computed twice."""
        return tuple(one for one in self.calls if one.check.agrees is not None)

    @property
    def disagreeing(self) -> tuple[CallFinding, ...]:
        """The calls whose formula and Keras give different numbers."""
        return tuple(one for one in self.calls if one.check.agrees is False)

    @property
    def agrees(self) -> bool | None:
        """Whether all computed calls agree; None where none was computed."""
        return not self.disagreeing if self.checked else None

    @property
    def error(self) -> float | None:
        """The largest difference of all."""
        errors = [one.check.error for one in self.checked]
        return max((e for e in errors if e is not None), default=None)


def parts_of_params(finding: ModelFinding) -> Iterator[tuple[str, int]]:
    """Yield the path of each call that brings weights, and how many numbers they hold.

    Weights that are shared count where they are met first.
    """
    sizes = {weight.id: weight.size for weight in finding.graph.weights}
    weights = {layer.id: layer.weights for layer in finding.graph.layers}
    for one in finding.calls:
        if one.call.nested is None and one.call.layer_id is not None:
            own = sum(sizes.pop(name, 0) for name in weights[one.call.layer_id])
            if own:
                yield one.path, own
