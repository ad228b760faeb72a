"""Where a mask flows: a layer passes it on, and the like operation does not."""

from __future__ import annotations

from teachkit.graph import Call
from teachkit.normal_form.inlining import Step

DROPPED = ("mask", '"dropped"')
"""Setting of an operation in a place where a layer would pass a mask on."""

_NEVER = frozenset({"Flatten", "Reshape", "Permute"})
_FAMILIES_WITHOUT = frozenset({"pooling", "convolutional"})


def makes_mask(call: Call) -> bool:
    """Tell whether a layer attaches a mask to what it returns."""
    own = call.kind == "layer" and call.family != "custom"
    if not own:
        return False
    return call.type == "Masking" or bool(
        call.type == "Embedding" and call.config.get("mask_zero")
    )


def passes_mask(step: Step) -> bool:
    """Tell whether a step that reads a masked tensor returns one."""
    call = step.call
    if step.part:
        return True
    if call.kind != "layer" or call.type in _NEVER or step.written is not None:
        return False
    if call.family == "rnn":
        return bool(call.config.get("return_sequences"))
    return call.family not in _FAMILIES_WITHOUT


def drops_mask(step: Step) -> bool:
    """Tell whether a step is the operation of which the layer passes a mask on."""
    return not step.part and not passes_mask(step) and step.call.type not in _NEVER
