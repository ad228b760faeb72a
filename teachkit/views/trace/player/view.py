"""A run in a browser: the drawing of the model, and a bar to step through its calls."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

import traitlets

from teachkit.errors import WrongValueError
from teachkit.views.clean import clean, clean_html
from teachkit.views.graph_view import GraphView
from teachkit.views.html_page import page, with_headings
from teachkit.views.trace.page import (
    STYLE,
    lead_html,
    piece,
    tables_html,
    trace_html,
)
from teachkit.views.trace.player.data import player_data
from teachkit.views.trace.text import trace_text
from teachkit.views.trace.words import notes, title, verdict
from teachkit.views.widget.assets import module, styles
from teachkit.views.widget.packing import packed
from teachkit.views.widget.standalone import Live, alone, live
from teachkit.views.widget.view import Content

if TYPE_CHECKING:
    from teachkit.traces.run import Run
    from teachkit.views.widget.panels import Panels


class Player(GraphView):
    """The drawing of a model that was run, one call after the other.

    Made by `teachkit.trace(...).widget`.

    Attributes:
        run: what is shown, as plain data.
        step: number of the step at which the player stands, from 1. Setting it moves
            the view; `player.observe(function, "step")` tells where a person went.
        backward: True to walk from the loss to the inputs; step 1 is the loss then.
        selected, highlighted, opened, direction: as for every drawing.
    """

    _esm = module("player")
    _css = f"{styles('player')}\n{STYLE}"
    # Any, Int and Bool would take None, or refuse in other words than ours.
    step: traitlets.TraitType[int, int] = traitlets.TraitType(1).tag(sync=True)
    backward: traitlets.TraitType[bool, bool] = traitlets.TraitType(
        default_value=False
    ).tag(sync=True)
    fold = traitlets.Bool(default_value=False)  # each call has a step of its own

    def __init__(self, run: Run, done: str = "") -> None:
        self.run = run
        self._done = done
        super().__init__(run.recording)
        self.observe(self._turned, "backward")

    @traitlets.validate("step")
    def _check_step(self, proposal: Any) -> int:
        step, last = proposal.value, self._last(backward=self.backward)
        if isinstance(step, bool) or not isinstance(step, int) or not 0 < step <= last:
            way = "backwards" if self.backward else "forwards"
            raise WrongValueError(
                f"the number of a step {way}, from 1 to {last}",
                f"step={step!r}",
                "take a number in this range, for example player.step = 1",
            )
        return step

    @traitlets.validate("backward")
    def _check_backward(self, proposal: Any) -> bool:
        backward = proposal.value
        if not isinstance(backward, bool):
            raise WrongValueError(
                "backward=True or backward=False", f"backward={backward!r}", "take one"
            )
        if backward and self.run.gradients is None:
            raise WrongValueError(
                "a run with a loss, to walk backwards from it",
                "a run without one",
                "pass targets=... and loss=... to teachkit.trace",
            )
        return backward

    @traitlets.validate("fold")
    def _check_fold(self, proposal: Any) -> bool:
        if proposal.value:
            raise WrongValueError(
                "fold=False: each call has a step, and is drawn by itself",
                f"fold={proposal.value!r}",
                "see teachkit.show(model, fold=True) for a shorter drawing",
            )
        return False

    def content(self) -> Content:  # noqa: D102 - as the base class says
        # Headings are those of the notebook around: ours would not follow on them.
        more = with_headings(
            "\n".join(tables_html(self.run, details=False)), 'p class="tkw-heading"'
        )
        return {"graph": super().content(), "player": self._steps, "more": more}

    def panels(self) -> Panels:  # noqa: D102 - as the base class says
        from teachkit.views.widget.panels import Panels  # noqa: PLC0415 - loads TensorFlow, which takes seconds: only when it is needed

        return Panels(self.graph, self._recording, in_advance=False)

    def static_forms(self) -> dict[str, str]:  # noqa: D102 - as the base class says
        return dict(self._forms)

    def html(self) -> str:
        """Return one page: the player, and below it all tables. It needs no network."""
        heading = title(self.run, self._done)
        tables = "\n".join(tables_html(self.run, details=True))
        parts = [
            f"<h1>{clean_html(heading)}</h1>",
            piece(lead_html(self.run, self._done)),
            alone(self.live()),
            piece([with_headings(tables, "h2")]),
        ]
        return page(heading, "\n".join(parts))

    def live(self) -> Live:
        """Return the player as it stands, for a page that tells the rest itself."""
        told = {*map(clean, notes(self.run))}
        own = [note for note in self._steps["notes"] if note not in told]
        steps = {**self._steps, "verdict": "", "notes": own}
        content = {"graph": super().content(), "player": steps}
        return live({**self.state(), "_data": packed(content)})

    def replace_model(self, model: Any, marks: Any = None) -> None:
        """Refuse: a player shows one run.

        Raises:
            WrongValueError: always.
        """
        raise WrongValueError(
            "the model that was run",
            "another one",
            "trace the other model: teachkit.trace(model, inputs)",
        )

    @cached_property
    def _steps(self) -> Content:
        told = clean(verdict(self.run, self._done))
        return {**player_data(self.run), "verdict": told}

    @cached_property
    def _forms(self) -> dict[str, str]:
        html = trace_html(self.run, self._done)
        return {"text/html": html, "text/plain": trace_text(self.run, 100, self._done)}

    def _last(self, *, backward: bool) -> int:
        return len(self.run.steps) + int(backward)

    def _turned(self, _: object) -> None:
        """The walk backwards has one step more: the loss."""
        self.step = min(self.step, self._last(backward=self.backward))
