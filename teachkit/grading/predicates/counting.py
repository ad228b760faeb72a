"""How many layers and parameters, and which shapes there are."""

from __future__ import annotations

from teachkit.grading.evidence.equivalence import same_function
from teachkit.grading.evidence.numbers import counted, shape_told
from teachkit.grading.evidence.subject import Subject
from teachkit.grading.findings import Finding, Stage
from teachkit.grading.registry import predicate


@predicate(Stage.STRUCTURE)
def params(
    subject: Subject,
    total: int | list[int] | None = None,
    *,
    trainable: int | None = None,
    max: int | None = None,
) -> Finding | None:
    """Demand a number of parameters, each counted once.

    Arguments:
        subject: the model.
        total: of all; several are told as a list.
        trainable: of those that train.
        max: at most so many.
    """
    graph = subject.graph
    have = graph.params
    totals = [total] if isinstance(total, int) else total
    if totals is not None and have not in totals:
        return _other_count(subject, have, totals[0])
    learning = sum(weight.size for weight in graph.weights if weight.trainable)
    if trainable is not None and learning != trainable:
        return _other_count(subject, learning, trainable, "trainable ")
    if max is not None and have > max:
        return _too_many(subject, max)
    return None


def _too_many(subject: Subject, most: int) -> Finding:
    """Tell the largest layer that the solution does not have, and what it reads."""
    graph, reference = subject.graph, subject.reference
    known = reference.graph.layers if reference is not None else ()
    usual = {(layer.type, layer.params) for layer in known}
    layers = [layer for layer in graph.layers if layer.family != "model"]
    widest = sorted(
        layers, key=lambda layer: ((layer.type, layer.params) in usual, -layer.params)
    )
    own = widest[0]
    specs = [
        spec for call in graph.calls if call.id in own.calls for spec in call.inputs
    ]
    shape = specs[0].shape if specs else None
    reads = f": it reads {shape[-1]:,} numbers" if shape and shape[-1] else ""
    return Finding(
        f"I count {graph.params:,} parameters; '{own.name}' ({own.type}) alone has "
        f"{own.params:,}{reads}.",
        f"At most {most:,} are allowed.",
        f"Look at the tensor that '{own.name}' reads: where do its numbers come from?",
        own.calls[:1],
    )


@predicate(Stage.STRUCTURE, inside=True)
def count(
    subject: Subject,
    op: str,
    n: int,
    *,
    min: int | None = None,
) -> Finding | None:
    """Demand a number of layers or operations of a kind, however they are written.

    Arguments:
        subject: the model.
        op: `Dense`, `add`, `relu`, `weighted` for all layers with weights.
        n: how many; a shared layer counts once.
        min: at least so many will do.
    """
    structure = subject.structure
    steps = structure.of_kind(op)
    have = len(structure.owners(steps))
    if have == n or (min is not None and have >= min):
        return None
    wanted = subject.reference
    if wanted and _is_hidden(subject, wanted, op) and same_function(subject, wanted):
        return None
    return Finding(
        f"I count {counted(have, _named(op))}.",
        f"The exercise has {n}.",
        "Compare them one by one with the picture.",
        structure.paths(steps),
        facts={"have": have, "n": n},
    )


def _is_hidden(subject: Subject, reference: Subject, op: str) -> bool:
    """Tell whether layers of the author's own may have what is counted in them."""
    weighted = {layer.type for layer in reference.graph.layers if layer.params}
    return op in weighted and any(
        x.params and x.family == "custom" for x in subject.graph.layers
    )


def _other_count(subject: Subject, have: int, wanted: int, word: str = "") -> Finding:
    layers = [x for x in subject.graph.layers if x.params and x.family != "model"]
    parts = " + ".join(f"{x.params:,} ('{x.name}')" for x in layers[:8])
    sum_told = f": {parts}" if layers else ""
    return Finding(
        f"I count {have:,} {word}parameters{sum_told}.",
        f"The model of the exercise has {wanted:,}.",
        "Which layer has another number than (inputs + 1) × units would give?",
        tuple(x.calls[0] for x in layers if x.calls),
        facts={"have": have, "wanted": wanted},
    )


def _named(op: str) -> str:
    return "layer with weights" if op == "weighted" else f"{op} layer"


@predicate(Stage.STRUCTURE, inside=True)
def has(subject: Subject, op: str | list[str]) -> Finding | None:
    """Demand at least one layer or operation of each kind; `A|B` for either."""
    structure = subject.structure
    for name in [op] if isinstance(op, str) else op:
        if not any(structure.of_kind(one) for one in name.split("|")):
            kinds = " or ".join(name.split("|"))
            return Finding(
                f"I find no {kinds} among the steps of your model.",
                "The exercise is about it.",
                "Which line should make it, and does its tensor lead to the output?",
            )
    return None


@predicate(Stage.STRUCTURE, inside=True)
def no(subject: Subject, op: str | list[str]) -> Finding | None:
    """Demand that there is no layer or operation of a kind."""
    structure = subject.structure
    for name in [op] if isinstance(op, str) else op:
        steps = structure.of_kind(name)
        if steps:
            return Finding(
                f"I see {structure.name(steps[0])}.",
                f"The rules of this exercise are: no {name}.",
                "How can the same be written without it?",
                structure.paths(steps),
            )
    return None


@predicate(Stage.STRUCTURE, inside=True)
def shape_at(subject: Subject, shape: list[int], *, op: str = "") -> Finding | None:
    """Demand a tensor of a shape (of one sample) on the way to an output.

    Arguments:
        subject: the model.
        shape: of one sample.
        op: the kind of step that makes it: `concatenate|add`.
    """
    structure = subject.structure
    wanted = tuple(shape)
    numbers = list(range(len(structure.nodes)))
    if op:
        numbers = [n for kind in op.split("|") for n in structure.of_kind(kind)]
    shapes = {n: structure.shape(n) for n in numbers}
    if any(s is not None and s[1:] == wanted for s in shapes.values()):
        return None
    added = structure.of_kind("add")
    if not numbers and added and "concatenate" in op:
        return _added(subject, added[0], wanted)
    have = dict.fromkeys(shape_told(s[1:]) for s in shapes.values() if s)
    what = f" made by {op.replace('|', ' or ')}" if op else ""
    return Finding(
        f"I see no tensor of shape {shape_told(wanted)}{what}.",
        f"The shapes there are: {', '.join(list(have)[:8]) or 'none'}.",
        "Compare the shapes step by step with the picture.",
        structure.paths(list(numbers)[:8]) if op else (),
    )


def _added(subject: Subject, number: int, wanted: tuple[int, ...]) -> Finding:
    structure = subject.structure
    shape = structure.shape(number)
    return Finding(
        f"I see {structure.name(number)}, and no Concatenate.",
        f"Added up, the shape is {shape_told(shape[1:] if shape else None)}; laid side "
        f"by side, it is {shape_told(wanted)}.",
        "Look at the step where the tensors meet: are both still there behind it?",
        structure.paths([number]),
        misconception="M09",
    )
