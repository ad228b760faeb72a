"""Losses that a learner wrote, and names that nearly are those of Keras."""

from __future__ import annotations

import difflib
from collections.abc import Callable
from typing import Any

import keras

from teachkit.errors import WrongTypeError, WrongValueError
from teachkit.keras_reader.tracing import reason_of


class LossOfFunction(keras.losses.Loss):  # type: ignore[misc]  # Keras has no types
    """Makes a loss of a function, with the mean over the batch that `fit` takes."""

    def __init__(self, function: Callable[[Any, Any], Any]) -> None:
        super().__init__(name="loss")
        self.function = function

    def call(self, y_true: Any, y_pred: Any) -> Any:
        """Return the loss of each sample, or of all.

        Raises:
            WrongTypeError: the function returns no tensor.
        """
        value = self.function(*_of_one_rank(y_true, y_pred))
        if keras.ops.is_tensor(value):
            return value
        raise WrongTypeError(
            "a loss function that returns a tensor, computed with keras.ops",
            f"'{_name_of(self.function)}' returns {_told(value)}",
            "compute with keras.ops and not with NumPy: no gradient goes through that"
            if value is not None
            else "let the function return the loss",
        )


def own_function(loss: Any) -> Any:
    """Return the learner's own code behind a loss, None if it is one of Keras."""
    code = getattr(loss, "function", None)
    own = getattr(loss, "fn", None) if code is None else code
    own = type(loss) if own is None else own
    is_of_keras = str(getattr(own, "__module__", "")).startswith("keras.")
    return None if is_of_keras else own


def failing(own: Any, error: Exception, shapes: str) -> WrongValueError:
    """Return what to say of a learner's loss that fails.

    Arguments:
        own: the learner's function or class.
        error: that it raised.
        shapes: of what it was called with, in words.
    """
    return WrongValueError(
        "a loss function that takes targets and outputs, and returns the loss",
        f"your loss function '{_name_of(own)}' fails: {reason_of(error)}; it gets "
        f"{shapes}",
        "mend the function, or take another loss, such as 'mse'",
    )


def _name_of(function: Any) -> str:
    return str(getattr(function, "__name__", type(function).__name__))


def _told(value: Any) -> str:
    return "nothing" if value is None else f"a {type(value).__name__}"


def meant(given: Any) -> str:
    """Return a question for a name that is nearly the one of a loss."""
    known = [name for name in dir(keras.losses) if not name.startswith("_")]
    close = difflib.get_close_matches(str(given), known, n=1, cutoff=0.7)
    return f"did you mean '{close[0]}'? or " if close else ""


def _of_one_rank(target: Any, output: Any) -> tuple[Any, Any]:
    """Return both with as many axes, where they differ by a last one of length 1."""
    ranks = len(target.shape), len(output.shape)
    if ranks[0] == ranks[1] + 1 and target.shape[-1] == 1:
        return _joined(target, output)
    if ranks[1] == ranks[0] + 1 and output.shape[-1] == 1:
        return _joined(output, target)[::-1]
    return target, output


def _joined(longer: Any, shorter: Any) -> tuple[Any, Any]:
    if len(shorter.shape) == 1:
        return longer, keras.ops.expand_dims(shorter, -1)
    return keras.ops.squeeze(longer, -1), shorter
