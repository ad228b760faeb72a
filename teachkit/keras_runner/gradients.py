"""Gradients of a loss with respect to all tensors of a run, and each use of a weight.

Every call of a layer gets copies of the weights of its own. So the gradient of a copy
is the share of this call, also where a layer is called at several depths.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import keras
import tensorflow as tf

from teachkit.keras_reader.overrides import like_output
from teachkit.keras_reader.recording import Constant, RecordedCall
from teachkit.keras_runner.levels import edges_of
from teachkit.keras_runner.losses import Term, loss_of
from teachkit.keras_runner.observers import Observer
from teachkit.keras_runner.recorder import Key
from teachkit.keras_runner.running import State

if TYPE_CHECKING:
    from teachkit.keras_runner.tracer import Tracer

REGULARIZATION = "regularization"

_CUT = (
    "No gradient leaves the loss of '{}': nothing in the model can be learnt from it. "
    "A loss of your own must compute with keras.ops and not with NumPy."
)
_ASSIGNED = (
    "'{}' gives new numbers to its own weight '{}' while it runs. The gradient is that "
    "of the numbers it gave; `fit` may follow another one."
)

LossValue = tuple[str, Any, float]
"""Name, value and weight of one term of a loss."""

Copies = dict[tuple[str, int], Any]
"""The copy of a weight for one call: by path of the call and `id` of the variable."""


@dataclass(eq=False, slots=True)
class Found:
    """All gradients of one run, as tensors; None where no loss reaches.

    Attributes:
        losses: name, value and weight of each term of the loss.
        of_tensors: by key.
        of_calls: by path of the call and `id` of the variable.
        penalties, totals: by `id` of the variable.
        reached: the names of the losses that reach a variable, by its `id`.
        notes: where these are not what they seem to be.
    """

    losses: list[tuple[str, float, float]]
    of_tensors: dict[Key, Any] = field(default_factory=dict)
    of_calls: Copies = field(default_factory=dict)
    penalties: dict[int, Any] = field(default_factory=dict)
    totals: dict[int, Any] = field(default_factory=dict)
    reached: dict[int, list[str]] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    @property
    def total(self) -> float:
        """The loss: the weighted sum of its terms."""
        return sum(value * weight for _, value, weight in self.losses)


class Separating(Observer):
    """Gives each output a tensor of its own, and each call its own copy of weights.

    A Dropout at inference hands its input on: as one tensor the two would have one
    gradient, that of all who read either. And one output of a call may be computed from
    another one in it, as a sequence from states: what is read of each is a copy.

    Arguments:
        tape: that watches.
        roots: each trainable variable with its value.
        boxes: paths of models that run as one call.
    """

    def __init__(
        self, tape: tf.GradientTape, roots: State, boxes: Collection[str]
    ) -> None:
        self.copies: Copies = {}
        self.tensors: dict[Key, Any] = {}
        self.losses: list[Any] = []
        self.assigned: dict[str, list[str]] = {}
        self._tape = tape
        self._roots = {id(variable): (variable, value) for variable, value in roots}
        self._boxes = boxes
        self._seen: dict[int, Any] = {}
        self._open: dict[str, list[int]] = {}
        self._scope: Any = None

    def started(self, scope: keras.StatelessScope) -> None:
        """Take the scope whose variables are exchanged call by call."""
        self._scope = scope
        self.losses = scope.losses

    def calls(self, path: str, call: RecordedCall) -> None:
        """Give the call copies of its weights."""
        if call.inner is not None and path not in self._boxes:
            return
        self._open[path] = [v for v in _trained_by(call) if v in self._roots]
        for key in self._open[path]:
            variable, _ = self._roots[key]
            # A call before may have assigned, as a spectral normalization does.
            copy = tf.identity(self._scope.get_current_value(variable))
            self._tape.watch(copy)
            self._scope.add_update((variable, copy))
            self.copies[path, key] = copy

    def returned(self, path: str, call: RecordedCall, outputs: list[Any]) -> list[Any]:
        """Take the copies back, and return tensors that nobody else has."""
        del call
        for key in self._open.pop(path, ()):
            variable, value = self._roots[key]
            if self._scope.get_current_value(variable) is self.copies[path, key]:
                self._scope.add_update((variable, value))
            else:
                self.assigned.setdefault(path, []).append(variable.name)
        several = len(outputs) > 1
        return [
            self._separate((path, index), tensor, copied=several)
            for index, tensor in enumerate(outputs)
        ]

    def forget(self, prefix: str) -> None:
        """Forget what was seen inside a model."""
        for path in [path for path in self.assigned if path.startswith(prefix)]:
            del self.assigned[path]
        for known in (self.copies, self.tensors):
            for key in [key for key in known if str(key[0]).startswith(prefix)]:
                del known[key]

    def _separate(self, key: Key, tensor: Any, *, copied: bool) -> Any:
        if not isinstance(tensor, tf.Tensor) or not tensor.dtype.is_floating:
            return tensor
        if copied or id(tensor) in self._seen:
            tensor = like_output(tf.identity(tensor), tensor)
        self._seen[id(tensor)] = tensor
        self._tape.watch(tensor)
        self.tensors[key] = tensor
        return tensor


def taken(
    tape: tf.GradientTape, seen: Separating, values: list[LossValue], penalties: State
) -> Found:
    """Return the gradients that a tape recorded.

    Arguments:
        tape: the run was recorded on it.
        seen: the tensors and copies of the run.
        values: name, value and weight of each term.
        penalties: copies of weights that only a regularizer read.
    """
    found = Found([(name, float(value), weight) for name, value, weight in values])
    found.notes += [
        _ASSIGNED.format(path, "', '".join(names))
        for path, names in seen.assigned.items()
    ]
    more = {id(variable): copy for variable, copy in penalties}
    sources = {"tensors": seen.tensors, "calls": seen.copies, "penalties": more}
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
        _add(found.of_calls, part["calls"], weight)
        _add(found.penalties, part["penalties"], weight)
    for key, gradient in found.penalties.items():
        names = found.reached.setdefault(key, [])
        if gradient is not None and REGULARIZATION not in names:
            names.append(REGULARIZATION)
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


def _trained_by(call: RecordedCall) -> list[int]:
    """Return the `id` of each trainable variable that a call may read."""
    known = list(getattr(call.operation, "trainable_variables", ()))
    read = [edge.value for edge in edges_of(call) if isinstance(edge, Constant)]
    known += [value for value in read if isinstance(value, keras.Variable)]
    return list(dict.fromkeys(map(id, known)))


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
