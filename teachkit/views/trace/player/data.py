"""A run as JSON for a player: each call forwards, and with a loss backwards."""

from __future__ import annotations

from itertools import zip_longest
from typing import Any

from teachkit.traces.run import Run
from teachkit.views.clean import clean
from teachkit.views.trace.player.backward import backward_steps
from teachkit.views.trace.player.forward import forward_steps
from teachkit.views.trace.player.parts import (
    MOST_LETTERS,
    MOST_STEPS,
    Pieces,
    room_for,
)
from teachkit.views.trace.player.wires import wiring_of
from teachkit.views.trace.words import notes, verdict

_ENDED = (
    "Not all numbers and pictures are here, to keep this small: trace['path'] gives "
    "the numbers of any call, and trace.figure(call='path') draws them."
)
_TITLES_ONLY = (
    "The last steps have titles only, to keep this small: trace['path'] gives the "
    "numbers of any call."
)


def player_data(run: Run) -> dict[str, Any]:
    """Return what a player shows of a run, as JSON values.

    Returns:
        `forward` and `backward`: the steps, each with `path`, `number`, `title`,
        `depth`, `reads` and `gives` (names of edges, as the view has them) and `html`.
        The first step backwards is the loss, with an empty path and the paths of the
        outputs in `ends`. `pieces`: HTML that is to stand in each element of a step
        with the attribute `data-piece`. `notes`, `verdict`: sentences.
    """
    wiring = wiring_of(run.graph, run.steps)
    directions = 1 if run.gradients is None else 2
    room = room_for(len(run.steps) * directions) // directions
    pieces = Pieces(room=room)
    forward = list(forward_steps(run, wiring, pieces))
    backward: list[dict[str, Any]] = []
    if run.gradients is not None:
        pieces.room = room
        backward = list(backward_steps(run, run.gradients, wiring, pieces))
    cut = _cut((forward, backward), sum(map(len, pieces.made.values())))
    remarks = [_ENDED] * pieces.ended + [_TITLES_ONLY] * cut
    return {
        "forward": forward,
        "backward": backward,
        "pieces": pieces.made,
        "notes": [clean(note) for note in (*notes(run), *remarks)],
        "verdict": clean(verdict(run)),
    }


def _cut(both: tuple[list[dict[str, Any]], ...], used: int) -> bool:
    """Leave titles alone where there is no room for more; tell whether that was so.

    Steps of both directions take room in turn, so that both have some.
    """
    in_turn = (step for pair in zip_longest(*both) for step in pair if step is not None)
    cut = False
    for place, step in enumerate(in_turn):
        used += len(step["html"])
        if place >= MOST_STEPS or used > MOST_LETTERS:
            cut = cut or bool(step["html"])
            step["html"] = ""
    return cut
