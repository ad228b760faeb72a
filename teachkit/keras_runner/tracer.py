"""One run of a model with everything it computes, and the same run again."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import keras
import tensorflow as tf

from teachkit.errors import WrongTypeError
from teachkit.keras_reader.recording import Recording
from teachkit.keras_runner import gradients
from teachkit.keras_runner.feeding import fed, notes_on
from teachkit.keras_runner.guard import Chance, chance_now, nothing_moved, same_chance
from teachkit.keras_runner.interpreter import Interpreter
from teachkit.keras_runner.levels import Level, edges_of, levels_of
from teachkit.keras_runner.losses import Term, terms_of
from teachkit.keras_runner.observers import Observer, Replacements, Replacing
from teachkit.keras_runner.probabilities import of_probabilities
from teachkit.keras_runner.readings import Place, readings_of
from teachkit.keras_runner.recorder import Key, Recorder, Store, Summarise
from teachkit.keras_runner.running import (
    State,
    arguments_for,
    model_of,
    training_for,
    variables_of,
)
from teachkit.keras_runner.separating import Separating

NOISY = (
    "The same numbers do not come out twice: a layer or the loss draws random numbers "
    "that nobody can set back. Draw them with keras.random and a SeedGenerator."
)
_NOISE = 1e-4

MEMORY = 2**30
"""The tensors of a run may take so many bytes before some are dropped."""


@dataclass(frozen=True, eq=False)
class Outcome:
    """What one run gave.

    Attributes:
        values: every tensor, by path and index.
        read: what calls read instead of the tensor of the model, by path and port.
        outputs: nested as the model returns them.
        closed: paths of models that ran as one call; empty for the model itself.
        notes: what a learner should know of it.
        found: the gradients, if there is a loss.
        gradients: of the tensors, and of each reader of a tensor that has several, as
            far as the memory goes.
    """

    values: Store[Key]
    read: Mapping[tuple[str, str], Any]
    outputs: Any
    closed: Collection[str]
    notes: list[str]
    found: gradients.Found | None = None
    gradients: Store[Key | Place] | None = None


@dataclass(frozen=True, eq=False)
class Tracer:
    """A model, its inputs and the values of its variables at one time.

    Attributes:
        recording: of the model.
        arrays: the inputs by id.
        training: as the model is called with; None to leave it out.
        terms: the losses of its outputs.
        memory: bytes of tensors that are kept.
        replacements: tensors that are to be others than the model computes.
        state: all variables with their values; they cost no memory as long as the
            variables keep these values.
        chance: the random numbers that Python and NumPy draw in each of its runs.
    """

    recording: Recording
    arrays: Mapping[str, Any]
    training: bool | None = None
    terms: list[Term] = field(default_factory=list)
    memory: float = MEMORY
    replacements: Replacements = field(default_factory=Replacements)
    state: State = ()
    chance: Chance = field(default_factory=chance_now)

    def but(self, **changes: Any) -> Tracer:
        """Return the same run with something else."""
        return replace(self, **changes)

    def run(self, summarise: Summarise) -> Outcome:
        """Run the model once; twice where there is a loss.

        Arguments:
            summarise: what is told of an array that is not kept.

        Raises:
            TeachkitError: code of the model fails, or targets do not fit.
        """
        if not self.terms:
            return self._run(summarise)
        outcome = self._with_gradients()
        found = outcome.found
        values: Store[Key] = Store(self.memory, summarise)
        kept: Store[Key | Place] = Store(self.memory, summarise)
        for key, tensor in outcome.values.tensors.items():
            values.put(key, tensor)
        values.variables = outcome.values.variables
        if found is not None:
            _put_all(found, kept)
            found.of_tensors.clear()
            found.of_readings.clear()
        return replace(outcome, values=values, gradients=kept)

    def values_from(self, key: Key) -> Store[Key]:
        """Run again and return what the memory takes, beginning with a tensor."""
        return self._run(None, key).values

    def gradients_from(self, key: Key | Place) -> Store[Key | Place]:
        """Run again and return the gradients of tensors, beginning with one."""
        store: Store[Key | Place] = Store(self.memory, None, key)
        found = self._with_gradients().found
        if found is not None:
            _put_all(found, store)
        return store

    def ordinary(self) -> tuple[Any, list[Any]]:
        """Return the outputs of a run that nobody looks at, and the losses in it.

        The interpreter takes part only where something is to be replaced.
        """
        if self.replacements:
            replacing = Replacing(self.replacements)
            interpreter = Interpreter(self.recording, [replacing])
            outputs = self._made_by(interpreter)
            return outputs, replacing.losses
        model = model_of(self.recording)
        args, kwargs = arguments_for(self.recording, self.arrays)
        with (
            nothing_moved(model),
            same_chance(self.chance),
            keras.StatelessScope(
                state_mapping=self.state,
                collect_losses=True,
                initialize_variables=False,
            ) as scope,
        ):
            outputs = model(*args, **kwargs, **training_for(model, self.training))
        return outputs, scope.losses

    def _made_by(self, interpreter: Interpreter) -> Any:
        with same_chance(self.chance):
            return interpreter.run(self.arrays, self.training, self.state)

    def _run(
        self,
        summarise: Summarise | None,
        first: Key | None = None,
        boxes: Collection[str] = (),
    ) -> Outcome:
        """Run without a tape, and again if the model as a whole is closed."""
        store: Store[Key] = Store(self.memory, summarise, first)
        replacing, recorder = Replacing(self.replacements), Recorder(store)
        interpreter = Interpreter(self.recording, [replacing, recorder], boxes)
        outputs = self._made_by(interpreter)
        if "" in interpreter.closed and not boxes:
            return self._run(summarise, first, [""])
        outcome = self._outcome(interpreter, store, replacing, outputs)
        return replace(outcome, closed={*boxes, *interpreter.closed})

    def _outcome(
        self,
        interpreter: Interpreter,
        store: Store[Key],
        replacing: Replacing,
        outputs: Any,
    ) -> Outcome:
        notes = [*notes_on(self.arrays), *self._notes_on_targets()]
        notes += dict.fromkeys([*interpreter.notes, *replacing.notes])
        return Outcome(store, replacing.read, outputs, (), notes)

    def _with_gradients(
        self, boxes: Collection[str] = (), *, persistent: bool = False
    ) -> Outcome:
        """Run with a tape, and again if a model is closed or several losses appear."""
        store: Store[Key] = Store(float("inf"))
        roots = trained(self.recording, self.state)
        replacing = Replacing(self.replacements)
        persistent = persistent or len(self.terms) > 1
        with tf.GradientTape(persistent, watch_accessed_variables=False) as tape:
            seen = Separating(tape, roots, boxes, readings_of(self.recording))
            observers: list[Observer] = [replacing, seen, Recorder(store)]
            interpreter = Interpreter(self.recording, observers, boxes)
            outputs = self._made_by(interpreter)
            penalties = gradients.copies_for_penalties(tape, roots)
            added = seen.losses
            values = gradients.loss_values(self.terms, outputs, added, penalties)
        closed = {*boxes, *interpreter.closed}
        if len(closed) > len(boxes) or (len(values) > 1 and not persistent):
            return self._with_gradients(closed, persistent=len(values) > 1)
        beside = of_probabilities(self.terms, outputs, seen)
        found = gradients.taken(tape, seen, values, penalties, beside)
        found.totals, again = gradients.totals(self, roots)
        if abs(again - found.total) > _NOISE * abs(found.total):
            found.notes.append(NOISY)
        outcome = self._outcome(interpreter, store, replacing, outputs)
        notes = [*outcome.notes, *found.notes]
        return replace(outcome, closed=boxes, found=found, notes=notes)

    def _notes_on_targets(self) -> list[str]:
        targets = {term.name: term.target for term in self.terms}
        return notes_on(targets, "The target of")


def _put_all(found: gradients.Found, store: Store[Key | Place]) -> None:
    """Put the gradients of tensors into a store, then those of their readers."""
    for of_some in (found.of_tensors, found.of_readings):
        for key, tensor in of_some.items():
            if tensor is not None:
                store.put(key, tf.convert_to_tensor(tensor))


def tracer(
    recording: Recording,
    inputs: Any,
    *,
    targets: Any = None,
    loss: Any = None,
    training: bool | None = None,
    memory: float = MEMORY,
) -> Tracer:
    """Return a run of a model, with all that was given for it checked.

    Raises:
        TeachkitError: inputs, targets or the loss do not fit the model.
    """
    _check_options(training, memory)
    arrays = fed(recording, inputs)
    has_loss = targets is not None or loss is not None
    terms = terms_of(recording, loss, targets) if has_loss else []
    variables = {id(v): v for v in (*variables_of(recording), *_read_by(recording))}
    state = [(v, tf.convert_to_tensor(v.value)) for v in variables.values()]
    return Tracer(recording, arrays, training, terms, memory, state=state)


def _read_by(recording: Recording) -> list[Any]:
    """Return the variables that calls read like tensors, whoever owns them."""
    root = Level("", recording.root, recording.graph)
    calls = (call for level in levels_of(root) for call in level.calls)
    read = (edge.value for c in calls for edge in edges_of(c) if hasattr(edge, "value"))
    return [value for value in read if isinstance(value, keras.Variable)]


def _check_options(training: Any, memory: Any) -> None:
    if training not in (None, True, False):
        raise WrongTypeError(
            "training=True, False or None, which leaves it to the model",
            f"training={training!r}",
            "take one of the three",
        )
    if not isinstance(memory, (int, float)) or not memory >= 0:
        raise WrongTypeError(
            "memory as a number of bytes",
            f"memory={memory!r}",
            "take 2**30, for example",
        )


def trained(recording: Recording, state: State) -> list[tuple[Any, Any]]:
    """Return the variables that training a model would change, each with its value."""
    model = model_of(recording)
    layers = [model] if isinstance(model, keras.Layer) else recording.layers.values()
    wanted = {id(v) for layer in layers for v in layer.trainable_variables}
    return [pair for pair in state if id(pair[0]) in wanted]
