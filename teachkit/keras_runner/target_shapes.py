"""Targets that do not fit their output, told before a loss fails or broadcasts them."""

from __future__ import annotations

from typing import Any

import keras
import numpy as np

from teachkit.errors import WrongValueError

_FREE = {
    "CTC",
    "CategoricalGeneralizedCrossEntropy",
    "Circle",
    "CosineSimilarity",
}
"""Losses of Keras whose targets may have another shape than the output."""


def check_target(name: str, loss: Any, target: Any, output: Any) -> None:
    """Refuse a target whose shape or classes do not fit.

    Keras stretches a column of targets over all outputs without a word.

    Arguments:
        name: of the output.
        loss: that is taken of both.
        target: of the output.
        output: as the model gives it.

    Raises:
        WrongValueError: number of samples, shape or class do not fit.
    """
    goal, shape = tuple(target.shape), tuple(output.shape)
    if shape and goal and goal[0] != shape[0]:
        raise WrongValueError(
            f"as many targets as samples for output '{name}': {shape[0]}",
            f"{goal[0]} (shape {goal})",
            "pass one target for each sample",
        )
    kind = kind_of_loss(loss)
    if kind is None:
        return
    if kind.lower().startswith("sparse"):
        _check_classes(name, target, shape)
    elif _trimmed(goal) != _trimmed(shape):
        raise WrongValueError(
            f"a target for output '{name}' of its shape {shape}",
            f"shape {goal}",
            "pass a target of the same shape"
            if len(goal) == len(shape)
            else _hint(goal, shape, kind),
        )


def shapes_told(target: Any, output: Any) -> str:
    """Return both shapes in words."""
    return f"a target of shape {tuple(target.shape)} and an output of {output.shape}"


def _hint(goal: tuple[int, ...], shape: tuple[int, ...], kind: str) -> str:
    if goal == shape[:-1] and "rossentropy" in kind.replace("_c", "C").lower():
        return "for class numbers take the loss 'sparse_categorical_crossentropy'"
    if len(shape) > len(goal):
        return "pass a target of the same shape, or end the model with fewer axes"
    return "pass a target of the same shape"


def _check_classes(name: str, target: Any, shape: tuple[int, ...]) -> None:
    goal = tuple(target.shape)
    if goal not in (shape[:-1], (*shape[:-1], 1)):
        raise WrongValueError(
            f"class numbers of shape {shape[:-1]} for output '{name}' of shape {shape}",
            f"a target of shape {goal}",
            "for one-hot targets take the loss 'categorical_crossentropy'"
            if goal == shape
            else "pass one class number for each prediction",
        )
    numbers = np.asarray(keras.ops.convert_to_numpy(target))
    wrong = numbers[(numbers < 0) | (numbers >= shape[-1])]
    if wrong.size:
        raise WrongValueError(
            f"classes from 0 to {shape[-1] - 1} as targets of output '{name}'",
            f"the class {int(wrong.flat[0])}",
            "count classes from 0, and give the output one number for each class",
        )


def kind_of_loss(loss: Any) -> str | None:
    """Return the name of a loss of Keras that compares number with number, or None."""
    function = getattr(loss, "function", None)
    made_of = type(loss) if function is None else function
    if not str(getattr(made_of, "__module__", "")).startswith("keras."):
        return None
    name = str(made_of.__name__)
    is_free = name in _FREE or name.lower().replace("_", "") in {
        one.lower() for one in _FREE
    }
    return None if is_free else name


def _trimmed(shape: tuple[int, ...]) -> tuple[int, ...]:
    """Return a shape without a last axis of length 1, which losses add or drop."""
    return shape[:-1] if len(shape) > 1 and shape[-1] == 1 else shape
