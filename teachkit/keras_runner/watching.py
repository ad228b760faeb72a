"""Every call of a running model with its arguments and outputs as arrays."""

from __future__ import annotations

import inspect
from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import Any

import keras
import numpy as np

from teachkit.keras_reader.internals import mask_of
from teachkit.keras_reader.ports import call_parameters, leaves_with_path, map_leaves
from teachkit.keras_reader.recording import Constant, RecordedCall, Ref
from teachkit.keras_runner.observers import Observer

Array = np.ndarray[Any, Any]
Tell = Callable[[str, Any, dict[str, Any], list[Array]], None]
"""Is told: path, operation, arguments by parameter name, outputs in flat order.

Meanwhile variables have the values from before the call.
"""

_READ_MASKS = (keras.layers.Maximum, keras.layers.Minimum, keras.layers.Multiply)
"""Their `call` has no parameter for masks: it looks for them at its tensors."""


class Watching(Observer):
    """Tells somebody of each call of a layer or operation that was made.

    Masks that Keras hands over by itself, attached to a tensor, are among the
    arguments: without them nobody could compute the same. Nor could one with the states
    that a recurrent layer has left: variables are as they were before the call.

    Arguments:
        tell: is told right after each call.
        wanted: tells by the path which calls to look at.
    """

    def __init__(self, tell: Tell, wanted: Callable[[str], bool]) -> None:
        self._tell = tell
        self._wanted = wanted
        self._read: dict[str, list[tuple[Any, Any]]] = defaultdict(list)
        self._moved: dict[int, Any] = {}
        self._before: dict[str, dict[int, Any]] = {}

    def started(self, scope: keras.StatelessScope) -> None:
        """Take the values of variables that are moved in this run."""
        self._moved = scope.state_mapping

    def reads(self, path: str, port: str, tensor: Any) -> Any:
        """Keep what a call reads until it has returned."""
        if self._wanted(path):
            # A layer may take the mask off: attention does.
            self._read[path].append((tensor, mask_of(tensor)))
        return tensor

    def calls(self, path: str, call: RecordedCall) -> None:
        """Keep the values that variables have before a call."""
        del call
        if self._wanted(path):
            self._before[path] = dict(self._moved)

    def returned(self, path: str, call: RecordedCall, outputs: list[Any]) -> list[Any]:
        """Tell of a call, unless it is an input, a constant or an opened model."""
        read, before = self._read.pop(path, []), self._before.pop(path, {})
        if read and call.inner is None and call.operation is not None:
            given = _given(call, read)
            with _variables_as(before):
                arrays = {name: map_leaves(_array, one) for name, one in given.items()}
                results = [_array(out) for out in outputs]
                self._tell(path, call.operation, arrays, results)
        return outputs


def _variables_as(values: dict[int, Any]) -> keras.StatelessScope:
    """Return a scope in which variables have these values, by their `id`."""
    scope = keras.StatelessScope(initialize_variables=False)
    scope.state_mapping.update(values)
    return scope


def _given(call: RecordedCall, read: list[tuple[Any, Any]]) -> dict[str, Any]:
    """Return the arguments of a call by name, masks too that nobody wrote."""
    names = call_parameters(call.operation, len(call.args))
    arguments = {**dict(zip(names, call.args, strict=True)), **call.kwargs}
    tensors, masks = (iter(one) for one in zip(*read, strict=True))

    def leaf(value: Any, found: Iterator[Any], other: Any) -> Any:
        return next(found) if isinstance(value, (Ref, Constant)) else other

    given = {
        k: map_leaves(lambda v: leaf(v, tensors, v), a) for k, a in arguments.items()
    }
    attached = {
        k: map_leaves(lambda v: leaf(v, masks, None), a) for k, a in arguments.items()
    }
    return {**given, **_masks(call.operation, given, attached)}


def _masks(
    operation: Any, given: dict[str, Any], attached: dict[str, Any]
) -> dict[str, Any]:
    """Return the masks that Keras takes from the tensors and hands to the layer.

    As `Layer.__call__` does: `mask` where there is one argument with tensors,
    else `query_mask` for `query`. A few layers take them from the tensors themselves.
    """
    if not isinstance(operation, keras.Layer):
        return {}
    parameters = set(inspect.signature(operation.call).parameters)
    if _reads_masks(operation):
        parameters.add("mask")
    with_tensors = [name for name, value in given.items() if _holds_tensor(value)]
    only = len(with_tensors) == 1
    masks = {}
    for name in with_tensors:
        port = "mask" if only else f"{name}_mask"
        found = [leaf for _, leaf in leaves_with_path(attached[name])]
        wanted = port in parameters and given.get(port) is None
        if wanted and any(mask is not None for mask in found):
            masks[port] = attached[name]
    return masks


def _reads_masks(operation: Any) -> bool:
    """Tell whether a layer looks for masks itself; not a class with another `call`."""
    return any(
        isinstance(operation, kind) and type(operation).call is kind.call
        for kind in _READ_MASKS
    )


def _holds_tensor(value: Any) -> bool:
    return any(keras.ops.is_tensor(leaf) for _, leaf in leaves_with_path(value))


def _array(value: Any) -> Any:
    if keras.ops.is_tensor(value) or isinstance(value, keras.Variable):
        return np.asarray(keras.ops.convert_to_numpy(value))
    return value
