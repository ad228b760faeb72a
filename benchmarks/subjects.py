"""The models that are measured: architectures, and chains and ladders made here."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

import keras

import teachkit as tk

SIZES = (1_000, 5_000, 10_000)
_STACK = 512 * 1024 * 1024


def chain(length: int) -> Any:
    """Return a model of calls that each read the one before."""
    inputs = keras.Input((4,), name="inputs")
    x = inputs
    for number in range(length):
        x = keras.layers.Activation("relu", name=f"call_{number}")(x)
    return keras.Model(inputs, x, name=f"chain_{length}")


def ladder(length: int) -> Any:
    """Return a model of calls that each read the two before."""
    inputs = keras.Input((4,), name="inputs")
    steps = [inputs, keras.layers.Activation("relu", name="first")(inputs)]
    for number in range(length):
        steps.append(keras.layers.Add(name=f"call_{number}")(steps[-2:]))
    return keras.Model(inputs, steps[-1], name=f"ladder_{length}")


def application(name: str) -> Any:
    """Return an architecture of `keras.applications` without allocating its weights."""
    with tk.dry():
        return getattr(keras.applications, name)(weights=None, name=name)


def subjects() -> dict[str, Callable[[], Any]]:
    """Return what is measured, by name; each is built when its turn comes."""
    architectures = ("ResNet50", "Xception", "EfficientNetB7", "NASNetLarge")
    return {
        **{name: partial(application, name) for name in architectures},
        **{f"chain {size:,}": partial(chain, size) for size in SIZES},
        **{f"ladder {size:,}": partial(ladder, size) for size in SIZES},
    }


def with_deep_stack(work: Callable[[], None]) -> None:
    """Run with a stack on which Keras, which recurses, can build long chains."""
    sys.setrecursionlimit(200_000)
    threading.stack_size(_STACK)
    with ThreadPoolExecutor(max_workers=1) as pool:
        pool.submit(work).result()
