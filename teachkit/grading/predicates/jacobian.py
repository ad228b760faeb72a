"""How many independent directions get through a model, and where it is narrowest."""

from __future__ import annotations

import numpy as np

from teachkit.grading.evidence.numbers import shape_told
from teachkit.grading.evidence.structure import Structure
from teachkit.grading.evidence.subject import Subject
from teachkit.grading.evidence.transformer_boxes import is_box
from teachkit.grading.evidence.waist import goes_around, is_affine, waists
from teachkit.grading.findings import Finding, Stage
from teachkit.grading.registry import predicate
from teachkit.keras_runner.derivatives import jacobian

_THRESHOLD = 1e-4
"""A singular value below this part of the largest one is none."""


@predicate(Stage.BEHAVIOUR, rule=5)
def rank(
    subject: Subject, k: int, *, input: str | None = None, output: str | None = None
) -> Finding | None:
    """Demand that no more than k independent directions get from input to output.

    It is seen by the rank of the Jacobian matrix at random points. A code of k numbers
    on every route lets through k at most.

    Arguments:
        subject: the model.
        k: the greatest rank.
        input: role of the input, by default the first one.
        output: role of the output, by default the first one.
    """
    source = input if input is not None else next(iter(subject.inputs))
    target = subject.output(output)
    found = max(_rank(subject, source, target, draw) for draw in subject.draws())
    if found <= k:
        return None
    see = f"Near a random input the output moves in {found} independent directions."
    so = f"A code of {k} numbers on every route would let through no more than {k}."
    look = "Where is the narrowest tensor that every route must pass?"
    calls: tuple[str, ...] = ()
    around = None
    if not subject.is_closed:
        around = goes_around(subject.structure, k)
        so, look, calls = _way_around(subject.structure, k, so, look)
    return Finding(
        see,
        so,
        look,
        calls,
        misconception="M26" if around else "",
        facts={"rank": found, "k": k},
    )


@predicate(Stage.STRUCTURE, rule=5, inside=True)
def bottleneck(subject: Subject, k: int) -> Finding | None:
    """Demand a tensor of exactly k numbers that every route passes, and no narrower.

    Inside a layer of the author's own nothing is seen: there `rank` alone decides.

    Arguments:
        subject: the model.
        k: how many numbers.
    """
    structure = subject.structure
    sizes = waists(structure)
    least = min(sizes.values())
    if least == k or (least > k and is_box(structure)):
        return None
    narrowest = [n for n, size in sizes.items() if size == least]
    shape = structure.shape(narrowest[0])
    return Finding(
        f"The narrowest tensor on every route has {least} numbers: "
        f"{structure.name(narrowest[0])}, {shape_told(shape and shape[1:])}.",
        f"The code of the exercise has exactly {k}.",
        "Which layer should make the code, and does every route go through it?",
        structure.paths(narrowest),
        facts={"least": least, "k": k},
    )


@predicate(Stage.BEHAVIOUR, rule=6, inside=True)
def nonlinear_sides(subject: Subject) -> Finding | None:
    """Demand something that is not linear before and behind the narrowest tensor."""
    structure = subject.structure
    bent = [n for n in range(len(structure.nodes)) if not is_affine(structure, n)]
    if not bent:
        return Finding(
            "I see no activation: all steps are linear, from input to output.",
            "Linear layers in a row are one linear layer. This is PCA: no more than "
            "the best linear code.",
            "Which layers should have an activation?",
            structure.paths(structure.of_kind("weighted")),
        )
    sizes = waists(structure)
    least = min(sizes.values())
    narrowest = [n for n, size in sizes.items() if size == least]
    if structure.kind(narrowest[0]) == "input":
        return None
    first, last = min(narrowest), max(narrowest)
    before = {*structure.upstream(last), last}
    behind = structure.downstream(first)
    for side, name in ((before, "encoder"), (behind, "decoder")):
        if not side.intersection(bent):
            return _linear_side(structure, sorted(side), name, least)
    return None


def _rank(subject: Subject, source: str, target: str, draw: int) -> int:
    arrays = subject.given(draw, samples=1)
    point = {subject.inputs[role].call: array for role, array in arrays.items()}
    ends = list(subject.graph.outputs)
    place = next(n for n, end in enumerate(ends) if end is subject.outputs[target])
    slopes = jacobian(
        subject.recording,
        point,
        subject.probe.weights(draw),
        subject.inputs[source].call,
        place,
    )
    if not np.isfinite(slopes).all():
        return 0
    values = np.linalg.svd(slopes, compute_uv=False)
    if not values.size or values[0] == 0:
        return 0
    return int((values > _THRESHOLD * values[0]).sum())


def _way_around(
    structure: Structure, k: int, so: str, look: str
) -> tuple[str, str, tuple[str, ...]]:
    """Return the words on a detour around a code, or on a code that is too wide."""
    codes = goes_around(structure, k)
    if codes is not None:
        code, detour = codes
        names = ", ".join(structure.name(n) for n in detour)
        return (
            f"{structure.name(code)} makes {k} numbers, but information takes a detour "
            f"around the code, by way of {names}.",
            "Walk from the input to the output without the code: is there a way?",
            structure.paths([code, *detour]),
        )
    sizes = waists(structure)
    # Of several equally narrow ones, a layer that was written for it is told.
    narrowest = min(sizes, key=lambda n: (sizes[n], not structure.is_weighted(n)))
    so += (
        f" The narrowest one here, {structure.name(narrowest)}, has {sizes[narrowest]}."
    )
    return so, look, structure.paths([narrowest])


def _linear_side(
    structure: Structure, side: list[int], name: str, least: int
) -> Finding:
    weighted = [n for n in side if structure.is_weighted(n)]
    names = ", ".join(structure.name(n) for n in weighted[:3]) or "reshaping"
    return Finding(
        f"I see no activation in the {name}, on its side of the {least} numbers: "
        f"only {names}.",
        "That half is linear: it can do no more than a projection does.",
        f"Where in the {name} could an activation bend the numbers?",
        structure.paths(weighted),
    )
