"""What is said about the loss and the loss weight of a head."""

from __future__ import annotations

import keras
import numpy as np

from teachkit.grading.evidence.numbers import told
from teachkit.grading.findings import Finding
from teachkit.grading.losses.heads_losses import HeadLosses
from teachkit.grading.losses.known_losses import KNOWN_NAMES, is_probability, known_loss


def loss_finding(head: HeadLosses, heads: list[HeadLosses]) -> Finding | None:
    """Return what is to be said about the loss of a head."""
    if head.is_met or (head.factor is not None and not _is_of_other_kind(head)):
        return None
    if not head.parts:
        return Finding(
            f"I see no loss for '{head.role}'.",
            "So nothing tells this head what is right.",
            "Look at the argument loss= of compile.",
            (head.call,),
            misconception="M19",
        )
    if _takes_logits_for_probabilities(head):
        return Finding(
            f"I see that '{head.role}' gives numbers from {told(head.output.min())} to "
            f"{told(head.output.max())}, and its loss is '{head.loss}'.",
            "These are logits and no probabilities, and the loss takes them as they "
            "are.",
            f"Either '{head.role}' makes probabilities, or the loss must be told that "
            "it gets logits.",
            (head.call,),
            misconception="M20",
        )
    if _are_swapped(head, heads):
        return _other_order(head, "loss", head.loss)
    return _other_loss(head)


def _other_loss(head: HeadLosses) -> Finding:
    error = next((part.error for part in head.parts if part.error), "")
    kind = known_loss(head.wanted[0]).name
    so = f"The exercise asks for another one: {meaning(head.wanted[0])}."
    if kind == head.loss:
        so = "With its settings it gives another number than this loss has."
    elif error and not hasattr(keras.losses, head.loss):
        so += f" Keras says: {error}."
    return Finding(
        f"I see '{head.loss}' as the loss of '{head.role}'.",
        so,
        f"What is '{head.role}': a quantity, a yes or no, or one class of several?",
        (head.call,),
        facts={"role": head.role, "loss": head.loss},
    )


def weight_finding(head: HeadLosses, heads: list[HeadLosses]) -> Finding | None:
    """Return what is to be said about the loss weight of a head."""
    if head.is_met or head.factor is None:
        return None
    have = head.factor
    others = [one for one in heads if one is not head]
    is_swapped = any(
        one.factor is not None
        and np.isclose(have, one.share, rtol=1e-2)
        and np.isclose(one.factor, head.share, rtol=1e-2)
        for one in others
    )
    if is_swapped:
        return _other_order(head, "loss weight", told(have))
    sums = " + ".join(
        f"{told(one.factor if one.factor is not None else 1)} × {one.role}"
        for one in heads
    )
    return Finding(
        f"I see the loss of '{head.role}' with weight {told(have)}.",
        f"The total is {sums}; the exercise has another weight for '{head.role}'.",
        "Look at loss_weights= of compile, and at the numbers of the prompt.",
        (head.call,),
        misconception="M18",
        facts={"role": head.role, "have": told(have)},
    )


def _other_order(head: HeadLosses, noun: str, what: str) -> Finding:
    return Finding(
        f"I see that {what} is the {noun} of '{head.role}'.",
        "It is the one that another head should have: a list goes by the order of the "
        "outputs, a dict by their names.",
        "Compare the order in compile with Model(inputs, outputs).",
        (head.call,),
        misconception="M21",
    )


def _are_swapped(head: HeadLosses, heads: list[HeadLosses]) -> bool:
    """Tell whether a head has the loss of another one, which has another, too."""
    names = {known_loss(name).name for name in head.wanted}
    return any(
        head.loss in {known_loss(name).name for name in one.wanted}
        and one.loss in names
        and head.loss not in names
        for one in heads
        if one is not head
    )


def _is_of_other_kind(head: HeadLosses) -> bool:
    """Tell whether a head has another loss of Keras, in proportion by chance."""
    names = {known_loss(name).name for name in head.wanted}
    return head.loss in KNOWN_NAMES - names


def _takes_logits_for_probabilities(head: HeadLosses) -> bool:
    known = [known_loss(name) for name in head.wanted]
    is_kind = head.loss in {one.name for one in known if one.of_scores}
    return is_kind and not is_probability(head.output)


def meaning(name: str) -> str:
    """Return what a loss of an exercise compares, without its name."""
    return {
        "mse": "squared differences of quantities",
        "mae": "absolute differences of quantities",
        "bce": "cross-entropy of a yes or no",
        "cce": "cross-entropy of one class of several, given one-hot",
        "sparse_cce": "cross-entropy of one class of several, given as its number",
    }[name]
