"""The sizes of a picture on its way down and up, and what is joined at each."""

from __future__ import annotations

from functools import partial

from teachkit.grading.evidence.routes import Routes, routes_of
from teachkit.grading.evidence.subject import Subject
from teachkit.grading.findings import Finding, Stage
from teachkit.grading.registry import predicate
from teachkit.normal_form import Read

_NO_SIZE = 10**9
_KEEPING = frozenset({"add", "concatenate"})
"""A skip is joined by one of these; a product hands nothing on where it is 0."""


@predicate(Stage.STRUCTURE, rule=3, inside=True)
def skip_levels(subject: Subject, **levels: int) -> Finding | None:
    """Demand joins at a size of a tensor that stayed with one that was smaller.

    Arguments:
        subject: the model.
        levels: how many at each size, `32 = 1`.
    """
    routes = routes_of(subject)
    if routes.is_partly_closed and not routes.joins:
        return None
    lowest = lowest_sizes(routes)
    have = {int(size): joins_at(routes, lowest, int(size)) for size in levels}
    missing = [int(size) for size, n in levels.items() if len(have[int(size)]) < n]
    if not missing:
        return None
    places = " and ".join(f"{size}×{size}" for size in missing)
    joined = [n for n in routes.joins if size_of(routes, n)]
    see = f"Nothing joins the way down and the way up at {places}"
    if joined:
        told = ", ".join(partial(_join_told, routes)(n) for n in joined[:4])
        see += f". I see {told}"
    return Finding(
        f"{see}.",
        _nothing_kept(missing) if not joined else _one_sided(missing),
        "Which tensor of this size was there on the way down?",
        routes.structure.paths(joined or _layers_at(routes, missing)),
        misconception="M26",
        facts={"places": places},
    )


@predicate(Stage.STRUCTURE, inside=True)
def sizes(subject: Subject, down: list[int]) -> Finding | None:
    """Demand the sizes that a picture takes on its way down, the last is the smallest.

    On its way up it takes those that stand before the last one once more.
    """
    routes = routes_of(subject)
    if routes.is_partly_closed:
        return None
    have = _sizes(routes)
    bottom = min(have, default=0)
    missing = [size for size in down if size not in have]
    place = have.index(bottom) if have else 0
    unreached = [size for size in down[:-1] if size not in have[place:]]
    if bottom == down[-1] and not missing and not unreached:
        return None
    way = [*down, *reversed(down[:-1])]
    return Finding(
        f"The sizes on the way through your model: {_arrows(have) or 'none'}.",
        f"The picture has {_arrows(way)}.",
        "Count the steps that halve and the steps that double.",
        facts={"have": _arrows(have), "bottom": bottom},
    )


@predicate(Stage.STRUCTURE, inside=True)
def stays_spatial(subject: Subject) -> Finding | None:
    """Demand that no dense layer mixes all places of a picture."""
    routes = routes_of(subject)
    for number in routes.layers:
        if routes.structure.kind(number) != "dense":
            continue
        source = routes.sources(number)[0]
        flat = _flattened(routes, source)
        if flat is None and not _becomes_picture(routes, number):
            continue
        shape = routes.structure.shape(source) or (None,)
        owner = routes.nodes[number].owner
        own = next((x.params for x in subject.graph.layers if x.id == owner), 0)
        made = flat if flat is not None else source
        return Finding(
            f"{routes.name(made)} makes one row of {shape[-1]:,} numbers, and "
            f"{routes.name(number)} reads it.",
            "The position is lost there; this one layer holds "
            f"{own:,} of your {subject.graph.params:,} parameters.",
            "A convolution keeps height and width.",
            routes.structure.paths([made, number]),
            misconception="M07",
        )
    return None


def size_of(routes: Routes, number: int) -> int | None:
    """Return the height of a picture, None where there is none."""
    shape = routes.structure.shape(number)
    return shape[1] if shape is not None and len(shape) == 4 else None


def lowest_sizes(routes: Routes) -> list[int]:
    """Return for each step the smallest size on the way to it."""
    found: list[int] = []
    for number, node in enumerate(routes.nodes):
        own = size_of(routes, number)
        flat = 0 if node.reads else _NO_SIZE
        here = own if own is not None else flat
        found.append(min([here, *(_lowest_of(routes, found, r) for r in node.reads)]))
    return found


def _lowest_of(routes: Routes, lowest: list[int], read: Read) -> int:
    """Return the smallest size on the way to what a step reads.

    A layer of the author's own may give a small picture and keep a large one.
    """
    call = routes.nodes[read.source].call
    shape = routes.structure.shape(read.source, read.index)
    if call is None or len(call.outputs) < 2 or shape is None or len(shape) != 4:
        return lowest[read.source]
    above = [_lowest_of(routes, lowest, r) for r in routes.nodes[read.source].reads]
    return min([shape[1] or 0, *above])


def joins_at(routes: Routes, lowest: list[int], size: int) -> list[int]:
    """Return the joins at a size of an arm that stayed and one that was smaller."""
    found = []
    for join in routes.joins:
        reads = routes.nodes[join].reads
        arms = [_lowest_of(routes, lowest, read) for read in reads]
        kept = routes.joins[join] in _KEEPING
        if kept and size_of(routes, join) == size and min(arms) < size <= max(arms):
            found.append(join)
    return found


def _sizes(routes: Routes) -> list[int]:
    """Return the sizes on the way with most layers, without repetition."""
    start = next((n for n in range(len(routes.nodes)) if size_of(routes, n)), 0)
    end = routes.structure.outputs[0]
    way = [start, *routes.longest_between(start, end)]
    found = [size for n in way if (size := size_of(routes, n)) is not None]
    return [
        size
        for place, size in enumerate(found)
        if not place or found[place - 1] != size
    ]


def _flattened(routes: Routes, number: int) -> int | None:
    """Return the step that makes a row of a picture, on the way to a step."""
    while True:
        sources = routes.sources(number)
        shape = routes.structure.shape(number)
        if shape is None or len(shape) != 2 or len(sources) != 1:
            return None
        above = routes.structure.shape(sources[0])
        if above is not None and len(above) == 4:
            area = (above[1] or 1) * (above[2] or 1) * (above[3] or 1)
            return number if area == shape[1] and area > (above[3] or 1) else None
        number = sources[0]


def _becomes_picture(routes: Routes, number: int) -> bool:
    """Tell whether a row that a step makes is laid out as a picture later on."""
    waiting = [number]
    for step in waiting:
        shape = routes.structure.shape(step)
        if shape is not None and len(shape) == 4:
            height, width = shape[1] or 1, shape[2] or 1
            if routes.structure.kind(step) == "reshape" and height * width > 1:
                return True
        elif shape is not None and len(shape) == 2:
            readers = routes.structure.readers[step]
            waiting += [n for n in readers if n not in waiting]
    return False


def _layers_at(routes: Routes, wanted: list[int]) -> list[int]:
    return [n for n in routes.layers if size_of(routes, n) in wanted]


def _join_told(routes: Routes, join: int) -> str:
    size = size_of(routes, join)
    return f"{routes.name(join)} at {size}×{size}"


def _nothing_kept(missing: list[int]) -> str:
    return (
        "All that the way up knows has been through the smallest picture: the details "
        f"of {_arrows(missing, ' and ')} are gone."
    )


def _one_sided(missing: list[int]) -> str:
    place = f"{missing[0]}×{missing[0]}"
    return (
        f"At {place} no tensor that stayed at {place} meets one that comes up from a "
        "smaller picture."
    )


def _arrows(numbers: list[int], sign: str = " → ") -> str:
    return sign.join(map(str, numbers))
