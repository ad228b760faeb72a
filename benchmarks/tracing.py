"""Values and gradients of every call against a bare pass through the model.

The peer of values is an eager `model(x)`, which shows the outputs only; that of
gradients is a `tf.GradientTape` around it, which tells one gradient for each weight.
The ways take turns, and the fastest run of each counts: what slows one down, such as
another program, has nothing to do with it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import keras
import numpy as np
import tensorflow as tf

import teachkit as tk
from benchmarks import stopwatch

_SAMPLES = 4
_NAMES = ("ResNet50", "MobileNetV2", "EfficientNetB0")


def table(only: list[str] | None, runs: int) -> None:
    """Measure every model and print a row for each."""
    print(
        "| model | calls | `model(x)` s | trace s | ratio | "
        "`GradientTape` s | trace with gradients s | ratio |"
    )
    print("|---|---|---|---|---|---|---|---|")
    for name in _NAMES:
        if not only or name in only:
            _row(name, runs)


def _row(name: str, runs: int) -> None:
    """Measure one model with random weights on random images."""
    model = getattr(keras.applications, name)(weights=None, name=name)
    generator = np.random.default_rng(0)
    images = generator.standard_normal((_SAMPLES, *model.inputs[0].shape[1:]))
    x, y = images.astype("float32"), generator.integers(0, 1000, _SAMPLES)
    loss = keras.losses.SparseCategoricalCrossentropy()
    ways: list[Callable[[], object]] = [
        lambda: model(x),
        lambda: tk.trace(model, x),
        lambda: _tape(model, x, y, loss),
        lambda: tk.trace(model, x, targets=y, loss=loss),
    ]
    times: list[list[float]] = [[] for _ in ways]
    for _ in range(runs):
        for way, taken in zip(ways, times, strict=True):
            taken.append(stopwatch.seconds(way, 1))
    bare, ours, tape, gradients = map(min, times)
    print(
        f"| {name} | {len(tk.read(model).calls):,} | {bare:.3f} | {ours:.3f} | "
        f"{ours / bare:.2f} | {tape:.3f} | {gradients:.3f} | {gradients / tape:.2f} |",
        flush=True,
    )


def _tape(model: Any, x: Any, y: Any, loss: Any) -> object:
    with tf.GradientTape() as tape:
        total = loss(y, model(x))
    return tape.gradient(total, [weight.value for weight in model.trainable_weights])
