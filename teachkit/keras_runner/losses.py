"""Which loss is taken of which output, as `compile` understands it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import keras
import numpy as np

from teachkit.errors import TeachkitError, WrongTypeError, WrongValueError
from teachkit.graph import Endpoint
from teachkit.keras_reader.ports import leaves_with_path
from teachkit.keras_reader.recording import Recording
from teachkit.keras_reader.tracing import reason_of
from teachkit.keras_runner.matching import matched, names_of, numbers_joined
from teachkit.keras_runner.own_losses import (
    LossOfFunction,
    failing,
    meant,
    own_function,
)
from teachkit.keras_runner.running import model_of
from teachkit.keras_runner.target_shapes import check_target, shapes_told

_CHOOSING = ("crossentropy", "ce")


@dataclass(frozen=True, eq=False, slots=True)
class Term:
    """A loss of one output.

    Attributes:
        name, path: of the output.
        loss: takes targets and outputs, and returns a scalar.
        target: what the output should be.
        weight: by which the loss enters the total.
    """

    name: str
    path: str
    loss: Callable[[Any, Any], Any]
    target: Any
    weight: float = 1.0


def terms_of(recording: Recording, loss: Any, targets: Any) -> list[Term]:
    """Return the losses of a model's outputs.

    Arguments:
        recording: of the model.
        loss: the name of a loss, a loss, a function, or several by output; `compiled`
            or None for what the model was compiled with.
        targets: what the outputs should be.

    Raises:
        TeachkitError: an unknown loss, or targets that do not fit the outputs.
    """
    ends = recording.graph.outputs
    weights: Any = None
    if loss is None or (isinstance(loss, str) and loss == "compiled"):
        loss, weights = _compiled(recording)
    if targets is None:
        raise WrongValueError(
            "targets, which the loss compares the outputs with",
            "a loss and no targets",
            "pass targets=..., one array for each output that has a loss",
        )
    losses = _by_output(loss, ends, "loss")
    wanted = [end for end in ends if losses.get(end) is not None]
    if not wanted:
        raise WrongValueError("a loss for some output", "none", "pass a loss")
    goals = _targets(targets, ends, wanted)
    shares = _by_output(weights, ends, "loss weight") if weights is not None else {}
    names = dict(zip(ends, names_of(ends), strict=True))
    return [
        Term(
            names[end],
            end.path,
            _loss(losses[end], goals[end], end),
            goals[end],
            float(shares.get(end, 1.0)),
        )
        for end in wanted
    ]


def loss_of(term: Term, outputs: Any) -> Any:
    """Return the loss of one output, a scalar.

    Arguments:
        term: the loss and its target.
        outputs: nested as the model returns them.

    Raises:
        TeachkitError: the target does not fit the output.
    """
    output = output_of(term, outputs)
    check_target(term.name, term.loss, term.target, output)
    try:
        value = term.loss(term.target, output)
    except TeachkitError:
        raise
    except Exception as error:
        own = own_function(term.loss)
        if own is not None:
            raise failing(own, error, shapes_told(term.target, output)) from error
        raise WrongValueError(
            f"a target for output '{term.name}' that its loss can be taken of",
            f"{shapes_told(term.target, output)}: {reason_of(error)}",
            "pass a target of the shape of the output, or take another loss",
        ) from error
    return keras.ops.mean(value) if len(value.shape) else value


def output_of(term: Term, outputs: Any) -> Any:
    """Return the output of a term; that of a closed model is known only now.

    Raises:
        WrongValueError: nobody can tell which one it is.
    """
    leaves = dict(leaves_with_path(outputs))
    if term.path in leaves:
        return leaves[term.path]
    if len(leaves) == 1:
        return next(iter(leaves.values()))
    raise WrongValueError(
        f"one output of '{term.name}', of which nobody can tell the outputs before",
        f"{len(leaves)} outputs",
        "trace it without a loss, or put it into a Functional model with one output",
    )


def _compiled(recording: Recording) -> tuple[Any, Any]:
    """Return the loss that a model was compiled with, and the weights of its parts."""
    model = model_of(recording)
    loss = getattr(model, "loss", None)
    if not getattr(model, "compiled", False) or loss is None:
        raise WrongValueError(
            "a loss",
            f"none, and '{recording.graph.name}' is not compiled with one",
            "pass loss='mse' or another loss, or compile the model first",
        )
    config = model.get_compile_config() or {}
    return loss, config.get("loss_weights")


def _by_output(given: Any, ends: tuple[Endpoint, ...], noun: str) -> dict[Any, Any]:
    if not isinstance(given, (Mapping, list, tuple)):
        return dict.fromkeys(ends, given)
    return matched(given, ends, noun, partial=True)


def _targets(
    given: Any, ends: tuple[Endpoint, ...], wanted: list[Endpoint]
) -> dict[Endpoint, Any]:
    """Return the target of each output that has a loss; the others need none."""
    try:
        joined = numbers_joined(given, len(ends))
        found = matched(joined, ends, "target", partial=True)
    except TeachkitError:
        if isinstance(given, Mapping) or len(wanted) == len(ends):
            raise
        joined = numbers_joined(given, len(wanted))
        found = matched(joined, wanted, "target")
    for end in wanted:
        if found.get(end) is None:
            name = dict(zip(ends, names_of(ends), strict=True))[end]
            raise WrongValueError(
                f"a target for output '{name}', which has a loss",
                "none",
                "pass targets={'" + name + "': ...}",
            )
    return {end: _array(found[end]) for end in wanted}


def _array(target: Any) -> Any:
    if keras.ops.is_tensor(target):
        return target
    array = np.asarray(target)
    if array.dtype.kind not in "biuf":
        raise WrongTypeError(
            "numbers as targets",
            f"an array of dtype {array.dtype}",
            "turn classes into numbers: 0, 1, 2, ...",
        )
    return array


def _loss(given: Any, target: Any, end: Endpoint) -> Callable[[Any, Any], Any]:
    if isinstance(given, str) and given.lower() in _CHOOSING:
        given = _chosen(target, end)
    try:
        found = keras.losses.get(given)
    except (ValueError, TypeError) as error:
        raise WrongValueError(
            "the name of a loss of Keras, a loss, or a function of targets and outputs",
            f"{given!r}",
            f"{meant(given)}take 'mse', 'sparse_categorical_crossentropy' or another "
            "of keras.losses",
        ) from error
    return found if isinstance(found, keras.losses.Loss) else LossOfFunction(found)


def _chosen(target: Any, end: Endpoint) -> str:
    """Return which cross-entropy `compile` means: it looks at the shapes."""
    shape, goal = end.shape or (None,), tuple(target.shape)
    if shape[-1] == 1:
        return "binary_crossentropy"
    is_sparse = len(goal) < len(shape) or goal[-1] == 1
    return f"{'sparse_' * is_sparse}categorical_crossentropy"
