"""What the author of a model should know, in sentences about this model."""

from __future__ import annotations

import inspect
from dataclasses import replace
from typing import Any

import keras

from teachkit.graph import Call, ModelGraph, Notice
from teachkit.keras_reader.ports import default_of
from teachkit.keras_reader.walk import Visit

_UNCONNECTED = 5
_WIRES_HAVE_NO_NUMBERS = 2


def constant_notice(call: Call, reader: str) -> Notice:
    """Warn that a call reads an array or variable that is no part of the model."""
    shape = call.outputs[0].shape
    if call.type == "Variable":
        text = (
            f"'{reader}' reads a variable of shape {shape} that no layer owns: it is "
            "not among the weights of the model and will not train. Put it into a "
            "layer of your own."
        )
    else:
        text = (
            f"'{reader}' reads a constant of shape {shape}. If a layer made it (a "
            "layer called on numbers, not on a tensor of the model), that layer is "
            "not in the model and its weights never train. Start from an Input."
        )
    return Notice("constant", text, (call.id, reader), _UNCONNECTED)


def training_notice(visit: Visit, call_id: str) -> Notice | None:
    """Warn of an explicit `training=`, which fit and predict override."""
    value = visit.kwargs.get("training")
    if not isinstance(value, bool):
        return None
    if default_of(type(visit.operation), "training") is value:
        return None
    return Notice(
        "explicit-training",
        f"'{call_id}' is called with training={value}. fit and predict override "
        "this in a Functional model; only model(x) keeps it.",
        (call_id,),
    )


def unused_notices(graph: ModelGraph) -> list[Notice]:
    """Tell of inputs that feed nothing."""
    return [
        Notice(
            "unused-input",
            f"Input '{name}' feeds nothing: no output can be reached from it.",
            (name,),
            _UNCONNECTED,
        )
        for name in graph.unused_inputs()
    ]


def cut_out_notice(name: str) -> Notice:
    """Tell that a model starts at a tensor in the middle of another one."""
    return Notice(
        "cut-out",
        f"The model starts at '{name}', a tensor in the middle of a graph, and not at "
        "a keras.Input. If that is a surprise: was the variable of the Input used "
        "again (x = layer(x))?",
        (name,),
        3,
    )


def overridden_notice(kind: str) -> Notice:
    """Tell that the graph drawn is not what runs."""
    return Notice(
        "overridden-call",
        f"{kind} has a call method of its own. That method runs, not this graph.",
    )


def closed_notice(name: str, kind: str, reason: str, call_id: str) -> Notice:
    """Tell why a subclassed model is one closed box."""
    return Notice(
        "opaque",
        f"'{name}' ({kind}) is drawn as one closed box, as its call cannot be followed "
        f"without numbers: {reason}",
        (call_id,),
    )


def traced_notice(name: str, kind: str) -> Notice:
    """Tell that the graph comes from following a subclassed model's call."""
    return Notice(
        "traced",
        f"'{name}' ({kind}) is a subclassed model. This is the way its call takes "
        "for tensors without numbers; it may take another one for other arguments.",
    )


def dry_notice() -> Notice:
    """Tell that a model has shapes and no numbers."""
    return Notice(
        "dry",
        "Built inside teachkit.dry(): its weights have shapes and no numbers, so it "
        "can be looked at and not run.",
        (),
        _WIRES_HAVE_NO_NUMBERS,
    )


def from_inside(outer: str, notice: Notice) -> Notice:
    """Return a notice of a nested model as its outer model tells it."""
    paths = tuple(f"{outer}/{name}" for name in notice.calls)
    return replace(notice, text=f"In '{outer}': {notice.text}", calls=paths)


def words_of(visit: Visit) -> tuple[str, ...]:
    """Return the arguments of a call that are neither tensors nor defaults."""
    kind = type(visit.operation)
    is_layer = isinstance(visit.operation, keras.Layer)
    words = []
    for argument in visit.arguments:
        if argument.is_tensor or argument.is_constant:
            continue
        default = default_of(kind, argument.port)
        if argument.value is None or _equal(argument.value, default):
            continue
        if is_layer and argument.port == "mask":
            continue
        words.append(f"{argument.port}={_short(argument.value)}")
    return tuple(words)


def _equal(value: Any, default: Any) -> bool:
    return default is not inspect.Parameter.empty and value is default


def _short(value: Any) -> str:
    if isinstance(value, slice):
        ends = ["" if end is None else str(end) for end in (value.start, value.stop)]
        step = [] if value.step is None else [str(value.step)]
        return ":".join([*ends, *step])
    if isinstance(value, (list, tuple)):
        inside = ", ".join(_short(item) for item in value)
        return f"[{inside}]" if isinstance(value, list) else f"({inside})"
    if value is None or isinstance(value, (bool, int, float, str)):
        return repr(value)
    if value is ...:
        return "..."
    return type(value).__name__
