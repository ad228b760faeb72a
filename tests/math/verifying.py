"""Cases that the rules of teachkit.math are verified on, and how."""

from __future__ import annotations

import inspect
import math
import operator
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import keras
import numpy as np

from teachkit.graph import TensorSpec
from teachkit.keras_reader.ports import map_leaves
from teachkit.math import Arguments, Meaning, Subject, bound, meaning_of, specs_of
from teachkit.math.numbers import flat_arrays, precise, relative_error, tolerance


@dataclass(frozen=True)
class In:
    """A random tensor: its shape with the batch, its dtype, whole numbers below a top.

    `given` has exact numbers instead.
    """

    shape: tuple[int, ...] = ()
    dtype: str = "float32"
    top: int = 5
    given: Any = None

    def array(self, generator: np.random.Generator) -> np.ndarray:
        if self.given is not None:
            return np.asarray(self.given, self.dtype)
        if self.dtype == "bool":
            return generator.random(self.shape) < 0.6
        if "int" in self.dtype:
            return generator.integers(0, self.top, self.shape).astype(self.dtype)
        return generator.normal(size=self.shape).astype(self.dtype)


@dataclass(frozen=True)
class Case:
    """One configuration of a class.

    Attributes:
        name: class and what is special: `Conv1D causal`.
        build: makes the layer.
        inputs: what it is called on: an `In`, or several nested in lists and dicts.
        kwargs: further arguments of the call, also with an `In` for each tensor.
        training: the form used in training is checked.
        keras_is_wrong: what Keras gets wrong here, in words, and one of `value` and
            `shape`: the check of that must then fail.
        hidden_masks: masks that Keras finds attached to tensors and passes along by
            itself, by the parameter of the tensor; for a list of tensors a list, with
            None for a tensor that has no mask.
    """

    name: str
    build: Callable[[], Any]
    inputs: Any
    kwargs: dict[str, Any] = field(default_factory=dict)
    training: bool = False
    keras_is_wrong: tuple[str, str] | None = None
    hidden_masks: dict[str, Any] = field(default_factory=dict)

    @property
    def kind(self) -> str:
        return self.name.partition(" ")[0]


@dataclass(frozen=True)
class Outcome:
    meaning: Meaning
    error: float
    problems: tuple[str, ...]


def verify(case: Case) -> Outcome:
    """Run a case through Keras and through the rules, and tell what differs."""
    generator = np.random.default_rng(0)
    keras.utils.set_random_seed(0)

    def arrays(structure: Any) -> Any:
        return map_leaves(
            lambda leaf: leaf.array(generator) if isinstance(leaf, In) else leaf,
            structure,
        )

    layer = case.build()
    args, kwargs = (arrays(case.inputs),), arrays(case.kwargs)
    if isinstance(case.inputs, tuple):
        args = args[0]
    switches = {}
    takes = inspect.signature(layer.call).parameters
    if "training" in takes and "training" not in kwargs:
        # Told also at inference: preprocessing layers train unless told otherwise.
        switches = {"training": case.training}
    layer(*args, **kwargs)  # builds it
    randomise(layer, generator)
    before = [keras.ops.convert_to_numpy(v) for v in changing(layer)]
    given = bound(layer, args, kwargs)
    hidden = arrays(case.hidden_masks)
    args = [
        attached(hidden[name], value) if name in hidden else value
        for name, value in zip(given, args, strict=False)
    ]
    found = [
        np.asarray(a) for a in keras.tree.flatten(layer(*args, **kwargs, **switches))
    ]
    for variable, value in zip(changing(layer), before, strict=True):
        variable.assign(value)
    given |= {
        "mask" if isinstance(mask, list) else f"{name}_mask": mask
        for name, mask in hidden.items()
    }
    subject = Subject(
        layer,
        Arguments(specs_of(dict(given))),
        tuple(keras.tree.flatten(map_leaves(lambda a: specs_of(a), found))),
        case.training,
    )
    meaning = meaning_of(subject)
    return compared(case, layer, meaning, given, found)


class Attaching(keras.layers.Layer):
    """Attaches a mask to a tensor, as Masking and Embedding do."""

    def __init__(self, mask):
        super().__init__()
        self.mask = mask
        self.supports_masking = True

    def call(self, x):
        return x

    def compute_mask(self, x, mask=None):
        return keras.ops.convert_to_tensor(self.mask)


def attached(mask, value):
    if isinstance(mask, list):
        return [attached(*pair) for pair in zip(mask, value, strict=True)]
    return value if mask is None else Attaching(mask)(value)


def changing(layer) -> list:
    """Return what a call may change; states of recurrent layers are no variables."""
    states = keras.tree.flatten(getattr(layer, "states", None) or [])
    return [*getattr(layer, "variables", ()), *states]


def compared(case, layer, meaning, given, found) -> Outcome:
    problems = []
    precise_given = Arguments(
        map_leaves(
            lambda a: precise(a) if isinstance(a, np.ndarray) else a, dict(given)
        )
    )
    if meaning.source == "black box":
        problems.append("black box")
    if meaning.residual is not None and case.training:
        error = meaning.residual(precise_given, [precise(a) for a in found])
    elif meaning.evaluate is not None:
        error = relative_error(flat_arrays(meaning.evaluate(precise_given)), found)
    else:
        error = math.inf
    wrong = case.keras_is_wrong[1] if case.keras_is_wrong else None
    if (error > tolerance(str(found[0].dtype))) != (wrong == "value"):
        problems.append(f"value: error {error:.2g}")
    params = layer.count_params() if isinstance(layer, keras.Layer) else 0
    if meaning.params.value != params:
        problems.append(f"params: {meaning.params.text}, Keras has {params}")
    shapes = [tuple(a.shape) for a in found]
    texts = any(a.dtype.kind in "OSU" for a in precise_given.tensors())
    # How many words the longest text has, no shape tells.
    agree = allows if texts else operator.eq
    if len(shapes) != len(meaning.shapes) or not all(
        map(agree, meaning.shapes, shapes)
    ):
        problems.append(f"shapes: {meaning.shapes}, computed {shapes}")
    problems += open_batch_problems(case, layer, given, shapes)
    problems += formula_problems(meaning.formula)
    if meaning.by_hand is not None:
        written = meaning.by_hand(precise_given, [precise(a) for a in found])
        problems += formula_problems(written) if written is not None else []
    return Outcome(meaning, error, tuple(problems))


def open_batch_problems(case, layer, given, shapes):
    """Compare with what Keras tells where the length of the batch is open."""
    if not shapes or not shapes[0]:
        return []

    def opened(leaf):
        if not isinstance(leaf, np.ndarray) or leaf.ndim == 0:
            return leaf
        dtype = "string" if leaf.dtype.kind in "OSU" else str(leaf.dtype)
        return keras.KerasTensor((None, *leaf.shape[1:]), dtype=dtype)

    try:
        tensors = {k: map_leaves(opened, v) for k, v in given.items()}
        told = keras.tree.flatten(layer.compute_output_spec(**tensors))
        told = [tuple(t.shape) for t in told]
    except Exception:  # noqa: BLE001 - some classes have none
        return []
    subject = Subject(
        layer,
        Arguments({k: map_leaves(specs_of_tensor, v) for k, v in tensors.items()}),
        training=case.training,
    )
    ours = list(meaning_of(subject).shapes)
    wrong = case.keras_is_wrong is not None and case.keras_is_wrong[1] == "shape"
    if all(map(allows, told, ours)) == wrong or len(told) != len(ours):
        return [f"open batch: {ours}, Keras tells {told}"]
    return []


def allows(told, ours) -> bool:
    """Keras may leave a length open that our rule knows."""
    return len(told) == len(ours) and all(
        a is None or a == b for a, b in zip(told, ours, strict=True)
    )


def specs_of_tensor(tensor):
    if not isinstance(tensor, keras.KerasTensor):
        return tensor
    return TensorSpec(tuple(tensor.shape), str(tensor.dtype))


def formula_problems(formula) -> list[str]:
    latex = formula.latex
    problems = []
    if latex.count("{") - latex.count(r"\{") != latex.count("}") - latex.count(r"\}"):
        problems.append(f"braces: {latex}")
    if "$" in latex.replace(r"\$", "") or "$" in formula.text:
        problems.append(f"a symbol was not filled in: {latex}")
    if "\\" in formula.text:
        problems.append(f"LaTeX in the text: {formula.text}")
    return problems


def randomise(layer, generator) -> None:
    """Give each weight numbers that tell: no bias of zero, no fresh statistic."""
    for variable in getattr(layer, "weights", ()):
        if not keras.backend.is_float_dtype(variable.dtype):
            continue
        value = generator.normal(0, 0.5, tuple(variable.shape))
        if "variance" in variable.name:
            value = np.abs(value) + 0.5
        variable.assign(value)
