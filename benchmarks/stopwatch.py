"""Time, measured so that two ways of doing a thing can be compared."""

from __future__ import annotations

import gc
import statistics
import subprocess
import sys
import time
from collections.abc import Callable


def seconds(work: Callable[[], object], runs: int) -> float:
    """Return the median time of some runs, after tidying up before each."""
    times = []
    for _ in range(runs):
        gc.collect()
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def import_seconds(runs: int = 7) -> float:
    """Return what `import teachkit` adds to the start of Python."""

    def run(code: str) -> None:
        subprocess.run([sys.executable, "-c", code], check=True)

    bare, loaded = [], []
    for _ in range(runs):
        bare.append(seconds(lambda: run("pass"), 1))
        loaded.append(seconds(lambda: run("import teachkit"), 1))
    return statistics.median(loaded) - statistics.median(bare)
