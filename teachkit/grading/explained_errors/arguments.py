"""Arguments of layers and functions: unknown, missing, or of the other kind."""

from __future__ import annotations

import ast
import difflib
import inspect
import re
from collections.abc import Iterable
from typing import Any

import keras

from teachkit.grading.explained_errors.registry import Match, explains
from teachkit.grading.explained_errors.scene import Scene
from teachkit.grading.explained_errors.words import close_to, listed
from teachkit.grading.findings import Finding

_OTHER = re.compile(r"'(\w+)':")
_OF_MODEL = ("inputs", "outputs", "name", "trainable")
_OF_ALL_LAYERS = ("name", "dtype", "trainable")


@explains(
    r"Unrecognized keyword arguments passed to (?P<what>\w+): (?P<given>.*)",
    r"^TypeError: (?P<what>[\w.]+)\(\) got an unexpected keyword argument "
    r"'(?P<name>\w+)'",
)
def unknown_keyword(scene: Scene, match: Match) -> Finding:
    """Explain `Model(inputs=..., output=...)` and `Dense(3, actvation=...)`."""
    what = match["what"].removesuffix(".__init__").split(".")[-1]
    known = _keywords(scene, what)
    groups = match.groupdict()
    names = _OTHER.findall(groups.get("given") or "") or [groups.get("name") or ""]
    name = next((one for one in names if one not in known), names[0] if names else "")
    return scene.finding(
        f"`{what}` has no argument called `{name}`.",
        f"It knows {listed(f'`{one}`' for one in list(known)[:6])}.",
        close_to(name, known) or "Look at its documentation for the right word.",
    )


def _keywords(scene: Scene, what: str) -> Iterable[str]:
    if what in {"Model", "Functional"}:
        return _OF_MODEL
    place = scene.names.get(what) or getattr(keras.layers, what, None)
    place = place or getattr(keras, what, None) or getattr(keras.Model, what, None)
    try:
        found = list(inspect.signature(place).parameters) if place else []
    except (TypeError, ValueError):
        found = []
    own = [one for one in found if one not in {"self", "args", "kwargs"}]
    is_layer = isinstance(place, type)
    return list(dict.fromkeys([*own, *(_OF_ALL_LAYERS if is_layer else ())]))


@explains(r"missing a required argument: 'value'")
def attention_alone(scene: Scene, match: Match) -> Finding:
    """Explain `MultiHeadAttention(2, 4)(x)`."""
    return scene.finding(
        "attention gets one argument, and it takes two.",
        "A query looks something up in values; both may be the same tensor.",
        "Self-attention: call it on `(x, x)`. It takes arguments, and no list.",
        misconception="M27",
    )


@explains(
    r"^TypeError: (?P<what>[\w.<>]+)\(\) missing (?P<number>\d+) required "
    r"(?:positional|keyword-only) arguments?: (?P<names>.*)",
    r"^TypeError: (?P<number>m)issing a required (?:keyword-only )?argument: "
    r"(?P<names>.*)(?P<what>)",
)
def missing_argument(scene: Scene, match: Match) -> Finding:
    """Explain `Conv2D(8)`."""
    what = match["what"].removesuffix(".__init__") or scene.called or "the layer"
    names = listed(f"`{one}`" for one in re.findall(r"'(\w+)'", match["names"]))
    is_second_call = scene.call is not None and isinstance(scene.call.func, ast.Call)
    if is_second_call and scene.call is not None and not scene.call.args:
        return scene.finding(
            f"`{scene.called}(...)` is called with nothing in the brackets.",
            "A layer is called on the tensor that it reads.",
            f"Which tensor should it read? `{scene.called}(...)(x)` reads `x`.",
            rule=2,
            misconception="M01",
        )
    return scene.finding(
        f"`{what.split('.')[-1]}` is not told {names}.",
        "It cannot do without.",
        f"Give it a value for {names}.",
    )


@explains(
    r"^TypeError: (?P<what>[\w.<>]+)\(\) takes (?P<wanted>.*?) positional arguments? "
    r"but (?P<found>\d+) w"
)
def many_arguments(scene: Scene, match: Match) -> Finding:
    """Explain a call with too many arguments."""
    what = match["what"].removesuffix(".__init__").split(".")[-1]
    if what in {"Merge", "Layer"}:
        what = scene.called or what
    return scene.finding(
        f"`{what}` gets more arguments than it takes.",
        f"Python says: {scene.text}.",
        "Write `name=...` before settings; a tensor has parentheses of its own.",
    )


@explains(
    r"Received an invalid value for `(?P<name>\w+)`, expected (?P<wanted>.*?)\. "
    r"Received: \w+=(?P<found>.*)",
    r"(?P<wanted>)(?P<name>\w+)=(?P<found>-?[\d.]+)[^=]*should be (a positive|greater)",
)
def invalid_value(scene: Scene, match: Match) -> Finding:
    """Explain `Dense(-3)` and `Dense(4e8)`."""
    found = match["found"].strip()
    wanted = match["wanted"] or "a positive integer"
    look = f"Write {wanted.replace('integer', 'whole number')} there."
    if re.fullmatch(r"\d+\.0", found):
        look = f"Write {found.removesuffix('.0')} without point or `e`, or less."
    shown = found if len(found) < 40 else "something else"
    return scene.finding(
        f"`{match['name']}` is {shown}.",
        f"It has to be {wanted.replace('integer', 'whole number')}.",
        look,
    )


@explains(r"Could not interpret activation function identifier: (?P<name>.*)")
def unknown_activation(scene: Scene, match: Match) -> Finding:
    """Explain `activation="rleu"`."""
    name = match["name"].strip()
    known = [one for one in dir(keras.activations) if one.islower()]
    return scene.finding(
        f"Keras knows no activation `{name[:40]}`.",
        "So the layer was not made.",
        close_to(name, known)
        or "Use a word such as 'relu', 'tanh', 'sigmoid', 'softmax'.",
    )


@explains(
    r"^AttributeError: module '(?P<module>[\w.]+)' has no attribute '(?P<name>\w+)'",
    r"^AttributeError: '(?P<module>\w+)' object has no attribute '(?P<name>\w+)'",
)
def no_attribute(scene: Scene, match: Match) -> Finding:
    """Explain `layers.Dens`."""
    thing: Any = getattr(scene.error, "obj", None)
    known = [one for one in dir(thing) if not one.startswith("_")] if thing else []
    module, name = match["module"], match["name"]
    module = re.sub(r"^keras\.(api\.)?(_tf_keras\.)?", "keras.", module)
    close = close_to(name, known)
    if not close and difflib.get_close_matches(name, dir(keras.layers), n=1):
        close = close_to(name, dir(keras.layers))
    return scene.finding(
        f"`{module}` has no `{name}`.",
        "So the line stops here.",
        close
        or "Look at the spelling, and at what the name before the point stands for.",
    )


@explains(
    r"Invalid value received for argument `(?P<name>\w+)`\. Expected (?P<wanted>.*?)\. "
    r"Received: \w+=(?P<found>\S+)"
)
def refused_value(scene: Scene, match: Match) -> Finding:
    """Explain `Dropout(2)`."""
    return scene.finding(
        f"`{match['name']}` is {match['found']}.",
        f"It has to be {match['wanted']}.",
        "Change this value.",
    )


@explains(r"'(?P<what>list|tuple|dict|int|str|NoneType|module)' object is not callable")
def not_callable(scene: Scene, match: Match) -> Finding:
    """Explain a call of something that is no function or layer."""
    return scene.finding(
        f"something of type {match['what']} is called as if it were a layer.",
        "Only functions, classes and layers can be called.",
        "Look for a name that was given twice, or a comma that is missing in a list.",
        rule=3,
    )
