"""Every private attribute of Keras that teachkit touches, in small functions.

They were the same in all versions from 3.0.5 to 3.15.1. Nothing else in the project
may read a name of Keras that begins with an underscore.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

import keras
from keras.src.backend.common import global_state

TensorKey = tuple[int, int, int]
"""What identifies a tensor: its operation, the call of it, the output of that call."""


def tensor_key(tensor: Any) -> TensorKey:
    """Return the same key for every object that stands for the same tensor."""
    history = getattr(tensor, "_keras_history", None)
    if history is None or history.operation is None:
        return id(tensor), -1, 0
    return id(history.operation), history.node_index, history.tensor_index


def node_of(tensor: Any) -> Any:
    """Return the record of the call that made a tensor, or None for a bare one."""
    history = getattr(tensor, "_keras_history", None)
    if history is None or history.operation is None:
        return None
    nodes = history.operation._inbound_nodes
    # A Sequential that is built anew forgets the calls of its layers.
    return nodes[history.node_index] if history.node_index < len(nodes) else None


def originals_of(copy: Any) -> list[Any]:
    """Return the tensors of which one may be a copy: the same output of other calls.

    Keras copies calls when a model is cut out of the middle of another one; a copy
    has lost what was attached to the original.
    """
    history = getattr(copy, "_keras_history", None)
    if history is None or not str(copy.name).endswith("_clone"):
        return []
    nodes = history.operation._inbound_nodes
    outputs = [node.outputs for node in nodes if node is not nodes[history.node_index]]
    index = history.tensor_index
    return [found[index] for found in outputs if index < len(found)]


def input_structure(function: Any) -> Any:
    """Return the inputs nested and ordered as the author gave them."""
    return function._inputs_struct


def output_structure(function: Any) -> Any:
    """Return the outputs nested and ordered as the author gave them."""
    return function._outputs_struct


def forget_calls(operation: Any, first: int) -> None:
    """Forget the calls of an operation from this one on."""
    del operation._inbound_nodes[first:]


def functional_of(sequential: Any) -> Any:
    """Return the Functional model inside a built Sequential one, or None."""
    return sequential._functional


def mask_of(tensor: Any) -> Any:
    """Return the mask that Keras attached to a tensor, or None."""
    return getattr(tensor, "_keras_mask", None)


def build_shapes(model: Any) -> dict[str, Any]:
    """Return the input shapes with which a layer was built, by argument of `build`."""
    return dict(getattr(model, "_build_shapes_dict", None) or {})


def without_numbers(variable: Any) -> bool:
    """Tell whether a variable has a shape and no memory yet."""
    return getattr(variable, "_value", 0) is None


def flat_layers(model: Any) -> list[Any]:
    """Return a model and every layer it holds, at any depth, each once."""
    return list({id(layer): layer for layer in model._flatten_layers()}.values())


def variables_to_learn(layer: Any) -> list[Any]:
    """Return a layer's own variables that were made to be trained, frozen or not."""
    return list(getattr(layer, "_trainable_variables", ()))


def calls_on(operation: Any) -> list[tuple[Any, Any]]:
    """Return what was called on outputs of an operation: reader, and its record.

    The record has `arguments` and `outputs`. Readers outside a model are there, too.
    """
    return [(node.operation, node) for node in operation._outbound_nodes]


def bookkeeping_sets(layer: Any) -> list[set[int]]:
    """Return the sets in which a layer notes whose variables and layers it has."""
    return list(layer._tracker.stored_ids.values())


@contextmanager
def bookkeeping_kept(layers: list[Any]) -> Iterator[None]:
    """Leave it as it was whether layers may still get new variables."""
    before = [layer._tracker.locked for layer in layers]
    try:
        yield
    finally:
        for layer, locked in zip(layers, before, strict=True):
            layer._tracker.locked = locked


def unwrapped(container: Any) -> Any:
    """Return the list or dict of Python behind one into which TensorFlow wraps it."""
    if not hasattr(container, "_storage"):
        return getattr(container, "__wrapped__", container)
    # Without a copy to compare with, TensorFlow does not notice that it is refilled.
    container._last_wrapped_list_snapshot = container._storage
    return container._storage


@contextmanager
def seeds_kept() -> Iterator[None]:
    """Forget Keras' own generator of seeds if it was made inside the block.

    Made without numbers it would give the same seed for ever.
    """
    before = global_state.get_global_attribute("global_seed_generator")
    try:
        yield
    finally:
        global_state.set_global_attribute("global_seed_generator", before)


@contextmanager
def global_seed_kept() -> Iterator[None]:
    """Let Keras' own generator of seeds go on after the block as if nothing was."""
    with seeds_kept():
        generator = global_state.get_global_attribute("global_seed_generator")
        known = generator is not None and not without_numbers(generator.state)
        before = keras.ops.convert_to_numpy(generator.state).copy() if known else None
        try:
            yield
        finally:
            if before is not None:
                generator.state.assign(before)


def give_numbers(variable: Any) -> None:
    """Give a variable that still waits for its numbers those it starts with."""
    if without_numbers(variable):
        variable._deferred_initialize()


def pending_variables() -> list[Any]:
    """Return Keras' own list of variables that wait for their numbers."""
    pending = global_state.get_global_attribute("uninitialized_variables")
    return pending if pending is not None else []


@contextmanager
def names_kept(*, fresh: bool = True) -> Iterator[None]:
    """Count automatic names from the start inside the block, and go on after it.

    Reading may make tensors and operations of its own. They get the same names each
    time, and the learner's next `Dense` gets the name it would have got anyway.

    Arguments:
        fresh: False to go on counting inside the block, too.
    """
    counters = global_state.get_global_attribute("object_name_uids")
    before = dict(counters) if counters is not None else {}
    if counters is not None and fresh:
        counters.clear()
    try:
        yield
    finally:
        counters = global_state.get_global_attribute("object_name_uids")
        if counters is not None:
            counters.clear()
            counters.update(before)


def operation_classes(name: str) -> list[type]:
    """Return the classes of this name behind the functions of `keras.ops`.

    Keras exports the functions only; each class stands in the module of its function.
    """
    found = [getattr(module, name, None) for module in _operation_modules()]
    return [kind for kind in dict.fromkeys(found) if isinstance(kind, type)]


@lru_cache(maxsize=1)
def _operation_modules() -> tuple[Any, ...]:
    functions = [getattr(keras.ops, one) for one in dir(keras.ops)]
    functions += [keras.ops.image.resize, keras.activations.relu]
    modules = {getattr(function, "__module__", None) for function in functions}
    return tuple(sys.modules[name] for name in sorted(filter(None, modules)))


def is_input_layer(operation: Any) -> bool:
    """Tell whether an operation is what `keras.Input` makes."""
    return isinstance(operation, keras.layers.InputLayer)


def lambda_output_shape(layer: Any) -> Any:
    """Return what the author of a Lambda said about its output, or None."""
    return layer._output_shape


def compiled_loss(model: Any) -> Any:
    """Return what takes the loss of a compiled model, made anew, or None.

    That of the model is left as it is: it is built at its first use.
    """
    own = getattr(model, "_compile_loss", None)
    if own is None:
        return None
    names = getattr(model, "output_names", None)
    return type(own)(own._user_loss, own._user_loss_weights, output_names=names)


def losses_given(model: Any) -> tuple[Any, Any]:
    """Return the losses and the loss weights as `compile` got them."""
    own = getattr(model, "_compile_loss", None)
    if own is None:
        return None, None
    return own._user_loss, own._user_loss_weights


def metrics_given(model: Any) -> Any:
    """Return the metrics as `compile` got them, None without any."""
    own = getattr(model, "_compile_metrics", None)
    return None if own is None else own._user_metrics


def losses_by_place(taken: Any, targets: Any, outputs: Any) -> list[tuple[Any, ...]]:
    """Return place in the outputs, loss and weight of each part of a compiled loss.

    Arguments:
        taken: from `compiled_loss`; it is built here.
        targets: nested as the outputs.
        outputs: of a run.
    """
    taken.build(targets, outputs)
    return [(one.path, one.loss, one.loss_weights) for one in taken._flat_losses]
