"""The gradient of a cross-entropy with respect to the probabilities it is taken of.

Keras takes it of the logits before a softmax or sigmoid, as that loses no digits. So no
gradient goes through the probabilities, of which a textbook has it: -y / p.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import keras
import tensorflow as tf

from teachkit.keras_reader.overrides import logits_of
from teachkit.keras_runner.losses import Term, output_of
from teachkit.keras_runner.readings import Place, way_to
from teachkit.keras_runner.recorder import Key
from teachkit.keras_runner.separating import Separating
from teachkit.keras_runner.target_shapes import kind_of_loss

_REST = 1e-6

BESIDE = (
    "The gradient of '{}' was computed beside the others, from the probabilities: for "
    "the loss of '{}' Keras goes on from the numbers before the softmax or sigmoid."
)


@dataclass(frozen=True, eq=False, slots=True)
class Beside:
    """The gradient of a loss with respect to probabilities, computed on its own.

    Attributes:
        name: of the term of the loss.
        keys: of the tensors that bring these probabilities to the loss.
        places: where these are read on the way to the loss, if others read them too.
        gradient: of the term, without its weight.
    """

    name: str
    keys: list[Key]
    places: list[Place]
    gradient: Any


def of_probabilities(terms: list[Term], outputs: Any, seen: Separating) -> list[Beside]:
    """Return the gradients of what a softmax or sigmoid gave at the end of a model.

    Arguments:
        terms: the losses of the outputs.
        outputs: of the run, nested.
        seen: the tensors of the run.
    """
    found = []
    for term in terms:
        output = output_of(term, outputs)
        logits = logits_of(output)
        keys = [k for k, t in seen.tensors.items() if logits_of(t) is logits]
        if logits is not None and keys:
            way = way_to(term.path, keys, seen.readings)
            places = [place for place in way.values() if place in seen.read]
            # Of a model that runs as one call nobody knows the way.
            on_way = [key for key in keys if key in way] or keys
            found.append(Beside(term.name, on_way, places, _gradient(term, output)))
    return found


def _gradient(term: Term, output: Any) -> Any:
    with tf.GradientTape() as tape:
        alone = tf.identity(output)
        tape.watch(alone)
        target, probabilities = _with_rest(term, alone)
        value = keras.ops.mean(term.loss(target, probabilities))
    return tape.gradient(value, alone)


def _with_rest(term: Term, output: Any) -> tuple[Any, Any]:
    """Return target and probabilities with one more class, which has the rest to 1.

    Keras divides probabilities by their sum. With the rest this sum is 1 whatever they
    are, and the derivative is that of the definition.
    """
    kind = (kind_of_loss(term.loss) or "").lower()
    smooth = getattr(term.loss, "label_smoothing", 0)
    if "categorical" not in kind or getattr(term.loss, "axis", -1) != -1 or smooth:
        return term.target, output
    rest = 1 - keras.ops.sum(output, axis=-1, keepdims=True)
    # Keras clips what is nearly 0, and no gradient goes through that.
    rest += keras.ops.stop_gradient(_REST - rest)
    more = keras.ops.concatenate([output, rest], axis=-1)
    if kind.startswith("sparse"):
        return term.target, more
    target = keras.ops.convert_to_tensor(term.target)
    return keras.ops.pad(target, [(0, 0)] * (len(target.shape) - 1) + [(0, 1)]), more
