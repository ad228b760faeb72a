"""The steps of a player backwards: from the loss to the inputs, against the arrows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from teachkit.math.written import told
from teachkit.speech import listed
from teachkit.traces.records import Gradient, Gradients, Step, Value
from teachkit.traces.run import Run
from teachkit.views.clean import clean
from teachkit.views.trace.gradient_tables import losses_html
from teachkit.views.trace.gradient_words import loss_text, norm_of
from teachkit.views.trace.player.forward import (
    how_to_see,
    named_type,
    reads_zeros,
)
from teachkit.views.trace.player.parts import Pieces, paragraph, told_of
from teachkit.views.trace.player.readers import (
    Readers,
    named_reader,
    only_reader,
    readers_of,
    sent_by,
)
from teachkit.views.trace.player.weights import WeightSums
from teachkit.views.trace.player.wires import Wiring, edge_ids

_MOST_NAMED = 3
_WHOLE = "numbers of dtype {} have no gradient"
_BEGIN = (
    "Walking backwards from here, each step tells how much the loss changes when the "
    "numbers of a tensor change a little: their gradient."
)


def backward_steps(
    run: Run, gradients: Gradients, wiring: Wiring, pieces: Pieces
) -> Iterator[dict[str, Any]]:
    """Yield the loss, then the calls in the order in which gradients pass them.

    Arguments:
        run: of the model.
        gradients: of the run.
        wiring: its edges.
        pieces: takes numbers and pictures.
    """
    steps, readers = walked_back(run.steps), readers_of(run, gradients)
    walk = _Walk(run, gradients, wiring, pieces, readers)
    head = f"Step {{}} of {len(steps) + 1} backwards – "
    yield _loss(head.format(1), run, gradients)
    for number, step in enumerate(steps, start=2):
        yield {
            "path": step.path,
            "number": number,
            "title": head.format(number) + clean(walk.title(step)),
            "depth": step.depth,
            "reads": edge_ids(wiring.leaving.get(step.path, ())),
            "gives": edge_ids(wiring.arriving.get(step.path, ())),
            "html": walk.html(step),
        }


def walked_back(steps: Sequence[Step]) -> list[Step]:
    """Return steps backwards; a nested model still comes before what is inside it."""
    waiting: dict[int, list[Step]] = {}
    for step in reversed(steps):
        inside = waiting.pop(step.depth + 1, [])
        waiting.setdefault(step.depth, []).extend([step, *inside])
    return waiting.get(0, [])


def _loss(head: str, run: Run, gradients: Gradients) -> dict[str, Any]:
    ends = dict.fromkeys(end.call for end in run.graph.outputs)
    parts = [paragraph(f"{loss_text(gradients)}. {_BEGIN}"), losses_html(gradients)]
    return {
        "path": "",
        "number": 1,
        "title": f"{head}the loss is {told(gradients.total)}",
        "depth": 0,
        "reads": [],
        "gives": [],
        "ends": list(ends),
        "html": f'<div class="tensor">{"".join(parts)}</div>',
    }


class _Walk:
    """Tells of each call, one after the other in the order of the walk."""

    def __init__(
        self,
        run: Run,
        gradients: Gradients,
        wiring: Wiring,
        pieces: Pieces,
        readers: Readers,
    ) -> None:
        self._run = run
        self._gradients = gradients
        self._wiring = wiring
        self._pieces = pieces
        self._readers = readers
        self._weights = WeightSums(gradients)
        self._calls = {step.path: step.call for step in run.steps}

    def title(self, step: Step) -> str:
        """Say what arrives at a call and to whom it hands something on."""
        arrived = [
            found
            for value in step.outputs
            if (found := self._gradient(value)) is not None
        ]
        name = step.path if step.call.kind == "input" else named_type(step)
        if not arrived:
            return f"no gradient comes to {name}"
        lengths = listed([told(norm_of(one)) for one in arrived])
        given = list(dict.fromkeys(self._given_to(step)))
        if len(given) > _MOST_NAMED:
            handed = f", and sends gradients to {len(given)} tensors"
        else:
            handed = f", and sends one back to {listed(given)}" if given else ""
        return f"{name} gets a gradient of length {lengths}{handed}"

    def html(self, step: Step) -> str:
        """Return what arrives, what is handed on, and what the weights get."""
        parts = [self._arrives(value, step) for value in step.outputs]
        parts += [self._sends(step, port, value) for port, value in step.inputs]
        parts.append(self._inside(step))
        return "".join(parts) + self._weights.step(step.path, self._pieces)

    def _gradient(self, value: Value) -> Gradient | None:
        return self._gradients.of_tensors.get((value.path, value.index))

    def _given_to(self, step: Step) -> Iterator[str]:
        for port, value in step.inputs:
            sent = sent_by(step.path, port, value, self._gradients)
            if sent is not None and not reads_zeros(step, value):
                yield value.name

    def _arrives(self, value: Value, step: Step) -> str:
        gradient = self._gradient(value)
        what = f"output {value.index}" if len(step.outputs) > 1 else "its output"
        if step.call.kind == "input":
            what = "it"
        if gradient is None:
            return _part(f"No gradient comes to {what}: {self._reason(value)}.")
        words = self._readers.sentence(value)
        if not words:
            reader = only_reader(value, self._run, self._wiring, self._readers)
            source = f" from {named_reader(reader)}" if reader else ""
            length = told(norm_of(gradient))
            words = f"To {what} comes a gradient of length {length}{source}."
        table = self._pieces.inline(self._readers.table(value))
        shown = table or self._shown(gradient, value, step)
        return _part(f"{words} {told_of(gradient)}", shown)

    def _reason(self, value: Value) -> str:
        if not _is_smooth(value):
            return _WHOLE.format(value.dtype)
        weights = self._gradients.of_weights
        if any(weight.calls.get(value.path) is not None for weight in weights):
            return "Keras takes the loss of the numbers before the activation"
        return "no loss reaches it"

    def _nothing(self, value: Value) -> str:
        """Say why nothing is sent back to a tensor."""
        if not _is_smooth(value):
            return f"Sends nothing back to {value.name}: {_WHOLE.format(value.dtype)}."
        if (value.path, value.index) not in self._gradients.of_tensors:
            return f"Reads the weight {value.name}: what it gets is told with weights."
        return f"Sends nothing back to {value.name}: no loss reaches it this way."

    def _shown(self, gradient: Gradient, value: Value, step: Step) -> str:
        name = f"the gradient of {value.name}"
        shown = self._pieces.show(gradient, name, ("gradient",), step.call)
        return shown or how_to_see(gradient, self._pieces, "gradients")

    def _sends(self, step: Step, port: str, value: Value) -> str:
        if reads_zeros(step, value):
            return _part("Zeros were read here: nothing is sent back.")
        sent = sent_by(step.path, port, value, self._gradients)
        if sent is None:
            return _part(self._nothing(value))
        readers = self._readers.shares.get((value.path, value.index), ())
        share = f", one of {len(readers)} that add up there" if readers else ""
        call = self._calls.get(value.path, step.call)
        kind = ("sent", step.path, port) if readers else ("gradient",)
        name = f"the gradient sent to {value.name}"
        shown = self._pieces.show(sent, name, kind, call)
        length = told(norm_of(sent))
        return _part(
            f"Sends a gradient of length {length} back to {value.name}{share}.", shown
        )

    def _inside(self, step: Step) -> str:
        if step.call.kind == "input" and step.depth:
            outer = step.path.rpartition("/")[0]
            return _part(f"From here it leaves {outer}, to what {outer} has read.")
        return _part("The steps inside it come next.") if step.opens else ""


def _is_smooth(value: Value) -> bool:
    return value.dtype.startswith(("float", "bfloat", "complex"))


def _part(words: str, shown: str = "") -> str:
    return f'<div class="tensor">{paragraph(words.strip())}{shown}</div>'
