"""The narrow places of a model: tensors that every route must pass."""

from __future__ import annotations

from math import prod

from teachkit.grading.evidence.structure import Structure

_AFFINE = frozenset(
    {
        "add",
        "averagepooling1d",
        "averagepooling2d",
        "averagepooling3d",
        "batchnormalization",
        "broadcastto",
        "cast",
        "concatenate",
        "constant",
        "conv1d",
        "conv1dtranspose",
        "conv2d",
        "conv2dtranspose",
        "conv3d",
        "conv3dtranspose",
        "cropping1d",
        "cropping2d",
        "dense",
        "depthwiseconv1d",
        "depthwiseconv2d",
        "dropout",
        "einsumdense",
        "expanddims",
        "gaussiannoise",
        "getitem",
        "globalaveragepooling1d",
        "globalaveragepooling2d",
        "identity",
        "input",
        "mean",
        "negative",
        "normalization",
        "output",
        "pad",
        "permute",
        "repeat",
        "repeatvector",
        "rescaling",
        "reshape",
        "separableconv1d",
        "separableconv2d",
        "spatialdropout2d",
        "split",
        "squeeze",
        "stack",
        "subtract",
        "sum",
        "take",
        "transpose",
        "upsampling1d",
        "upsampling2d",
        "zeropadding1d",
        "zeropadding2d",
    }
)
_MOST = 4
"""Steps of a route that a sentence names."""
_SCALED = frozenset({"divide", "multiply", "truedivide", "matmul", "dot"})


def is_affine(structure: Structure, number: int) -> bool:
    """Tell whether a step is known to be linear, but for a constant that it adds."""
    kind = structure.kind(number).replace("_", "")
    # A class of the author's own may have the name of one of Keras: `Squeeze`.
    if structure.nodes[number].meaning.type.startswith("own "):
        return False
    if kind not in _SCALED:
        return kind in _AFFINE
    moving = [
        read
        for read in structure.nodes[number].reads
        if structure.reached_by[read.source]
    ]
    return len(moving) < 2


def size_of(structure: Structure, number: int) -> int | None:
    """Return how many numbers a step gives for one sample; None if nobody knows."""
    shape = structure.shape(number)
    if shape is None or not shape:
        return None
    parts = [part for part in shape[1:] if part is not None]
    return prod(parts) if len(parts) == len(shape) - 1 else None


def waists(structure: Structure) -> dict[int, int]:
    """Return the steps that every route from an input to an output passes, with sizes.

    With several inputs or outputs there may be none but the sum of the inputs; then the
    largest step stands for it.
    """
    on_the_way = [n for n in range(len(structure.nodes)) if structure.reached_by[n]]
    found = {}
    for number in on_the_way:
        size = size_of(structure, number)
        if size is not None and _route(structure, number) is None:
            found[number] = size
    if found:
        return found
    sizes = {n: size_of(structure, n) or 0 for n in on_the_way}
    widest = max(sizes, key=lambda n: sizes[n])
    return {widest: sizes[widest]}


def goes_around(structure: Structure, size: int) -> tuple[int, list[int]] | None:
    """Return a step that gives so many numbers and a route that does not pass it."""
    for number in range(len(structure.nodes)):
        if size_of(structure, number) != size or not structure.reached_by[number]:
            continue
        route = _route(structure, number)
        if route is not None:
            return number, _around(structure, number, route)
    return None


def _route(structure: Structure, without: int) -> list[int] | None:
    """Return a shortest route from an input to an output that leaves out a step."""
    came_from: dict[int, int | None] = {
        n: None for n in structure.inputs.values() if n != without
    }
    waiting = list(came_from)
    for number in waiting:
        if structure.nodes[number].part == "output":
            return _back(came_from, number)
        for reader in structure.readers[number]:
            if reader != without and reader not in came_from:
                came_from[reader] = number
                waiting.append(reader)
    return None


def _back(came_from: dict[int, int | None], number: int) -> list[int]:
    route = [number]
    while (source := came_from[route[-1]]) is not None:
        route.append(source)
    return route[::-1]


def _around(structure: Structure, number: int, route: list[int]) -> list[int]:
    """Return the part of a route that leads from before a step to behind it."""
    before, behind = structure.upstream(number), structure.downstream(number)
    start = max(place for place, n in enumerate(route) if n in before)
    ends = [place for place, n in enumerate(route) if n in behind and place > start]
    part = route[start : ends[0] + 1] if ends else route
    named: dict[str, int] = {}
    for n in part:
        if structure.nodes[n].path:
            named.setdefault(structure.nodes[n].path, n)
    return list(named.values())[:_MOST]
