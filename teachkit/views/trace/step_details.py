"""What each step read and returned: numbers if they are few, else a small picture."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from teachkit.layout.labels import port_text, shape_text, type_text
from teachkit.math.written import told
from teachkit.speech import sentence
from teachkit.traces.records import Gradient, Step, Value
from teachkit.traces.run import Run
from teachkit.views.clean import clean_html
from teachkit.views.trace.gradient_words import norm_of
from teachkit.views.trace.grids import Grid, grid_of
from teachkit.views.trace.heat_maps import heat_map, maps_of
from teachkit.views.trace.tables import path_html, scrolled

MOST_DETAILS = 300
MOST_PICTURES = 400_000
"""Characters of all pictures on a page: with the tables it stays below a megabyte."""


def details_html(run: Run) -> str:
    """Return a part to open for each step, and how far the pictures go."""
    pictures = _Pictures(run)
    parts = [_details(step, run, pictures) for step in run.steps[:MOST_DETAILS]]
    remarks = []
    if len(run.steps) > MOST_DETAILS:
        remarks.append(f"Only the first {MOST_DETAILS} steps can be opened here.")
    if pictures.ended_at:
        remarks.append(f"Pictures end at step {pictures.ended_at}, to keep this small.")
    if remarks:
        remarks.append("<code>trace.figure(call='...')</code> draws any call.")
    told_of = f"<p>{' '.join(remarks)}</p>" if remarks else ""
    return "\n".join(["<h3>Step by step</h3>", told_of, *parts])


@dataclass(slots=True)
class _Pictures:
    """Draws tensors until the page is full.

    Attributes:
        ended_at: number of the first step that has no picture for that.
    """

    run: Run
    used: int = 0
    ended_at: int = 0

    def draw(self, value: Value, step: Step) -> str:
        if self.ended_at:
            return ""
        first = step.call.config.get("data_format") == "channels_first"
        maps = maps_of(value.array, channels_first=first)
        if maps is None:
            return ""
        drawn = heat_map(maps, value.name)
        if self.used + len(drawn) > MOST_PICTURES:
            self.ended_at = step.number
            return ""
        self.used += len(drawn)
        return drawn


def _details(step: Step, run: Run, pictures: _Pictures) -> str:
    shapes = ", ".join(shape_text(value.shape) for value in step.outputs)
    head = f"{type_text(step.call)} → {shapes}"
    depth = f' style="--depth:{step.depth}"' if step.depth else ""
    inside = "".join([*_inputs(step), *_outputs(step, run, pictures)])
    path = path_html(step.path, step.depth)
    return (
        f"<details{depth}><summary>{step.number} "
        f"<strong>{path}</strong>{clean_html(head)}</summary>"
        f"{inside}</details>"
    )


def _inputs(step: Step) -> Iterator[str]:
    for port, value in step.inputs:
        # A port of its own name says what the tensor is for, `[1]` only its place.
        words = f"Reads {value.name} {shape_text(value.shape)} as {port_text(port)}"
        numbers = numbers_html(value)
        yield f'<div class="tensor"><p>{clean_html(words)}</p>{numbers}</div>'


def _outputs(step: Step, run: Run, pictures: _Pictures) -> Iterator[str]:
    for value in step.outputs:
        which = f" as output {value.index}" if len(step.outputs) > 1 else ""
        words = f"Returns {shape_text(value.shape)} {value.dtype}{which}"
        shown = numbers_html(value) or _picture(value, step, pictures)
        parts = [f"<p>{clean_html(words)}</p>{shown}"]
        gradient = _gradient_of(value, run)
        if gradient is not None:
            drawn = numbers_html(gradient) or _picture(gradient, step, pictures)
            norm = told(norm_of(gradient))
            parts.append(f"<p>Gradient of the loss, norm {norm}</p>{drawn}")
        yield f'<div class="tensor">{"".join(parts)}</div>'


def _gradient_of(value: Value, run: Run) -> Gradient | None:
    if run.gradients is None:
        return None
    return run.gradients.of_tensors.get((value.path, value.index))


def _picture(value: Value, step: Step, pictures: _Pictures) -> str:
    return "" if value.told is not None else pictures.draw(value, step)


def numbers_html(value: Value) -> str:
    """Return the numbers of a small tensor as a table; empty for a larger one."""
    grid = None if value.told is not None else grid_of(value.array)
    return "" if grid is None else grid_html(grid)


def grid_html(grid: Grid) -> str:
    """Return numbers as a table with the number of each row and column."""
    width = len(grid.rows[0])
    places = "".join(f'<th scope="col" class="number">{k}</th>' for k in range(width))
    rows = "".join(
        f'<tr><th scope="row">{grid.word} {k}</th>'
        + "".join(f'<td class="number">{clean_html(cell)}</td>' for cell in row)
        + "</tr>"
        for k, row in enumerate(grid.rows)
    )
    head = f"<thead><tr><td></td>{places}</tr></thead>" if width > 1 else ""
    part = f"<p>{sentence(grid.part)}</p>" if grid.part else ""
    return f"{part}{scrolled(f'{head}<tbody>{rows}</tbody>')}"
