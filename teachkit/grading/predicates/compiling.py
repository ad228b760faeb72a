"""What a model was compiled with: the loss of each head, its weight, its metrics."""

from __future__ import annotations

from teachkit.errors import ModelError
from teachkit.grading.evidence.numbers import told
from teachkit.grading.evidence.subject import Subject
from teachkit.grading.findings import Finding, Stage
from teachkit.grading.losses import compile_words
from teachkit.grading.losses.heads_losses import HeadLosses, losses_of_heads
from teachkit.grading.losses.known_losses import is_probability
from teachkit.grading.losses.loss_words import loss_finding, weight_finding
from teachkit.grading.losses.metrics_given import metrics_finding
from teachkit.grading.registry import predicate
from teachkit.keras_runner.compiled_losses import is_compiled

_LARGE = 2.0
"""Scale of the weights under which logits leave the numbers from 0 to 1."""


@predicate(Stage.BEHAVIOUR)
def compiled(
    subject: Subject,
    losses: dict[str, str | list[str]],
    *,
    weights: dict[str, float] | None = None,
    metrics: dict[str, str | list[str]] | None = None,
) -> Finding | None:
    """Demand a loss, a loss weight and metrics for each head.

    Losses are known by their numbers: for targets of ours, each head must add its
    weight times its loss to the total. How they were written does not matter.

    Arguments:
        subject: the model.
        losses: by role of the output: `mse`, `mae`, `bce`, `cce`, `sparse_cce`, or
            several of which any will do.
        weights: by role; 1 where there is none.
        metrics: by role, the name or names, of which the head needs one; an empty name
            for any metric.
    """
    if not is_compiled(subject.model):
        return compile_words.not_compiled(subject)
    wanted = {r: [one] if isinstance(one, str) else one for r, one in losses.items()}
    finding = (
        compile_words.keys(subject)
        or compile_words.numbers_as_weights(subject)
        or compile_words.one_for_all(subject, wanted)
    )
    if finding is not None:
        return finding
    shares = {role: (weights or {}).get(role, 1.0) for role in wanted}
    return _of_heads(subject, wanted, shares) or metrics_finding(subject, metrics or {})


def _of_heads(
    subject: Subject, wanted: compile_words.Wanted, shares: dict[str, float]
) -> Finding | None:
    try:
        heads = losses_of_heads(subject, wanted, shares)
    except ModelError as error:
        return compile_words.refused(subject, error)
    for head in heads:
        finding = loss_finding(head, heads) or _logits_of_probabilities(subject, head)
        if finding is not None:
            return finding
        finding = weight_finding(head, heads)
        if finding is not None:
            return compile_words.mixed(subject, finding)
    return None


def _logits_of_probabilities(subject: Subject, head: HeadLosses) -> Finding | None:
    """Tell of a loss that is told to get logits, and gets probabilities.

    With some backends Keras sees it and takes the loss of what went into the softmax.
    """
    if not any(part.of_logits for part in head.parts):
        return None
    for draw in subject.draws():
        if not is_probability(subject.baseline(draw, _LARGE)[head.role]):
            return None
    return Finding(
        f"I see from_logits=True in the loss of '{head.role}', and '{head.role}' gives "
        f"numbers from {told(head.output.min())} to {told(head.output.max())}.",
        "These are probabilities already: the loss would squash them a second time.",
        f"Either '{head.role}' gives logits, or the loss takes probabilities.",
        (head.call,),
        misconception="M20",
    )
