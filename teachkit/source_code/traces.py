"""What a Lambda layer does, found by following it: for functions without source."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import keras

from teachkit.errors import TeachkitError
from teachkit.keras_reader import Constant, RecordedCall, Ref, record_model
from teachkit.keras_reader.ports import map_leaves
from teachkit.source_code.bodies import Body
from teachkit.source_code.levels import Level, Plan
from teachkit.source_code.names import Names, identifier

if TYPE_CHECKING:
    from teachkit.source_code.program import Program

_INDENT = "    "


def traced_function(program: Program, layer: Any) -> str | None:
    """Write a function that does what a Lambda layer does.

    Returns:
        The name of the function, or None if the layer cannot be followed, or goes
        another way for each shape.
    """
    if layer.mask is not None:
        return None
    texts = {_text_of(program, layer, *call) for call in _calls_of(program.plan, layer)}
    text = texts.pop() if len(texts) == 1 else None
    if text is None:
        return None
    own = program.explicit_name(layer)
    name = identifier(own, "function") if own else "function"
    return program.add_function(name, text)


def _calls_of(plan: Plan, layer: Any) -> list[tuple[Level, RecordedCall]]:
    return [
        (level, recorded)
        for level in plan.levels.values()
        for recorded, _ in level.calls()
        if recorded.operation is layer
    ]


def _text_of(
    program: Program, layer: Any, level: Level, recorded: RecordedCall
) -> str | None:
    """Return parameters and body of the function for one call of the layer."""

    def fresh(leaf: Any) -> Any:
        if isinstance(leaf, Ref):
            spec = level.graph.call(leaf.call).outputs[leaf.index]
            return keras.KerasTensor(spec.shape, spec.dtype)
        return leaf.value if isinstance(leaf, Constant) else leaf

    given = map_leaves(fresh, recorded.args[0]) if recorded.args else None
    try:
        outputs = layer.call(given)
        traced = record_model(keras.Function(given, outputs))
        inner = Plan(traced).root
        if any(one.kind not in {"input", "operation"} for _, one in inner.calls()):
            return None  # a layer in it would be made anew at each call
        body = Body(program, inner, Names(), {}, _INDENT)
        parameters = body.write_function()
    except TeachkitError:
        return None
    except Exception:  # noqa: BLE001 - a learner's function may do anything
        return None
    return "\n".join([f"({', '.join(parameters)}):", *body.lines])
