"""How the result of a call is nested: a tensor, a tuple, a dict.

Keras records the outputs of a call flat, in the order of sorted keys. What the call
hands back is found by asking the operation for it once more.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import keras

from teachkit.graph import Call, ModelGraph
from teachkit.keras_reader import Constant, RecordedCall, Ref
from teachkit.keras_reader.ports import leaves_with_path, map_leaves
from teachkit.keras_reader.untouched import untouched

_MOST_UNPACKED = 6
_LISTS_OF_ONE = frozenset({"Split", "ArraySplit", "Unstack", "Meshgrid"})


class Results:
    """The nesting of the results of all calls of a level."""

    def __init__(self, graph: ModelGraph) -> None:
        self._graph = graph

    def paths(self, recorded: RecordedCall, call: Call) -> list[str] | None:
        """Return where each output stands in the result; None for a single tensor.

        The paths are in the order of the outputs: `["left"]`, `[0]`.
        """
        structure = self._structure(recorded, call)
        numbers = iter(range(len(call.outputs)))
        leaves = list(leaves_with_path(structure))
        if len(leaves) != len(call.outputs):
            return None if len(call.outputs) == 1 else _flat(len(call.outputs))
        numbered = map_leaves(lambda _: next(numbers), structure)
        order = keras.tree.flatten(numbered)
        paths = [_double_quoted(path) for path, _ in leaves]
        return None if paths == [""] else [paths[k] for k in order]

    def _structure(self, recorded: RecordedCall, call: Call) -> Any:
        if recorded.inner is not None:
            return recorded.inner.outputs
        if _is_plainly_one(recorded.operation, call):
            return None
        try:
            return self._asked(recorded)
        except Exception:  # noqa: BLE001 - then the flat list is all that is known
            count = len(call.outputs)
            return None if count == 1 else [None] * count

    def _asked(self, recorded: RecordedCall) -> Any:
        def fresh(leaf: Any) -> Any:
            if isinstance(leaf, Ref):
                spec = self._graph.call(leaf.call).outputs[leaf.index]
                return keras.KerasTensor(spec.shape, spec.dtype)
            return leaf.value if isinstance(leaf, Constant) else leaf

        operation = recorded.operation
        args = [map_leaves(fresh, value) for value in recorded.args]
        kwargs = {name: map_leaves(fresh, v) for name, v in recorded.kwargs.items()}
        if not isinstance(operation, keras.Layer):
            return operation.compute_output_spec(*args, **kwargs)
        with untouched(operation):
            return operation.compute_output_spec(*args, **kwargs)


def _flat(count: int) -> list[str]:
    return [f"[{k}]" for k in range(count)]


def can_be_unpacked(paths: list[str]) -> bool:
    """Tell whether a result is a short list that is best given names one by one."""
    return 1 < len(paths) <= _MOST_UNPACKED and paths == _flat(len(paths))


def _is_plainly_one(operation: Any, call: Call) -> bool:
    """Tell whether the result is one tensor, without asking the operation."""
    own = not type(operation).__module__.startswith("keras.")
    if len(call.outputs) != 1 or own:
        return False
    name = type(operation).__name__
    return name not in {*_LISTS_OF_ONE, "Identity", "Lambda", "Pipeline"}


def _double_quoted(path: str) -> str:
    """Return a path with its keys between double quotes."""
    return path if '"' in path else path.replace("'", '"')


def sorted_leaves(structure: Any) -> list[Any]:
    """Return the leaves of a structure in the order in which it is written."""
    return [leaf for _, leaf in leaves_with_path(structure)]


def holds_references(value: Any) -> bool:
    """Tell whether there is a tensor or an array somewhere in an argument."""
    if isinstance(value, Mapping):
        return any(map(holds_references, value.values()))
    if isinstance(value, (list, tuple)):
        return any(map(holds_references, value))
    return isinstance(value, (Ref, Constant))
