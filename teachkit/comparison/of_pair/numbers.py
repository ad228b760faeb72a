"""What running two models, and looking at their weights, adds to a comparison."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import Any

import numpy as np

from teachkit.comparison.findings import Agreement, Difference, Pairs
from teachkit.comparison.of_pair.alignment import Alignment
from teachkit.comparison.of_pair.idle import calls_of
from teachkit.keras_reader.internals import without_numbers
from teachkit.keras_reader.recording import Recording
from teachkit.keras_runner.agreement import agreement
from teachkit.keras_runner.weights import leaf_layers
from teachkit.normal_form import Isomorphism
from teachkit.speech import named

_MOST = 3


def verdict(left: Recording, right: Recording, found: Alignment) -> Agreement | None:
    """Run two models that are wired differently, if their weights correspond.

    Weights correspond if each layer has a partner with weights of the same shapes, or
    else if the models have layers of the same shapes in some order.
    """
    shapes = _shapes(left), _shapes(right)
    pairs: Pairs | None = _paired(found, *shapes)
    known = [{pair[k] for pair in pairs or ()} for k in (0, 1)]
    if known != [set(one) for one in shapes]:
        if Counter(shapes[0].values()) != Counter(shapes[1].values()):
            return None
        pairs = None
    ran = agreement(left, right, pairs)
    if ran.max_error is None:
        return None
    return replace(ran, text=f"{_start(left, right, ran)}: {going_on(ran.text)}")


def _start(left: Recording, right: Recording, ran: Agreement) -> str:
    if not ran.equal:
        return "With the same weights"
    # Dropout and noise do nothing outside of training.
    graphs = left.graph, right.graph
    calls = (call for graph in graphs for _, call in calls_of(graph))
    only_trains = any(call.family == "regularization" for call in calls)
    return f"Different graphs, same function{' outside of training' * only_trains}"


def going_on(text: str) -> str:
    """Return a sentence as it goes on after a colon."""
    return text[:1].lower() + text[1:]


def behaviour(left: Recording, right: Recording, same: Isomorphism) -> Agreement | None:
    """Run two models of the same graph; None if they cannot be run."""
    ran = agreement(left, right, same.layers)
    return None if ran.max_error is None else ran


def calls_with_own_code(side: Recording) -> tuple[str, ...]:
    """Return the calls of which a graph may not say all: they run an author's code."""
    return tuple(
        path
        for path, call in calls_of(side.graph)
        if call.family == "custom"
        or call.type == "Lambda"
        or (
            call.kind == "model"
            and (call.nested is None or call.nested.overridden_call)
        )
    )


def runs_own_code(side: Recording) -> bool:
    """Tell whether a graph may not say all of what its model does."""
    return side.graph.overridden_call or bool(calls_with_own_code(side))


def other_weights(
    left: Recording, right: Recording, same: Isomorphism
) -> tuple[Difference, ...]:
    """Return one difference if the weights of equal graphs hold other numbers."""
    gaps = []
    for one, other in same.layers:
        ours, theirs = left.layers[one].weights, right.layers[other].weights
        for a, b in zip(ours, theirs, strict=False):
            gap = _gap(a, b)
            if gap:
                gaps.append((one, other, str(a.name), gap))
    if not gaps:
        return ()
    told = "; ".join(
        f"{named(one)} {name} by up to {gap:.2g}" for one, _, name, gap in gaps[:_MOST]
    )
    more = f"; and {len(gaps) - _MOST:,} more" if len(gaps) > _MOST else ""
    text = f"The graphs are the same, but the weights differ: {told}{more}."
    ours = tuple(dict.fromkeys(gap[0] for gap in gaps))
    theirs = tuple(dict.fromkeys(gap[1] for gap in gaps))
    return (Difference("weights", text, ours, theirs),)


def _gap(one: Any, other: Any) -> float:
    """Return by how much two weights differ, 0 if that cannot be told."""
    if without_numbers(one) or without_numbers(other) or one.shape != other.shape:
        return 0.0
    ours, theirs = (np.asarray(weight.numpy(), "float64") for weight in (one, other))
    return float(np.max(np.abs(ours - theirs), initial=0))


def _shapes(side: Recording) -> dict[str, tuple[tuple[int, ...], ...]]:
    layers = leaf_layers(side).items()
    return {
        name: tuple(tuple(weight.shape) for weight in layer.weights)
        for name, layer in layers
        if layer.weights
    }


def _paired(
    found: Alignment,
    ours: dict[str, tuple[tuple[int, ...], ...]],
    theirs: dict[str, tuple[tuple[int, ...], ...]],
) -> Pairs:
    """Return the layers that pairs of calls belong to, each once."""
    pairs = dict.fromkeys(
        (left.owner, right.owner)
        for left, right in found.pairs()
        if left.owner in ours and right.owner in theirs
    )
    known = [
        (one, other)
        for one, other in pairs
        if one and other and ours[one] == theirs[other]
    ]
    alone = all(len({pair[k] for pair in known}) == len(known) for k in (0, 1))
    return tuple(known) if alone else ()
