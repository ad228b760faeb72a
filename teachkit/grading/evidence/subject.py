"""An answer under examination: its graph, and what it computes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import numpy as np

from teachkit.exercise_format.records import Exercise
from teachkit.grading.evidence.at_once import Values, at_once
from teachkit.grading.evidence.roles import Wanted, assigned, wanted_of
from teachkit.grading.evidence.structure import Structure
from teachkit.graph import Endpoint, ModelGraph
from teachkit.keras_reader import Recording, record_model
from teachkit.keras_reader.bodies import bodies_of
from teachkit.keras_reader.orphans import calls_inside
from teachkit.keras_runner.matching import names_of
from teachkit.keras_runner.probe import LENGTH, Probe
from teachkit.keras_runner.running import State
from teachkit.normal_form import NormalGraph, normal_form


@dataclass(frozen=True, eq=False)
class Case:
    """Everything an answer is judged with.

    Attributes:
        exercise: what was asked.
        namespace: all names after the answer (and the cell `use`) ran.
        source: the text of the answer, if it is known.
        reference: all names after the solution ran; None in a sealed exercise.
        before: the calls that hung on given tensors before the answer ran.
    """

    exercise: Exercise
    namespace: Mapping[str, Any]
    source: str | None = None
    reference: Mapping[str, Any] | None = None
    before: frozenset[int] = frozenset()


@dataclass(eq=False)
class Subject:
    """One model of an answer.

    Inputs and outputs are known by the roles that the exercise gives them; by their
    own names where it gives none.

    Attributes:
        name: of the variable: `model`.
        model: the Keras model.
        case: what it is judged with.
        wanted: the inputs and the outputs that the exercise demands.
    """

    name: str
    model: Any
    case: Case
    wanted: tuple[tuple[Wanted, ...], tuple[Wanted, ...]] = ((), ())
    _baselines: dict[tuple[int, float], Values] = field(default_factory=dict)
    _changed: dict[tuple[int, str], Values] = field(default_factory=dict)

    @cached_property
    def recording(self) -> Recording:
        """The model as it was read, with the Keras objects."""
        return record_model(self.model)

    @property
    def graph(self) -> ModelGraph:
        """The model as plain data."""
        return self.recording.graph

    @cached_property
    def normal(self) -> NormalGraph:
        """The model in its normal form."""
        return normal_form(self.graph, bodies_of(self.recording))

    @cached_property
    def structure(self) -> Structure:
        """Questions about its graph."""
        return Structure(self.normal)

    @cached_property
    def probe(self) -> Probe:
        """Runs it with re-drawn weights."""
        limits = {
            self.inputs[one.role].call: one.below
            for one in self.wanted[0]
            if one.below is not None and one.role in self.inputs
        }
        return Probe(self.recording, limits)

    @cached_property
    def inputs(self) -> dict[str, Endpoint]:
        """The inputs by role."""
        return _by_role(self.wanted[0], self.graph.inputs)

    @cached_property
    def outputs(self) -> dict[str, Endpoint]:
        """The outputs by role."""
        return _by_role(self.wanted[1], self.graph.outputs)

    @property
    def is_closed(self) -> bool:
        """Tell whether it is a box that can be run and not looked into."""
        if self.graph.overridden_call:
            return True
        calls = [call for call in self.graph.calls if call.kind != "input"]
        return len(calls) == 1 and calls[0].kind == "model" and calls[0].nested is None

    def output(self, role: str | None) -> str:
        """Return a role, by default that of the first output."""
        return role if role is not None else next(iter(self.outputs))

    def draws(self) -> Iterator[int]:
        """Yield the number of each draw of protocol R."""
        yield from self.probe.draws()

    def given(
        self, draw: int = 0, *, length: int = LENGTH, samples: int | None = None
    ) -> dict[str, np.ndarray[Any, Any]]:
        """Return random arrays for the inputs, by role.

        Arguments:
            draw: another one gives other numbers, whatever the weights are.
            length: of axes that are left open.
            samples: how many; by default 16, and 8 of large inputs.
        """
        arrays = self.probe.inputs(draw, length=length, samples=samples)
        return {role: arrays[end.call] for role, end in self.inputs.items()}

    def run(
        self,
        given: Values,
        draw: int | None = 0,
        *,
        scale: float = 1.0,
        weights: State | None = None,
    ) -> dict[str, np.ndarray[Any, Any]]:
        """Return the outputs by role, in double precision, at inference.

        Arguments:
            given: arrays for the inputs, by role.
            draw: of the weights; None for the model's own ones.
            scale: of the drawn weights.
            weights: other values instead, as `probe.weights` gives them.

        Raises:
            ModelError: the model fails on these numbers.
        """
        if weights is None:
            weights = () if draw is None else self.probe.weights(draw, scale)
        arrays = {self.inputs[role].call: array for role, array in given.items()}
        found = self.probe.run(arrays, weights)
        order = {id(end): number for number, end in enumerate(self.graph.outputs)}
        return {role: found[order[id(end)]] for role, end in self.outputs.items()}

    def run_all(
        self, trials: Sequence[Values], draw: int = 0, *, scale: float = 1.0
    ) -> list[Values]:
        """Return the outputs for each of several trials; of large models in one run."""

        def run(given: Values) -> Values:
            return self.run(given, draw, scale=scale)

        return at_once(run, trials) if self.probe.is_large else list(map(run, trials))

    def baseline(self, draw: int = 0, scale: float = 1.0) -> Values:
        """Return the outputs for `given(draw)` with weights of the same draw, by role.

        They are computed once.
        """
        key = draw, scale
        if scale == 1.0:
            self._run_at_once(draw)
        if key not in self._baselines:
            self._baselines[key] = self.run(self.given(draw), draw, scale=scale)
        return self._baselines[key]

    def changed(self, role: str, draw: int = 0) -> Values:
        """Return the outputs of `baseline(draw)` with other values of one input.

        They are computed once.
        """
        key = draw, role
        self._run_at_once(draw)
        if key not in self._changed:
            given = {**self.given(draw), role: self.given(draw + 50)[role]}
            self._changed[key] = self.run(given, draw)
        return self._changed[key]

    def _run_at_once(self, draw: int) -> None:
        """Fill the baseline and what is changed of a large model with one run."""
        if not self.probe.is_large or (draw, 1.0) in self._baselines:
            return
        plain, other = self.given(draw), self.given(draw + 50)
        trials = [plain, *({**plain, role: other[role]} for role in plain)]
        first, *changed = self.run_all(trials, draw)
        self._baselines[draw, 1.0] = first
        keys = [(draw, role) for role in plain]
        self._changed |= dict(zip(keys, changed, strict=True))

    @cached_property
    def reference(self) -> Subject | None:
        """The model of the same name in the solution; None in a sealed exercise."""
        names = self.case.reference
        if names is None or self.name not in names:
            return None
        return Subject(self.name, names[self.name], self.case, self.wanted)


def subject_of(name: str, model: Any, case: Case) -> Subject:
    """Return a model of an answer, with the roles that its exercise gives."""
    wanted: dict[str, tuple[Wanted, ...]] = {"inputs": (), "outputs": ()}
    asked = [one for one in case.exercise.criteria if one.predicate in wanted]
    # A demand on another object of the answer says nothing about this one.
    for one in asked:
        if one.of in {"", name}:
            entries = {k: v for k, v in one.arguments.items() if k != "named"}
            if not wanted[one.predicate] or one.of == name:
                wanted[one.predicate] = wanted_of(entries)
    # What belongs to another model of the answer was not called in vain.
    others = [one for one in case.namespace.values() if one is not model]
    case = replace(case, before=case.before | calls_inside(others))
    return Subject(name, model, case, (wanted["inputs"], wanted["outputs"]))


def _by_role(
    wanted: tuple[Wanted, ...], ends: tuple[Endpoint, ...]
) -> dict[str, Endpoint]:
    names = names_of(ends)
    found = assigned(wanted, ends, names) if wanted else None
    return found if found is not None else dict(zip(names, ends, strict=True))
