"""Run two models on the same random numbers, with the same weights, and compare."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import keras
import numpy as np

from teachkit.errors import ModelError
from teachkit.graph import Endpoint, ModelGraph
from teachkit.keras_reader.recording import Recording
from teachkit.keras_runner.gaps import (
    Result,
    as_floats,
    difference,
    matched,
    sentence_on,
    worst,
)
from teachkit.keras_runner.guard import inside_out
from teachkit.keras_runner.inputs import InputSpec, drawn, specs_of
from teachkit.keras_runner.running import (
    Arrays,
    State,
    check_numbers,
    run,
    variables_of,
)
from teachkit.keras_runner.verdict import Agreement, Pairs
from teachkit.keras_runner.weights import VariablePairs, paired, redrawn, seeds_moved

_SAMPLES = 32
_MANY_CALLS = 600
"""Of both models together; Keras needs about half a second for a run of as many."""


def agreement(
    left: Recording, right: Recording, layers: Pairs | None = None, *, seed: int = 0
) -> Agreement:
    """Run two models with the weights of the left one; neither of them is changed.

    They are run twice, with the weights as they are and with random ones, so that
    zero biases and fresh statistics hide nothing; the larger difference counts. Large
    models are run with random ones alone.

    Arguments:
        left: the model whose weights both are run with.
        right: the other one. Inputs and outputs correspond by their paths where these
            are the same, else by their order.
        layers: ids of layers of which one stands for the other; None to match layers
            by the shapes of their weights.
        seed: of the numbers.

    Returns:
        What came out. Where the models cannot be run, `max_error` is None and the
        text says why.
    """
    try:
        for recording in (left, right):
            check_numbers(recording)
        return agreement_of(left, right, paired(left, right, layers), seed=seed)
    except ModelError as error:
        return not_run(error)


def agreement_of(
    left: Recording, right: Recording, variables: VariablePairs, *, seed: int = 0
) -> Agreement:
    """Return whether two models agree, given which variables correspond.

    Raises:
        ModelError: they cannot be run on the same numbers.
    """
    trial = _Trial(left, right, _partners(left, right, "inputs"), variables)
    _partners(left, right, "outputs")
    arrays = drawn(_merged(trial), left.graph, (_SAMPLES, seed), trial.both)
    with_others = redrawn(variables_of(left), seed)
    results = trial.compare_if_finite(arrays, with_others) if with_others else []
    if not results or not trial.is_large:
        results.append(trial.compare(arrays, ()))
    found = worst(results)
    samples = max((len(a) if a.ndim else 1 for a in arrays.values()), default=1)
    if not any(result.finite for result in results):
        return _nothing_finite(left, right)
    is_random = trial.is_random(arrays, always=not found.equal and trial.has_own_code)
    if is_random and not found.equal:
        return _random(left, right)
    text = sentence_on(found, samples)
    if is_random:
        text += (
            " At inference, too, they draw random numbers; here from the same seeds."
        )
    return Agreement(found.equal, found.error, samples, text)


def _nothing_finite(left: Recording, right: Recording) -> Agreement:
    text = (
        f"Whether '{left.graph.name}' and '{right.graph.name}' give the same numbers "
        "could not be judged: on random inputs hardly any of them are finite."
    )
    return Agreement(False, None, 0, text)


def not_run(error: ModelError) -> Agreement:
    """Return that two models were not run, and why."""
    text = f"The two models were not run on numbers: {error.found}."
    return Agreement(False, None, 0, text)


@dataclass(frozen=True, slots=True)
class _Trial:
    """Two models that are run on the same numbers.

    Attributes:
        inputs: ids of an input of the left and of the same input of the right model.
        variables: pairs of variables.
    """

    left: Recording
    right: Recording
    inputs: Pairs
    variables: VariablePairs

    @property
    def is_large(self) -> bool:
        """Tell whether a run takes so long that random weights must do alone."""
        return len(self.left.graph.calls) + len(self.right.graph.calls) > _MANY_CALLS

    @property
    def has_own_code(self) -> bool:
        """Tell whether code that is not Keras' own runs in one of the models."""
        return any(
            call.family in {"custom", "model"} or call.type == "Lambda"
            for recording in (self.left, self.right)
            for graph in inside_out(recording.graph, _nested)
            for call in graph.calls
        )

    def both(self, arrays: Arrays) -> list[np.ndarray[Any, Any]]:
        """Return the outputs of both models."""
        ours, theirs = self._run(arrays, ())
        return [*ours.values(), *theirs.values()]

    def compare(self, arrays: Arrays, values: State) -> Result:
        """Run both models and compare; some variables may have other values."""
        return difference(*self._run(arrays, values))

    def compare_if_finite(self, arrays: Arrays, values: State) -> list[Result]:
        """Compare unless the values are such that nothing sensible comes out."""
        try:
            ours, theirs = self._run(arrays, values)
        except ModelError:  # code of the model may refuse such weights
            return []
        if not all(np.isfinite(as_floats(a)).all() for a in ours.values()):
            return []
        return [difference(ours, theirs)]

    def is_random(self, arrays: Arrays, *, always: bool) -> bool:
        """Tell whether one of the models gives other numbers when run once more.

        Arguments:
            arrays: for the inputs.
            always: look also at models without a generator of random numbers.
        """
        for recording, names in ((self.left, 0), (self.right, 1)):
            given = {pair[names]: arrays[pair[0]] for pair in self.inputs}
            moved = seeds_moved(variables_of(recording))
            if not moved and not always:
                continue
            once, again = run(recording, given), run(recording, given, moved)
            if difference(once, again).error > 0:
                return True
        return False

    def _run(self, arrays: Arrays, values: State) -> tuple[Arrays, Arrays]:
        known = {id(variable): value for variable, value in values}
        moved = [
            (theirs, known.get(id(ours), ours.value))
            for ours, theirs in self.variables
            if ours is not theirs
        ]
        given = {theirs: arrays[ours] for ours, theirs in self.inputs}
        # Models that share variables have them in both lists; the last entry counts.
        return run(self.left, arrays, values), run(self.right, given, [*values, *moved])


def _nested(graph: ModelGraph) -> list[ModelGraph]:
    return [call.nested for call in graph.calls if call.nested is not None]


def _partners(left: Recording, right: Recording, kind: str) -> Pairs:
    """Return the ids of inputs or outputs that correspond, or refuse.

    Raises:
        ModelError: there are more of them in one model, or their shapes differ.
    """
    ours = _ends(left, kind)
    theirs = _ends(right, kind)
    if len(ours) != len(theirs):
        raise ModelError(
            f"models with the same number of {kind}",
            f"'{left.graph.name}' has {_counted(len(ours), kind)} and "
            f"'{right.graph.name}' {len(theirs)}",
            "compare models of the same inputs and outputs",
        )
    pairs = [(ours[p], theirs[q]) for p, q in matched(ours, theirs)]
    for one, other in pairs:
        if not _compatible(one, other):
            raise ModelError(
                f"models whose {kind} have the same shapes",
                f"the {kind[:-1]} '{one.call}' of '{left.graph.name}' has shape "
                f"{one.shape} and '{other.call}' of '{right.graph.name}' {other.shape}",
                "compare models of the same inputs and outputs",
            )
    return tuple((one.call, other.call) for one, other in pairs)


def _ends(recording: Recording, kind: str) -> dict[str, Endpoint]:
    ends: Sequence[Endpoint] = getattr(recording.graph, kind)
    return {end.path: end for end in ends}


def _compatible(one: Endpoint, other: Endpoint) -> bool:
    if one.shape is None or other.shape is None:
        return True
    if len(one.shape) != len(other.shape):
        return False
    pairs = zip(one.shape, other.shape, strict=True)
    return all(a is None or b is None or a == b for a, b in pairs)


def _counted(count: int, kind: str) -> str:
    return f"{count} {kind if count != 1 else kind[:-1]}"


def _merged(trial: _Trial) -> list[InputSpec]:
    """Return what the left model takes, narrowed down to what the right one takes."""
    theirs = {spec.id: spec for spec in specs_of(trial.right)}
    partners = dict(trial.inputs)
    return [_both(spec, theirs[partners[spec.id]]) for spec in specs_of(trial.left)]


def _both(one: InputSpec, other: InputSpec) -> InputSpec:
    lengths = zip(one.shape, other.shape, strict=True)
    limits = [limit for limit in (one.limit, other.limit) if limit is not None]
    return replace(
        one,
        shape=tuple(b if a is None else a for a, b in lengths),
        dtype=one.dtype if keras.backend.is_int_dtype(one.dtype) else other.dtype,
        limit=min(limits, default=None),
    )


def _random(left: Recording, right: Recording) -> Agreement:
    names = dict.fromkeys((f"'{left.graph.name}'", f"'{right.graph.name}'"))
    text = (
        f"The outputs of {' or '.join(names)} are random also at inference: two runs "
        "of the same model differ, so runs of two models cannot be compared."
    )
    return Agreement(False, None, 0, text)
