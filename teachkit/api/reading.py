"""Models as plain data, and as a recording with the Keras objects behind it."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from teachkit.errors import WrongTypeError
from teachkit.graph import ModelGraph

if TYPE_CHECKING:
    from teachkit.keras_reader import Recording


def read(model: Any) -> ModelGraph:
    """Read a model into plain, frozen data: its calls and the tensors between them.

    Arguments:
        model: a Functional, Sequential or subclassed `keras.Model`, the path of a
            `.keras` file, or a `ModelGraph`, which is returned as it is.

    Returns:
        The graph. The same model gives the same graph each time; the model is left
        as it was.

    Raises:
        TeachkitError: this is no model, it was never built, or the file cannot be
            loaded safely.

    Example:
        >>> import keras
        >>> inputs = keras.Input((4,), name="measurements")
        >>> outputs = keras.layers.Dense(3, name="species")(inputs)
        >>> graph = read(keras.Model(inputs, outputs))
        >>> [call.id for call in graph.calls]
        ['measurements', 'species']
        >>> graph.call("species").outputs[0].shape
        (None, 3)
        >>> graph.params
        15
    """
    return model if isinstance(model, ModelGraph) else recorded(model).graph


def dry() -> AbstractContextManager[None]:
    """Build models without weights: 400 million parameters in milliseconds.

    What is built inside the block has layers, shapes and parameter counts, and no
    numbers: it can be read and drawn and not run. Nothing is left behind.

    Example:
        >>> import keras
        >>> with dry():
        ...     pixels = keras.Input((224, 224, 128))
        ...     huge = keras.Model(
        ...         pixels, keras.layers.Dense(64)(keras.layers.Flatten()(pixels))
        ...     )
        >>> read(huge).params
        411041856
    """
    from teachkit.keras_reader import dry as dry_building  # noqa: PLC0415 - imports Keras

    return dry_building()


def recorded(model: Any) -> Recording:
    """Read a model, or the file of one, with the Keras objects behind its calls."""
    if isinstance(model, ModelGraph):
        raise WrongTypeError(
            "a Keras model, since its layers and numbers are needed",
            f"the graph of '{model.name}', which is plain data",
            "pass the model itself, or the path of its .keras file",
        )
    from teachkit import keras_reader  # noqa: PLC0415 - loads TensorFlow, which takes seconds: only when it is needed

    if isinstance(model, (str, Path)):
        model = keras_reader.load_model(Path(model))
    with collector_paused():
        return keras_reader.record_model(model)


@contextmanager
def collector_paused() -> Iterator[None]:
    """Keep Python's garbage collector from searching while a graph is put together.

    Nothing that is made then is garbage, but making 200,000 small objects beside a
    model of 10,000 layers lets it search all of them: 2 of 3.6 seconds, measured.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
