"""The losses of each head of a compiled answer, compared with what is asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from teachkit.grading.evidence.subject import Subject
from teachkit.grading.losses.known_losses import is_probability, known_loss
from teachkit.keras_runner.compiled_losses import CompiledRun, LossPart

_RELATIVE, _ABSOLUTE = 5e-3, 1e-3
_SCALES = (1.0, 0.6, 0.3, 0.1)
"""Of drawn weights: the first with which no probability is too near to 0 or 1."""
_NEAR = 1e-5
_TARGETS = 3
"""How many sets of targets each loss is taken of."""


@dataclass(frozen=True, slots=True)
class HeadLosses:
    """What a head is compiled with, for targets of ours.

    Attributes:
        role, call: of the output.
        output: its numbers.
        wanted: the losses of which it should have one.
        share: the weight that it should have.
        parts: the losses that it has.
        factor: by which the loss that is wanted enters the total; None if what enters
            is another loss.
    """

    role: str
    call: str
    output: np.ndarray[Any, Any]
    wanted: list[str]
    share: float
    parts: tuple[LossPart, ...]
    factor: float | None

    @property
    def is_met(self) -> bool:
        """Tell whether it has the loss and the weight that are wanted."""
        have = self.factor
        return have is not None and bool(np.isclose(have, self.share, rtol=1e-2))

    @property
    def loss(self) -> str:
        """The name of its loss."""
        return " + ".join(part.name for part in self.parts)


def losses_of_heads(
    subject: Subject, wanted: Mapping[str, list[str]], shares: Mapping[str, float]
) -> list[HeadLosses]:
    """Return what each head of a compiled model adds to the total.

    Arguments:
        subject: the model, which is compiled.
        wanted: by role, losses of which any will do.
        shares: by role, the weights.

    Raises:
        ModelError: it fails on random numbers, or Keras cannot take the loss.
    """
    run = _run(subject, wanted)
    return [_head(subject, role, wanted, shares[role], run) for role in wanted]


def _run(subject: Subject, wanted: Mapping[str, list[str]]) -> CompiledRun:
    """Run a model with weights with which all losses can be told from each other."""
    given = subject.given().items()
    arrays = {subject.inputs[role].call: array for role, array in given}
    ends = [
        subject.outputs[role].path
        for role, names in wanted.items()
        if known_loss(names[0]).of_scores
    ]
    for scale in _SCALES:
        state = subject.probe.weights(0, scale)
        run = CompiledRun(subject.recording, arrays, state)
        outputs = run.outputs
        if all(_is_moderate(outputs[path]) for path in ends):
            break
    return run


def _is_moderate(output: np.ndarray[Any, Any]) -> bool:
    """Tell whether nothing is cut off where a loss takes a logarithm."""
    if is_probability(output):
        return bool(output.min() > _NEAR and output.max() < 1 - _NEAR)
    return bool(np.abs(output).max() < -np.log(_NEAR))


def _head(
    subject: Subject,
    role: str,
    wanted: Mapping[str, list[str]],
    share: float,
    run: CompiledRun,
) -> HeadLosses:
    end = subject.outputs[role]
    first: HeadLosses | None = None
    for name in wanted[role]:
        pairs = [
            _compared(subject, run, seed, {**_firsts(wanted), role: name}, role)
            for seed in range(_TARGETS)
        ]
        parts = tuple(pairs[0][0])
        factor = _factor([(have, value) for _, have, value in pairs])
        output = run.outputs[end.path]
        head = HeadLosses(role, end.call, output, wanted[role], share, parts, factor)
        if head.is_met:
            return head
        if first is None or (first.factor is None and factor is not None):
            first = head
    assert first is not None
    return first


def _firsts(wanted: Mapping[str, list[str]]) -> dict[str, str]:
    return {role: names[0] for role, names in wanted.items()}


def _compared(
    subject: Subject, run: CompiledRun, seed: int, names: Mapping[str, str], role: str
) -> tuple[list[LossPart], float | None, float]:
    """Return the losses of a head, their weighted sum, and the loss that is wanted."""
    generator = np.random.default_rng(seed)
    outputs = run.outputs
    by_path = {subject.outputs[one].path: name for one, name in names.items()}
    targets = {
        path: known_loss(by_path.get(path, "mse")).target(generator, output.shape)
        for path, output in outputs.items()
    }
    path = subject.outputs[role].path
    parts = run.parts(targets)[path]
    value = known_loss(names[role]).value(
        targets[path], outputs[path].astype("float64")
    )
    values = [part.value for part in parts]
    if not parts or any(one is None for one in values):
        return parts, None, value
    return parts, sum(p.weight * float(p.value or 0) for p in parts), value


def _factor(pairs: list[tuple[float | None, float]]) -> float | None:
    """Return the number by which all wanted losses were multiplied, if it is one."""
    ratios = []
    for have, value in pairs:
        if have is None or abs(value) < _ABSOLUTE:
            return None
        ratios.append(have / value)
    mean = float(np.mean(ratios))
    if abs(mean) < _ABSOLUTE:
        return None
    close = np.allclose(ratios, mean, rtol=_RELATIVE, atol=_ABSOLUTE * 0.1)
    return mean if close else None
