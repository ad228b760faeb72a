"""Which weight of one model stands for which of another, and random values for them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

import keras
import numpy as np

from teachkit.errors import ModelError
from teachkit.keras_reader.internals import flat_layers, is_input_layer
from teachkit.keras_reader.recording import RecordedModel, Recording
from teachkit.keras_reader.sources import is_graph
from teachkit.keras_runner.guard import inside_out
from teachkit.keras_runner.verdict import Pairs

VariablePairs = list[tuple[Any, Any]]

_LARGEST = 2**20
"""A weight of more numbers keeps its own: they are random, and are not copied."""


def leaf_layers(recording: Recording) -> dict[str, Any]:
    """Return the layers that are neither opened models nor inputs, at any depth."""
    inside = {
        id(call.operation)
        for model in inside_out(recording.root, _inner)
        for call in model.calls.values()
        if call.inner is None and not is_input_layer(call.operation)
    }
    return {
        name: layer for name, layer in recording.layers.items() if id(layer) in inside
    }


def parts_of(layer: Any) -> list[Any]:
    """Return the layers of Keras that a layer of the author's own is made of.

    A layer with weights beside those of its parts is one, and so is each of Keras.
    """
    if type(layer).__module__.partition(".")[0] == "keras":
        return [layer]
    parts, covered = [], {id(layer)}
    for inner in flat_layers(layer):
        is_of_keras = type(inner).__module__.partition(".")[0] == "keras"
        if id(inner) in covered or not is_of_keras or isinstance(inner, keras.Model):
            continue
        parts.append(inner)
        covered |= {id(one) for one in flat_layers(inner)}
    own = sum(len(part.weights) for part in parts)
    return parts if own == len(layer.weights) else [layer]


def paired(left: Recording, right: Recording, layers: Pairs | None) -> VariablePairs:
    """Return the variables of two models that stand for each other.

    Arguments:
        left: the one model.
        right: the other one.
        layers: ids of layers that stand for each other; None to find layers whose
            weights have the same shapes, in the order of their calls.

    Raises:
        ModelError: some weights have no partner of the same shape.
    """
    ours, theirs = leaf_layers(left), leaf_layers(right)
    if layers is None:
        layers = _of_like_shapes(ours, theirs)
    pairs = []
    for one, other in layers:
        pairs += _pairs_of_layers(left.layers[one], right.layers[other])
    for recording, leaves, side in ((left, ours, 0), (right, theirs, 1)):
        _check_all(recording, leaves, {id(pair[side]) for pair in pairs})
    _check_one_to_one(left, right, pairs)
    return pairs


def _check_one_to_one(left: Recording, right: Recording, pairs: VariablePairs) -> None:
    """Refuse to give one weight two values, or to two that are tied the values of one.

    Raises:
        ModelError: a weight of one model stands for several of the other.
    """
    for side, recording in ((0, left), (1, right)):
        partners: dict[int, int] = {}
        for pair in pairs:
            one, other = id(pair[side]), id(pair[1 - side])
            if partners.setdefault(one, other) != other:
                raise ModelError(
                    "models whose weights correspond one to one",
                    f"'{pair[side].path}' of '{recording.graph.name}' stands for "
                    "several weights of the other model: they are shared in one only",
                    "compare models that share the same weights",
                )


def redrawn(variables: Iterable[Any], seed: int) -> list[tuple[Any, Any]]:
    """Return variables with random values: no bias is zero, no statistic is fresh.

    Matrices get small numbers around zero, all others vary around what they are, and
    variances stay positive. Seeds, counts and what is very large keep their values.
    """
    generator = np.random.default_rng(seed)
    values = []
    for variable in variables:
        if not keras.backend.is_float_dtype(variable.dtype):
            continue
        if int(np.prod(variable.shape)) <= _LARGEST:
            values.append((variable, _drawn(generator, variable)))
    return values


def seeds_moved(variables: Iterable[Any]) -> list[tuple[Any, Any]]:
    """Return the states of generators of random numbers, each with another value."""
    states = [v for v in variables if v.name == "seed_generator_state"]
    return [(v, keras.ops.convert_to_numpy(v) + 1) for v in states]


def _drawn(generator: np.random.Generator, variable: Any) -> Any:
    shape = tuple(variable.shape)
    if "variance" in variable.name:
        return generator.uniform(0.5, 1.5, shape)
    if len(shape) > 1:
        spread = 1 / np.sqrt(max(1, np.prod(shape[:-1])))
        return generator.normal(0, spread, shape)
    now = np.asarray(keras.ops.convert_to_numpy(variable)).astype("float64")
    return now + generator.uniform(-0.3, 0.3, shape)


def _inner(model: RecordedModel) -> list[RecordedModel]:
    return [call.inner for call in model.calls.values() if call.inner is not None]


def _shapes(layer: Any) -> tuple[tuple[int, ...], ...]:
    return tuple(tuple(map(int, weight.shape)) for weight in layer.weights)


def _of_like_shapes(ours: dict[str, Any], theirs: dict[str, Any]) -> Pairs:
    waiting = defaultdict(list)
    for name, layer in theirs.items():
        waiting[_shapes(layer)].append(name)
    pairs = []
    for name, layer in ours.items():
        if waiting[_shapes(layer)]:
            pairs.append((name, waiting[_shapes(layer)].pop(0)))
    return tuple(pairs)


def _pairs_of_layers(one: Any, other: Any) -> VariablePairs:
    if _shapes(one) != _shapes(other):
        raise ModelError(
            "layers whose weights have the same shapes",
            f"'{one.name}' with weights of the shapes {_told(one)} and '{other.name}' "
            f"with {_told(other)}",
            "compare models whose weights correspond",
        )
    pairs = list(zip(one.weights, other.weights, strict=True))
    seeds = _without_weights(one), _without_weights(other)
    # A layer may have more generators of random numbers than the like of another class.
    return pairs + (list(zip(*seeds, strict=True)) if _alike(*seeds) else [])


def _without_weights(layer: Any) -> list[Any]:
    known = {id(weight) for weight in layer.weights}
    return [variable for variable in layer.variables if id(variable) not in known]


def _alike(ours: list[Any], theirs: list[Any]) -> bool:
    return [tuple(v.shape) for v in ours] == [tuple(v.shape) for v in theirs]


def _told(layer: Any) -> str:
    return ", ".join(map(str, _shapes(layer))) or "no weights"


def _check_all(recording: Recording, leaves: dict[str, Any], known: set[int]) -> None:
    for layer in leaves.values():
        if is_graph(layer) and not layer.built:
            continue
        if any(id(weight) not in known for weight in layer.weights):
            raise ModelError(
                "models whose weights correspond",
                f"'{layer.name}' of '{recording.graph.name}', whose weights "
                f"({_told(layer)}) nothing in the other model corresponds to",
                "compare models with the same layers",
            )
