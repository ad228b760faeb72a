"""What a trace says, in sentences and cells that its text and its page share."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from teachkit.layout.labels import count_text, shape_text, type_text
from teachkit.math.written import told
from teachkit.speech import named
from teachkit.traces.records import Gradients, Step, Value
from teachkit.traces.run import Run
from teachkit.views.trace.distribution import bars_of
from teachkit.views.trace.gradient_words import passed_by, unreached

HEADS = ("step", "call", "type", "shape", "mean", "std", "min", "max", "zeros")
GRADIENT, VALUES = "gradient", "values"
"""Heads of two more columns: the second is a histogram."""


@dataclass(frozen=True, slots=True)
class Row:
    """One tensor in the table of steps.

    Attributes:
        depth: of the call, in nested models.
        cells: texts below `HEADS`.
        gradient: the norm of its gradient, as text.
        bars: heights of its histogram.
    """

    depth: int
    cells: tuple[str, ...]
    gradient: str
    bars: tuple[float, ...]


def title(run: Run) -> str:
    """Return what the trace is of, as a title."""
    return f"Model {run.graph.name}, step by step"


def verdict(run: Run) -> str:
    """Say in one sentence what was run."""
    samples = next((value.shape[:1] for value in run.inputs.values()), ())
    on = f" on {count_text(samples[0], 'sample')}" if samples else ""
    how = ", in training mode" if run.training else ""
    steps = count_text(len(run.steps), "step")
    return f"{named(run.graph.name)} ran{on}{how}: {steps}."


def notes(run: Run) -> list[str]:
    """Return what a learner should know of this run, as sentences."""
    told_of = [*run.notes, *_not_finite(run), *_not_kept(run)]
    if run.gradients is not None:
        told_of += [*passed_by(run, run.gradients), *unreached(run.gradients)]
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
            )


def is_handed_on(step: Step) -> bool:
    """Tell whether a step only takes what its nested model was given."""
    return step.call.kind == "input" and step.depth > 0


def gradient_cell(gradients: Gradients | None, value: Value) -> str:
    """Return the norm of a tensor's gradient, or a dash where it has none."""
    if gradients is None:
        return ""
    found = gradients.of_tensors.get((value.path, value.index))
    return "–" if found is None else told(found.norm)


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
    """Name the first call that returns what is no number."""
    for step in run.steps:
        for value in step.outputs:
            summary = value.summary
            if summary is not None and summary.not_finite:
                count = count_text(summary.not_finite, "number")
                return [
                    f"{named(value.name)} (step {step.number}) is the first tensor "
                    f"with numbers that are infinite or none: {count} of "
                    f"{summary.size:,}. Mean and spread are of the others."
                ]
    return []


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
