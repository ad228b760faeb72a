"""A Transformer block: what its parts are, and where its shortcuts begin."""

from __future__ import annotations

from itertools import permutations

from teachkit.grading.evidence.numbers import counted
from teachkit.grading.evidence.structure import Structure
from teachkit.grading.evidence.subject import Subject
from teachkit.grading.evidence.transformer_boxes import (
    attentions,
    box_residuals,
    is_box,
)
from teachkit.grading.evidence.transformer_parts import (
    Residual,
    feeding,
    is_activation,
    is_norm,
    residuals_of,
)
from teachkit.grading.findings import Finding, Stage
from teachkit.grading.predicates.counting import params
from teachkit.grading.predicates.equality import differs_from
from teachkit.grading.registry import predicate

_TWO = 2


@predicate(Stage.STRUCTURE, inside=True)
def attention_params(
    subject: Subject, total: int, *, heads: int, key_dim: int
) -> Finding | None:
    """Demand a number of parameters, and heads; tell norms that are used twice.

    Arguments:
        subject: the model.
        total: all weights, each once.
        heads: of the attention, if it is a layer of Keras.
        key_dim: of each head.
    """
    finding = params(subject, total)
    others = _other_heads(subject, heads, key_dim, finding)
    if finding is None or others is not None:
        return others
    structure = subject.structure
    # How often a box calls its norms cannot be seen.
    norms = None if is_box(structure) else _other_norms(structure, finding)
    return norms or finding


@predicate(Stage.STRUCTURE, rule=3)
def transformer_residuals(subject: Subject) -> Finding | None:
    """Demand a shortcut around attention, then one around the feed-forward part.

    Each begins at the tensor that its own part reads. A norm may stand on the long way.
    """
    if subject.is_closed or _is_reference(subject):
        return None
    structure = subject.structure
    if is_box(structure):
        return box_residuals(subject)
    found = residuals_of(structure)
    attending = [one for one in found if one.attends and not one.feeds]
    fed = [one for one in found if one.feeds and not one.attends]
    mixed = [one for one in found if one.attends and one.feeds]
    if attending and fed:
        return _in_order(structure, attending, fed) or _norm_on_the_way(
            structure, [*attending, *fed]
        )
    if attending and mixed:
        return _starts_too_early(structure, mixed[0], attending[0])
    what = "the feed-forward part" if attending else "attention"
    return _no_shortcut(structure, what, mixed)


@predicate(Stage.STRUCTURE, rule=6)
def feed_forward(subject: Subject, activation: str = "relu") -> Finding | None:
    """Demand an activation between the layers of the feed-forward part, and no other.

    Arguments:
        subject: the model.
        activation: its name.
    """
    structure = subject.structure
    if subject.is_closed or is_box(structure) or _is_reference(subject):
        return None
    dense = feeding(structure)
    names = {activation, "maximum"} if activation == "relu" else {activation}
    steps = range(len(structure.nodes))
    bends = {n for n in steps if is_activation(structure, n)}
    other: set[int] = set()
    for first, second in permutations(dense, 2):
        between = structure.downstream(first) & structure.upstream(second)
        if names & {structure.kind(n) for n in between}:
            return _bent_elsewhere(structure, bends - between)
        other |= bends & between
    kinds = sorted({structure.kind(n) for n in other} - {"softmax"})
    return Finding(
        f"I see {kinds[0] if kinds else f'no {activation}'} between the two layers of "
        "the feed-forward part.",
        f"The picture has {activation} there."
        if kinds
        else "Without one, two layers in a row are one linear layer.",
        "Compare what follows the wide layer with the picture.",
        structure.paths(dense),
    )


@predicate(Stage.STRUCTURE, inside=True)
def norms_after_sums(subject: Subject) -> Finding | None:
    """Demand that each norm reads a sum, as it was first done."""
    structure = subject.structure
    for number in range(len(structure.nodes)):
        if not is_norm(structure, number):
            continue
        source = structure.nodes[number].reads[0].source
        if structure.kind(source) != "add":
            return Finding(
                f"{structure.name(number)} stands before its part; in the picture it "
                "comes after the sum.",
                "Both are used: the norm in front makes deep stacks easier to train.",
                "",
                structure.paths([number]),
            )
    return None


def _other_heads(
    subject: Subject, heads: int, key_dim: int, count: Finding | None
) -> Finding | None:
    """Return what is told of attention with other heads; their weights may be as many.

    Arguments:
        subject: the model.
        heads: of the picture.
        key_dim: of each of them.
        count: what is told of the number of weights, if it is another one.
    """
    for layer in attentions(subject):
        have = layer.num_heads, layer.key_dim
        if have == (heads, key_dim):
            continue
        see, so = f"'{layer.name}' has {counted(have[0], 'head')} of {have[1]}.", ""
        if count is None:
            so = " There are as many weights, but each head compares other numbers."
        structure = subject.structure
        found = structure.of_kind("MultiHeadAttention")
        lit = [n for n in found if layer.name in structure.name(n)]
        return Finding(
            f"{see} {count.see}" if count else see,
            f"The picture has {counted(heads, 'head')} of {key_dim}."
            + (f" {count.so}" if count else so),
            "MultiHeadAttention(num_heads, key_dim): which number is which?",
            structure.paths(lit),
        )
    return None


def _bent_elsewhere(structure: Structure, bends: set[int]) -> Finding | None:
    """Tell of an activation too many; the softmax of attention by hand is none."""
    for number in sorted(bends):
        if structure.kind(number) == "softmax":
            continue
        source = structure.nodes[number].reads[0].source
        return Finding(
            f"{structure.kind(number)} follows {structure.name(source)}, too.",
            "In the picture its numbers go on as they are, also the negative ones.",
            "Which layer of the picture has an activation, and which has none?",
            structure.paths([source]),
        )
    return None


def _is_reference(subject: Subject) -> bool:
    """Tell whether a model is that of the solution, however it is written."""
    return subject.reference is not None and not differs_from(
        subject, subject.reference
    )


def _in_order(
    structure: Structure, attending: list[Residual], fed: list[Residual]
) -> Finding | None:
    joins = [
        (one.join, structure.upstream(two.join)) for one in attending for two in fed
    ]
    if any(join in before for join, before in joins):
        return None
    return Finding(
        "I see a shortcut around each part, but attention does not come first.",
        "In the picture the feed-forward part reads what attention made.",
        "Which part should read the input?",
        structure.paths([attending[0].join, fed[0].join]),
    )


def _norm_on_the_way(structure: Structure, found: list[Residual]) -> Finding | None:
    for one in found:
        if is_norm(structure, one.end):
            return Finding(
                f"{structure.name(one.end)} stands on the long way, right before "
                f"{structure.name(one.join)}.",
                "So the part is normed, but not the sum: it grows from block to block.",
                "Each part: work, add, norm. What comes before what?",
                structure.paths([one.end, one.join]),
            )
    return None


def _starts_too_early(
    structure: Structure, mixed: Residual, right: Residual
) -> Finding:
    return Finding(
        f"{structure.name(mixed.join)} adds {structure.name(mixed.start)}, where the "
        "block begins, to what comes of the feed-forward part.",
        "In the picture the second shortcut begins at the output of the first norm, "
        "the tensor that the feed-forward part reads.",
        "Which tensor should both the feed-forward part and the second Add read?",
        structure.paths([mixed.start, mixed.join, right.join]),
        misconception="M03",
    )


def _no_shortcut(structure: Structure, what: str, mixed: list[Residual]) -> Finding:
    joins = structure.of_kind("add")
    if mixed:
        see = (
            f"{structure.name(mixed[0].join)} adds {structure.name(mixed[0].start)} "
            "to what comes of both parts together."
        )
    elif joins:
        names = " and ".join(dict.fromkeys(map(structure.name, joins)))
        see = f"I see {names}, but no shortcut around {what}."
    else:
        see = f"I see no Add, so there is no shortcut around {what}."
    return Finding(
        see,
        "The block of the picture has two: one around attention, one around the "
        "feed-forward part.",
        "Each part: work, add what went in, norm. Which of them is missing?",
        structure.paths(joins),
    )


def _other_norms(structure: Structure, finding: Finding) -> Finding | None:
    norms = [n for n in structure.of_kind("weighted") if is_norm(structure, n)]
    owners = structure.owners(norms)
    if len(owners) == _TWO:
        return None
    misconception = ""
    if len(norms) > len(owners):
        see = (
            f"{structure.name(norms[0])} stands in {len(norms)} places, and it is one "
            "layer with one set of weights."
        )
        misconception = "M02"
    else:
        see = f"I see {counted(len(owners), 'norm')} with weights."
    return Finding(
        f"{see} {finding.see}",
        f"The picture has {_TWO} norms, each with its own weights. {finding.so}",
        "How often is LayerNormalization made, and how often is it called?",
        structure.paths(norms),
        misconception=misconception,
    )
