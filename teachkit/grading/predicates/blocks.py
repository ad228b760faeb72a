"""What blocks are made of: kernels, activations, routes by name, what layers read."""

from __future__ import annotations

from collections import Counter

from teachkit.grading.evidence.bends import bend_of
from teachkit.grading.evidence.numbers import counted
from teachkit.grading.evidence.routes import NORMALISATIONS, Routes, routes_of
from teachkit.grading.evidence.subject import Subject
from teachkit.grading.findings import Finding, Stage
from teachkit.grading.predicates.skips import is_the_same
from teachkit.grading.registry import predicate

POOLS = {
    "maxpooling1d": "pool",
    "maxpooling2d": "pool",
    "maxpool": "pool",
    "averagepooling1d": "average pool",
    "averagepooling2d": "average pool",
    "averagepool": "average pool",
}
_JOINED_ANYHOW = frozenset({"concatenate", *POOLS, *NORMALISATIONS})
"""A relu before one of these is the same as a relu behind it, or allowed there."""


@predicate(Stage.STRUCTURE, rule=1)
def kernels(subject: Subject, shapes: list[list[int]]) -> Finding | None:
    """Demand weights with more than one axis, of these shapes, each counted once."""
    have = Counter(routes_of(subject).kernels())
    wanted = Counter(tuple(shape) for shape in shapes)
    if _plain(have) == _plain(wanted):
        return None
    more, less = have - wanted, wanted - have
    layers = counted(len(shapes), "layer")
    if more and less:
        so = f"The picture has {_shapes(less)} where you have {_shapes(more)}."
    elif more:
        so = f"The picture has {layers}: {_shapes(more)} is too much."
    else:
        so = f"The picture has {layers}: {_shapes(less)} is missing."
    return Finding(
        f"I see {counted(have.total(), 'layer')} with kernels of shape "
        f"{_shapes(have) or '(none)'}.",
        so,
        "A kernel is as large as what its layer reads, times its units or filters.",
        _layer_paths(subject),
        facts={"have": have.total(), "n": len(shapes)},
    )


@predicate(Stage.STRUCTURE, rule=4, inside=True)
def fresh_weights(subject: Subject) -> Finding | None:
    """Demand that no layer with weights is called more than once."""
    routes = routes_of(subject)
    weighted = [n for n in range(len(routes.nodes)) if routes.structure.weights(n)]
    calls = Counter(routes.nodes[n].owner for n in weighted)
    twice = [owner for owner, times in calls.items() if times > 1]
    if not twice:
        return None
    steps = [n for n in weighted if routes.nodes[n].owner == twice[0]]
    names = ", ".join(f"'{owner}'" for owner in twice[:4])
    return Finding(
        f"{names}: one layer, called {len(steps)} times, with one set of weights.",
        "So the second call computes the same as the first; training one moves both.",
        "Where is the layer made, and how often does that line run?",
        routes.structure.paths(steps),
        misconception="M02",
        facts={"layers": names, "times": len(steps)},
    )


@predicate(Stage.STRUCTURE, inside=True)
def activated(subject: Subject, op: str = "relu") -> Finding | None:
    """Demand an activation behind every layer.

    Arguments:
        subject: the model.
        op: the activation.
    """
    routes = routes_of(subject)
    for number in routes.layers:
        if routes.is_closed(number):
            continue
        found = activation_behind(subject, routes, number, op)
        if found == op:
            continue
        if is_the_same(subject):
            return None
        see = f"{routes.name(number)} hands on its numbers without {op}"
        if found:
            see = f"Behind {routes.name(number)} I see {found}"
        return Finding(
            f"{see}; the picture has {op} behind every convolution.",
            "Two linear layers in a row are one linear layer.",
            f"Look at how {routes.name(number)} is made.",
            routes.structure.paths([number]),
        )
    return None


def activation_behind(subject: Subject, found: Routes, number: int, op: str) -> str:
    """Return the activation that all of a layer's numbers pass next; empty for none."""
    waiting = list(found.structure.readers[number])
    seen: list[str] = []
    for reader in waiting:
        kind = found.structure.kind(reader)
        if found.nodes[reader].meaning.type.startswith("activation "):
            seen.append(bend_of(subject, found, reader))
        elif kind == "maximum":
            seen.append("relu")
        elif kind in _JOINED_ANYHOW and _is_activated_later(found, reader, number):
            waiting += [n for n in found.structure.readers[reader] if n not in waiting]
        else:
            return ""
    others = [kind for kind in seen if kind != op]
    return others[0] if others else op


def _is_activated_later(found: Routes, join: int, number: int) -> bool:
    """Tell whether a join reads no raw input, so that a relu behind it is allowed."""
    sources = found.read_from(join)
    return all(found.nodes[n].reads for n in sources)


def _plain(shapes: Counter[tuple[int, ...]]) -> Counter[tuple[int, ...]]:
    """Return shapes without the sides of 1×1 kernels, which are dense layers."""
    found: Counter[tuple[int, ...]] = Counter()
    for shape, times in shapes.items():
        found[shape[-2:] if set(shape[:-2]) == {1} else shape] += times
    return found


def _shapes(shapes: Counter[tuple[int, ...]]) -> str:
    return ", ".join(str(shape) for shape in sorted(shapes.elements())[:8])


def _layer_paths(subject: Subject) -> tuple[str, ...]:
    found = routes_of(subject)
    return found.structure.paths(found.layers)
