"""Random inputs for a model: of its shapes and dtypes, and such that it runs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import keras
import numpy as np

from teachkit.errors import ModelError
from teachkit.graph import ModelGraph, Shape
from teachkit.keras_reader.recording import Recording
from teachkit.keras_runner.guard import inside_out
from teachkit.keras_runner.limits import limits_of
from teachkit.keras_runner.running import Arrays, check_numbers, run, structured

_LENGTHS = (8, 16, 32, 64, 128, 4, 2, 1)
"""What an open length is tried to be: a graph may need it to be large, or to divide."""

_MEMORY = 2**28
"""The outputs of all calls together may take so many bytes."""

_SMALL_IDS = 10
_WORDS = ("a", "graph", "has", "calls", "and", "tensors", "")


@dataclass(frozen=True, slots=True)
class InputSpec:
    """What one input of a model takes.

    Attributes:
        id: of the input.
        shape, dtype: with None for what is left open.
        limit: its numbers are ids below this; None where nothing reads them as ids.
    """

    id: str
    shape: Shape
    dtype: str
    limit: int | None = None


@dataclass(frozen=True, slots=True)
class _Draft:
    """One way to draw numbers: open lengths, ids below a ceiling, only above zero."""

    length: int
    ceiling: int | None = None
    positive: bool = False


Try = Callable[[Arrays], Iterable[np.ndarray[Any, Any]]]


def random_inputs(recording: Recording, samples: int = 32, seed: int = 0) -> Any:
    """Return random arrays, nested as the model takes them.

    What an Embedding reads is drawn among its rows, also where the Input is a float.
    Lengths that the model leaves open are chosen such that it runs.

    Arguments:
        recording: of the model, which is run on the arrays and stays as it was.
        samples: how many rows; fewer are drawn for a model whose outputs would fill
            the memory, and for one with a batch of its own.
        seed: the same seed gives the same arrays.

    Raises:
        ModelError: the model has no numbers, or does not run on any such arrays.
    """
    specs = specs_of(recording)

    def tried(arrays: Arrays) -> Iterable[np.ndarray[Any, Any]]:
        return run(recording, arrays).values()

    return structured(recording, drawn(specs, recording.graph, (samples, seed), tried))


def untried_inputs(recording: Recording, samples: int, seed: int = 0) -> Any:
    """Return random arrays as `random_inputs`, on which the model need not run.

    Raises:
        ModelError: the model has no numbers, or a shape is unknown.
    """
    specs = specs_of(recording)
    return structured(recording, _draw(specs, next(_drafts(specs)), samples, seed))


def arrays_of(
    specs: list[InputSpec], samples: int, seed: int, *, length: int
) -> Arrays:
    """Return random arrays by the id of the input.

    Arguments:
        specs: of the inputs.
        samples: how many rows.
        seed: the same seed gives the same arrays.
        length: of axes that are left open.
    """
    return _draw(specs, _Draft(length), samples, seed)


def specs_of(recording: Recording) -> list[InputSpec]:
    """Return what the inputs of a model take, in the order of their author.

    Raises:
        ModelError: the model cannot be run: it has no numbers, or a shape is unknown.
    """
    check_numbers(recording)
    limits = limits_of(recording.root)
    found = {}
    for end in recording.graph.inputs:
        if end.shape is None:
            raise ModelError(
                "inputs of known shapes",
                f"input '{end.call}' of '{recording.graph.name}', whose shape nobody "
                "knows",
                "call the model on data of your own",
            )
        found[end.call] = InputSpec(
            end.call, end.shape, end.dtype, limits.get(end.call)
        )
    return list(found.values())


def drawn(
    specs: list[InputSpec], graph: ModelGraph, amount: tuple[int, int], tried: Try
) -> Arrays:
    """Return an array for each input on which a model runs.

    Arguments:
        specs: of the inputs.
        graph: of the model, which tells how much memory a sample takes.
        amount: number of samples, and seed.
        tried: runs the model and returns its outputs.

    Raises:
        ModelError: it runs on none.
    """
    samples, seed = amount
    first: ModelError | None = None
    for draft in _drafts(specs):
        few = _draw(specs, draft, 1, seed)
        try:
            outputs = list(tried(few))
        except ModelError as error:
            first = first or error
            continue
        if not all(map(_finite, outputs)) and not draft.positive:
            positive = replace(draft, positive=True)
            if all(map(_finite, tried(_draw(specs, positive, 1, seed)))):
                draft = positive
        return _draw(specs, draft, _affordable(graph, samples, draft.length), seed)
    raise first or ModelError("inputs", "none", "give the model an input")


def _drafts(specs: list[InputSpec]) -> Iterator[_Draft]:
    is_open = any(length is None for spec in specs for length in spec.shape[1:])
    ids = any(spec.limit is not None or _whole(spec.dtype) for spec in specs)
    for length in _LENGTHS if is_open else _LENGTHS[:1]:
        yield _Draft(length)
    if ids:  # what reads them may lie behind an addition that we did not follow
        for length in _LENGTHS[:3] if is_open else _LENGTHS[:1]:
            yield _Draft(length, ceiling=1)


def _draw(specs: list[InputSpec], draft: _Draft, samples: int, seed: int) -> Arrays:
    generator = np.random.default_rng(seed)
    return {spec.id: _array(generator, spec, draft, samples) for spec in specs}


def _array(
    generator: np.random.Generator, spec: InputSpec, draft: _Draft, samples: int
) -> np.ndarray[Any, Any]:
    batch, *rest = spec.shape or (samples,)
    shape = (
        batch or samples,
        *(draft.length if length is None else length for length in rest),
    )
    if not spec.shape:
        shape = ()
    if spec.dtype == "string":
        return generator.choice(_WORDS, shape).astype(object)
    if spec.dtype == "bool":
        return np.asarray(generator.integers(0, 2, shape), "bool")
    if spec.limit is not None or _whole(spec.dtype):
        top = min(spec.limit or _SMALL_IDS, draft.ceiling or _SMALL_IDS**9)
        return generator.integers(0, top, shape).astype(_numpy_dtype(spec.dtype))
    numbers = generator.standard_normal(shape)
    numbers = np.abs(numbers) / 4 + 0.05 if draft.positive else numbers
    return numbers.astype(_numpy_dtype(spec.dtype))


def _numpy_dtype(dtype: str) -> str:
    """Return a dtype that NumPy has: Keras casts what it is fed."""
    return "float32" if "float" in dtype and dtype != "float64" else dtype


def _whole(dtype: str) -> bool:
    return bool(keras.backend.is_int_dtype(dtype))


def _finite(array: np.ndarray[Any, Any]) -> bool:
    return array.dtype.kind not in "fc" or bool(np.isfinite(array).all())


def _affordable(graph: ModelGraph, samples: int, length: int) -> int:
    """Return how many samples a model can be run on."""
    sizes: dict[int, int] = {}
    for level in inside_out(graph, _inner):
        sizes[id(level)] = _numbers_of(level, length, sizes)
    return max(1, min(samples, _MEMORY // (4 * max(1, sizes[id(graph)]))))


def _inner(graph: ModelGraph) -> list[ModelGraph]:
    return [call.nested for call in graph.calls if call.nested is not None]


def _numbers_of(graph: ModelGraph, length: int, sizes: Mapping[int, int]) -> int:
    """Return how many numbers all calls of a graph return for one sample."""
    count = sum(sizes[id(level)] for level in _inner(graph))
    shapes = (out.shape for call in graph.calls for out in call.outputs)
    for shape in shapes:
        size = 1
        for part in (shape or ())[1:]:
            size *= length if part is None else part
        count += size
    return count
