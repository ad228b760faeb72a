"""Copies of layers and of whole models, in which what was shared is shared again.

Keras' own `from_config` loses sharing between a model and the models inside it, and
would leave calls on the operations of the learner. So each nested model is built anew
from its recorded calls, with one copy for each layer object.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import keras

from teachkit.errors import ModelError
from teachkit.graph import Shape
from teachkit.keras_reader import internals
from teachkit.keras_reader.ports import map_leaves
from teachkit.keras_reader.recording import (
    Constant,
    RecordedCall,
    RecordedModel,
    Recording,
    Ref,
)
from teachkit.keras_reader.sources import function_of
from teachkit.keras_reader.tracing import reason_of
from teachkit.keras_runner.guard import inside_out
from teachkit.keras_runner.hand_copies import copied_by_hand
from teachkit.keras_runner.limits import refs_of


class Clones:
    """The copies of the layers and operations of one model, one for each object.

    Attributes:
        layers: each layer that was copied as a whole, with its copy.
        models: each model that was built anew, with the new one, the outermost first.
        by_hand: layers without a configuration from which they could be copied.
    """

    def __init__(self, recording: Recording) -> None:
        self.layers: list[tuple[Any, Any]] = []
        self.models: list[tuple[Any, Any]] = []
        self.by_hand: list[Any] = []
        self._made: dict[int, Any] = {}
        self._specs: dict[str, tuple[Shape | None, str]] = {
            end.call: (end.shape, end.dtype) for end in recording.graph.inputs
        }
        for model in inside_out(recording.root, _opened):
            if model is not recording.root:
                rebuilt = self._made[id(model.model)] = self._rebuilt(model)
                self.models.insert(0, (model.model, rebuilt))

    def of(self, operation: Any) -> Any:
        """Return the copy of a layer or operation, the same one each time.

        Raises:
            ModelError: the class of a layer cannot be copied.
        """
        if id(operation) not in self._made:
            clone = self._copy(operation)
            self._made[id(operation)] = clone
            if isinstance(operation, keras.Layer):
                self.layers.append((operation, clone))
        return self._made[id(operation)]

    def _copy(self, operation: Any) -> Any:
        try:
            return _copied(operation)
        except Exception as error:
            if not isinstance(operation, keras.Layer):
                raise _not_copied(operation, error) from error
            try:
                copy = copied_by_hand(operation, self.of)
            except Exception:  # noqa: BLE001 - the first error says what to mend
                raise _not_copied(operation, error) from error
            self.by_hand.append(operation)
            return copy

    def input(self, recorded: RecordedModel, name: str) -> Any:
        """Return a new `keras.Input` like one of a model."""
        call = recorded.calls[name]
        if isinstance(call.operation, keras.layers.InputLayer):
            return _copied(call.operation).output
        shape, dtype = self._spec(recorded, name)
        return keras.Input(batch_shape=shape, dtype=dtype, name=_plain_name(name))

    def replay(self, recorded: RecordedModel) -> tuple[Any, Any]:
        """Call the copies as the originals were called.

        Returns:
            The inputs and outputs, nested as the author of the model gave them.
        """
        inputs = {ref.call: ref for ref in refs_of(recorded.inputs)}
        tensors: dict[Ref, Any] = {
            ref: self.input(recorded, name) for name, ref in inputs.items()
        }

        def leaf(value: Any) -> Any:
            if isinstance(value, Ref):
                return tensors[value]
            return value.value if isinstance(value, Constant) else value

        for call in _needed(recorded):
            args = [map_leaves(leaf, value) for value in call.args]
            kwargs = {k: map_leaves(leaf, v) for k, v in _written(call).items()}
            found = keras.tree.flatten(self.of(call.operation)(*args, **kwargs))
            tensors.update((Ref(call.id, k), t) for k, t in enumerate(found))
        return map_leaves(leaf, recorded.inputs), map_leaves(leaf, recorded.outputs)

    def _rebuilt(self, recorded: RecordedModel) -> Any:
        model = recorded.model
        if isinstance(model, keras.Sequential):
            return self.sequential(recorded, str(model.name))
        inputs, outputs = self.replay(recorded)
        kind = keras.Model if isinstance(model, keras.Model) else keras.Function
        return kind(inputs, outputs, name=model.name)

    def sequential(self, recorded: RecordedModel, name: str) -> keras.Sequential:
        """Return a Sequential model of the copies of a chain of layers."""
        first, *_ = refs_of(recorded.inputs)
        parts = [self.of(call.operation) for call in _needed(recorded)]
        return keras.Sequential([self.input(recorded, first.call), *parts], name=name)

    def _spec(self, recorded: RecordedModel, name: str) -> tuple[Shape | None, str]:
        function = function_of(recorded.model)
        if function is None:
            return self._specs[name]
        names = [ref.call for ref in refs_of(recorded.inputs)]
        tensor = keras.tree.flatten(function.inputs)[names.index(name)]
        return tensor.shape, tensor.dtype


def _opened(recorded: RecordedModel) -> list[RecordedModel]:
    """Return the nested models that can be built anew: those of Keras' own classes."""
    inner = (call.inner for call in recorded.calls.values())
    return [
        one
        for one in inner
        if one is not None
        and function_of(one.model) is not None
        and type(one.model).__module__.startswith("keras.")
    ]


def _needed(recorded: RecordedModel) -> list[RecordedCall]:
    """Return the calls that are to be made: Keras makes those for masks by itself."""
    inputs = {ref.call for ref in refs_of(recorded.inputs)}
    wanted = {ref.call for ref in refs_of(recorded.outputs)}
    needed = []
    for call in reversed(recorded.calls.values()):
        if call.id in wanted and call.id not in inputs:
            needed.append(call)
            wanted.update(ref.call for ref in refs_of((call.args, _written(call))))
    return needed[::-1]


def _written(call: RecordedCall) -> dict[str, Any]:
    """Return the keyword arguments of a call without what Keras filled in."""
    implicit = {port.partition("[")[0] for port in call.implicit}
    return {name: value for name, value in call.kwargs.items() if name not in implicit}


def _plain_name(name: str) -> str:
    return name.replace("/", "_")


def _copied(operation: Any) -> Any:
    """Return a copy from the configuration of a layer or operation."""
    if isinstance(operation, keras.layers.Lambda):
        return _copied_lambda(operation)
    config = operation.get_config()
    if hasattr(operation, "get_vocabulary"):
        words: Callable[..., Any] = operation.get_vocabulary
        config["vocabulary"] = words(include_special_tokens=False)
    return type(operation).from_config(config)


def _not_copied(operation: Any, error: Exception) -> ModelError:
    kind = type(operation).__name__
    return ModelError(
        "layers that can be copied",
        f"'{operation.name}' ({kind}), whose copy fails: {reason_of(error)}",
        f"give the class {kind} a get_config that returns all arguments of its "
        "__init__",
    )


def _copied_lambda(layer: Any) -> Any:
    """Return a Lambda of the same function: its configuration is not safe to read."""
    return keras.layers.Lambda(
        layer.function,
        output_shape=internals.lambda_output_shape(layer),
        mask=layer.mask,
        arguments=layer.arguments,
        name=layer.name,
        dtype=layer.dtype_policy,
        trainable=layer.trainable,
    )
