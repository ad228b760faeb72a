"""Where tensors are joined: skips, residuals, and by what operation."""

from __future__ import annotations

from teachkit.grading.evidence.equivalence import same_function
from teachkit.grading.evidence.numbers import counted, shape_told
from teachkit.grading.evidence.routes import Routes, Skip, routes_of
from teachkit.grading.evidence.subject import Subject
from teachkit.grading.findings import Finding, Stage
from teachkit.grading.registry import predicate
from teachkit.graph import Shape


@predicate(Stage.STRUCTURE, inside=True)
def joins(subject: Subject, op: str) -> Finding | None:
    """Demand that tensors are joined by nothing but one operation.

    Arguments:
        subject: the model.
        op: `add` or `concatenate`; several as `add|average`.
    """
    routes = routes_of(subject)
    for join, found in routes.joins.items():
        if found not in op.split("|"):
            told = joined_otherwise(routes, join, op.split("|")[0])
            return None if is_the_same(subject) else told
    return None


@predicate(Stage.STRUCTURE, inside=True)
def joins_last_axis(subject: Subject) -> Finding | None:
    """Demand that tensors are laid side by side along their last axis."""
    routes = routes_of(subject)
    for join, found in routes.joins.items():
        shape = routes.structure.shape(join)
        axis = dict(routes.nodes[join].meaning.settings).get("axis", "")
        if found != "concatenate" or shape is None or not axis.isdigit():
            continue
        if int(axis) != len(shape) - 1:
            return Finding(
                f"{routes.name(join)} joins {_arms_told(routes, join)} along axis "
                f"{axis}: the result is {_told(shape)}.",
                f"That makes axis {axis} longer, and there are still {shape[-1]} "
                "channels. The picture lays the channels side by side: the last axis.",
                "Which axis does Concatenate take if you say nothing?",
                routes.structure.paths([join]),
                misconception="M11",
            )
    return None


@predicate(Stage.STRUCTURE, rule=3, inside=True)
def merges(subject: Subject, n: int, *, at_most: bool = False) -> Finding | None:
    """Demand a number of places where tensors are joined.

    Arguments:
        subject: the model.
        n: how many.
        at_most: fewer will do, as others may be in a closed box.
    """
    routes = routes_of(subject)
    have = len(routes.joins)
    if have == n or (at_most and have < n) or is_right_anyway(subject, routes):
        return None
    if not have:
        return _no_join(routes)
    places = ", ".join(routes.name(join) for join in list(routes.joins)[:4])
    return Finding(
        f"I count {counted(have, 'merge')}, the picture has {n}: {places}"
        f"{', ...' if have > 4 else ''}.",
        "Every merge is a place where another tensor comes in.",
        "Which line makes a merge, and how often does it run?",
        routes.structure.paths(routes.joins),
        facts={"have": have, "n": n},
    )


@predicate(Stage.STRUCTURE, rule=3, inside=True)
def skip(subject: Subject, start: int, over: int, *, op: str = "") -> Finding | None:
    """Demand a skip that begins behind some layers and passes over some more.

    Arguments:
        subject: the model.
        start: how many layers stand before it; 0: it begins at the input.
        over: how many layers stand beside it.
        op: that joins the routes; any by default.
    """
    routes = routes_of(subject)
    found = [one for one in routes.skips if op in {"", one.op}]
    for one in found:
        if (routes.depth[one.start], one.lengths) == (start, (0, over)):
            return None
    if is_right_anyway(subject, routes):
        return None
    if not found:
        return no_skip(routes)
    return _other_skip(routes, found[-1], start, over)


def no_skip(routes: Routes) -> Finding:
    """Return why there is no skip in a model."""
    twice = routes.doubled()
    if twice:
        return same_tensor(routes, twice[-1])
    if not routes.joins:
        return _no_join(routes)
    join = next(iter(routes.joins))
    lengths = [routes.depth[arm] for arm in routes.sources(join)]
    return Finding(
        f"{routes.name(join)} joins routes of {' and '.join(map(str, lengths))} "
        "layers.",
        "On every route something is computed: these are branches, none of them skips.",
        "A skip is a route that goes past layers.",
        routes.structure.paths([join]),
        misconception="M14",
    )


def same_tensor(routes: Routes, join: int) -> Finding:
    """Return what a join of a tensor with itself does."""
    arm = routes.sources(join)[0]
    what = (
        "2 times that tensor, and nothing else"
        if routes.joins[join] == "add"
        else ("the same numbers twice")
    )
    return Finding(
        f"Both arms of {routes.name(join)} are the same tensor, the output of "
        f"{routes.name(arm)}.",
        f"So it gives {what}: no earlier tensor comes in.",
        "Which tensor does each name stand for when this line runs? A name can move "
        "on to another tensor.",
        routes.structure.paths([join, arm]),
        rule=3,
        misconception="M03",
    )


def _other_skip(routes: Routes, found: Skip, start: int, over: int) -> Finding:
    begins = routes.depth[found.start]
    end = begins + found.lengths[1]
    where = "the input" if not start else f"layer {start}"
    see = (
        f"Your skip begins at {_place(routes, found.start)} and ends at "
        f"{routes.name(found.join)}, behind layer {end}."
    )
    if found.lengths[0]:
        so = f"On its short route there are layers: {found.lengths[0]}."
    elif begins != start:
        so = f"In the picture it begins at {where}."
    else:
        so = f"In the picture it ends behind layer {start + over}."
    return Finding(
        see,
        so,
        "Follow the short route with a finger: where does it leave the chain, and "
        "where does it come back?",
        routes.structure.paths([found.start, found.join]),
        misconception="M03" if begins != start else "",
        facts={"start": begins, "end": end},
    )


def _place(routes: Routes, number: int) -> str:
    depth = routes.depth[number]
    if not routes.nodes[number].reads:
        return routes.name(number)
    return f"the output of {routes.name(number)}, layer {depth}"


def _no_join(routes: Routes) -> Finding:
    return Finding(
        f"I see one chain of {counted(len(routes.layers), 'layer')}: no two tensors "
        "are ever joined.",
        "So every route goes through all of them.",
        "Which line should read two tensors?",
        routes.structure.paths(routes.layers[-1:]),
    )


def joined_otherwise(routes: Routes, join: int, op: str) -> Finding:
    """Return what a join does where another operation is wanted."""
    shape = routes.structure.shape(join)
    arms = _arms_told(routes, join)
    see = f"{routes.name(join)} joins {arms} to {_told(shape)}"
    found = routes.joins[join]
    first = _arm_shape(routes, join, 0)
    if op == "add" and found == "concatenate":
        if shape and first and (shape[-1] or 0) == 2 * (first[-1] or 0):
            see += f": the width doubles, {first[-1]} → {shape[-1]}"
        so = (
            "It lays them side by side. The picture adds them, number by number, and "
            "the width stays."
        )
    elif op == "concatenate":
        width = f"stays {shape[-1]}" if shape else "stays"
        so = (
            f"It computes one number from each pair, so the number of channels {width}."
            " The picture lays the tensors side by side: their channels add up."
        )
    else:
        so = f"The picture has another operation there: {op}."
    return Finding(
        f"{see}.",
        so,
        f"Look at the line of {routes.name(join)}.",
        routes.structure.paths([join]),
        misconception="M09",
    )


def is_right_anyway(subject: Subject, routes: Routes) -> bool:
    """Tell whether a model with a closed box inside computes what the solution does."""
    reference = subject.reference
    if not routes.is_partly_closed or reference is None:
        return False
    return same_function(subject, reference)


def is_the_same(subject: Subject) -> bool:
    """Tell whether a model computes what the solution does, in whatever form."""
    return subject.reference is not None and same_function(subject, subject.reference)


def _arm_shape(routes: Routes, join: int, place: int) -> Shape | None:
    read = routes.nodes[join].reads[place]
    shape = routes.structure.shape(read.source, read.index)
    return None if shape is None else shape[1:]


def _arms_told(routes: Routes, join: int) -> str:
    number = len(routes.nodes[join].reads)
    shapes = [_arm_shape(routes, join, place) for place in range(number)]
    if number > 2 and len(set(shapes)) == 1:
        return f"{number} tensors of {shape_told(shapes[0])}"
    return " and ".join(shape_told(shape) for shape in shapes)


def _told(shape: Shape | None) -> str:
    return shape_told(shape[1:] if shape else None)
