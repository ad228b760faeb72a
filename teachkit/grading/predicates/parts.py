"""The layers that a picture or a prompt shows: kind, size and activation of each."""

from __future__ import annotations

from dataclasses import dataclass

from teachkit.grading.evidence.settings import activations, of_kinds, size
from teachkit.grading.evidence.structure import Structure
from teachkit.grading.evidence.subject import Subject
from teachkit.grading.findings import Finding, Stage
from teachkit.grading.registry import predicate

_CLOSED = ("own ", "model ")
"""Steps with code of their own: what they are, nobody can tell by their class."""


@dataclass(frozen=True, slots=True)
class _Part:
    """One layer of the exercise: `LSTM|GRU 32`, `Dense 16 relu`, `Dense 1 linear`."""

    kinds: str
    units: int | None
    activation: str

    @property
    def kind(self) -> str:
        return self.kinds.split("|")[0]

    @property
    def words(self) -> str:
        size = f" with {self.units} {_unit(self.kind)}" if self.units else ""
        bend = self.activation if self.activation not in {"", "linear"} else ""
        return f"{self.kind}{size}{' and ' * bool(bend)}{bend}"


@predicate(Stage.STRUCTURE, inside=True)
def parts(subject: Subject, layers: list[str]) -> Finding | None:
    """Demand layers of some kinds and sizes; there may be more of them.

    Arguments:
        subject: the model.
        layers: `Dense 16 relu`, `Dense 1`, `LSTM|GRU 32`, `Dense 4 linear`.
    """
    structure = subject.structure
    if _has_closed(structure):
        return None
    taken: set[str] = set()
    missing: list[_Part] = []
    for part in sorted(map(_part, layers), key=lambda one: not one.activation):
        fitting = [
            n
            for n in of_kinds(structure, part.kinds)
            if _owner(structure, n) not in taken and _fits(structure, n, part)
        ]
        if fitting:
            taken.add(_owner(structure, fitting[0]))
        else:
            missing.append(part)
    return _missing(structure, missing[0], taken) if missing else None


@predicate(Stage.STRUCTURE, inside=True)
def in_order(subject: Subject, layers: list[str]) -> Finding | None:
    """Demand that layers of some kinds and sizes follow one another.

    Arguments:
        subject: the model.
        layers: as those of `parts`; others may stand between them.
    """
    structure = subject.structure
    if _has_closed(structure):
        return None
    wanted = [_part(text) for text in layers]
    before: list[int] = []
    for place, part in enumerate(wanted):
        steps = [
            n for n in of_kinds(structure, part.kinds) if _fits(structure, n, part)
        ]
        behind = [n for n in steps if structure.upstream(n).intersection(before)]
        if place and not behind:
            return _other_order(structure, wanted, place, [*before, *steps])
        before = behind if place else steps
    return None


@predicate(Stage.STRUCTURE, inside=True)
def reads_all(subject: Subject, layer: str) -> Finding | None:
    """Demand a layer behind the place where all inputs have met.

    Arguments:
        subject: the model.
        layer: as one of `parts`.
    """
    structure = subject.structure
    part = _part(layer)
    steps = [n for n in of_kinds(structure, part.kinds) if _fits(structure, n, part)]
    if _has_closed(structure) or any(
        structure.reached_by[n] == frozenset(structure.inputs) for n in steps
    ):
        return None
    return Finding(
        f"I find no {part.words} behind the step where all inputs meet.",
        "So no such layer can weigh them against each other.",
        "Walk forward from the join: which layers read what it makes?",
        structure.paths(steps),
    )


def _has_closed(structure: Structure) -> bool:
    types = [structure.nodes[n].meaning.type for n in structure.of_kind("weighted")]
    return any(name.startswith(_CLOSED) for name in types)


def _other_order(
    structure: Structure, wanted: list[_Part], place: int, steps: list[int]
) -> Finding:
    one, other = wanted[place - 1 : place + 1]
    return Finding(
        f"I find no {other.words} behind {_article(one.kind)} {one.words}.",
        f"The exercise has {', then '.join(part.words for part in wanted)}.",
        "Walk forward from the input: which layer comes first?",
        structure.paths(steps),
    )


def _part(text: str) -> _Part:
    kinds, *rest = text.split()
    units = next((int(word) for word in rest if word.isdigit()), None)
    return _Part(kinds, units, next((w for w in rest if not w.isdigit()), ""))


def _fits(structure: Structure, number: int, part: _Part) -> bool:
    if part.units is not None and size(structure, number) != part.units:
        return False
    have = activations(structure, number)
    if part.activation == "linear":
        return not have
    return not part.activation or part.activation in have


def _owner(structure: Structure, number: int) -> str:
    return structure.nodes[number].owner or f"#{number}"


def _missing(structure: Structure, part: _Part, taken: set[str]) -> Finding:
    left = [
        n for n in of_kinds(structure, part.kinds) if _owner(structure, n) not in taken
    ]
    for number in left:
        if size(structure, number) == part.units:
            return _other_activation(structure, number, part)
    if left:
        have = size(structure, left[0])
        return Finding(
            f"I see {have} {_unit(part.kind)} in {structure.name(left[0])}.",
            f"The exercise has {_article(part.kind)} {part.words} in its place.",
            "Compare the numbers of the prompt with yours, layer by layer.",
            structure.paths(left[:1]),
            facts={"have": have, "units": part.units},
        )
    return Finding(
        f"I find no {part.words} in your model.",
        "The exercise has one.",
        "Compare the layers of the prompt with yours, one by one.",
        structure.paths(of_kinds(structure, part.kinds)),
    )


def _other_activation(structure: Structure, number: int, part: _Part) -> Finding:
    have = activations(structure, number)
    name = structure.name(number)
    if have:
        return Finding(
            f"I see {have[0]} behind {name}.",
            f"The exercise has {part.activation or 'another activation'} there.",
            "Compare the activations of the prompt with yours.",
            structure.paths([number]),
        )
    return Finding(
        f"I see no activation behind {name}: it is linear here.",
        f"The exercise has {part.activation}. Two linear layers in a row are no more "
        "than one linear layer.",
        f"Look at how '{structure.nodes[number].path}' is made.",
        structure.paths([number]),
        misconception="M13",
    )


def _article(kind: str) -> str:
    return "an" if kind[0] in "AEIOU" or kind.startswith("LSTM") else "a"


def _unit(kind: str) -> str:
    if kind.startswith("Conv"):
        return "filters"
    return "numbers per word" if kind == "Embedding" else "units"
