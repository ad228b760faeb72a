"""What a trace says, in sentences and cells that its text and its page share."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from teachkit.layout.labels import count_text, shape_text, type_text
from teachkit.math.written import told
from teachkit.speech import listed, named
from teachkit.traces.records import Gradients, Step, Value
from teachkit.traces.run import Run
from teachkit.views.trace.distribution import bars_of
from teachkit.views.trace.gradient_sums import uneven
from teachkit.views.trace.gradient_words import norm_of, passed_by, unreached

HEADS = ("step", "call", "type", "shape", "mean", "std", "min", "max", "zeros")
GRADIENT, VALUES, NOT_FINITE = "gradient", "values", "not finite"
"""Heads of more columns, empty in most runs but for the second, a histogram."""


@dataclass(frozen=True, slots=True)
class Row:
    """One tensor in the table of steps.

    Attributes:
        depth: of the call, in nested models.
        cells: texts below `HEADS`.
        gradient: the norm of its gradient, as text.
        bars: heights of its histogram.
        not_finite: how many of its numbers are infinite or NaN; empty if none is.
    """

    depth: int
    cells: tuple[str, ...]
    gradient: str
    bars: tuple[float, ...]
    not_finite: str = ""


def changed(name: str, done: str) -> str:
    """Return the name of a model with what was done to it before it ran.

    Example:
        >>> changed("'net'", "without a->b"), changed("'net'", "x shuffled")
        ("'net' without a->b", "'net' with x shuffled")
    """
    if not done:
        return name
    return f"{name} {done}" if done.startswith("without ") else f"{name} with {done}"


def title(run: Run, done: str = "") -> str:
    """Return what the trace is of, as a title."""
    return f"Model {changed(run.graph.name, done)}, step by step"


def verdict(run: Run, done: str = "") -> str:
    """Say in one sentence what was run."""
    samples = next((value.shape[:1] for value in run.inputs.values()), ())
    on = f" on {count_text(samples[0], 'sample')}" if samples else ""
    how = ", in training mode" if run.training else ""
    steps = count_text(len(run.steps), "step")
    return f"{changed(named(run.graph.name), done)} ran{on}{how}: {steps}."


def notes(run: Run) -> list[str]:
    """Return what a learner should know of this run, as sentences."""
    told_of = [*run.notes, *_not_finite(run), *_not_kept(run)]
    if run.gradients is not None:
        told_of += [
            *uneven(run.gradients),
            *passed_by(run, run.gradients),
            *unreached(run.gradients),
        ]
    return told_of


def table_rows(steps: Sequence[Step], gradients: Gradients | None) -> Iterator[Row]:
    """Yield a row for each tensor, in the order of the run."""
    for step in steps:
        for value in step.outputs:
            yield Row(
                step.depth,
                _cells(step, value),
                gradient_cell(gradients, value),
                bars_of(value),
                not_finite_text(value),
            )


def is_handed_on(step: Step) -> bool:
    """Tell whether a step only takes what its nested model was given."""
    return step.call.kind == "input" and step.depth > 0


def gradient_cell(gradients: Gradients | None, value: Value) -> str:
    """Return the norm of a tensor's gradient, or a dash where it has none."""
    if gradients is None:
        return ""
    found = gradients.of_tensors.get((value.path, value.index))
    return "–" if found is None else told(norm_of(found))


def not_finite_text(value: Value) -> str:
    """Return how many numbers are infinite or NaN: `5 of 10`; empty if none is."""
    summary = value.summary
    if summary is None or not summary.not_finite:
        return ""
    return f"{summary.not_finite:,} of {summary.size:,}"


def share(part: float) -> str:
    """Return a share in percent; what is neither none nor all is not called so.

    Example:
        >>> share(0.0), share(0.001), share(0.5), share(0.999), share(1.0)
        ('0 %', '<1 %', '50 %', '>99 %', '100 %')
    """
    if 0 < part < 0.01:
        return "<1 %"
    return ">99 %" if 0.99 < part < 1 else f"{part * 100:.0f} %"


def _cells(step: Step, value: Value) -> tuple[str, ...]:
    first = value.index == 0
    return (
        str(step.number) if first else "",
        value.name,
        type_text(step.call) if first else "",
        shape_text(value.shape),
        *_summary_cells(value),
    )


def _summary_cells(value: Value) -> tuple[str, ...]:
    summary = value.summary
    if summary is None:
        return ("", "", "", "", "")
    ends = (summary.mean, summary.std, summary.min, summary.max)
    return (*map(told, ends), share(summary.zeros))


def _not_finite(run: Run) -> list[str]:
    """Name the tensors that have what is no finite number, the first with its step."""
    found = [
        (step, value)
        for step in run.steps
        for value in step.outputs
        if not_finite_text(value)
    ]
    if not found:
        return []
    step, first = found[0]
    words = (
        f"{named(first.name)} (step {step.number}) is the first tensor with numbers "
        f"that are infinite or NaN: {not_finite_text(first)}. Mean, spread, smallest "
        "and largest number are of the others."
    )
    if len(found) > 1:
        names = [f"{named(one.name)} ({not_finite_text(one)})" for _, one in found[1:]]
        words += f" Then they are in {listed(names)}."
    return [words]


def _not_kept(run: Run) -> list[str]:
    values = [value for step in run.steps for value in step.outputs]
    missing = [value for value in values if value.told is not None]
    if not missing:
        return []
    name = missing[0].path
    return [
        f"The numbers of {count_text(len(missing), 'tensor')} were not kept, to spare "
        f"memory: trace['{name}'] computes those of one again."
    ]
