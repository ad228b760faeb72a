"""Gradients of a loss with respect to all tensors of a run, and each use of a weight.

Every call of a layer gets copies of the weights of its own. So the gradient of a copy
is the share of this call, also where a layer is called at several depths. The same goes
for a tensor that several calls read.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import tensorflow as tf

from teachkit.keras_runner.losses import Term, loss_of
from teachkit.keras_runner.probabilities import BESIDE, Beside
from teachkit.keras_runner.readings import OWN_LOSS, Place
from teachkit.keras_runner.recorder import Key
from teachkit.keras_runner.running import State
from teachkit.keras_runner.separating import Copies, Separating

if TYPE_CHECKING:
    from teachkit.keras_runner.tracer import Tracer

REGULARIZATION = "regularization"

_CUT = (
    "No gradient leaves the loss of '{}': nothing in the model can be learnt from it. "
    "A loss of your own must compute with keras.ops and not with NumPy."
)
LossValue = tuple[str, Any, float]
"""Name, value and weight of one term of a loss."""


@dataclass(eq=False, slots=True)
class Found:
    """All gradients of one run, as tensors; None where no loss reaches.

    Attributes:
        losses: name, value and weight of each term of the loss.
        of_tensors: by key.
        of_readings: what each reader of a tensor sends back, where it has several.
        forks: these tensors with the places where they are read.
        of_calls: by path of the call and `id` of the variable.
        penalties, totals: by `id` of the variable.
        reached: the names of the losses that reach a variable, by its `id`.
        notes: where these are not what they seem to be.
    """

    losses: list[tuple[str, float, float]]
    of_tensors: dict[Key, Any] = field(default_factory=dict)
    of_readings: dict[Place, Any] = field(default_factory=dict)
    forks: dict[Key, list[Place]] = field(default_factory=dict)
    of_calls: Copies = field(default_factory=dict)
    penalties: dict[int, Any] = field(default_factory=dict)
    totals: dict[int, Any] = field(default_factory=dict)
    reached: dict[int, list[str]] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    @property
    def total(self) -> float:
        """The loss: the weighted sum of its terms."""
        return sum(value * weight for _, value, weight in self.losses)


def taken(
    tape: tf.GradientTape,
    seen: Separating,
    values: list[LossValue],
    penalties: State,
    beside: list[Beside],
) -> Found:
    """Return the gradients that a tape recorded.

    Arguments:
        tape: the run was recorded on it.
        seen: the tensors and copies of the run.
        values: name, value and weight of each term.
        penalties: copies of weights that only a regularizer read.
        beside: gradients of probabilities that the tape may have passed by.
    """
    found = Found([(name, float(value), weight) for name, value, weight in values])
    found.notes += seen.notes
    more = {id(variable): copy for variable, copy in penalties}
    sources = {
        "tensors": seen.tensors,
        "readings": seen.read,
        "calls": seen.copies,
        "penalties": more,
    }
    for name, value, weight in values:
        part = tape.gradient(value, sources)
        if name != REGULARIZATION and not any(map(_any_gradient, part.values())):
            found.notes.append(_CUT.format(name))
        for key, gradient in part["calls"].items():
            if gradient is not None and name not in found.reached.setdefault(
                key[1], []
            ):
                found.reached[key[1]].append(name)
        _add(found.of_tensors, part["tensors"], weight)
        _add(found.of_readings, part["readings"], weight)
        _add_beside(
            found, part["tensors"], [b for b in beside if b.name == name], weight
        )
        _add(found.of_calls, part["calls"], weight)
        _add(found.penalties, part["penalties"], weight)
    for key, gradient in found.penalties.items():
        names = found.reached.setdefault(key, [])
        if gradient is not None and REGULARIZATION not in names:
            names.append(REGULARIZATION)
    _add_own_losses(found, tape, seen)
    return found


def loss_values(
    terms: list[Term], outputs: Any, added: list[Any], penalties: State
) -> list[LossValue]:
    """Return name, value and weight of each term, with what layers add by themselves.

    Arguments:
        terms: the losses of the outputs.
        outputs: of the run, nested.
        added: the losses that layers added in the run.
        penalties: each variable that may have a regularizer, with its value.
    """
    values = [(term.name, loss_of(term, outputs), term.weight) for term in terms]
    own = [tf.reduce_sum(tf.cast(loss, "float32")) for loss in added]
    own += [
        tf.reduce_sum(tf.cast(variable.regularizer(value), "float32"))
        for variable, value in penalties
    ]
    return [*values, (REGULARIZATION, tf.add_n(own), 1.0)] if own else values


def totals(run: Tracer, roots: State) -> tuple[dict[int, Any], float]:
    """Return the gradient of each variable in an ordinary pass, and the loss there.

    No weight is copied, and nothing looks at this run: it is what `fit` would follow.
    """
    with tf.GradientTape(watch_accessed_variables=False) as tape:
        for _, value in roots:
            tape.watch(value)
        outputs, added = run.ordinary()
        values = loss_values(run.terms, outputs, added, regularized(roots))
        total = tf.add_n([tf.cast(v, "float32") * weight for _, v, weight in values])
    gradients = tape.gradient(total, [value for _, value in roots])
    by_variable = {
        id(variable): gradient
        for (variable, _), gradient in zip(roots, gradients, strict=True)
    }
    return by_variable, float(total)


def copies_for_penalties(tape: tf.GradientTape, roots: State) -> list[tuple[Any, Any]]:
    """Return a copy of each weight that has a regularizer, for this alone to read."""
    copies = [(v, tf.identity(value)) for v, value in regularized(roots)]
    for _, copy in copies:
        tape.watch(copy)
    return copies


def regularized(roots: State) -> list[tuple[Any, Any]]:
    """Return the variables that have a regularizer, each with its value."""
    return [(v, value) for v, value in roots if v.regularizer is not None]


def _add_beside(
    found: Found, part: Mapping[Key, Any], beside: list[Beside], weight: float
) -> None:
    """Add what was computed beside a tape to tensors that the tape has passed by."""
    for one in beside:
        if all(part.get(key) is None for key in one.keys):
            _add(found.of_tensors, dict.fromkeys(one.keys, one.gradient), weight)
            _add(found.of_readings, dict.fromkeys(one.places, one.gradient), weight)
            found.notes.append(BESIDE.format(one.keys[-1][0], one.name))


def _add_own_losses(found: Found, tape: tf.GradientTape, seen: Separating) -> None:
    """Add what comes back from losses that calls added: a regularizer of activity."""
    found.forks = seen.forks
    for path, losses in seen.added.items():
        own = {key: seen.tensors[key] for key in found.forks if key[0] == path}
        for key, gradient in tape.gradient(losses, own).items() if own else ():
            if gradient is not None:
                # A call with several outputs has copies of them, which no loss reads.
                place = (path, OWN_LOSS)
                found.forks[key].append(place)
                found.of_readings[place] = gradient
    for key in [key for key, places in found.forks.items() if len(places) < 2]:
        for place in found.forks.pop(key):
            found.of_readings.pop(place, None)


def _any_gradient(part: Mapping[Any, Any]) -> bool:
    return any(gradient is not None for gradient in part.values())


def _add(sums: dict[Any, Any], part: Mapping[Any, Any], weight: float) -> None:
    """Add the gradients of one term to those of the terms before it."""
    for key, gradient in part.items():
        if gradient is None:
            sums.setdefault(key, None)
            continue
        scaled = gradient if weight == 1 else tf.convert_to_tensor(gradient) * weight
        before = sums.get(key)
        sums[key] = scaled if before is None else tf.convert_to_tensor(before) + scaled
