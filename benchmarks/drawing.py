"""Reading against `model.summary()`, drawing against `keras.utils.plot_model`."""

from __future__ import annotations

import math
import statistics
from typing import Any

import teachkit as tk
from benchmarks import peers, stopwatch, subjects

_NOT_TRIED = {"ladder 10,000"}
"""The peer would be stopped here too; one such wait is enough."""


def table(only: list[str] | None, runs: int) -> None:
    """Measure every model and print a row for each."""
    print(
        "| model | calls | `summary()` s | read s | ratio | `plot_model` s | "
        "read + layout + SVG s | ratio |"
    )
    print("|---|---|---|---|---|---|---|---|")
    drawn: dict[str, float] = {}
    for name, build in subjects.subjects().items():
        if not only or name in only:
            drawn[name] = _row(name, build(), runs)
    print()
    for kind in ("chain", "ladder"):
        few, many = drawn.get(f"{kind} 1,000"), drawn.get(f"{kind} 10,000")
        if few and many:
            exponent = math.log10(many / few)
            print(f"Growth of a {kind} from 1,000 to 10,000 calls: n^{exponent:.2f}")


def _row(name: str, model: Any, runs: int) -> float:
    """Measure one model, print its row, and return the time of our drawing.

    Both ways take turns, so that a change in the machine's speed meets both.
    """
    summary, read, ours = [], [], []
    theirs: list[peers.Outcome] = []
    for _ in range(runs):
        summary.append(stopwatch.seconds(lambda: peers.summary(model), 1))
        read.append(stopwatch.seconds(lambda: tk.read(model), 1))
        ours.append(stopwatch.seconds(lambda: tk.show(model).svg(), 1))
        if name not in _NOT_TRIED and not _hopeless(theirs):
            theirs.append(peers.plot_model(model))
    times = [statistics.median(found) for found in (summary, read, ours)]
    calls = len(tk.read(model).calls)
    print(
        f"| {name} | {calls:,} | {times[0]:.3f} | {times[1]:.3f} | "
        f"{times[1] / times[0]:.2f} | {_told(theirs)} | {times[2]:.3f} | "
        f"{_ratio(times[2], theirs)} |",
        flush=True,
    )
    return times[2]


def _hopeless(outcomes: list[peers.Outcome]) -> bool:
    """Tell whether another run of the peer would only cost time."""
    return bool(outcomes) and (outcomes[0].fate != "drawn" or outcomes[0].seconds > 10)


def _told(outcomes: list[peers.Outcome]) -> str:
    if not outcomes:
        return "not tried"
    taken = statistics.median(outcome.seconds for outcome in outcomes)
    fate = outcomes[0].fate
    return f"{taken:.3f}" if fate == "drawn" else f"{fate} after {taken:.0f} s"


def _ratio(own: float, outcomes: list[peers.Outcome]) -> str:
    if not outcomes or outcomes[0].fate in {"aborted", "no dot program"}:
        return "–"
    taken = statistics.median(outcome.seconds for outcome in outcomes)
    sign = "< " if outcomes[0].fate == "stopped" else ""
    return f"{sign}{own / taken:.3f}"
