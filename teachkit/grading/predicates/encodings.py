"""What two towers hand over to the step that compares them, and whose weights."""

from __future__ import annotations

from typing import Any

from teachkit.grading.evidence.mixing import Side, meeting, sides
from teachkit.grading.evidence.numbers import counted, shape_told
from teachkit.grading.evidence.subject import Subject
from teachkit.grading.findings import Finding, Stage
from teachkit.grading.registry import predicate


@predicate(Stage.STRUCTURE, rule=1)
def vector_encodings(subject: Subject, pair: list[str]) -> Finding | None:
    """Demand that two inputs are vectors, and no maps, where they are compared.

    Arguments:
        subject: the model.
        pair: roles of the two inputs.
    """
    a, b = pair
    first = None if subject.is_closed else meeting(subject, a, b)
    structure = subject.structure
    # A layer of the author's own may make vectors and compare them in one.
    if first is None or structure.nodes[first].meaning.type.startswith("own "):
        return None
    where = sides(subject, a, b)
    for read in structure.nodes[first].reads:
        shape = structure.shape(read.source, read.index)
        alone = where[read.source] in {Side.LEFT, Side.RIGHT}
        if alone and shape is not None and _is_map(shape[1:]):
            return Finding(
                f"{structure.name(first)} compares tensors of shape "
                f"{shape_told(shape[1:])}, place by place.",
                "The encoder should end in a vector: a digit that is moved by a pixel "
                "is another map, and may be nearly the same vector.",
                "Which layer makes a vector of a map, and is it before or behind the "
                "step in which both sides meet?",
                structure.paths([read.source, first]),
                misconception="M07",
            )
    return None


@predicate(Stage.STRUCTURE, rule=4)
def given_weights(subject: Subject, name: str) -> Finding | None:
    """Demand that all weights of a model are those of a given one, the same objects.

    Arguments:
        subject: the model.
        name: of the given model.
    """
    given = subject.case.namespace.get(name)
    ours = {id(weight) for weight in getattr(given, "weights", ())}
    others = [weight for weight in subject.model.weights if id(weight) not in ours]
    if not ours or not others:
        return None
    numbers = sum(_size(weight) for weight in others)
    names = ", ".join(dict.fromkeys(weight.path for weight in others[:2]))
    return Finding(
        f"{counted(len(others), 'weight')} of your model, {numbers:,} numbers, "
        f"{'is' if len(others) == 1 else 'are'} not of `{name}`: {names}"
        f"{', …' if len(others) > 2 else ''}.",
        f"So these numbers are others than what `{name}` has learnt.",
        f"Which line makes them, and where is `{name}` called?",
        misconception="M02",
    )


def _is_map(shape: tuple[int | None, ...]) -> bool:
    """Tell whether numbers are spread over more than one axis."""
    return sum(size != 1 for size in shape) > 1


def _size(weight: Any) -> int:
    found = 1
    for axis in weight.shape:
        found *= int(axis)
    return found
