"""What is left of a block whose last layer gives zero, and what its arms are."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from teachkit.grading.evidence.numbers import same, told
from teachkit.grading.evidence.routes import NORMALISATIONS, Routes, Skip, routes_of
from teachkit.grading.evidence.subject import Subject
from teachkit.grading.findings import Finding, Stage
from teachkit.grading.predicates.skips import (
    no_skip,
    same_tensor,
)
from teachkit.grading.registry import predicate
from teachkit.keras_runner.running import State
from teachkit.keras_runner.weights import leaf_layers

Array = np.ndarray[Any, Any]

_NEUTRAL = {"gamma": 1.0, "beta": 0.0, "moving_mean": 0.0, "moving_variance": 1.0}
_FAR = -20.0
"""So far below zero that no small branch lifts it above."""
_SMALL = 0.05
"""Scale of the weights of a small branch."""


@predicate(Stage.BEHAVIOUR, rule=7)
def identity_when_zeroed(subject: Subject) -> Finding | None:
    """Demand that some layer, with all its weights at zero, leaves the input as it is.

    A relu or a normalisation after the join is allowed: relu(x + h). A relu on the
    short route alone is not: relu(x) + h.
    """
    role, output = next(iter(subject.inputs)), subject.output(None)
    gated = False
    for layer in _layers(subject):
        left = _left(subject, layer, role, output)
        if left == "x":
            return None
        if left == "relu":
            if _is_relu_of_sum(subject, role, output):
                return None
            gated = True
    if gated:
        return _relu_on_the_way(subject, role, output)
    return _not_x(subject, role, output)


def _layers(subject: Subject) -> Iterator[Any]:
    """Yield the layers that have weights, the last first."""
    found = leaf_layers(subject.recording).values()
    yield from (layer for layer in reversed(list(found)) if layer.weights)


def _left(subject: Subject, layer: Any, role: str, output: str) -> str:
    """Return what is left once a layer is zero: `x`, `relu` of it, or nothing known."""
    forms: set[str] = {"x", "relu"}
    for draw in subject.draws():
        given = subject.given(draw)[role]
        found = subject.run({role: given}, weights=zeroed(subject, [layer], draw))
        forms &= _forms(given, found[output], _epsilon(subject))
        if not forms:
            return ""
    return "x" if "x" in forms else "relu"


def _epsilon(subject: Subject) -> float:
    """Return what the last normalisation of a sample adds before it divides."""
    kinds = ("LayerNormalization", "GroupNormalization")
    found = [one for one in _layers(subject) if type(one).__name__ in kinds]
    return float(found[0].epsilon) if found else 1e-3


def _forms(given: Array, found: Array, epsilon: float) -> set[str]:
    if found.shape != given.shape:
        return set()
    spread = np.sqrt(given.var(-1, keepdims=True) + epsilon)
    whole = (given - given.mean(-1, keepdims=True)) / spread
    forms = set()
    for value in (given, whole):
        if _close(found, value):
            forms.add("x")
        if _close(found, np.maximum(value, 0)):
            forms.add("relu")
    return forms


def _close(one: Array, other: Array) -> bool:
    # Normalisations add a small number to what they divide by.
    return same(one, other) or bool(np.allclose(one, other, rtol=2e-3, atol=2e-3))


def zeroed(subject: Subject, layers: list[Any], draw: int, scale: float = 1.0) -> State:
    """Return drawn weights, some layers at zero, normalisations without effect."""
    ids = {id(variable) for layer in layers for variable in layer.weights}
    weights = subject.probe.zeroed(subject.probe.weights(draw, scale), ids)
    neutral = {
        id(variable): np.full(tuple(variable.shape), _neutral(layer, variable))
        for layer in _layers(subject)
        if type(layer).__name__.lower() in NORMALISATIONS
        for variable in layer.weights
        if id(variable) not in ids and variable.name in _NEUTRAL
    }
    return [(v, neutral.get(id(v), value)) for v, value in weights]


def _neutral(layer: Any, variable: Any) -> float:
    value = _NEUTRAL[variable.name]
    if variable.name == "moving_variance":
        return value - float(layer.epsilon)
    return value


def _is_relu_of_sum(subject: Subject, role: str, output: str) -> bool:
    """Tell relu(x + h) from relu(x) + h: far below zero, the first is 0."""
    given = np.full_like(subject.given()[role], _FAR)
    weights = zeroed(subject, [], 0, _SMALL)
    return not np.any(np.abs(subject.run({role: given}, weights=weights)[output]) > 0)


def _relu_on_the_way(subject: Subject, role: str, output: str) -> Finding:
    given = np.full_like(subject.given()[role], _FAR)
    found = subject.run({role: given}, weights=zeroed(subject, [], 0, _SMALL))
    value = found[output].ravel()
    bent = _activations_before_join(subject)
    where = f" in {bent[0]}" if bent else ""
    return Finding(
        f"I see a relu on the short route{where}: your block is relu(x) + h.",
        f"For x = {told(_FAR)} everywhere it gives {told(value[np.argmax(value)])}: "
        "negative numbers of x never pass, even with the layers at zero.",
        "A relu after the addition is fine: relu(x + h). Which tensor does the "
        "addition read?",
        bent[1] if bent else (),
        misconception="M14",
    )


def _activations_before_join(subject: Subject) -> tuple[str, tuple[str, ...]] | None:
    routes = routes_of(subject)
    found = main_skip(routes)
    ends = [found.start, found.arms[0]] if found is not None else []
    steps = [n for end in ends for n in routes.before[end]]
    bent = [n for n in steps if is_activation(routes, n)]
    return (routes.name(bent[0]), routes.structure.paths(bent)) if bent else None


def _not_x(subject: Subject, role: str, output: str) -> Finding:
    """Return what comes out instead of the input, and why."""
    routes = routes_of(subject)
    layer, name = last_layer(subject, routes)
    if layer is None:
        return Finding(
            "I see no layer with weights in your block.",
            "So there is nothing to skip.",
            "Which layers should the skip go past?",
        )
    given = subject.given()[role]
    found = subject.run({role: given}, weights=zeroed(subject, [layer], 0))[output]
    x, y = float(given.ravel()[0]), float(found.ravel()[0])
    twice = routes.doubled()
    reason, look, calls = _reason(routes, found)
    if twice and not np.any(found):
        doubled = same_tensor(routes, twice[0])
        reason = f"{doubled.see} That is 2·f(x); x is nowhere."
        look, calls = doubled.look, doubled.calls
    return Finding(
        f"With {name} at zero, your block turns x = {told(x)} into {told(y)}. "
        "A residual block gives x back.",
        reason,
        look,
        calls,
        misconception="M14",
    )


def _reason(routes: Routes, found: Array) -> tuple[str, str, tuple[str, ...]]:
    """Return what stands in the way of the input, where to look, and what to light."""
    skip = main_skip(routes)
    if skip is None:
        finding = no_skip(routes)
        return f"{finding.see} {finding.so}", finding.look, finding.calls
    if skip.lengths[0] or routes.depth[skip.start]:
        return _reason_on_the_way(routes, skip)
    behind = [n for n in routes.layers if skip.join in routes.before[n]]
    if behind:
        return (
            f"{routes.name(behind[0])} stands behind the addition: the sum goes "
            "through one more layer.",
            "What is the last step of the block in the picture?",
            routes.structure.paths([skip.join, behind[0]]),
        )
    if not np.any(found):
        return "Nothing of x is left.", "Which step reads x at the end?", ()
    return _reason_at_the_join(routes, skip.join)


def _reason_at_the_join(routes: Routes, join: int) -> tuple[str, str, tuple[str, ...]]:
    """Return what a join adds beside x, or what bends the sum behind it."""
    number = len(routes.sources(join))
    if number > 2:
        return (
            f"{routes.name(join)} joins {number} tensors. The picture adds two: x, and "
            "what the last layer gives.",
            "Which tensors stand in the list of this line?",
            routes.structure.paths([join]),
        )
    behind = [n for n in range(len(routes.nodes)) if join in routes.before[n]]
    bent = [n for n in behind if is_activation(routes, n)]
    if bent:
        return (
            f"Behind the addition stands {routes.structure.kind(bent[0])}, in "
            f"{routes.name(bent[0])}: x goes through it, too.",
            "What is the last step of the block in the picture?",
            routes.structure.paths([join, bent[0]]),
        )
    return (
        f"Something else happens to x on its way to {routes.name(join)} or after.",
        "Follow x from the input to the output, past all layers.",
        routes.structure.paths([join]),
    )


def _reason_on_the_way(routes: Routes, skip: Skip) -> tuple[str, str, tuple[str, ...]]:
    if skip.lengths[0]:
        way = routes.longest_between(skip.start, skip.arms[0])
        own = [n for n in way if routes.is_layer(n)]
        return (
            f"The short route goes through {routes.name(own[0])}: what is left is "
            "W·x, and the input does not come out unchanged.",
            "A shortcut of a residual block has no layer, where the widths are equal.",
            routes.structure.paths(own),
        )
    bent = routes.structure.kind(skip.start) == "relu"
    left = "relu(W·x)" if bent else "W·x"
    return (
        f"Your shortcut begins behind {routes.name(skip.start)}, in the middle: "
        f"what is left is {left}, not x.",
        "Which tensor came into the block, and which name does it have at the end?",
        routes.structure.paths([skip.start, skip.join]),
    )


def last_layer(subject: Subject, routes: Routes) -> tuple[Any, str]:
    """Return the last layer on the long route, and how it is called."""
    skip = main_skip(routes)
    way = routes.layers
    if skip is not None:
        way = [n for n in routes.before[skip.arms[1]] if routes.is_layer(n)]
    layers = leaf_layers(subject.recording)
    for number in sorted(way, reverse=True):
        owner = routes.nodes[number].owner
        if owner in layers:
            return layers[owner], f"the last layer {routes.name(number)}"
    last = next(_layers(subject), None)
    return last, f"'{last.name}'" if last is not None else ""


def main_skip(routes: Routes) -> Skip | None:
    """Return the skip over most layers."""
    return max(routes.skips, key=lambda one: one.lengths[1], default=None)


def is_activation(routes: Routes, number: int) -> bool:
    """Tell whether a step bends numbers and has no weights of a layer."""
    if routes.nodes[number].meaning.type.startswith("activation "):
        return True
    return routes.structure.kind(number) in {"prelu", "maximum"}
