"""Write docs/verified.md: which classes and operations of Keras are verified, and how.

Every configuration counted there is a test: tests/math computes it in Keras and in
NumPy. Run from the root of the project: python -m scripts.write_verified
"""

from __future__ import annotations

import inspect
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import keras

from tests.math.cases import CASES
from tests.math.operation_cases import CASES as OPERATION_CASES

TARGET = Path(__file__).parent.parent / "docs" / "verified.md"

WITHOUT = {
    "FlaxLayer": "runs code of another library",
    "InputLayer": "computes nothing",
    "JaxLayer": "runs code of another library",
    "Layer": "abstract",
    "TFSMLayer": "runs a saved program of TensorFlow",
    "TorchModuleWrapper": "runs code of another library",
}
"""Why a class has no configuration."""


def layer_classes() -> list[str]:
    """Return the names under which Keras exports layers, one for each class."""
    names: dict[type, str] = {}
    for name, kind in inspect.getmembers(keras.layers, inspect.isclass):
        if issubclass(kind, keras.Layer) and (
            kind not in names or name == kind.__name__
        ):
            names[kind] = name
    return sorted(names.values())


def content() -> str:
    """Return the text of the page."""
    names = layer_classes()
    layers = Counter(case.kind for case in CASES)
    operations = Counter(case.kind for case in OPERATION_CASES)
    verified = [name for name in names if layers[name]]
    parts = [
        "# What is verified",
        "Made by `python -m scripts.write_verified`; a test compares it.",
        f"Keras {keras.version()}: {len(verified)} of {len(names)} classes of "
        f"`keras.layers` in {layers.total()} configurations, and {len(operations)} "
        f"operations of `keras.ops` in {operations.total()}. Each configuration is "
        "computed twice, by Keras and by NumPy from the formula that "
        "`teachkit.explain` shows; parameters are compared with `count_params()`, "
        "shapes with `compute_output_spec`.",
        "## Where Keras and its definition disagree",
        _table(
            ["configuration", "what Keras does"], _wrong([*CASES, *OPERATION_CASES])
        ),
        "## Layers",
        _table(["class", "configurations", "state"], _layers(names, layers)),
        "## Operations",
        _table(
            ["class", "configurations"],
            ([f"`{name}`", str(count)] for name, count in sorted(operations.items())),
        ),
    ]
    return "\n\n".join(parts) + "\n"


def _layers(names: Iterable[str], counts: Counter[str]) -> Iterable[list[str]]:
    wrong = {case.kind for case in CASES if case.keras_is_wrong}
    for name in names:
        state = "verified" if counts[name] else WITHOUT.get(name, "not verified")
        if name in wrong:
            state += "; Keras is wrong in one, see above"
        yield [f"`{name}`", str(counts[name] or ""), state]


def _wrong(cases: Iterable[Any]) -> Iterable[list[str]]:
    wrong = [case for case in cases if case.keras_is_wrong]
    return [[case.name, case.keras_is_wrong[0]] for case in wrong]


def _table(heads: list[str], rows: Iterable[list[str]]) -> str:
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


if __name__ == "__main__":
    TARGET.write_text(content(), encoding="utf-8")
    print(f"{TARGET.name} is written.")
