"""How wide layers of a kind are: their units or filters."""

from __future__ import annotations

from teachkit.grading.evidence.numbers import counted
from teachkit.grading.evidence.settings import of_kinds, size
from teachkit.grading.evidence.subject import Subject
from teachkit.grading.findings import Finding, Stage
from teachkit.grading.registry import predicate


@predicate(Stage.STRUCTURE, inside=True)
def width(
    subject: Subject, units: int, *, op: str = "Dense", n: int = 1
) -> Finding | None:
    """Demand layers of a kind that are so wide: units, filters or numbers per row.

    Arguments:
        subject: the model.
        units: of one layer.
        op: the kind: `LSTM|GRU` for either.
        n: at least so many layers; a shared one counts once.
    """
    structure = subject.structure
    steps = of_kinds(structure, op)
    wide = [number for number in steps if size(structure, number) == units]
    if len(structure.owners(wide)) >= n:
        return None
    kinds = op.replace("|", " or ")
    sizes = {structure.name(number): size(structure, number) for number in steps}
    have = ", ".join(f"{name} with {wide}" for name, wide in sizes.items())
    return Finding(
        f"I see {have}." if have else f"I see no {kinds}.",
        f"The exercise has {counted(n, f'{kinds} layer')} with {units}.",
        "Look at the first number in the brackets of each.",
        structure.paths(steps),
    )
