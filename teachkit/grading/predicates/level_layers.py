"""The layers of each level of a U-Net: their filters, kernels and activations."""

from __future__ import annotations

import json

from teachkit.grading.evidence.routes import Routes, routes_of
from teachkit.grading.evidence.subject import Subject
from teachkit.grading.findings import Finding, Stage
from teachkit.grading.predicates.blocks import activation_behind
from teachkit.grading.predicates.levels import joins_at, lowest_sizes, size_of
from teachkit.grading.registry import predicate


@predicate(Stage.STRUCTURE, inside=True)
def level_layers(subject: Subject, kernel: int = 3, **filters: int) -> Finding | None:
    """Demand convolutions with relu and a number of filters at each size, `32 = 8`.

    One is demanded on the way down, before the tensor that is kept for the join, and
    one on the way up. More of them, and others beside them, are allowed. At the
    smallest size there is one way only.

    Arguments:
        subject: the model.
        kernel: side of the kernels.
        filters: their number at each size.
    """
    routes = routes_of(subject)
    if routes.is_partly_closed:
        return None
    bottom = min(map(int, filters))
    for text, number in filters.items():
        size = int(text)
        for way, layers in _ways(routes, size, is_bottom=size == bottom):
            place = f"At {size}×{size}{way}"
            finding = _lack(subject, routes, layers, place, (number, kernel))
            if finding is not None:
                return finding
    return None


def _ways(routes: Routes, size: int, *, is_bottom: bool) -> list[tuple[str, list[int]]]:
    """Return the layers at a size, by whether they are on the way down or up."""
    here = [n for n in routes.layers if size_of(routes, n) == size]
    if is_bottom:
        return [("", here)]
    lowest = lowest_sizes(routes)
    joins = joins_at(routes, lowest, size)
    kept = [a for j in joins for a in routes.sources(j) if lowest[a] >= size]
    down = [n for n in here if any(n in routes.before[arm] for arm in kept)]
    up = [n for n in here if lowest[n] < size]
    return [(" on the way down", down), (" on the way up", up)]


def _lack(
    subject: Subject,
    routes: Routes,
    layers: list[int],
    place: str,
    wanted: tuple[int, int],
) -> Finding | None:
    """Return what no layer of a level has: the filters, the kernel or the relu."""
    filters, kernel = wanted
    paths = routes.structure.paths(layers)
    have = [n for n in layers if (routes.structure.shape(n) or (0,))[-1] == filters]
    if not have:
        return _other_filters(routes, layers, place, filters)
    whole = [n for n in have if _sides(routes, n) == {kernel}]
    if not whole:
        return Finding(
            f"{place} I see {routes.name(have[0])}, whose kernel is "
            f"{_side_told(routes, have[0])}.",
            f"The picture has {kernel}×{kernel} there: each place reads its "
            "neighbours, too.",
            "Look at `kernel_size` in this line.",
            paths,
        )
    bent = [activation_behind(subject, routes, n, "relu") for n in whole]
    if "relu" in bent:
        return None
    see = f"I see {bent[0]} behind" if bent[0] else "no activation stands behind"
    return Finding(
        f"{place} {see} {routes.name(whole[0])}.",
        "The picture has relu there. Two linear layers in a row are one linear layer.",
        f"Look at how {routes.name(whole[0])} is made.",
        paths,
        misconception="" if bent[0] else "M13",
    )


def _other_filters(
    routes: Routes, layers: list[int], place: str, filters: int
) -> Finding:
    found = sorted({(routes.structure.shape(n) or (0,))[-1] or 0 for n in layers})
    told = " and ".join(map(str, found))
    if not layers:
        return Finding(
            f"{place} I see no convolution between the tensors that are joined and "
            "what they are made of.",
            f"The picture has one with {filters} filters there.",
            "Which tensor is kept for the join, and by which layer is it made?",
            routes.structure.paths(routes.joins),
        )
    return Finding(
        f"{place} I see {told} filter{'' if told == '1' else 's'}.",
        f"The picture has {filters} there.",
        "Compare the number of filters at each level.",
        routes.structure.paths(layers),
        facts={"have": told, "filters": filters},
    )


def _side_told(routes: Routes, number: int) -> str:
    settings = dict(routes.nodes[number].meaning.settings)
    value = json.loads(settings.get("kernel_size", "1"))
    sides = value if isinstance(value, list) else [value, value]
    return "×".join(map(str, sides))


def _sides(routes: Routes, number: int) -> set[int]:
    """Return the sides of a kernel; a layer without one reads one place: 1."""
    settings = dict(routes.nodes[number].meaning.settings)
    value = json.loads(settings.get("kernel_size", "1"))
    return set(value) if isinstance(value, list) else {value}
