"""What to call the result of a layer, in a word."""

from __future__ import annotations

from teachkit.graph import Call
from teachkit.source_code.names import identifier
from teachkit.source_code.operations import snake_case

NOUNS = {
    "Embedding": "embedded",
    "Flatten": "flat",
    "Dense": "dense",
    "LSTM": "encoded",
    "GRU": "encoded",
    "SimpleRNN": "encoded",
    "Bidirectional": "encoded",
    "MultiHeadAttention": "attended",
    "Attention": "attended",
    "Concatenate": "joined",
    "Add": "total",
    "Subtract": "difference",
    "Multiply": "product",
    "Dot": "similarity",
    "Absolute": "distance",
    "GetItem": "part",
    "Split": "part",
    "Lambda": "result",
    "Activation": "activated",
    "Dropout": "dropped",
    "BatchNormalization": "normalized",
    "LayerNormalization": "normalized",
    "NotEqual": "mask",
    "Equal": "mask",
}


def noun_of(call: Call, name: str | None = None) -> str:
    """Return what to call the result of a layer."""
    if call.kind == "model":
        return _noun_of_model(name or "")
    if name:
        return identifier(name, "result")
    if call.outputs[0].dtype == "bool":
        return "mask"
    for part, noun in (("Pool", "pooled"), ("Conv", "conv")):
        if part in call.type:
            return noun
    return NOUNS.get(call.type) or identifier(snake_case(call.type), "tensor")


def _noun_of_model(name: str) -> str:
    if name.endswith("coder"):
        return name[-7:-1] + "d"
    return f"{identifier(name)}_output" if name else "result"


def nouns_of_outputs(call: Call) -> tuple[str, ...]:
    """Return the names that the several results of well-known layers have."""
    if call.type == "LSTM":
        return "encoded", "state_h", "state_c"
    if call.type in {"GRU", "SimpleRNN"}:
        return "encoded", "state"
    if call.type in {"MultiHeadAttention", "Attention", "AdditiveAttention"}:
        return "attended", "scores"
    return ()
