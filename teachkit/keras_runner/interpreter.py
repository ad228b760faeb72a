"""Run a model call by call: as Keras runs it, with somebody looking at each tensor.

Keras starts the run, converts inputs, passes masks and `training` along and packs the
outputs. Only the loop over the calls of a graph is ours, at every depth. So the numbers
are those of `model(x)`, and whoever looks knows the path of the call behind each.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from typing import Any

import keras

from teachkit.errors import WrongValueError
from teachkit.keras_reader.overrides import call_made_by, graph_run_by
from teachkit.keras_reader.ports import leaves_with_path, map_leaves
from teachkit.keras_reader.recording import Constant, RecordedCall, Recording, Ref
from teachkit.keras_reader.sources import function_of
from teachkit.keras_runner.embedded_ids import check_ids
from teachkit.keras_runner.failures import Failure
from teachkit.keras_runner.followed import Followed
from teachkit.keras_runner.guard import nothing_moved
from teachkit.keras_runner.levels import Level, edges_of, levels_of
from teachkit.keras_runner.observers import Observer
from teachkit.keras_runner.running import (
    State,
    arguments_for,
    closed_call,
    model_of,
    training_for,
)

Tensors = dict[Ref, Any]
Wrap = Callable[[Any], Any]


class Interpreter:
    """Runs a recorded model, and tells observers of each tensor.

    Arguments:
        recording: of the model, which is left as it was.
        observers: told in this order.
        boxes: paths of models to run as one call; empty for the model itself.

    Attributes:
        closed: paths of models that ran as one call, since their own code does
            something else than what was read.
        notes: what a learner should know of the run.
    """

    def __init__(
        self,
        recording: Recording,
        observers: Sequence[Observer],
        boxes: Collection[str] = (),
    ) -> None:
        self.closed: list[str] = []
        self.notes: list[str] = []
        self._recording = recording
        self._observers = observers
        self._boxes = boxes
        self._root = Level("", recording.root, recording.graph)
        self._levels = {level.prefix: level for level in levels_of(self._root)}
        self._awaited: Level | None = None
        self._untouched = False
        self._failure: Failure | None = None

    def run(
        self, arrays: Mapping[str, Any], training: bool | None, state: State = ()
    ) -> Any:
        """Run the model once and return what it returns.

        Arguments:
            arrays: one for each input, by the id of the input.
            training: handed to the model, unless it is None.
            state: values that variables have in this run instead of their own.

        Raises:
            TeachkitError: code of the model fails; the call is named.
        """
        model = model_of(self._recording)
        with ExitStack() as stack:
            stack.enter_context(nothing_moved(model))
            # Pending weights of other dry models are not to be allocated at its end.
            scope = keras.StatelessScope(
                state_mapping=state, collect_losses=True, initialize_variables=False
            )
            stack.enter_context(scope)
            self._take_over(stack, scope)
            for observer in self._observers:
                observer.started(scope)
            try:
                return self._start(model, arrays, training)
            except Exception as error:
                failure = self._failure or Failure(error)
                raise failure.told(self._recording.graph.name) from error

    def _start(
        self, model: Any, arrays: Mapping[str, Any], training: bool | None
    ) -> Any:
        box = self._box()
        if box is None:
            self._awaited = self._root
        else:
            arrays = self._arrived(arrays)
            for observer in self._observers:
                observer.calls(box.id, box)
        args, kwargs = arguments_for(self._recording, arrays)
        outputs = model(*args, **kwargs, **training_for(model, training))
        if self._awaited is self._root:  # its own code never ran the graph
            self.close(self._root)
        if box is None:
            return outputs
        flat = self._returned(box.id, box, keras.tree.flatten(outputs))
        return keras.tree.pack_sequence_as(outputs, flat)

    def _box(self) -> RecordedCall | None:
        """Return the model as one call, if it is to run as one."""
        if "" in self._boxes:
            model = model_of(self._recording)
            return RecordedCall(self._recording.graph.name, model, (), {}, frozenset())
        return closed_call(self._recording)

    def _arrived(self, arrays: Mapping[str, Any]) -> dict[str, Any]:
        calls = self._root.model.calls
        arrived = dict(arrays)
        for name, array in arrays.items():
            if array is not None:
                tensor = keras.ops.convert_to_tensor(array)
                (arrived[name],) = self._returned(name, calls[name], [tensor])
        return arrived

    def _take_over(self, stack: ExitStack, scope: keras.StatelessScope) -> None:
        """Have the calls of every opened model made by this interpreter."""
        models = {id(level.model): level for level in self._levels.values()}
        for level in models.values():
            model, function = level.model.model, function_of(level.model.model)
            if function is not None:
                stack.enter_context(graph_run_by(function, self._graph_runner(level)))
            elif isinstance(model, keras.Model):
                followed = Followed(model, scope, self)
                stack.enter_context(call_made_by(model, followed))

    def _graph_runner(self, some: Level) -> Callable[[list[Any], Wrap], Any]:
        def run_graph(inputs: list[Any], wrap: Wrap) -> Any:
            level = self.take(some.model.model)
            if level is None:
                return NotImplemented
            given = dict(zip(level.inputs, inputs, strict=False))
            return self.run_level(level, given, wrap)

        return run_graph

    def take(self, model: Any) -> Level | None:
        """Return the place at which this model was to run next, if it is the one."""
        level = self._awaited
        if level is None or level.model.model is not model:
            return None
        self._awaited = None
        return level

    def run_level(self, level: Level, given: Tensors, wrap: Wrap) -> Any:
        """Make all calls of an opened model and return its outputs, nested.

        Arguments:
            level: the model at its place.
            given: what arrives at its inputs.
            wrap: gives an operation the context of the call.
        """
        known: Tensors = {}
        for ref in level.inputs:
            call = level.model.calls[ref.call]
            path = level.prefix + ref.call
            (known[ref],) = self._returned(path, call, [given[ref]])
        for call in level.calls:
            if any(isinstance(e, Ref) and e not in known for e in edges_of(call)):
                continue  # as Keras does: it hangs on an input that may be left out
            outputs = self._call(level, call, known, wrap)
            known.update((Ref(call.id, k), out) for k, out in enumerate(outputs))
            for ref in level.last_reads.get(call.id, ()):
                known.pop(ref, None)
        return self._left(level, known)

    def close(self, level: Level) -> None:
        """Take note that a model ran as one call, for its code is not what was read.

        Raises:
            WrongValueError: something inside was to be changed.
        """
        path = level.prefix.removesuffix("/")
        if self.intervenes(level) and not self._untouched:
            error = WrongValueError(
                "a change of a tensor inside a model that runs call by call",
                f"'{path or self._recording.graph.name}', which takes another way "
                "through its own code in this run",
                "change a tensor outside of this model",
            )
            self._failure = Failure(error)  # Keras makes another error of it
            raise error
        self.closed.append(path)

    def forget(self, level: Level) -> None:
        """Have everybody forget what was seen inside a model."""
        self._failure = None
        self.closed = [p for p in self.closed if not p.startswith(level.prefix)]
        for observer in self._observers:
            observer.forget(level.prefix)

    def intervenes(self, level: Level) -> bool:
        """Tell whether somebody changes tensors inside a model in this run."""
        prefix = level.prefix
        return any(observer.intervenes(prefix) for observer in self._observers)

    @contextmanager
    def untouched(self) -> Iterator[None]:
        """Change nothing inside the block: that shows how a model runs by itself."""
        before, self._untouched = self._untouched, True
        try:
            yield
        finally:
            self._untouched = before

    def _call(
        self, level: Level, call: RecordedCall, known: Tensors, wrap: Wrap
    ) -> list[Any]:
        path = level.prefix + call.id
        args, kwargs = self._filled(level, call, known)
        for observer in self._active():
            observer.calls(path, call)
        self._awaited = None if path in self._boxes else self._levels.get(f"{path}/")
        try:
            self.notes += check_ids(path, call.operation, args, kwargs)
            outputs = wrap(call.operation)(*args, **kwargs)
        except Exception as error:
            self._failure = self._failure or Failure(error, path, (args, kwargs))
            raise
        if self._awaited is not None:
            self.close(self._awaited)
        self._awaited = None
        return self._returned(path, call, keras.tree.flatten(outputs))

    def _returned(self, path: str, call: RecordedCall, outputs: list[Any]) -> list[Any]:
        for observer in self._active():
            outputs = observer.returned(path, call, outputs)
        return outputs

    def _left(self, level: Level, known: Tensors) -> Any:
        """Return the outputs of an opened model, nested, as observers let them go."""
        places = (place for place, _ in leaves_with_path(level.model.outputs))

        def leaf(value: Any) -> Any:
            place = next(places)
            if not isinstance(value, Ref):
                return value
            tensor = known[value]
            for observer in self._active():
                tensor = observer.leaves(level.prefix, place, tensor)
            return tensor

        return map_leaves(leaf, level.model.outputs)

    def _active(self) -> Sequence[Observer]:
        if not self._untouched:
            return self._observers
        return [one for one in self._observers if not one.intervenes("")]

    def _filled(
        self, level: Level, call: RecordedCall, known: Tensors
    ) -> tuple[tuple[Any, ...], dict[str, Any]]:
        """Return the arguments of a call with numbers in the place of references."""
        edges = iter(level.graph.incoming(call.id))
        path = level.prefix + call.id

        def leaf(value: Any) -> Any:
            if not isinstance(value, (Ref, Constant)):
                return value
            if isinstance(value, Ref):
                tensor = known[value]
            else:
                source = level.prefix + value.call
                (tensor,) = self._returned(source, call, [value.value])
            edge = next(edges)
            for observer in self._active():
                tensor = observer.reads(path, edge.port, tensor)
            return tensor

        args = tuple(map_leaves(leaf, value) for value in call.args)
        return args, {name: map_leaves(leaf, v) for name, v in call.kwargs.items()}
