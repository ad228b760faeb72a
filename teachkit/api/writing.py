"""Models as source."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from teachkit.api.reading import recorded

if TYPE_CHECKING:
    from teachkit.views.source_text import SourceCode


def to_code(
    model: Any, *, style: Literal["functional", "sequential"] = "functional"
) -> SourceCode:
    """Write the source that builds a model, as a teacher would write it.

    Arguments:
        model: as for `read`, but no `ModelGraph`, which has words for some arguments.
        style: `sequential` writes a list of layers, for a model that is a chain.

    Returns:
        Python source that defines `model`; a notebook shows it as code. Run, it
        builds the same graph with new weights. Only arguments that differ from their
        defaults are written.

    Raises:
        TeachkitError: something in the model has no source: a subclassed model that
            cannot be followed, a Lambda whose code is gone, a variable. The message
            names the call and says why.

    Example:
        >>> import keras
        >>> inputs = keras.Input((4,), name="measurements")
        >>> outputs = keras.layers.Dense(3, activation="softmax")(inputs)
        >>> code = to_code(keras.Model(inputs, outputs))
        >>> namespace = {}
        >>> exec(code, namespace)
        >>> namespace["model"].count_params()
        15
    """
    from teachkit import source_code  # noqa: PLC0415 - loads TensorFlow, which takes seconds: only when it is needed
    from teachkit.views.source_text import SourceCode  # noqa: PLC0415 - loads TensorFlow, which takes seconds: only when it is needed

    return SourceCode(source_code.to_code(recorded(model), style=style))
