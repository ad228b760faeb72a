"""Run a model once, and compute each of its calls a second time in NumPy."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from teachkit.errors import ModelError
from teachkit.explanation.checking import Observed, observe
from teachkit.keras_reader import Recording
from teachkit.keras_runner.feeding import fed
from teachkit.keras_runner.inputs import random_inputs
from teachkit.keras_runner.interpreter import Interpreter
from teachkit.keras_runner.running import has_numbers
from teachkit.keras_runner.watching import Array, Watching
from teachkit.math import Arguments

_SAMPLES = 2


def observed_calls(
    recording: Recording, inputs: Any, wanted: Callable[[str], bool]
) -> tuple[dict[str, Observed], str]:
    """Return what computing calls twice showed, by path, or why it could not be done.

    Arguments:
        recording: of the model, which is left as it was.
        inputs: as the model takes them; None for random ones.
        wanted: tells by the path which calls to compute.

    Raises:
        TeachkitError: the inputs that were given are not such as the model takes.
    """
    if not has_numbers(recording):
        return {}, "its weights have shapes and no numbers"
    found: dict[str, Observed] = {}

    def tell(
        path: str, operation: Any, given: dict[str, Any], outputs: list[Array]
    ) -> None:
        found[path] = observe(operation, Arguments(given), outputs)

    try:
        data = random_inputs(recording, _SAMPLES) if inputs is None else inputs
        arrays = fed(recording, data)
        Interpreter(recording, [Watching(tell, wanted)]).run(arrays, training=None)
    except ModelError as error:
        if inputs is not None:
            raise
        return {}, f"it does not run on random inputs: {error.found}"
    return found, ""
