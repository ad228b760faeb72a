"""Charts of a run, made by matplotlib without its global state.

The ground is white and the ink dark, so that they can be read on any page.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, get_args

from matplotlib.figure import Figure

from teachkit.errors import WrongValueError
from teachkit.traces.records import Gradient, Value
from teachkit.traces.run import Run
from teachkit.views.trace.bar_charts import spread_bars
from teachkit.views.trace.gradient_dots import gradient_dots
from teachkit.views.trace.tensor_figure import tensor_figure

Kind = Literal["values", "gradients"]


def figure_of(
    runs: Sequence[tuple[str, Run]], kind: Kind, path: str | None, index: int = 0
) -> Figure:
    """Return a chart of a run, or of the gradients of several runs.

    Arguments:
        runs: each with the name of its model and what was done to it.
        kind: of the chart.
        path: of the call of whose output a picture is drawn.
        index: of the output.

    Raises:
        WrongValueError: there is no such kind or call, or no loss was given.
    """
    if kind not in get_args(Kind):
        raise WrongValueError(
            "kind='values' or kind='gradients'", f"kind={kind!r}", "choose one of these"
        )
    if len(runs) > 1 and (kind, path) != ("gradients", None):
        raise WrongValueError(
            "beside=... with kind='gradients', and no call",
            f"kind={kind!r}, call={path!r}",
            "draw one figure for each trace",
        )
    name, first = runs[0]
    if path is not None:
        value = first.value(path, index)
        shown = _gradient(first, value) if kind == "gradients" else value
        return tensor_figure(shown, _channels_first(first, path))
    if kind == "values":
        return spread_bars(first, name)
    for _, run in runs:
        _check_loss(run)
    return gradient_dots(runs)


def _check_loss(run: Run) -> None:
    if run.gradients is None:
        raise WrongValueError(
            "a trace with gradients",
            f"a trace of '{run.graph.name}' without a loss",
            "give targets and a loss: teachkit.trace(model, inputs, targets=targets, "
            "loss='mse')",
        )


def _gradient(run: Run, value: Value) -> Gradient:
    _check_loss(run)
    gradients = run.gradients.of_tensors if run.gradients is not None else {}
    found = gradients.get((value.path, value.index))
    if found is None:
        raise WrongValueError(
            "a tensor with a gradient",
            f"'{value.name}', which no loss reaches",
            "take a call between the weights and the loss",
        )
    return found


def _channels_first(run: Run, path: str) -> bool:
    calls = (step.call for step in run.steps if step.path == path)
    return any(c.config.get("data_format") == "channels_first" for c in calls)
