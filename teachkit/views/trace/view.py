"""What `teachkit.trace` returns: a run of a model, and what changes when it changes."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from teachkit.errors import WrongTypeError
from teachkit.graph import ModelGraph
from teachkit.traces.records import Change, Gradients, Moved, Step, Value
from teachkit.traces.run import Run
from teachkit.views.sheet import Sheet
from teachkit.views.trace.changes import change_html, change_text
from teachkit.views.trace.distribution import ASCII_BARS
from teachkit.views.trace.page import trace_html
from teachkit.views.trace.text import trace_text
from teachkit.views.trace.words import changed, title

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from teachkit.views.trace.figures import Kind
    from teachkit.views.trace.player import Player


class _WithBars(Sheet):
    """A sheet with small histograms among its letters."""

    def _plain(self, words: str) -> str:
        return super()._plain(words.translate(ASCII_BARS))


class Trace(_WithBars):
    """A model that was run once: the value of every tensor, step by step.

    Made by `teachkit.trace`; see there for the arguments. `trace["encoder/dense:2"]`
    gives the numbers that a call returned.

    Attributes:
        run: all of it as plain data.
        done: what was done to the model or its inputs before: `without skip`.
    """

    def __init__(self, run: Run, done: str = "") -> None:
        self.run = run
        self.done = done

    @property
    def graph(self) -> ModelGraph:
        """The model as plain data."""
        return self.run.graph

    @property
    def steps(self) -> tuple[Step, ...]:
        """The calls in the order in which they ran."""
        return self.run.steps

    @property
    def inputs(self) -> dict[str, Value]:
        """The numbers given, by the id of the input."""
        return self.run.inputs

    @property
    def outputs(self) -> Any:
        """What the model returned, as NumPy arrays."""
        return self.run.outputs

    @property
    def gradients(self) -> Gradients | None:
        """Of the loss; None if none was given."""
        return self.run.gradients

    @property
    def notes(self) -> tuple[str, ...]:
        """What one should know of this run, as sentences."""
        return self.run.notes

    def value(self, path: str, index: int = 0) -> Value:
        """Return one output of a call, by its path: `encoder/dense:2`.

        Raises:
            WrongValueError: there is no such call, or it has fewer outputs.
        """
        return self.run.value(path, index)

    def __getitem__(self, path: str) -> Any:
        """Return the numbers of the first output of a call."""
        return self.run[path]

    def without(self, tensor: str) -> ChangeView:
        """Run again with zeros in the place of a tensor, and show what changed.

        Arguments:
            tensor: `source->target` or `source->target:port` for one edge, or the path
                of a call, whose outputs are then zero wherever they are read.
        """
        return ChangeView(self.run.without(tensor), self.done)

    def swap_inputs(self, one: str, other: str) -> ChangeView:
        """Run again with two inputs exchanged, and show what changed."""
        return ChangeView(self.run.swap_inputs(one, other), self.done)

    def shuffle(self, name: str, seed: int = 0) -> ChangeView:
        """Run again with the samples of one input in another order."""
        return ChangeView(self.run.shuffle(name, seed), self.done)

    def replace(self, path: str, array: Any, index: int = 0) -> ChangeView:
        """Run again with other numbers as an output of a call."""
        return ChangeView(self.run.replace(path, array, index), self.done)

    def figure(
        self,
        kind: Kind = "values",
        call: str | None = None,
        *,
        index: int = 0,
        beside: Trace | None = None,
    ) -> Figure:
        """Return a chart, made by matplotlib.

        Arguments:
            kind: `values` shows how the numbers of each call are spread; `gradients`
                how long the gradient of each kernel is, on a log scale, in the order
                of the run.
            call: path of a call, of whose output (or its gradient) a picture is drawn.
            index: which output of the call.
            beside: another trace, whose gradients are drawn on the same scale: a
                model with and without skip connections, or before and after a change.

        Raises:
            WrongValueError: there is no such kind or call, or no loss was given.
            WrongTypeError: `beside` is no trace.
        """
        from teachkit.views.trace.figures import figure_of  # noqa: PLC0415 - matplotlib

        traces = [self] if beside is None else [self, beside]
        if not all(isinstance(one, Trace) for one in traces):
            raise WrongTypeError(
                "another trace to draw beside this one",
                f"a value of type {type(beside).__name__}",
                "pass what teachkit.trace returned for the other model",
            )
        runs = [(changed(one.graph.name, one.done), one.run) for one in traces]
        return figure_of(runs, kind, call, index)

    @cached_property
    def widget(self) -> Player:
        """The run to be stepped through, as a notebook shows it.

        `widget.step = 3` moves it, `widget.backward = True` turns round at the loss;
        `widget.selected` and all else is as for `teachkit.show`.
        """
        from teachkit.views.trace.player import Player  # noqa: PLC0415 - only if shown

        return Player(self.run, self.done)

    def html(self) -> str:
        """Return one page: the run to be stepped through, and tables of everything.

        It needs no network.
        """
        return self.widget.html()

    def _repr_mimebundle_(self, **_: Any) -> Any:
        return self.widget._repr_mimebundle_()

    def _display_(self) -> Player:
        """Return what marimo shows."""
        return self.widget

    @property
    def _title(self) -> str:
        return title(self.run, self.done)

    @cached_property
    def _piece(self) -> str:
        return trace_html(self.run, self.done)

    def _words(self, width: int) -> str:
        return trace_text(self.run, width, self.done)


class ChangeView(_WithBars):
    """A model run twice: as it is, and with one thing changed.

    Attributes:
        change: all of it as plain data.
        earlier: what had been done before both runs; empty as a rule.
    """

    def __init__(self, change: Change, earlier: str = "") -> None:
        self.change = change
        self.earlier = earlier

    @property
    def before(self) -> Trace:
        """The run as it was."""
        return Trace(self.change.before, self.earlier)

    @property
    def after(self) -> Trace:
        """The run with the change."""
        return Trace(self.change.after, self._done)

    @property
    def moved(self) -> tuple[Moved, ...]:
        """The tensors that are not the same, in the order of the run."""
        return self.change.moved

    @property
    def outputs_moved(self) -> bool:
        """Whether any output of the model is another one now."""
        return self.change.outputs_moved

    def figure(self) -> Figure:
        """Return a chart of how far each tensor moved, by matplotlib."""
        from teachkit.views.trace.bar_charts import moved_bars  # noqa: PLC0415 - matplotlib

        return moved_bars(self.change, self._name)

    @property
    def _done(self) -> str:
        return " and ".join(filter(None, (self.earlier, self.change.title)))

    @property
    def _name(self) -> str:
        return changed(self.change.before.graph.name, self._done)

    @property
    def _title(self) -> str:
        return f"Model {self._name}"

    @cached_property
    def _piece(self) -> str:
        return change_html(self.change, self._done)

    def _words(self, width: int) -> str:
        return change_text(self.change, width, self._done)
