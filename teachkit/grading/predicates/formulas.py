"""Whether a model computes a formula, whatever layers it is made of."""

from __future__ import annotations

from typing import Any

import numpy as np

from teachkit.grading.evidence.alignment import Compared, compared
from teachkit.grading.evidence.at_once import Values
from teachkit.grading.evidence.differences import difference_of
from teachkit.grading.evidence.numbers import told
from teachkit.grading.evidence.relations import (
    Array,
    Relation,
    all_same,
    relation_of,
    relation_told,
)
from teachkit.grading.evidence.subject import Subject, subject_of
from teachkit.grading.findings import Finding, Stage
from teachkit.grading.registry import predicate

_SHOWN = 3
"""Numbers of a sample that a sentence has."""


@predicate(Stage.BEHAVIOUR, rule=6)
def computes(
    subject: Subject,
    source: str = "formula",
    *,
    output: str | None = None,
    factor: str = "",
) -> Finding | None:
    """Demand the function of the solution, with the weights set by their roles.

    Arguments:
        subject: the model.
        source: where the student has it from: `formula`, `picture`.
        output: role; by default the first.
        factor: what the formula multiplies its only input with: `gate`.
    """
    reference = subject.reference
    if reference is None:
        return None
    role = subject.output(output)
    found = compared(subject, reference, role)
    if found is None:
        return _other_sizes(subject, reference, source)
    if any(mine.shape != wanted.shape for mine, wanted in found.pairs):
        return difference_of(subject, reference, source)
    if all_same(found.pairs):
        return None
    return _explained(subject, reference, (source, factor), found)


@predicate(Stage.BEHAVIOUR)
def same_sizes(subject: Subject, total: int, source: str = "formula") -> Finding | None:
    """Demand a number of parameters, and tell which layer has others than wanted.

    Arguments:
        subject: the model.
        total: of all parameters.
        source: where the student has the sizes from: `formula`, `picture`.
    """
    have = subject.graph.params
    if have == total:
        return None
    if subject.reference is None:
        return Finding(
            f"I count {have:,} parameters.", f"The {source} leads to {total:,}."
        )
    return _other_sizes(subject, subject.reference, source)


@predicate(Stage.BEHAVIOUR, rule=6)
def same_numbers(subject: Subject, name: str) -> Finding | None:
    """Demand the outputs of a given model, both with the weights that they have.

    Nothing is re-drawn: what is judged are the numbers in the weights.

    Arguments:
        subject: the model.
        name: of the given model among the names of the answer.
    """
    other = subject.case.namespace.get(name)
    given = subject_of(name, other, subject.case)
    pairs = [_at_own_weights(subject, given, draw) for draw in range(3)]
    if any(mine.shape != wanted.shape for mine, wanted in pairs):
        return Finding(
            f"The outputs of '{subject.name}' and `{name}` have other shapes: "
            f"{pairs[0][0].shape[1:]} and {pairs[0][1].shape[1:]}.",
            "So they cannot be the same function.",
        )
    if all(np.allclose(m, w, 1e-4, 1e-4) for m, w in pairs):
        return None
    relation = relation_of(pairs)
    return _unequal(subject, f"`{name}`", pairs, relation)


def _at_own_weights(one: Subject, given: Subject, draw: int) -> tuple[Array, Array]:
    arrays = given.given(draw)
    mine = dict(zip(one.inputs, arrays.values(), strict=False))
    return (
        next(iter(one.run(mine, None).values())),
        next(iter(given.run(arrays, None).values())),
    )


def _unequal(
    subject: Subject,
    whose: str,
    pairs: list[tuple[Array, Array]],
    relation: Relation,
) -> Finding:
    draw, sample, number = relation.place
    mine, wanted = (np.ravel(array[sample])[number] for array in pairs[draw])
    rule = relation_told(relation, whose)
    example = (
        f"For one random sample, number {number + 1} is {told(mine)} in yours and "
        f"{told(wanted)} in {whose}."
    )
    look = "How do the kernels, and how do the biases, of the two arms come together?"
    if not rule and relation.largest < 0.25 * relation.spread:
        rule = (
            f"The largest gap to {whose} over {relation.samples} samples is "
            f"{told(relation.largest)}: close is not equal."
        )
        look = "The weights can be calculated; they need no training."
    return Finding(
        rule or example,
        example
        if rule
        else f"The gap is not constant: it reaches "
        f"{told(relation.largest)} over {relation.samples} samples.",
        look,
        facts={"ratio": relation.ratio, "gap": relation.gap},
    )


def _other_sizes(subject: Subject, reference: Subject, source: str) -> Finding:
    """Tell the first layer of another size, and what that does to the count."""
    finding = difference_of(subject, reference, source)
    have, wanted = subject.graph.params, reference.graph.params
    if have == wanted:
        return finding
    count = f"Your model has {have:,} params; the {source} leads to {wanted:,}."
    return Finding(
        finding.see,
        f"{finding.so} {count}",
        finding.look,
        finding.calls,
        finding.rule,
        finding.misconception,
        {**finding.facts, "params": have},
    )


def _explained(
    subject: Subject,
    reference: Subject,
    words: tuple[str, str],
    found: Compared,
) -> Finding:
    source, factor = words
    pairs, relation = found.pairs, relation_of(found.pairs)
    draw, sample, number = relation.place
    mine, wanted = (np.ravel(array[sample])[number] for array in pairs[draw])
    given = {key: array[sample] for key, array in found.given[draw].items()}
    # Output number k beside the number k of an input of the same shape.
    at = _at(given, pairs[draw][1][sample].shape, number)
    if factor:
        x = np.ravel(next(iter(given.values())))[number]
        at += f" the {factor} is {told(wanted / x)}:"
    example = f"At {at} the {source} gives {told(wanted)}, your model {told(mine)}."
    rule = relation_told(relation, f"the {source}")
    difference = difference_of(subject, reference, source)
    return Finding(
        rule or example,
        " ".join(
            part
            for part in (example if rule else "", difference.see, difference.so)
            if part
        ),
        difference.look,
        difference.calls,
        difference.rule,
        difference.misconception,
        {"yours": told(mine), "wanted": told(wanted), "ratio": relation.ratio},
    )


def _at(given: Values, shape: tuple[int, ...], number: int) -> str:
    parts = []
    for role, array in given.items():
        if array.shape == shape and array.size > 1 and len(given) == 1:
            value = told(np.ravel(array)[number])
            parts.append(f"{role} = {value} (number {number + 1} of {array.size})")
        else:
            parts.append(f"{role} = {_numbers(array)}")
    return ", ".join(parts)


def _numbers(array: Any) -> str:
    flat = np.ravel(array)
    shown = ", ".join(told(value) for value in flat[:_SHOWN])
    if flat.size == 1:
        return shown
    return f"[{shown}{', …' if flat.size > _SHOWN else ''}]"
