"""What is different from the solution, told without telling the solution."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import numpy as np

from teachkit.errors import ModelError
from teachkit.grading.evidence import wirings
from teachkit.grading.evidence.equivalence import loose
from teachkit.grading.evidence.numbers import counted, told
from teachkit.grading.evidence.steps import (
    MERGES,
    Step,
    arrows,
    chain_of,
    named,
    sources,
    steps_of,
    value_told,
)
from teachkit.grading.evidence.structure import Structure
from teachkit.grading.evidence.subject import Subject
from teachkit.grading.findings import Finding

_FIRST = (
    "units",
    "filters",
    "output_dim",
    "kernel_size",
    "pool_size",
    "strides",
    "padding",
    "use_bias",
)
"""Settings that are told before others."""

Asks = Callable[[], Finding | None]


def difference_of(
    subject: Subject, reference: Subject, source: str = "picture"
) -> Finding:
    """Return the first thing that a student can see to be different.

    Arguments:
        subject: the answer.
        reference: the solution.
        source: what the student builds from: `picture`, `formula`.
    """
    mine = Structure(loose(subject.normal))
    theirs = Structure(loose(reference.normal))
    different = _Different(mine, theirs, source)
    asked: tuple[Asks, ...] = (
        lambda: wirings.repeated(mine, theirs, source),
        lambda: wirings.shared(mine, theirs, source),
        lambda: wirings.average_of_average(mine, theirs, source),
        different.merges,
        different.counts,
        different.layers,
        lambda: wirings.other_order(mine, theirs, source),
        lambda: wirings.chained(mine, theirs, source),
        lambda: wirings.other_reading(mine, theirs, source),
    )
    for ask in asked:
        finding = ask()
        if finding is not None:
            return finding
    return _other_numbers(subject, source)


class _Different:
    """Compares the layers of two models, whatever their order is."""

    def __init__(self, mine: Structure, theirs: Structure, source: str) -> None:
        self.mine, self.theirs, self.source = mine, theirs, source
        self.ours, self.wanted = steps_of(mine), steps_of(theirs)
        self.have = Counter(step.kind for step in self.ours)
        self.need = Counter(step.kind for step in self.wanted)

    def merges(self) -> Finding | None:
        """Tell a merge of another kind, with the widths that go in and come out."""
        extra = [k for k in self.have - self.need if k in MERGES]
        missing = [k for k in self.need - self.have if k in MERGES]
        if not extra or not missing:
            return None
        mine = next(step for step in self.ours if step.kind == extra[0])
        other = next(step for step in self.wanted if step.kind == missing[0])
        read = [self._width(number) for number in sources(self.mine, mine.number)]
        # A formula has no boxes, and to name its layers would be to solve it.
        if self.source == "formula":
            wanted = "does something else with the two"
        else:
            wanted = f"has {named(other.kind)} there"
            if other.width != mine.width:
                wanted += f", and {other.width} come out"
        return Finding(
            f"{self._name(mine)} joins {' and '.join(read)} numbers to {mine.width}.",
            f"The {self.source} {wanted}.",
            "Which merge does what you want with two tensors?",
            self.mine.paths([mine.number]),
            rule=2,
            misconception="M09",
        )

    def counts(self) -> Finding | None:
        """Tell a kind of layer of which there are more or fewer."""
        missing, extra = self.need - self.have, self.have - self.need
        for kind in sorted([*missing, *extra], key=lambda k: k == "reshape"):
            steps = [step for step in self.ours if step.kind == kind]
            sizes = ", ".join(self._sized(step) for step in steps)
            see = f"I count {counted(len(steps), f'{named(kind)} step')} in your graph"
            so = f"The {self.source} has {self.need[kind]}."
            widths = chain_of(self.mine)
            if widths:
                so += f" Yours goes {arrows(widths)}."
            return Finding(
                f"{see}{': ' + sizes if sizes else ''}.",
                so,
                f"Go through the {self.source} step by step: which line makes each?",
                self.mine.paths([step.number for step in steps]),
            )
        return None

    def layers(self) -> Finding | None:
        """Tell a layer with another size, setting or activation."""
        found: list[tuple[int, Step, Step]] = []
        for kind in dict.fromkeys(step.kind for step in self.wanted):
            ours = [step for step in self.ours if step.kind == kind]
            wanted = [step for step in self.wanted if step.kind == kind]
            surplus = _without(ours, wanted)
            lack = _without(wanted, ours)
            for step in surplus:
                if lack:
                    other = max(lack, key=lambda one, s=step: _likeness(s, one))  # type: ignore[misc] # a default is how a lambda keeps its step
                    lack.remove(other)
                    found.append((step.number, step, other))
        for _, step, other in sorted(found, key=lambda entry: entry[0]):
            finding = self._setting(step, other)
            if finding is not None:
                return finding
        for _, step, other in sorted(found, key=lambda entry: entry[0]):
            if step.activation != other.activation:
                return self._activation(step, other.activation)
        return None

    def _setting(self, step: Step, other: Step) -> Finding | None:
        have, need = dict(step.settings), dict(other.settings)
        keys = [key for key in [*_FIRST, *have] if key in have and key in need]
        for key in keys:
            if have[key] == need[key]:
                continue
            if key == "use_bias":
                return self._bias(step, is_there=have[key] == "true")
            return Finding(
                f"I see {_setting_told(key, have[key])} in {self._name(step)}.",
                f"The {self.source} has {value_told(need[key])} there.",
                f"Look at `{key}` in this line.",
                self.mine.paths([step.number]),
            )
        return None

    def _bias(self, step: Step, *, is_there: bool) -> Finding:
        place = [s.number for s in self.ours if self.mine.is_weighted(s.number)]
        number = place.index(step.number) + 1 if step.number in place else 1
        if is_there:
            see, so = "has a bias", f"The {self.source} has none there."
        else:
            see, so = "has no bias", f"b{number} is in the {self.source}."
            if self.source == "picture":
                so = "In the picture it has one: one number more for each unit."
        return Finding(
            f"{self._name(step)} {see}.",
            so,
            "Look at `use_bias` in this line.",
            self.mine.paths([step.number]),
        )

    def _activation(self, step: Step, wanted: str) -> Finding:
        name = self._name(step)
        have = step.activation
        see = f"I see {have} behind {name}."
        if have == "linear":
            see = f"{name} is linear here: no activation follows it."
        so = f"The {self.source} has {'none' if wanted == 'linear' else wanted} there."
        look, code = "Look at the activation in this line.", ""
        if have == "softmax" and step.width == 1:
            so = (
                "With softmax over a single unit every answer is 1.00; I tried 48 "
                "inputs and got 1.00 each time."
            )
            look = "Which activation gives one number between 0 and 1?"
            code = "M20"
        elif have == "linear":
            linear = self._linear_arms() or self._linear_chain(step)
            so, code = f"{so}{linear}", "M13" if "arms" in linear else ""
        calls = self.mine.paths([step.number])
        return Finding(see, so, look, calls, None, code, {"layer": name})

    def _linear_arms(self) -> str:
        """Tell what arms without any activation come to."""
        for step in self.ours:
            if step.kind not in {"concatenate", "add", "average"}:
                continue
            reads = [read.source for read in self.mine.nodes[step.number].reads]
            is_dense = all(self.mine.kind(n) == "dense" for n in reads)
            origins = {tuple(sources(self.mine, n)) for n in reads}
            if is_dense and len(origins) == 1 and len(reads) > 1:
                number = "both" if len(reads) == 2 else f"all {len(reads)}"
                return (
                    f" Without activations {number} arms together are one "
                    f"Dense({step.width})."
                )
        return ""

    def _linear_chain(self, step: Step) -> str:
        readers = self.mine.readers[step.number]
        if step.kind == "dense" and any(self.mine.kind(n) == "dense" for n in readers):
            return " Two linear layers in a row are one linear layer."
        return ""

    def _name(self, step: Step) -> str:
        return self.mine.name(step.number)

    def _sized(self, step: Step) -> str:
        settings = dict(step.settings)
        size = next((settings[k] for k in _FIRST[:3] if k in settings), "")
        return f"{self._name(step)} with {size}" if size else self._name(step)

    def _width(self, number: int) -> str:
        shape = self.mine.shape(number)
        return str(shape[-1]) if shape else "?"


def _setting_told(key: str, value: str) -> str:
    """Return a setting in words: `23 units`, `kernel size 3×3`."""
    if key in {"units", "filters"}:
        return f"{value_told(value)} {key}"
    return f"{key.replace('_', ' ')} {value_told(value)}"


def _without(steps: list[Step], others: list[Step]) -> list[Step]:
    """Return the steps that have no like among others, each like counted once."""
    waiting = Counter(step.look for step in others)
    found = []
    for step in steps:
        if waiting[step.look] > 0:
            waiting[step.look] -= 1
        else:
            found.append(step)
    return found


def _likeness(one: Step, other: Step) -> int:
    alike = sum(a == b for a, b in zip(one.settings, other.settings, strict=False))
    return 2 * alike + (one.activation == other.activation)


def _other_numbers(subject: Subject, source: str) -> Finding:
    role = next(iter(subject.outputs))
    see = f"Your graph has the steps of the {source}, but does not compute the same."
    try:
        value = float(np.ravel(subject.baseline()[role])[0])
        see += f" For one random sample yours gives {told(value)}."
    except ModelError as error:
        see += f" It fails: {error.found}."
    return Finding(
        see,
        "With the same weights the model of the exercise gives another number.",
        f"Compare activations, settings and connections with the {source}.",
    )
