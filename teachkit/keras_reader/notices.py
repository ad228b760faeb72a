"""What the author of a model should know, in sentences about this model."""

from __future__ import annotations

from dataclasses import replace

from teachkit.graph import Call, ModelGraph, Notice
from teachkit.keras_reader.ports import default_of
from teachkit.keras_reader.walk import Visit

_LAYERS_ARE_FUNCTIONS = 1
_WIRES_HAVE_NO_NUMBERS = 2
_UNCONNECTED = 5
_RUNNING = 6


def constant_notice(call: Call, reader: str) -> Notice:
    """Warn that a call reads an array or variable that is no part of the model."""
    shape = call.outputs[0].shape
    if call.type == "Variable":
        text = (
            f"'{reader}' reads a variable of shape {shape} that no layer of the model "
            "owns: it is not among the weights and will not train. Put it into a layer "
            "of your own."
        )
    else:
        text = (
            f"'{reader}' reads a constant of shape {shape}. If a layer made it (a "
            "layer called on numbers, not on a tensor of the model), that layer is "
            "not in the model and its weights never train. Start from an Input."
        )
    return Notice("constant", text, (call.id, reader), _UNCONNECTED)


def no_input_notice(name: str) -> Notice:
    """Tell that nobody knows the shapes of a Sequential model yet."""
    return Notice(
        "no-input",
        f"Sequential model '{name}' has no input yet, so its shapes and weights are "
        "not known. Put a keras.Input(...) first, or call the model on data.",
        (),
        _LAYERS_ARE_FUNCTIONS,
    )


def missing_input_notice(name: str) -> Notice:
    """Warn of an Input that the model needs and that is not among its inputs."""
    return Notice(
        "missing-input",
        f"The outputs need Input '{name}', which is not in the inputs of the model: "
        "add it to keras.Model(inputs=...), or the model cannot run.",
        (name,),
        _UNCONNECTED,
    )


def training_notices(visit: Visit, call_id: str) -> list[Notice]:
    """Warn of an explicit `training=`, which fit and predict override."""
    value = visit.kwargs.get("training")
    if not isinstance(value, bool):
        return []
    if default_of(visit.operation, "training") is value:
        return []
    text = (
        f"'{call_id}' is called with training={value}. fit and predict override "
        "this in a Functional model; only model(x) keeps it."
    )
    return [Notice("explicit-training", text, (call_id,), _RUNNING)]


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
        f"without numbers: {reason}.",
        (call_id,),
    )


def traced_notice(name: str, kind: str, *, dtype_known: bool = True) -> Notice:
    """Tell that the graph comes from following a subclassed model's call."""
    text = (
        f"Keras keeps no graph of '{name}' ({kind}). This is the way its call takes "
        "for tensors without numbers; it may take another one for other arguments."
    )
    if not dtype_known:
        text += " The dtype of its inputs is not kept either: float32 is assumed."
    return Notice("traced", text)


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
    if not notice.calls:
        return replace(notice, calls=(outer,))
    paths = tuple(f"{outer}/{name}" for name in notice.calls)
    return replace(notice, text=f"In '{outer}': {notice.text}", calls=paths)
