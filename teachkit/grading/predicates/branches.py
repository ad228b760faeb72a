"""What stands on the two routes of a residual block."""

from __future__ import annotations

from teachkit.grading.evidence.bends import bend_of
from teachkit.grading.evidence.numbers import counted, told
from teachkit.grading.evidence.routes import Routes, Skip, routes_of
from teachkit.grading.evidence.subject import Subject
from teachkit.grading.findings import Finding, Stage
from teachkit.grading.predicates.residuals import (
    identity_when_zeroed,
    is_activation,
    last_layer,
    main_skip,
    zeroed,
)
from teachkit.grading.predicates.skips import (
    is_right_anyway,
    is_the_same,
    joined_otherwise,
    no_skip,
)
from teachkit.grading.registry import predicate


@predicate(Stage.STRUCTURE, rule=3, inside=True)
def residual_at(subject: Subject, op: str = "add") -> Finding | None:
    """Demand a skip that ends in an operation: two routes of different lengths."""
    routes = routes_of(subject)
    if any(skip.op == op for skip in routes.skips):
        return None
    # What happens in a closed box is seen by what it computes.
    if routes.is_partly_closed and identity_when_zeroed(subject) is None:
        return None
    if is_right_anyway(subject, routes) or is_the_same(subject):
        return None
    if routes.skips:
        return joined_otherwise(routes, routes.skips[0].join, op)
    return no_skip(routes)


@predicate(Stage.STRUCTURE, rule=7, inside=True)
def straight_shortcut(subject: Subject, layers: int = 0) -> Finding | None:
    """Demand that nothing on the short route bends: no activation.

    Arguments:
        subject: the model.
        layers: how many layers are on it.
    """
    routes = routes_of(subject)
    found = main_skip(routes)
    if found is None:
        return None if routes.is_partly_closed else no_skip(routes)
    way = routes.longest_between(found.start, found.arms[0])
    bent = [
        n
        for n in way
        if is_activation(routes, n) and bend_of(subject, routes, n) != "linear"
    ]
    if bent:
        return Finding(
            f"On the short route I see {bend_of(subject, routes, bent[0])}, in "
            f"{routes.name(bent[0])}.",
            "So negative numbers never pass your shortcut as they are: with the long "
            f"route at zero, {_range_told(subject, routes, found)}.",
            "A shortcut only has to bring the input to the right width.",
            routes.structure.paths(bent),
            misconception="M14",
        )
    if routes.depth[found.start]:
        return Finding(
            f"Your shortcut begins behind {routes.name(found.start)}, in the middle.",
            "So this layer is on both routes, and nothing goes past it.",
            "Which tensor came into the block, and which name does it have?",
            routes.structure.paths([found.start, found.join]),
            misconception="M14",
        )
    if found.lengths[0] == layers:
        return None
    return Finding(
        f"On the short route to {routes.name(found.join)} I count "
        f"{counted(found.lengths[0], 'layer')}.",
        f"The picture has {layers} there.",
        f"Look at what {routes.name(found.join)} reads.",
        routes.structure.paths([found.join, *filter(routes.is_layer, way)]),
    )


@predicate(Stage.STRUCTURE, inside=True)
def shortcut_without_bias(subject: Subject) -> Finding | None:
    """Demand that a layer on the short route has no bias of its own."""
    routes = routes_of(subject)
    found = main_skip(routes)
    if found is None:
        return None
    way = routes.longest_between(found.start, found.arms[0])
    for number in filter(routes.is_layer, way):
        call = routes.nodes[number].call
        if call is not None and call.config.get("use_bias"):
            units = (routes.structure.shape(number) or (0,))[-1]
            return Finding(
                f"Your shortcut has a bias of its own: {units} more parameters.",
                "The last layer of the long route has a bias already, and the two are "
                "added up: one of them is enough.",
                "`use_bias` decides whether a layer has one.",
                routes.structure.paths([number]),
            )
    return None


@predicate(Stage.STRUCTURE, rule=6, inside=True)
def branch_activations(subject: Subject, after: list[str]) -> Finding | None:
    """Demand what follows each layer on the long route of a skip.

    Arguments:
        subject: the model.
        after: for each layer the activation behind it, empty for none.
    """
    routes = routes_of(subject)
    found = main_skip(routes)
    if found is None:
        return None
    way = routes.longest_between(found.start, found.arms[1])
    layers = [n for n in way if routes.is_layer(n)]
    if any(map(routes.is_closed, layers)) or len(layers) != len(after):
        return None
    bounds = [*(way.index(n) for n in layers), len(way)]
    for place, wanted in enumerate(after):
        steps = way[bounds[place] + 1 : bounds[place + 1]]
        bent = [n for n in steps if is_activation(routes, n)]
        kinds = [bend_of(subject, routes, n) for n in bent]
        kinds = [kind for kind in kinds if kind != "linear"]
        pair = layers[place : place + 2]
        finding = _other_activation(routes, pair, steps, wanted, kinds, found)
        if finding is not None:
            return None if is_the_same(subject) else finding
    return None


def _other_activation(
    routes: Routes,
    pair: list[int],
    steps: list[int],
    wanted: str,
    kinds: list[str],
    skip: Skip,
) -> Finding | None:
    name = routes.name(pair[0])
    paths = routes.structure.paths(pair)
    if wanted and not kinds:
        if any(routes.nodes[n].meaning.type.startswith("own ") for n in steps):
            return None
        after = routes.name(pair[1] if len(pair) > 1 else skip.join)
        return Finding(
            f"{name} is linear here: no activation stands between it and {after}. "
            f"The picture has {wanted}.",
            "Two linear layers in a row are one linear layer.",
            f"Look at how {name} is made.",
            paths,
            misconception="M13",
        )
    if wanted and wanted not in kinds:
        return Finding(
            f"Behind {name} I see {kinds[0]}.",
            f"The picture has {wanted} there.",
            f"Look at how {name} is made.",
            paths,
        )
    if not wanted and kinds:
        return Finding(
            f"Behind {name} I see {kinds[0]}, before {routes.name(skip.join)}.",
            "In the picture this layer is linear: its branch can add to x and take "
            "away from it.",
            f"Look at how {name} is made.",
            paths,
        )
    return None


def _range_told(subject: Subject, routes: Routes, skip: Skip) -> str:
    """Return between which numbers the output lies once the long route is zero."""
    layer, _ = last_layer(subject, routes)
    role, output = next(iter(subject.inputs)), subject.output(None)
    given = subject.given()
    found = subject.run({role: given[role]}, weights=zeroed(subject, [layer], 0))
    low, high = float(found[output].min()), float(found[output].max())
    return f"the output lies between {told(low)} and {told(high)}"
