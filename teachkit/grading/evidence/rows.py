"""Whether a model gives one answer for each sample."""

from __future__ import annotations

from teachkit.grading.evidence.numbers import counted
from teachkit.grading.evidence.subject import Subject
from teachkit.grading.findings import Finding


def other_number_of_answers(subject: Subject) -> Finding | None:
    """Return what is told of a model that mixes the samples with other axes.

    A Reshape or `ops.reshape(x, (-1, 8))` may put places, or steps, in the place of
    samples. The shapes look right then, as the number of samples is open.
    """
    counts = {len(array) for array in subject.given().values() if array.ndim}
    if len(counts) != 1:
        return None  # an input has a number of samples of its own
    samples = counts.pop()
    for role, values in subject.baseline().items():
        if values.ndim and len(values) != samples:
            return Finding(
                f"I put in {samples} samples, and '{role}' has "
                f"{counted(len(values), 'answer')}.",
                "Some other axis has become a part of the first one, which counts the "
                "samples.",
                "Look at the step that gives a tensor another shape, or joins along "
                "axis 0: which numbers should stay together?",
                (subject.outputs[role].call,),
            )
    return None
