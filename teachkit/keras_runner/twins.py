"""The Sequential form of a Functional chain, and the Functional form of a Sequential.

Both are built from copies, with the weights of the original moved over. The learner's
model gets no new calls, and Keras' names and seeds go on as if nothing had happened.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import keras

from teachkit.errors import ModelError
from teachkit.keras_reader import internals
from teachkit.keras_reader.recording import RecordedModel, Recording
from teachkit.keras_reader.tracing import reason_of
from teachkit.keras_runner.clones import Clones
from teachkit.keras_runner.guard import nothing_moved
from teachkit.keras_runner.running import model_of
from teachkit.keras_runner.weights import VariablePairs


@dataclass(frozen=True, eq=False, slots=True)
class Twin:
    """A model built from copies of the layers of another one.

    Attributes:
        model: the new model.
        variables: each variable of the original with that of the copy.
        unbuilt: layers that have no weights yet, as the model was never run, each with
            its copy.
        by_hand: names of layers whose class has no working get_config.
    """

    model: Any
    variables: VariablePairs
    unbuilt: VariablePairs = field(default_factory=list)
    by_hand: tuple[str, ...] = ()


def sequential_twin(recording: Recording) -> keras.Sequential:
    """Return a Sequential model that computes the same as a chain of layers.

    Arguments:
        recording: of a model whose calls form a chain.

    Raises:
        ModelError: a layer cannot be copied, or Keras refuses the chain.
    """
    return build_sequential(recording).model


def functional_twin(recording: Recording) -> keras.Model:
    """Return the Functional form of a Sequential model, also of one that uses a layer
    twice.

    Raises:
        ModelError: a layer cannot be copied, or the model has no input yet.
    """  # noqa: D205 - one sentence
    return build_functional(recording).model


def build_sequential(recording: Recording) -> Twin:
    """Return the Sequential twin, and which of its variables are copies of which."""
    name = recording.graph.name
    return _built(recording, lambda clones, root: clones.sequential(root, name))


def build_functional(recording: Recording) -> Twin:
    """Return the Functional twin, and which of its variables are copies of which."""
    name = recording.graph.name
    return _built(
        recording, lambda clones, root: keras.Model(*clones.replay(root), name=name)
    )


@contextmanager
def weights_made(recording: Recording, twin: Twin) -> Iterator[VariablePairs]:
    """Give layers that were never run their weights, as long as the block lasts.

    Yields:
        The pairs of variables of the model and its twin, with those of such layers.

    Raises:
        ModelError: such a layer cannot be built, or gets other weights than its copy.
    """
    with nothing_moved(*([model_of(recording)] if twin.unbuilt else [])):
        pairs = list(twin.variables)
        for original, copy in twin.unbuilt:
            original.build_from_config(copy.get_build_config() or {})
            found = list(zip(original.variables, copy.variables, strict=False))
            if len(original.variables) != len(copy.variables) or not _fit(found):
                raise _without_weights(recording, original)
            pairs += found
        yield pairs


def _without_weights(recording: Recording, layer: Any) -> ModelError:
    return ModelError(
        "layers that have their weights",
        f"'{layer.name}' of '{recording.graph.name}', whose weights are not those of "
        "its copy",
        "call the model on data first",
    )


Builder = Callable[[Clones, RecordedModel], Any]


def _built(recording: Recording, builder: Builder) -> Twin:
    if not recording.graph.inputs:
        raise ModelError(
            "a model whose input is known",
            f"'{recording.graph.name}', which has no input yet",
            "put a keras.Input(...) first",
        )
    with nothing_moved():
        try:
            clones = Clones(recording)
            model = builder(clones, recording.root)
        except ModelError:
            raise
        except (Exception, RecursionError) as error:
            raise _refused(recording, error) from error
        return _with_weights(model, clones)


def _with_weights(model: Any, clones: Clones) -> Twin:
    pairs: VariablePairs = []
    unbuilt: VariablePairs = []
    for original, copy in clones.models:
        if isinstance(original, keras.Model):
            copy.trainable = original.trainable
    for original, copy in clones.layers:
        found = list(zip(original.variables, copy.variables, strict=False))
        if len(original.variables) != len(copy.variables) or not _fit(found):
            unbuilt.append((original, copy))
            continue
        _move(found)
        _settle(copy)
        pairs += found
        _freeze_alike(original, copy)
    by_hand = tuple(str(layer.name) for layer in clones.by_hand)
    return Twin(model, pairs, unbuilt, by_hand)


def _fit(pairs: VariablePairs) -> bool:
    return all(tuple(one.shape) == tuple(other.shape) for one, other in pairs)


def _move(pairs: VariablePairs) -> None:
    for original, copy in pairs:
        if not internals.without_numbers(original):
            copy.assign(original.value)


def _settle(copy: Any) -> None:
    """Let layers take over numbers that they compute from their weights only once."""
    for layer in internals.flat_layers(copy):
        if isinstance(layer, keras.layers.Normalization):
            layer.finalize_state()


def _freeze_alike(original: Any, copy: Any) -> None:
    """Freeze in a copy the layers that are frozen, from the outer to the inner ones."""
    layers = internals.flat_layers(original), internals.flat_layers(copy)
    for one, other in zip(*layers, strict=False):
        if one.trainable != other.trainable:
            other.trainable = one.trainable


def _refused(recording: Recording, error: BaseException) -> ModelError:
    if isinstance(error, RecursionError):
        count = len(recording.graph.calls)
        reason = f"with {count:,} calls it is too deep for Keras itself"
    else:
        reason = f"Keras refuses: {reason_of(error)}"  # type: ignore[arg-type]
    return ModelError(
        "a model of which a copy can be built",
        f"'{recording.graph.name}', where {reason}",
        "look at the layers one by one",
    )
