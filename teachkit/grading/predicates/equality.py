"""Whether an answer is the same model as that of the solution, and what is not."""

from __future__ import annotations

from teachkit.grading.evidence.differences import difference_of
from teachkit.grading.evidence.equivalence import same_function, same_wiring
from teachkit.grading.evidence.subject import Subject
from teachkit.grading.findings import Finding, Stage
from teachkit.grading.registry import predicate


@predicate(Stage.BEHAVIOUR, rule=2)
def equivalent(subject: Subject, *, source: str = "picture") -> Finding | None:
    """Demand the function of the solution: with the same weights, the same numbers.

    A graph that differs from that of the solution in nothing but names, and the order
    of what is joined, will do, too.

    Arguments:
        subject: the answer.
        source: what the student builds from, in words: `picture`, `given model`.
    """
    reference = subject.reference
    if reference is None or not differs_from(subject, reference):
        return None
    return difference_of(subject, reference, source)


@predicate(Stage.STRUCTURE, rule=2, inside=True)
def same_graph(subject: Subject) -> Finding | None:
    """Demand the graph of the solution, but for names and the order of arms."""
    reference = subject.reference
    if reference is None or same_wiring(subject, reference):
        return None
    return difference_of(subject, reference)


def differs_from(subject: Subject, reference: Subject) -> bool:
    """Tell whether a model computes something else than another one."""
    return not same_wiring(subject, reference) and not same_function(subject, reference)
