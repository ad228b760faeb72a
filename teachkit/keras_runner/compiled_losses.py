"""The loss of a compiled model, taken as Keras takes it, for targets of ours."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import keras
import numpy as np

from teachkit.errors import ModelError
from teachkit.keras_reader import internals
from teachkit.keras_reader.ports import leaves_with_path, map_leaves
from teachkit.keras_reader.recording import Recording
from teachkit.keras_reader.tracing import reason_of
from teachkit.keras_runner.guard import nothing_moved
from teachkit.keras_runner.running import (
    State,
    arguments_for,
    failed,
    model_of,
    training_for,
)

Arrays = Mapping[str, "np.ndarray[Any, Any]"]


@dataclass(frozen=True, slots=True)
class LossPart:
    """One loss of one output.

    Attributes:
        name: of the loss: `mean_squared_error`.
        weight: by which it enters the total.
        value: for the targets that were given; None if it cannot be taken of them.
        error: why not.
        of_logits: it is told that it gets no probabilities.
    """

    name: str
    weight: float
    value: float | None
    error: str = ""
    of_logits: bool = False


class CompiledRun:
    """The outputs of one run of a model, of which its loss can be taken.

    Keras knows of an output that it came out of a softmax, and takes the loss of what
    went in. So the loss is taken of the outputs themselves and not of copies.

    Arguments:
        recording: of a compiled model, which is never changed.
        arrays: one for each input, by the id of the input.
        state: values that variables have instead of their own.

    Raises:
        ModelError: code of the model fails.
    """

    def __init__(
        self, recording: Recording, arrays: Mapping[str, Any], state: State = ()
    ) -> None:
        self._model = model_of(recording)
        args, kwargs = arguments_for(recording, arrays)
        kwargs |= training_for(self._model, training=False)
        try:
            with (
                nothing_moved(self._model),
                keras.StatelessScope(state_mapping=state, initialize_variables=False),
            ):
                self._found = self._model(*args, **kwargs)
        except Exception as error:
            raise failed(recording, error) from error
        self._leaves = dict(leaves_with_path(self._found))

    @property
    def outputs(self) -> dict[str, np.ndarray[Any, Any]]:
        """The outputs by their path."""
        return {
            path: np.asarray(keras.ops.convert_to_numpy(leaf))
            for path, leaf in self._leaves.items()
        }

    def total(self, targets: Arrays) -> float:
        """Return the loss that Keras would tell: the weighted sum of all parts.

        Arguments:
            targets: by path of the output.

        Raises:
            ModelError: Keras refuses them.
        """
        with self._asked():
            taken = internals.compiled_loss(self._model)
            return float(taken(self._nested(targets), self._found))

    def parts(self, targets: Arrays) -> dict[str, list[LossPart]]:
        """Return the losses of each output, by its path.

        Arguments:
            targets: by path of the output.

        Raises:
            ModelError: Keras cannot tell which loss is of which output.
        """
        found: dict[str, list[LossPart]] = {path: [] for path in targets}
        nested = self._nested(targets)
        with self._asked():
            taken = internals.compiled_loss(self._model)
            for place, loss, weight in internals.losses_by_place(
                taken, nested, self._found
            ):
                path = self._path_of(place)
                value, error = _taken(loss, targets[path], self._leaves[path])
                share = 1.0 if weight is None else float(weight)
                found[path].append(
                    LossPart(_name(loss), share, value, error, _of_logits(loss))
                )
        return found

    def _nested(self, targets: Arrays) -> Any:
        paths = iter(self._leaves)
        return map_leaves(lambda _: targets[next(paths)], self._found)

    def _path_of(self, place: tuple[Any, ...]) -> str:
        """Return the path of an output from where Keras finds it."""
        paths = list(self._leaves)
        path = "".join(f"[{key!r}]" for key in place)
        if path in self._leaves:
            return path
        names = list(getattr(self._model, "output_names", None) or paths)
        return paths[names.index(place[0])] if place else paths[0]

    @contextmanager
    def _asked(self) -> Iterator[None]:
        try:
            with nothing_moved():
                yield
        except Exception as error:
            raise ModelError(
                "losses that fit the outputs",
                f"Keras cannot take the loss: {reason_of(error)}",
                "compare the losses with the outputs, one by one",
            ) from error


def is_compiled(model: Any) -> bool:
    """Tell whether a model was compiled with a loss."""
    return internals.losses_given(model)[0] is not None


def _name(loss: Any) -> str:
    """Return the name of a loss, that of its function: `mse` is written out."""
    function = getattr(loss, "fn", None)
    return str(getattr(function, "__name__", loss.name))


def _of_logits(loss: Any) -> bool:
    try:
        return bool(loss.get_config().get("from_logits"))
    except Exception:  # noqa: BLE001 - a learner's loss may have no configuration
        return False


def _taken(loss: Any, target: Any, output: Any) -> tuple[float | None, str]:
    """Return the value of a loss, or why there is none."""
    try:
        return float(loss(target, output)), ""
    except Exception as error:  # noqa: BLE001 - a learner's loss may raise anything
        return None, reason_of(error)
