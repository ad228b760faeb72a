"""One run of a model on data: the value of every tensor, and questions to it."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any

from teachkit.errors import WrongValueError
from teachkit.graph import ModelGraph
from teachkit.keras_reader.ports import leaves_with_path, map_leaves
from teachkit.keras_runner.feeding import fits, shape_told
from teachkit.keras_runner.matching import names_of
from teachkit.keras_runner.observers import Replacements
from teachkit.keras_runner.recorder import numbers_of
from teachkit.keras_runner.tracer import NOISY, Tracer
from teachkit.traces.building import locked, shape_notes, steps_of, values_of
from teachkit.traces.differentiating import gradients_of
from teachkit.traces.moving import is_noisy, moved_between, moved_by
from teachkit.traces.questions import (
    another_order,
    check_number,
    check_text,
    numbers_for,
)
from teachkit.traces.records import Array, Change, Gradients, Moved, Step, Value
from teachkit.traces.summaries import summary_of
from teachkit.traces.wires import chosen, wires_of

if TYPE_CHECKING:
    from teachkit.keras_reader import Recording


class Run:
    """A model that was run once, call by call.

    Arguments:
        tracer: the model with its inputs and all else that is to be run.

    Attributes:
        graph: of the model.
        steps: the calls in the order of the graph, those of a nested model after it.
            Calls that Keras added to compute masks are left out.
        inputs: the numbers given, by the id of the input.
        outputs: nested as the model returns them, as NumPy arrays.
        output_values: by the path of the output in `graph.outputs`; each value has
            the name of the output as its path.
        gradients: None without a loss.
        notes: what a learner should know of this run, as sentences.
        training: as it was given.

    Raises:
        TeachkitError: the model fails on these inputs; the call is named.
    """

    graph: ModelGraph
    steps: tuple[Step, ...]
    inputs: dict[str, Value]
    outputs: Any
    output_values: dict[str, Value]
    gradients: Gradients | None
    notes: tuple[str, ...]
    training: bool | None

    def __init__(self, tracer: Tracer) -> None:
        outcome = tracer.run(summary_of)
        self.graph, self.training = tracer.recording.graph, tracer.training
        self._tracer = tracer
        self._values = values_of(tracer, outcome)
        self.steps = steps_of(self.graph, self._values, outcome)
        self.inputs = {
            end.call: self._values[end.call, 0]
            for end in self.graph.inputs
            if (end.call, 0) in self._values
        }
        ends = self.graph.outputs
        self.outputs = map_leaves(_numbers, outcome.outputs)
        names = dict(zip((e.path for e in ends), names_of(ends), strict=True))
        self.output_values = {
            path: _kept(names.get(path, path or "output"), array)
            for path, array in leaves_with_path(self.outputs)
            if array is not None
        }
        self.gradients = gradients_of(tracer, outcome, self.steps)
        closed = tuple(map(_closed_note, sorted(outcome.closed)))
        self.notes = (*outcome.notes, *closed, *shape_notes(self.steps))

    @property
    def recording(self) -> Recording:
        """The model with its Keras objects."""
        return self._tracer.recording

    @cached_property
    def paths(self) -> tuple[str, ...]:
        """The paths of all calls that have a value, each once."""
        return tuple(dict.fromkeys(path for path, _ in self._values))

    def value(self, path: str, index: int = 0) -> Value:
        """Return the value of one output of a call, by its path: `encoder/dense:2`.

        Raises:
            WrongValueError: there is no such call, or it has fewer outputs.
        """
        check_text(path, "the path of a call", "'encoder/dense'")
        check_number(index, "index")
        if (path, index) in self._values:
            return self._values[path, index]
        if (path, 0) in self._values:
            count = sum(known == path for known, _ in self._values)
            raise WrongValueError(
                f"an output of '{path}', from 0 to {count - 1}",
                f"number {index}",
                "leave the number out for the first one",
            )
        close = difflib.get_close_matches(path, self.paths, n=3, cutoff=0.4)
        names = close or self.paths[:8]
        raise WrongValueError(
            f"the path of a call of '{self.graph.name}'",
            f"'{path}', which has no value in this run",
            "take one of its calls, for example " + ", ".join(f"'{n}'" for n in names),
        )

    def __getitem__(self, path: str) -> Array:
        """Return the array of the first output of a call."""
        return self.value(path).array

    def without(self, tensor: str) -> Change:
        """Run again with zeros in the place of a tensor.

        Arguments:
            tensor: `source->target` or `source->target:port` for an edge, or the path
                of a call, whose outputs are then zero wherever they are read.

        Raises:
            WrongValueError: there is no such edge or call.
        """
        check_text(tensor, "a tensor", "'source->target', or the path of a call")
        if "->" in tensor and tensor not in self.paths:
            wires = wires_of(self.graph, self._prefixes())
            wanted = Replacements(edges=chosen(wires, tensor))
        else:
            first = self.value(tensor)
            calls = (key for key in self._values if key[0] == first.path)
            wanted = Replacements(calls=frozenset(calls))
        return self._replaced(f"without {tensor}", wanted)

    def swap_inputs(self, one: str, other: str) -> Change:
        """Run again with the numbers of two inputs exchanged.

        Raises:
            WrongValueError: there is no such input, or their shapes differ.
        """
        arrays = {**self._tracer.arrays}
        numbers = self._given(one), self._given(other)
        arrays[other], arrays[one] = numbers
        shapes = {end.call: end.shape for end in self.graph.inputs}
        for name in (one, other):
            shape, wanted = tuple(arrays[name].shape), shapes[name]
            if wanted is not None and not fits(shape, wanted):
                raise WrongValueError(
                    f"inputs of the same shape; '{name}' takes {shape_told(wanted)}",
                    f"the numbers of the other input, of shape {shape}",
                    "swap two inputs that take the same shape",
                )
        return self._change(f"{one} and {other} swapped", arrays=arrays)

    def shuffle(self, name: str, seed: int = 0) -> Change:
        """Run again with the samples of one input in another order.

        Raises:
            WrongValueError: there is no such input, or it has one sample only.
        """
        check_number(seed, "seed")
        array = self._given(name)
        if not array.ndim or len(array) < 2:
            raise WrongValueError(
                f"several samples of input '{name}', to change their order",
                f"an array of shape {array.shape}",
                "trace the model on more samples",
            )
        order = another_order(len(array), seed)
        arrays = {**self._tracer.arrays, name: array[order]}
        return self._change(f"{name} shuffled", arrays=arrays)

    def replace(self, path: str, array: Any, index: int = 0) -> Change:
        """Run again with other numbers in the place of an output of a call.

        Raises:
            WrongValueError: there is no such call, or the shape is another one.
        WrongTypeError: the numbers would become others in the dtype of the tensor.
        """
        value = self.value(path, index)
        other = numbers_for(value, array)
        outputs: Mapping[Any, Any] = {(path, index): other}
        return self._replaced(f"{value.name} replaced", Replacements(outputs=outputs))

    def _given(self, name: str) -> Array:
        check_text(name, "the name of an input", "'x'")
        if self._tracer.arrays.get(name) is None:
            names = ", ".join(f"'{known}'" for known in self.inputs)
            raise WrongValueError(
                f"an input: {names}", f"'{name}'", "take one of these"
            )
        return numbers_of(self._tracer.arrays[name])

    def _prefixes(self) -> list[str]:
        return ["", *(f"{step.path}/" for step in self.steps if step.opens)]

    def _replaced(self, title: str, wanted: Replacements) -> Change:
        both = self._tracer.replacements | wanted
        change = self._change(title, replacements=both)
        if is_noisy(change.moved, self.paths, wanted.paths):
            change.after.notes = (*change.after.notes, NOISY)
        return change

    def _change(self, title: str, **changes: Any) -> Change:
        after = Run(self._tracer.but(**changes))
        pairs = self.output_values, after.output_values
        outputs = (moved_by(pairs[0][path], pairs[1][path]) for path in pairs[0])
        moved = self._in_order(moved_between(self._values, after._values))
        return Change(title, self, after, moved, tuple(outputs))

    def _in_order(self, moved: tuple[Moved, ...]) -> tuple[Moved, ...]:
        """Return what moved in the order of the steps; what is no step comes last."""
        numbers = {step.path: step.number for step in self.steps}
        last = len(self.steps) + 1
        return tuple(sorted(moved, key=lambda one: numbers.get(one.path, last)))


def _numbers(tensor: Any) -> Any:
    return None if tensor is None else locked(tensor)


def _kept(path: str, array: Array) -> Value:
    return Value(path, 0, array.shape, str(array.dtype), lambda: array)


def _closed_note(path: str) -> str:
    what = f"'{path}' ran" if path else "The model ran"
    return (
        f"{what} as one call: its own code does something else than the calls that "
        "were read of it, so nothing inside is shown."
    )
