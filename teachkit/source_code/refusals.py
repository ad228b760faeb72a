"""Why no source can be written, in words about the model at hand."""

from __future__ import annotations

from teachkit.errors import ModelError

_AS_CODE = "a model whose every call can be written as code"


def closed_model(call: str, kind: str, reason: str) -> ModelError:
    """A subclassed model whose call cannot be followed."""
    return ModelError(
        _AS_CODE,
        f"'{call}' ({kind}), a subclassed model that cannot be followed: {reason}",
        f"build {kind} in your own code, or write its call with Keras layers and "
        "keras.ops only",
    )


def own_call(name: str, kind: str) -> ModelError:
    """A Functional model whose class has another `call`."""
    return ModelError(
        _AS_CODE,
        f"'{name}' ({kind}): {kind} has a call method of its own, and that method "
        "runs, not the graph of the model",
        f"remove the call method of {kind}, or put what it does into a layer",
    )


def no_source(call: str, kind: str, reason: str) -> ModelError:
    """A layer whose class or arguments cannot be written."""
    return ModelError(
        _AS_CODE,
        f"'{call}' ({kind}): {reason}",
        f"define {kind} in a module that can be imported, with a get_config that "
        "tells all its arguments",
    )


def no_lambda(call: str, reason: str) -> ModelError:
    """A Lambda layer whose function cannot be written."""
    return ModelError(
        _AS_CODE,
        f"'{call}', a Lambda layer whose function cannot be written: {reason}",
        "write the function with keras.ops only, or make it a layer of its own: "
        "class MyLayer(keras.layers.Layer)",
    )


def no_value(call: str, kind: str, what: str) -> ModelError:
    """An argument or constant for which there is no source."""
    if what.startswith("it "):  # a function, and what it does
        return ModelError(
            _AS_CODE,
            f"'{call}' ({kind}), which is given a function: {what}",
            f"put '{call}' and its functions into a layer of your own",
        )
    return ModelError(
        _AS_CODE,
        f"'{call}' ({kind}) reads {what}",
        "make it a weight of a layer, or an Input of the model",
    )


def variable(call: str, kind: str, shape: str) -> ModelError:
    """A variable that no layer of the model owns."""
    return ModelError(
        _AS_CODE,
        f"'{call}' ({kind}) reads a keras.Variable of shape {shape} directly; no "
        "layer of the model owns it, so no code of the model can make it",
        "put the variable into a layer of its own: self.add_weight(...) in __init__",
    )


def missing_input(call: str) -> ModelError:
    """An Input in the middle of the graph that is not among the model's inputs."""
    return ModelError(
        "a model that lists every Input it needs",
        f"Input '{call}', which the outputs need and which is not in its inputs",
        "add it to keras.Model(inputs=...)",
    )


def not_a_chain(name: str, call: str, reason: str) -> ModelError:
    """A model that has no Sequential form."""
    return ModelError(
        "a plain chain of layers, which keras.Sequential can hold",
        f"'{call}' of model '{name}', which {reason}",
        'write it in the Functional style: style="functional"',
    )
