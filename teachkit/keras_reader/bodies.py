"""What layers with code of their own do: followed as operations, or a fingerprint.

Keras writes a lambda with the number of its line, and does not write the code of a
class at all. So two Lambda layers are compared by what they do to tensors; where that
cannot be followed, by their code without lines, files and names of variables.
"""

from __future__ import annotations

import inspect
import warnings
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import keras

from teachkit.graph import ModelGraph
from teachkit.keras_reader import internals
from teachkit.keras_reader.assemble import Assembly
from teachkit.keras_reader.discovery import Discovery
from teachkit.keras_reader.dry import dry
from teachkit.keras_reader.fingerprints import digest_of, fingerprint
from teachkit.keras_reader.ports import map_leaves
from teachkit.keras_reader.recording import (
    Constant,
    RecordedCall,
    RecordedModel,
    Recording,
    Ref,
)
from teachkit.keras_reader.sources import is_graph
from teachkit.keras_reader.tracing import Given, trace

Body = ModelGraph | str

_NO_CODE = frozenset({"__init__", "build", "get_config", "from_config"})
"""Methods that make a layer; its config and weights tell what came of it."""
_FUNCTIONS = ("activation", "recurrent_activation")
_SAME_ACTIVATIONS = frozenset(
    {
        "elu", "leaky_relu", "relu", "relu6", "selu", "sigmoid", "softmax_v2",
        "softplus", "softsign", "swish", "tanh",
    }
)  # fmt: skip
"""Functions of TensorFlow, by their own names, that compute what those of Keras do."""


def bodies_of(recording: Recording) -> dict[str, Body]:
    """Return what the layers with code of their own do, by the path of each call.

    A Lambda, or a custom layer without weights, that can be followed gives the graph
    of its operations. Other custom layers and models, and layers with an activation of
    the author's own, give a fingerprint of the code; so do arrays, of their numbers.
    The model itself is left as it was.
    """
    found: dict[str, Body] = {}
    bodies = _Bodies()
    with internals.names_kept(), dry(), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for path, call, graph in _calls(recording):
            found.update(_constants(path, call))
            body = bodies.body(call, graph)
            if body is not None:
                found[path] = body
    return found


def _calls(recording: Recording) -> Iterator[tuple[str, RecordedCall, ModelGraph]]:
    """Yield every call with its path, and the graph in which it stands."""
    waiting: list[tuple[RecordedModel, ModelGraph, str]] = [
        (recording.root, recording.graph, "")
    ]
    while waiting:
        model, graph, prefix = waiting.pop()
        for call in model.calls.values():
            yield prefix + call.id, call, graph
            nested = graph.call(call.id).nested
            if call.inner is not None and nested is not None:
                waiting.append((call.inner, nested, f"{prefix}{call.id}/"))


class _Bodies:
    """Follows each layer once for each way in which it is called."""

    def __init__(self) -> None:
        self._known: dict[tuple[int, str], Body] = {}

    def body(self, call: RecordedCall, graph: ModelGraph) -> Body | None:
        """Return what a call does, None if its class and config say it all."""
        operation = call.operation
        if not isinstance(operation, keras.Operation) or not _has_code(operation):
            return _own_functions(operation) if operation is not None else None
        if is_graph(operation):
            return None if call.inner is not None else code_of(operation)
        if operation.weights:
            return code_of(operation)
        given = _given(call, graph)
        constants = [id(a.value) for a in given.arguments(operation) if a.is_constant]
        key = id(operation), f"{given!r} {constants}"
        if key not in self._known:
            followed = _followed(operation, given)
            self._known[key] = code_of(operation) if followed is None else followed
        return self._known[key]


def code_of(operation: Any) -> str:
    """Return a fingerprint of the code of a Lambda, or of a class of the author's."""
    if isinstance(operation, keras.layers.Lambda):
        return fingerprint([operation.function, operation.arguments])
    methods = {}
    for kind in reversed(type(operation).__mro__):
        if not _is_of_keras(kind):
            own = {k: v for k, v in vars(kind).items() if inspect.isfunction(v)}
            methods.update({k: v for k, v in own.items() if k not in _NO_CODE})
    return fingerprint([methods, *filter(None, [_own_functions(operation)])])


def _has_code(operation: Any) -> bool:
    is_lambda = isinstance(operation, keras.layers.Lambda)
    return is_lambda or not _is_of_keras(type(operation))


def _is_of_keras(kind: type) -> bool:
    # Code that was only executed, in no module, has `builtins` for its module.
    top = kind.__module__.partition(".")[0]
    return kind is object or top in {"keras", "tensorflow"}


def _is_known(function: Any) -> bool:
    """Tell whether an activation is one of Keras, or the same one of TensorFlow."""
    # The module of a function from code that was only executed is None.
    module = str(function.__module__)
    return module.startswith("keras.") or (
        module.startswith("tensorflow.") and function.__name__ in _SAME_ACTIVATIONS
    )


def _own_functions(operation: Any) -> str | None:
    """Return a fingerprint of the activations that are functions of the author's."""
    parts = [getattr(operation, name, None) for name in ("cell", "layer")]
    functions = [
        function
        for holder in (operation, *parts)
        for name in _FUNCTIONS
        for function in [getattr(holder, name, None)]
        if inspect.isfunction(function) and not _is_known(function)
    ]
    return fingerprint(functions) if functions else None


def _followed(layer: Any, given: Given) -> ModelGraph | None:
    """Return what a layer does as a graph, None if that cannot be told for sure."""
    graph = _traced(layer, given)
    if graph is None or all(call.kind != "constant" for call in graph.calls):
        return graph
    known = all("value" in c.config for c in graph.calls if c.kind == "constant")
    # Numbers that are drawn anew at each call are no constants.
    return graph if known and _traced(layer, given) == graph else None


def _traced(layer: Any, given: Given) -> ModelGraph | None:
    with ExitStack() as undo:
        source = trace(layer, given, undo)
        if isinstance(source, str):
            return None
        return Assembly(Discovery(source, undo)).graph()


def _given(call: RecordedCall, graph: ModelGraph) -> Given:
    """Return the arguments of a call, with fresh tensors in the place of its own."""
    layer = call.operation

    def leaf(value: Any) -> Any:
        if isinstance(value, Constant):
            return value.value
        if not isinstance(value, Ref):
            return value
        spec = graph.call(value.call).outputs[value.index]
        casts = layer.autocast and keras.backend.is_float_dtype(spec.dtype)
        dtype = layer.input_dtype if casts else spec.dtype
        return keras.KerasTensor(spec.shape, dtype=dtype, name="given")

    implicit = {port.partition("[")[0] for port in call.implicit}
    named = {k: None if k in implicit else v for k, v in call.kwargs.items()}
    return Given(
        tuple(map_leaves(leaf, value) for value in call.args),
        {name: map_leaves(leaf, value) for name, value in named.items()},
    )


def _constants(path: str, call: RecordedCall) -> dict[str, Body]:
    """Return a digest of each array that a call reads, by the path of its node."""
    prefix = path.removesuffix(call.id)
    found: dict[str, Body] = {}

    def note(value: Any) -> None:
        if isinstance(value, Constant) and not hasattr(value.value, "assign"):
            found[prefix + value.call] = digest_of(value.value)

    for value in (*call.args, *call.kwargs.values()):
        map_leaves(note, value)
    return found
