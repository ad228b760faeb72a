"""A layer where a tensor belongs, and the other way round (G1)."""

from __future__ import annotations

import ast
import re

import keras

from teachkit.grading.explained_errors.registry import Match, explains
from teachkit.grading.explained_errors.scene import Scene
from teachkit.grading.explained_errors.words import layer_in
from teachkit.grading.findings import Finding

_CLASS = re.compile(r"<class '[\w.]*?(\w+)'>")


@explains(
    r"Only input tensors may be passed as positional arguments\..*?: (?P<what>.*) \(of",
    r"Inputs to a layer should be tensors\. Got (?P<what>.*?) \(of",
)
def layer_reads_no_tensor(scene: Scene, match: Match) -> Finding:
    """Explain `Dense(2)(Dense(3))`."""
    what = match["what"].strip("'")
    layer = layer_in(what)
    if layer:
        return _not_called(scene, layer)
    return _no_tensor(scene, what, "a layer reads")


@explains(
    r"All `(?P<side>inputs|outputs)` values must be KerasTensors.*including invalid "
    r"value (?P<what>.*) of type (?P<type>.*)"
)
def model_of_no_tensor(scene: Scene, match: Match) -> Finding:
    """Explain `Model(inputs, Dense(1))`."""
    what = match["what"]
    layer = layer_in(what)
    if layer and "Functional" not in layer and layer != "Sequential":
        return _not_called(scene, layer)
    if "built-in function input" in what:
        return scene.finding(
            "`input` with a small letter is Python's own function.",
            "So the model has no tensor to begin with.",
            "Make one with `Input(...)`, give it a name, and hand over that name.",
            rule=5,
        )
    if layer:
        what = "a model, which is a layer here"
    if "ndarray" in match["type"]:
        what = "numbers of NumPy"
    return _no_tensor(scene, what, f"`{match['side']}` of a model needs")


def _not_called(scene: Scene, layer: str) -> Finding:
    names = (
        name
        for name, value in scene.variables_of(keras.Layer)
        if _stands(scene, name) and type(value).__name__ == layer
    )
    name = next(names, "")
    shown = f"`{name}`, a {layer} layer," if name else f"`{layer}(...)`"
    so = f"`{layer}(...)` is a layer, a box: it has no output until it is called."
    look = f"Call it on a tensor: `{layer}(...)(x)`."
    made = _line_that_makes(scene, name, layer) if name else None
    if made is not None:
        so = f"Line {made} makes the layer, a box, and does not call it."
        look = f"Call it on a tensor, for example there: `{name} = {layer}(...)(...)`."
    return scene.finding(
        f"{shown} is handed over as it is, and a tensor belongs there.",
        so,
        look,
        rule=2,
        misconception="M01",
    )


def _line_that_makes(scene: Scene, name: str, layer: str) -> int | None:
    pattern = re.compile(rf"\s*{re.escape(name)}\s*=.*\b{layer}\(")
    lines = scene.source.splitlines()[: scene.line]
    found = [number for number, line in enumerate(lines, 1) if pattern.match(line)]
    return found[-1] if found else None


def _stands(scene: Scene, name: str) -> bool:
    return re.search(rf"\b{re.escape(name)}\b", scene.code) is not None


def _no_tensor(scene: Scene, what: str, who: str) -> Finding:
    told = what if len(what) < 60 else "something else"
    if what == "None":
        so = "A function that ends without `return` gives None."
        look = "Look at the function that made it: does it return its tensor?"
        return scene.finding(f"None stands where {who} a tensor.", so, look, rule=2)
    made = _CLASS.search(what)
    if made:
        told = f"the class `{made.group(1)}` itself"
    return scene.finding(
        f"{who} a tensor, and it gets {told}.",
        "A tensor comes from `Input(...)` or from calling a layer.",
        "Hand over the tensor that the line before returned.",
        rule=2,
        misconception="M01",
    )


@explains(
    r"Only instances of `?keras\.Layer`? can be added.*Received: (?P<what>.*) \(of"
)
def sequential_of_no_layer(scene: Scene, match: Match) -> Finding:
    """Explain `Sequential([x, Dense(3)(x)])`."""
    if match["what"].startswith("["):
        return scene.finding(
            "a list stands among the layers of `Sequential`.",
            "A Sequential model is one chain: it cannot fork.",
            "Use `Model(inputs, outputs)` for branches.",
            rule=5,
        )
    told = "a tensor" if "KerasTensor" in match["what"] else match["what"][:40]
    return scene.finding(
        f"`Sequential` takes layers, and it gets {told}.",
        "It calls the layers itself, one after the other.",
        "List the layers without calling them: `Dense(3)`, not `Dense(3)(x)`.",
        rule=2,
        misconception="M01",
    )


@explains(r"'(KerasTensor|EagerTensor)' object is not callable")
def tensor_called(scene: Scene, match: Match) -> Finding:
    """Explain `x(Dense(3))` and `Dense(3)(x)(y)`."""
    call = scene.call
    if call is not None and isinstance(call.func, ast.Name):
        name, inner = call.func.id, scene.written(call.args[0] if call.args else None)
        return scene.finding(
            f"`{name}` is a tensor, and a tensor cannot be called.",
            "A layer is called on a tensor, and not the other way round.",
            f"Turn it round: `{inner or 'layer'}({name})`.",
            rule=2,
            misconception="M01",
        )
    return scene.finding(
        "what a layer returned is called once more.",
        "Calling a layer gives a tensor, and a tensor cannot be called.",
        "Call each layer on one tensor (or one list of tensors), once in each step.",
        rule=2,
        misconception="M01",
    )


@explains(
    r"unsupported operand type\(s\) for (?P<sign>\S+): '(?P<a>\w+)' and '(?P<b>\w+)'",
    r"'(?P<a>\w+)' object is not subscriptable",
    r"'(?P<a>\w+)' object has no attribute '(shape|dtype|ndim)'",
    r"'(?P<a>\w+)' object is not iterable",
)
def layer_as_a_number(scene: Scene, match: Match) -> Finding | None:
    """Explain `Dense(3) + Dense(4)`."""
    names = [name for key, name in match.groupdict().items() if key in {"a", "b"}]
    layers = [name for name in names if _is_layer(name)]
    return _not_called(scene, layers[0]) if layers else None


def _is_layer(name: str | None) -> bool:
    found = getattr(keras.layers, name or "", None)
    return isinstance(found, type) and issubclass(found, keras.Layer)


@explains(
    r"'(?P<layer>\w+)' object has no attribute "
    r"'(?P<name>input_shape|output_shape|get_output_at|get_input_at)'"
)
def removed(scene: Scene, match: Match) -> Finding:
    """Explain attributes that Keras 3 has no more."""
    side = "input" if "input" in match["name"] else "output"
    return scene.finding(
        f"`.{match['name']}` is of an older Keras; in Keras 3 it is gone.",
        "A layer that is called twice has two outputs: there was no one answer.",
        f"Use `layer.{side}.shape`, or the tensor that the call returned.",
        rule=4,
    )


@explains(
    r"has never been called and thus has no defined (?P<side>input|output)",
    r"has no defined (?P<side>input|output)s yet",
)
def never_called(scene: Scene, match: Match) -> Finding:
    """Explain `.output` of a layer that was not called, and of an unbuilt model."""
    called = re.search(r"(?:The layer|model) '?([\w.]+)", scene.text)
    name = f"'{called.group(1)}'" if called else "this layer"
    return scene.finding(
        f"{name} was never called, so it has no {match['side']}.",
        "A layer gets its shapes and its weights when it is called for the first time.",
        "Call it on a tensor first; begin a Sequential model with `Input(...)`.",
        rule=1,
        misconception="M01",
    )
