"""What `Model(inputs, outputs)` cannot connect (G2), names used twice (G9)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import keras

from teachkit.grading.explained_errors.registry import Match, explains
from teachkit.grading.explained_errors.scene import Scene
from teachkit.grading.explained_errors.words import close_to, listed
from teachkit.grading.findings import Finding
from teachkit.keras_reader.internals import is_input_layer, node_of, tensor_key


@explains(r"is not connected to `inputs`", r"`inputs` not connected to `outputs`")
def not_connected(scene: Scene, match: Match) -> Finding:
    """Walk back from the outputs, as Keras does, and tell where it ends."""
    inputs, outputs = _given(scene)
    if _are_swapped(outputs):
        return scene.finding(
            "the outputs stand where the inputs belong.",
            "`Model` walks back from the outputs and must arrive at the inputs.",
            "Turn them round: `Model(inputs, outputs)`, the inputs first.",
            rule=5,
        )
    missed = _starts_not_in(inputs, outputs)
    for tensor in missed:
        owner = _owner(scene, tensor)
        if owner:
            return _of_inner_model(scene, owner)
    names = [f"`{_name(scene, tensor)}`" for tensor in missed]
    if not names:
        return scene.finding(
            "walking back from the output I do not arrive at the inputs of `Model`.",
            "`Model` keeps what it finds on the way from outputs back to inputs.",
            "Look at which tensor each layer reads.",
            rule=5,
            misconception="M04",
        )
    are = "which is" if len(names) == 1 else "which are"
    listed_names = ", ".join(f"`{_name(scene, one)}`" for one in inputs)
    return scene.finding(
        f"walking back from the output I arrive at input {listed(names)}, {are} not in "
        "your `Model(...)` list.",
        f"Your list of inputs has {listed_names or 'none'}.",
        f"Look at the inputs of `Model(...)`, and at the layer that reads {names[0]}.",
        rule=5,
        misconception="M04",
    )


def _of_inner_model(scene: Scene, owner: str) -> Finding:
    return scene.finding(
        f"the tensor belongs to the graph inside `{owner}`, and not to the outer one.",
        f"Calling `{owner}` makes one new box; the tensors inside it stay its own.",
        f"Use the tensor that the call of `{owner}` returned, or a Model that begins "
        f"at `{owner}.input`.",
        rule=8,
        misconception="M25",
    )


def _given(scene: Scene) -> tuple[list[Any], list[Any]]:
    """Return the tensors that were handed to Model, from the code of Keras."""
    tensors = (keras.KerasTensor, list, tuple, dict)
    found = (scene.inner_value(name, tensors) for name in ("inputs", "outputs"))
    inputs, outputs = (
        [one for one in keras.tree.flatten(given) if isinstance(one, keras.KerasTensor)]
        for given in found
    )
    return inputs, outputs


def _starts_not_in(inputs: list[Any], outputs: list[Any]) -> list[Any]:
    """Return the tensors of Input at which a walk from the outputs ends."""
    known = {tensor_key(tensor) for tensor in inputs}
    waiting = list(outputs)
    found: dict[Any, Any] = {}
    while waiting:
        tensor = waiting.pop()
        key = tensor_key(tensor)
        if key in known:
            continue
        known.add(key)
        node = node_of(tensor)
        if node is None or is_input_layer(node.operation):
            found[key] = tensor
        else:
            waiting += node.input_tensors
    return list(reversed(found.values()))


def _are_swapped(outputs: list[Any]) -> bool:
    return bool(outputs) and all(map(_is_input, outputs))


def _is_input(tensor: Any) -> bool:
    node = node_of(tensor)
    return node is not None and is_input_layer(node.operation)


def _name(scene: Scene, tensor: Any) -> str:
    node = node_of(tensor)
    return scene.name_of(tensor) or (node.operation.name if node else str(tensor.name))


def _owner(scene: Scene, tensor: Any) -> str:
    """Return the model whose input a tensor is, as the student calls it."""
    for model in _models(scene):
        starts = {tensor_key(one) for one in keras.tree.flatten(model.inputs)}
        if tensor_key(tensor) in starts and not scene.name_of(tensor):
            return scene.name_of(model) or str(model.name)
    return ""


def _models(scene: Scene) -> Iterator[Any]:
    for _, model in scene.variables_of(keras.Model):
        if not getattr(model, "inputs", None):
            continue
        yield model
        for layer in model.layers:
            if isinstance(layer, keras.Model) and getattr(layer, "inputs", None):
                yield layer


@explains(r'The name "(?P<name>[^"]*)" is used (?P<times>\d+) times')
def name_twice(scene: Scene, match: Match) -> Finding:
    """Explain two layers with one name."""
    name = match["name"]
    return scene.finding(
        f"{match['times']} layers of the model are called '{name}'.",
        "Two layers are two, with weights of their own, whatever they are called.",
        "Give them different names; or did you want *one* layer twice? Then make it "
        "once and call it twice.",
        rule=4,
        misconception="M02",
    )


@explains(r"cannot contain character `?/`?")
def slash(scene: Scene, match: Match) -> Finding:
    """Explain a name with a slash."""
    return scene.finding(
        "a name has a `/` in it.",
        "Keras writes `layer/weight` with it, so no layer may have one in its name.",
        "Write `_` instead.",
    )


@explains(r"No such layer: (?P<name>.*?)\. Existing layers are: \[(?P<known>.*)\]")
def no_such_layer(scene: Scene, match: Match) -> Finding:
    """Explain a `get_layer` of a name that there is not."""
    known = [one.strip(" '") for one in match["known"].split(",")]
    close = close_to(match["name"], known)
    return scene.finding(
        f"the model has no layer called '{match['name']}'.",
        f"Its layers are {listed(known[:8])}.",
        close or "A layer inside an inner model is reached through that model.",
        rule=8,
    )


@explains(r"Layer\.__init__\(\) takes 1 positional argument but (?P<number>\d+)")
def number_for_model(scene: Scene, match: Match) -> Finding | None:
    """Explain `Model(inputs)`."""
    if scene.called not in {"Model", "Functional"}:
        return None
    return scene.finding(
        f"`Model` gets {int(match['number']) - 1} argument(s) without a name.",
        "It takes two: where the graph begins, and where it ends.",
        "Write `Model(inputs, outputs)`; several inputs are one list.",
        rule=5,
    )
