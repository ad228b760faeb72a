"""Comparing two models against comparing what Keras writes of them; writing code.

The peer `a.get_config() == b.get_config()` is what one does without teachkit: it only
tells whether all is written the same, names too. The peer of code is `clone_model`,
which builds the graph again without showing how.
"""

from __future__ import annotations

import statistics
from collections.abc import Callable
from typing import Any

import keras

import teachkit as tk
from benchmarks import stopwatch, subjects

_NAMES = ("ResNet50", "EfficientNetB7", "NASNetLarge", "chain 1,000", "ladder 1,000")


def table(only: list[str] | None, runs: int) -> None:
    """Measure every model and print a row for each."""
    print(
        "| model | calls | `get_config` equal s | compare s | ratio | "
        "`clone_model` s | to_code s | ratio |"
    )
    print("|---|---|---|---|---|---|---|---|")
    for name in _NAMES:
        if not only or name in only:
            _row(name, subjects.subjects()[name], runs)


def _row(name: str, build: Callable[[], Any], runs: int) -> None:
    """Measure one model against a second build of it."""
    one, other = build(), build()
    ways: list[Callable[[], object]] = [
        lambda: one.get_config() == other.get_config(),
        lambda: tk.compare(one, other).same,
        lambda: _clone(one),
        lambda: tk.to_code(one),
    ]
    times: list[list[float]] = [[] for _ in ways]
    for _ in range(runs):
        for way, taken in zip(ways, times, strict=True):
            taken.append(stopwatch.seconds(way, 1))
    equal, ours, clone, code = map(statistics.median, times)
    calls = len(tk.read(one).calls)
    print(
        f"| {name} | {calls:,} | {equal:.3f} | {ours:.3f} | {ours / equal:.2f} | "
        f"{clone:.3f} | {code:.3f} | {code / clone:.2f} |",
        flush=True,
    )


def _clone(model: Any) -> object:
    with tk.dry():
        return keras.models.clone_model(model)
