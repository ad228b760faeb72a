"""Runs in each kernel of a lesson: notes how long Keras trains there, and which Keras.

IPython starts it, see `training_time`. It waits for the import of Keras, and from then
on writes a line of JSON into a file for each `fit` and `train_on_batch`. It prints
nothing and leaves no name in the notebook, so that no output of a lesson changes.
"""

from __future__ import annotations

import functools
import importlib.util
import json
import os
import sys
import time
from pathlib import Path

NOTES = "TEACHKIT_NOTES_OF_KERNEL"
"""The variable that names the file to write into."""

TRAINERS = ("fit", "train_on_batch")


class WhenKerasIsImported:
    """A finder of modules that finds nothing, but hears when Keras has been loaded."""

    def find_spec(self, name, path=None, target=None):
        if name != "keras":
            return None
        sys.meta_path.remove(self)
        spec = importlib.util.find_spec(name)
        if spec is not None and spec.loader is not None:
            load = spec.loader.exec_module
            spec.loader.exec_module = lambda module: (load(module), watch(module))
        return spec


def watch(keras):
    """Note the version of Keras, and from now on each training."""
    write(keras=keras.__version__)
    for name in TRAINERS:
        setattr(keras.Model, name, timed(getattr(keras.Model, name)))


def timed(train):
    """Return a method that trains as the given one, and notes how long it took."""

    @functools.wraps(train)
    def trains(*arguments, **options):
        wall, processors = time.perf_counter(), time.process_time()
        try:
            return train(*arguments, **options)
        finally:
            wall, processors = (
                time.perf_counter() - wall,
                time.process_time() - processors,
            )
            write(wall=wall, processors=processors)

    return trains


def write(**note):
    """Add a line to the notes of this kernel."""
    with Path(os.environ[NOTES]).open("a", encoding="utf-8") as notes:
        notes.write(json.dumps(note) + "\n")


if __name__ == "<run_path>" and NOTES in os.environ:
    write(started=True)
    sys.meta_path.insert(0, WhenKerasIsImported())
