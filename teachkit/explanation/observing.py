"""Run a model once, and compute each of its calls a second time in NumPy."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from teachkit.errors import ModelError
from teachkit.explanation.checking import Observed, observe
from teachkit.keras_reader import Recording
from teachkit.keras_runner.feeding import fed, notes_on
from teachkit.keras_runner.inputs import random_inputs, untried_inputs
from teachkit.keras_runner.interpreter import Interpreter
from teachkit.keras_runner.running import has_numbers
from teachkit.keras_runner.watching import Array, Watching
from teachkit.math import Arguments

_SAMPLES = 2


@dataclass(frozen=True, eq=False, slots=True)
class Observations:
    """What one run of a model showed.

    Attributes:
        calls: by the path of each call that was computed.
        failure: why the others could not be; empty if all could.
        notes: what one should know of the numbers that went in.
    """

    calls: dict[str, Observed]
    failure: str = ""
    notes: tuple[str, ...] = ()


def observed_calls(
    recording: Recording, inputs: Any, wanted: Mapping[str, bool]
) -> Observations:
    """Return what computing calls twice showed.

    Arguments:
        recording: of the model, which is left as it was.
        inputs: as the model takes them; None for random ones.
        wanted: paths of the calls to compute; True for those that do what they do in
            training.

    Raises:
        TeachkitError: the inputs that were given are not such as the model takes.
    """
    if not has_numbers(recording):
        return Observations({}, "its weights have shapes and no numbers")
    found: dict[str, Observed] = {}

    def tell(
        path: str, operation: Any, given: dict[str, Any], outputs: list[Array]
    ) -> None:
        found[path] = observe(operation, Arguments(given), outputs, wanted[path])

    notes: tuple[str, ...] = ()
    try:
        arrays = fed(recording, _random(recording) if inputs is None else inputs)
        notes = tuple(notes_on(arrays))
        watching = Watching(tell, wanted.__contains__)
        Interpreter(recording, [watching]).run(arrays, training=None)
    except ModelError as error:
        if inputs is not None:
            raise
        return Observations(found, error.found, notes)
    return Observations(found, "", notes)


def _random(recording: Recording) -> Any:
    try:
        return random_inputs(recording, _SAMPLES)
    except ModelError:
        # Calls before the one that fails can be computed all the same.
        return untried_inputs(recording, _SAMPLES)
