"""Measure teachkit against its peers and print the tables of the README."""

from __future__ import annotations

import argparse
import warnings
from functools import partial

from benchmarks import comparing, drawing, stopwatch, subjects, tracing, viewing

_TABLES = {
    "drawing": drawing.table,
    "comparing": comparing.table,
    "tracing": tracing.table,
    "viewing": viewing.table,
}


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--tables", nargs="*", choices=_TABLES, default=list(_TABLES))
    options.add_argument("--only", nargs="*", help="names of models to measure")
    options.add_argument("--runs", type=int, default=5, help="runs for each median")
    chosen = options.parse_args()
    warnings.simplefilter("ignore")
    print(f"`import teachkit`: {stopwatch.import_seconds():.3f} s")
    for name in chosen.tables:
        print()
        subjects.with_deep_stack(partial(_TABLES[name], chosen.only, chosen.runs))


if __name__ == "__main__":
    main()
