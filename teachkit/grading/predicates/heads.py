"""Several outputs: what they share, and what each has for itself."""

from __future__ import annotations

from teachkit.grading.evidence.gradients import layers_told, layers_with, served
from teachkit.grading.evidence.subject import Subject
from teachkit.grading.findings import Finding, Stage
from teachkit.grading.registry import predicate
from teachkit.graph import Layer, Weight

Served = dict[str, frozenset[str]]


@predicate(Stage.BEHAVIOUR)
def trunk(
    subject: Subject, heads: list[str] | str = "all", *, op: str = ""
) -> Finding | None:
    """Demand a trunk that serves all heads, and weights of its own for each head.

    It is told by gradients: which kernels move which output.

    Arguments:
        subject: the model.
        heads: roles of the outputs, or `all`.
        op: a kind of layer that must be among those of the trunk: `Conv2D`.
    """
    roles = list(subject.outputs) if isinstance(heads, str) else heads
    found = served(subject)
    rows = {role: found[role] for role in roles}
    for role, weights in rows.items():
        if not weights:
            return _no_weights(subject, role)
    common = frozenset.intersection(*rows.values())
    if not common:
        return _no_trunk(subject, rows)
    if op and not any(
        layer.type in op.split("|") for layer in _all_with(subject, common)
    ):
        return _other_trunk(subject, op, common)
    for role, weights in rows.items():
        others = frozenset().union(*(rows[one] for one in rows if one != role))
        if not weights - others:
            return _nothing_private(subject, role, rows)
    return None


@predicate(Stage.BEHAVIOUR, rule=5)
def no_dead_weights(subject: Subject) -> Finding | None:
    """Demand that each kernel or table that trains moves some output."""
    alive = frozenset().union(*served(subject).values())
    kernels = {w.id for w in subject.graph.weights if w.trainable and _is_kernel(w)}
    dead = layers_with(subject, kernels - alive)
    if not dead:
        return None
    return Finding(
        f"I moved the weights of {layers_told(dead)}, and no output moved.",
        "So no gradient reaches them: they stay at the random numbers of their start.",
        f"Walk from '{dead[0].name}' to the output: where does its tensor get lost?",
        tuple(call for layer in dead for call in layer.calls[:1]),
        misconception="M04",
    )


def _is_kernel(weight: Weight) -> bool:
    """Tell a kernel or table from a bias; that of attention has an axis of heads.

    The bias of the keys moves nothing at all: a softmax loses what all places share.
    """
    return len(weight.shape) > 1 and "bias" not in weight.id.rpartition("/")[2]


def _all_with(subject: Subject, weights: frozenset[str]) -> list[Layer]:
    layers = layers_with(subject, weights)
    closed = any(layer.family == "custom" for layer in layers)
    return layers if not closed else list(subject.graph.layers)


def _other_trunk(subject: Subject, op: str, common: frozenset[str]) -> Finding:
    layers = layers_with(subject, common)
    return Finding(
        f"I see that all heads share {layers_told(layers)}.",
        f"The trunk of the exercise has a {op.split('|')[0]}.",
        "What do all heads read, and what made it out of the input?",
        tuple(call for layer in layers for call in layer.calls[:1]),
    )


def _no_weights(subject: Subject, role: str) -> Finding:
    return Finding(
        f"I see no layer whose weights move '{role}'.",
        "So training can change nothing about it.",
        f"Which layer makes '{role}', and which tensor does it read?",
        (subject.outputs[role].call,),
    )


def _no_trunk(subject: Subject, rows: Served) -> Finding:
    parts = [
        f"'{role}' is moved by {layers_told(layers_with(subject, weights))}"
        for role, weights in rows.items()
    ]
    apart = "two" if len(rows) == 2 else str(len(rows))
    return Finding(
        f"I see that {'; '.join(parts)}.",
        f"No weight serves all of them: these are {apart} models in one coat, and what "
        "one head learns helps no other.",
        "Which tensor should all heads read?",
        tuple(subject.outputs[role].call for role in rows),
        rule=4,
        misconception="M17",
    )


def _nothing_private(subject: Subject, role: str, rows: Served) -> Finding:
    """Tell of a head all of whose weights serve another one, too."""
    other = max(
        (one for one in rows if one != role),
        key=lambda one: len(rows[role] & rows[one]),
    )
    ends = subject.outputs
    if _is_upstream(subject, role, other):
        return Finding(
            f"I see that '{other}' is computed from '{role}': every layer behind "
            f"'{role}' moves '{other}', too.",
            f"So the loss of '{other}' pulls at the head of '{role}', and sees only "
            "what this head lets through.",
            f"Walk back from '{other}': which tensor should it read?",
            (ends[role].call, ends[other].call),
            rule=2,
            misconception="M03",
        )
    shared = layers_with(subject, rows[role])
    return Finding(
        f"I see no layer that serves '{role}' alone: {layers_told(shared)} "
        f"{'serves' if len(shared) == 1 else 'serve'} '{other}', too.",
        "So both come out of the same weights, and cannot learn apart.",
        f"Give '{role}' a layer of its own that reads the trunk.",
        (ends[role].call, ends[other].call),
        rule=2,
        misconception="M17",
    )


def _is_upstream(subject: Subject, first: str, second: str) -> bool:
    """Tell whether an output is computed from the tensor of another one."""
    structure = subject.structure
    steps = dict(zip(subject.graph.outputs, structure.outputs, strict=False))
    one, other = (steps.get(subject.outputs[role]) for role in (first, second))
    if one is None or other is None or one == other:
        return False
    made = structure.nodes[one].reads[0].source
    return made in structure.upstream(other)
