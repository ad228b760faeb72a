"""A tensor has a shape and no numbers yet: what follows for Python and NumPy."""

from __future__ import annotations

import ast
import re

import keras

from teachkit.grading.explained_errors.merging import several_arguments
from teachkit.grading.explained_errors.registry import Match, explains
from teachkit.grading.explained_errors.scene import Scene
from teachkit.grading.findings import Finding

_NO_NUMBERS = (
    "While a graph is built a tensor has a shape and no numbers yet: they come when "
    "the model runs."
)
_STATES = "A recurrent layer returns its states only with `return_state=True`."
_RECURRENT = re.compile("GRU|LSTM|RNN|Bidirectional")
_KERAS_NAMES = {"concat": "concatenate", "reduce_mean": "mean", "reduce_sum": "sum"}
_KERAS_NAMES |= {"reduce_max": "max", "pow": "power", "norm": "norm"}


def _is_tensor(scene: Scene, node: ast.AST | None) -> bool:
    if isinstance(node, (ast.List, ast.Tuple)):
        return any(_is_tensor(scene, one) for one in node.elts)
    if isinstance(node, ast.Call):  # `Dense(3)(x)` or `Input((3,))`
        name = node.func.id if isinstance(node.func, ast.Name) else ""
        return isinstance(node.func, ast.Call) or name == "Input"
    value = scene.value_of(node)
    if isinstance(value, (list, tuple)):
        return any(isinstance(one, keras.KerasTensor) for one in value)
    return isinstance(value, keras.KerasTensor)


def _is_layer_class(name: str) -> bool:
    found = getattr(keras.layers, name, None)
    return isinstance(found, type) and issubclass(found, keras.Layer)


@explains(r"^(TypeError|ValueError|AttributeError): ")
def tensor_among_settings(scene: Scene, match: Match) -> Finding | None:
    """Explain `Dense(32, x)`: the tensor belongs into parentheses of its own."""
    call = scene.call
    while call is not None and isinstance(call.func, ast.Call):
        call = call.func
    if call is None or not _is_layer_class(scene.called):
        return None
    given = [one for one in call.args if _is_tensor(scene, one)]
    if not given or issubclass(
        getattr(keras.layers, scene.called), keras.layers.Wrapper
    ):
        return None
    name = scene.called
    tensor = scene.written(given[0])
    others = [scene.written(one) for one in call.args if one not in given]
    others += [scene.written(one) for one in call.keywords]
    settings = ", ".join(others) or ("32" if name == "Dense" else "")
    return scene.finding(
        f"a tensor stands among the settings of `{name}`.",
        f"`{name}(...)` makes the layer; calling the layer is a second step.",
        f"Write the tensor in parentheses of its own: `{name}({settings})({tensor})`.",
        rule=2,
        misconception="M01",
    )


@explains(r"cannot convert it to a NumPy array", r"cannot convert it to an? \w+")
def numbers_wanted(scene: Scene, match: Match) -> Finding:
    """Explain `np.abs(x)` and `float(x)`."""
    name = scene.called
    used = f"`{scene.written(scene.expression)}`" if scene.expression else "NumPy"
    named = (
        f"`keras.ops.{name}`" if hasattr(keras.ops, name) and name else "`keras.ops`"
    )
    if "NumPy array" not in scene.text:
        return _no_numbers(
            scene, f"{used} asks a tensor for its number.", "`keras.ops`"
        )
    return _no_numbers(scene, f"{used} wants the numbers of a tensor.", named)


@explains(r"cannot be used as input to a TensorFlow function")
def tensorflow_function(scene: Scene, match: Match) -> Finding:
    """Explain `tf.abs(x)`."""
    name = scene.called
    name = _KERAS_NAMES.get(name, name)
    named = (
        f"`keras.ops.{name}`" if hasattr(keras.ops, name) and name else "`keras.ops`"
    )
    used = f"`{scene.written(scene.expression)}`" if scene.expression else "this line"
    return _no_numbers(scene, f"{used} gives a tensor of Keras to TensorFlow.", named)


@explains(r"KerasTensor cannot be used as a boolean")
def as_a_boolean(scene: Scene, match: Match) -> Finding | None:
    """Explain `if x > 0`, `Sequential(x)` and `ops.concatenate(a, b)`."""
    if scene.called in {"concatenate", "stack"}:
        return several_arguments(scene, match)
    if scene.called == "Sequential":
        return _sequential(scene)
    return _no_numbers(
        scene,
        "Python has to decide by the numbers of a tensor.",
        "`keras.ops.where`, `keras.ops.maximum` or an activation",
    )


@explains(r"Expected `trainable` to be a boolean\. Received: trainable=<")
def sequential_of_two(scene: Scene, match: Match) -> Finding | None:
    """Explain `Sequential(inputs, outputs)`."""
    return _sequential(scene) if scene.called in {"Sequential", ""} else None


def _sequential(scene: Scene) -> Finding:
    return scene.finding(
        "`Sequential` takes one list of layers, and no tensors.",
        "Only `Model(inputs, outputs)` is made from the tensors at its two ends.",
        "Use `Model` here.",
        rule=5,
        misconception="M01",
    )


@explains(r"Iterating over a symbolic KerasTensor", r"'KerasTensor' has no len")
def iterated(scene: Scene, match: Match) -> Finding:
    """Explain `for t in x` and `h, c = LSTM(8)(x)`."""
    code = scene.code.split("=")[0]
    if "," in code and "=" in scene.code and not code.strip().startswith("for "):
        return scene.finding(
            "one tensor comes out here, and it is given several names.",
            _STATES if _RECURRENT.search(scene.code) else "A layer returns one tensor.",
            "Give it one name, or call a second layer for the second one.",
            rule=2,
        )
    return _no_numbers(
        scene,
        "Python goes through a tensor piece by piece.",
        "`keras.ops`; `x[:, 0]` is one piece of it",
    )


@explains(r"not enough values to unpack|too many values to unpack")
def unpacked(scene: Scene, match: Match) -> Finding | None:
    """Explain `o, h, c = GRU(...)`."""
    names = scene.code.split("=")[0].strip()
    if not _RECURRENT.search(scene.code):
        return scene.finding(
            f"the right side has another number of things than `{names}` has names.",
            f"Python says: {scene.text}.",
            "Give as many names as there are things.",
        )
    return scene.finding(
        f"the layer returns another number of tensors than `{names}` has names.",
        "With return_state=True an LSTM returns 3 tensors (output and two states), a "
        "GRU 2, a Bidirectional LSTM 5.",
        "Give as many names as there are tensors.",
        rule=2,
    )


@explains(r"'KerasTensor' object has no attribute '(?P<name>\w+)'")
def no_method(scene: Scene, match: Match) -> Finding:
    """Explain `x.mean()`."""
    name = match["name"]
    if hasattr(keras.Layer, name) or hasattr(keras.Model, name):
        return scene.finding(
            f"`.{name}` is asked of a tensor, and only a layer or a model has it.",
            "A tensor is what a layer returned, and not the layer.",
            "Keep the layer or model in a name of its own.",
            rule=2,
            misconception="M01",
        )
    named = f"`keras.ops.{name}(x)`" if hasattr(keras.ops, name) else "`keras.ops`"
    return _no_numbers(scene, f"a tensor of Keras has no `.{name}`.", named)


@explains(r"'KerasTensor' object (does not support item|cannot be interpreted)")
def written_into(scene: Scene, match: Match) -> Finding:
    """Explain `x[0] = 1`."""
    return _no_numbers(scene, "a tensor is used like numbers.", "`keras.ops`")


def _no_numbers(scene: Scene, see: str, instead: str) -> Finding:
    return scene.finding(
        see, _NO_NUMBERS, f"Use a layer or {instead}.", rule=2, misconception="M05"
    )
