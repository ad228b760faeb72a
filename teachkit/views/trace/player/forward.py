"""The steps of a player forwards: what each call reads and returns."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from teachkit.graph import Call
from teachkit.layout.labels import port_text, shape_text, type_text
from teachkit.speech import listed, number
from teachkit.traces.records import Step, Value
from teachkit.traces.run import Run
from teachkit.views.clean import clean, clean_html
from teachkit.views.trace.player.parts import Pieces, paragraph, told_of
from teachkit.views.trace.player.wires import Wiring, edge_ids

_MOST_NAMED = 3


def forward_steps(run: Run, wiring: Wiring, pieces: Pieces) -> Iterator[dict[str, Any]]:
    """Yield the steps in the order of the run.

    Arguments:
        run: of the model.
        wiring: its edges.
        pieces: takes numbers and pictures.
    """
    calls = {step.path: step.call for step in run.steps}
    for step in run.steps:
        parts = [*_inputs(step, calls, pieces), *_outputs(step, pieces)]
        yield {
            "path": step.path,
            "number": step.number,
            "title": f"Step {step.number} of {len(run.steps)} – {clean(_what(step))}",
            "depth": step.depth,
            "reads": edge_ids(wiring.arriving.get(step.path, ())),
            "gives": edge_ids(wiring.leaving.get(step.path, ())),
            "html": "".join(parts),
        }


def named_type(step: Step) -> str:
    """Return the path of a call with its type: `encoder/hidden (Dense)`."""
    return f"{step.path} ({type_text(step.call)})"


def reads_zeros(step: Step, value: Value) -> bool:
    """Tell whether an intervention had a call read something else than the tensor."""
    return value.path == step.path


def _what(step: Step) -> str:
    shapes = listed([shape_text(value.shape) for value in step.outputs])
    if step.call.kind == "input" and step.depth:
        outer = step.path.rpartition("/")[0]
        return f"{step.path} takes {shapes}, which {outer} was given"
    if step.call.kind == "input":
        return f"{step.path} is an input of shape {shapes}"
    if step.call.kind == "constant":
        return f"{step.path} is a constant of shape {shapes}"
    inside = ": its own steps follow" if step.opens else ""
    return f"{named_type(step)} {_reads(step)}returns {shapes}{inside}"


def _reads(step: Step) -> str:
    count = len(step.inputs)
    if not count:
        return ""
    if count > _MOST_NAMED:
        return f"reads {number(count)} tensors and "
    names = [_read_name(step, value) for _, value in step.inputs]
    return f"reads {listed(names)}, and " if count > 1 else f"reads {names[0]} and "


def _read_name(step: Step, value: Value) -> str:
    name = "zeros" if reads_zeros(step, value) else value.name
    return f"{name} {shape_text(value.shape)}"


def _inputs(step: Step, calls: dict[str, Call], pieces: Pieces) -> Iterator[str]:
    for port, value in step.inputs:
        words = f"Reads {_read_name(step, value)} as {port_text(port)}."
        if reads_zeros(step, value):
            yield _tensor(f"{words} They were put in the place of its tensor.", "", "")
            continue
        call = calls.get(value.path, step.call)
        shown = pieces.show(value, value.name, (), call)
        yield _tensor(words, "" if shown else told_of(value), shown)


def _outputs(step: Step, pieces: Pieces) -> Iterator[str]:
    for value in step.outputs:
        which = f" as output {value.index}" if len(step.outputs) > 1 else ""
        words = f"Returns {shape_text(value.shape)} {value.dtype}{which}."
        shown = pieces.show(value, value.name, (), step.call)
        yield _tensor(words, told_of(value), shown or how_to_see(value, pieces))


def how_to_see(value: Value, pieces: Pieces, kind: str = "") -> str:
    """Tell how one sees numbers that have no picture here.

    Nothing is said of scalars, and nothing where a note says it of all that follow.
    """
    if pieces.ended or value.summary is None or value.summary.size < 2:
        return ""
    first = f"'{kind}', " if kind else ""
    index = f", index={value.index}" if value.index else ""
    code = clean_html(f"trace.figure({first}call={value.path!r}{index})")
    return f'<p class="more"><code>{code}</code> draws it.</p>'


def _tensor(words: str, summary: str, shown: str) -> str:
    inside = paragraph(f"{words} {summary}".strip())
    return f'<div class="tensor">{inside}{shown}</div>'
