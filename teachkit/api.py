"""The public functions. Each one checks what it was given, then hands on.

Keras, the layout engines and the views are imported inside the functions: who only
imports teachkit pays for none of them.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, overload

from teachkit.errors import WrongTypeError
from teachkit.graph import ModelGraph

if TYPE_CHECKING:
    from teachkit.keras_reader import Recording
    from teachkit.layout import Direction, EngineName
    from teachkit.layout.scene import Nested
    from teachkit.views.comparison import Comparison, PairComparison, TwinComparison
    from teachkit.views.explanation import CallExplanation, ModelExplanation
    from teachkit.views.graph_view import GraphView
    from teachkit.views.source_text import SourceCode
    from teachkit.views.trace import Trace


def read(model: Any) -> ModelGraph:
    """Read a model into plain, frozen data: its calls and the tensors between them.

    Arguments:
        model: a Functional, Sequential or subclassed `keras.Model`, the path of a
            `.keras` file, or a `ModelGraph`, which is returned as it is.

    Returns:
        The graph. The same model gives the same graph each time; the model is left
        as it was.

    Raises:
        TeachkitError: this is no model, it was never built, or the file cannot be
            loaded safely.

    Example:
        >>> import keras
        >>> inputs = keras.Input((4,), name="measurements")
        >>> outputs = keras.layers.Dense(3, name="species")(inputs)
        >>> graph = read(keras.Model(inputs, outputs))
        >>> [call.id for call in graph.calls]
        ['measurements', 'species']
        >>> graph.call("species").outputs[0].shape
        (None, 3)
        >>> graph.params
        15
    """
    return model if isinstance(model, ModelGraph) else _record(model).graph


def show(
    model: Any,
    *,
    direction: Direction = "TB",
    nested: Nested = "collapsed",
    details: Sequence[str] = ("shape",),
    fold: bool = False,
    engine: EngineName = "auto",
) -> GraphView:
    """Draw a model: every call of a layer is a box, every tensor a line.

    Arguments:
        model: as for `read`.
        direction: `TB` draws from top to bottom, `LR` from left to right.
        nested: `expanded` opens the models inside the model, at any depth.
        details: what each box tells beside its name and type: any of `shape` (of its
            output), `dtype`, `params` (how many weights), `config` (the arguments
            that differ from their defaults).
        fold: draw blocks that repeat one after the other once, with `x 5`.
        engine: what places the boxes: `auto`, `graphviz` (in process), `dot` (the
            program), `layered` (for large graphs) or `rows`.

    Returns:
        A view, which displays itself in a notebook. Its `.svg()`, `.text`, `.html()`
        and `.save(path)` give the drawing in other forms.

    Raises:
        TeachkitError: the model cannot be read, or an option is not one of these.

    Example:
        >>> import keras
        >>> inputs = keras.Input((4,), name="measurements")
        >>> outputs = keras.layers.Dense(3, name="species")(inputs)
        >>> view = show(keras.Model(inputs, outputs), details=("shape", "params"))
        >>> view.svg().startswith("<svg")
        True
    """
    from teachkit.views.graph_view import GraphView  # noqa: PLC0415 - not on import

    graph = read(model)
    with _collector_paused():
        return GraphView(
            graph,
            direction=direction,
            nested=nested,
            details=details,
            fold=fold,
            engine=engine,
        )


@overload
def compare(
    model: Any,
    other: None = None,
    *,
    strict: bool = False,
    direction: Direction = "TB",
    details: Sequence[str] = ("shape",),
) -> TwinComparison: ...


@overload
def compare(
    model: Any,
    other: object,
    *,
    strict: bool = False,
    direction: Direction = "TB",
    details: Sequence[str] = ("shape",),
) -> PairComparison: ...


def compare(
    model: Any,
    other: Any = None,
    *,
    strict: bool = False,
    direction: Direction = "TB",
    details: Sequence[str] = ("shape",),
) -> Comparison[Any]:
    """Compare a model with its Sequential twin, or with another model.

    Without `other`: could this model have been Sequential? If so, the twin is built
    from copies of its layers, gets the same weights, and both are run on the same
    random inputs. If not, every reason is told and marked. A Sequential model is
    compared with its Functional form.

    With `other`: what differs. Two models are the same when they make the same calls
    on the same tensors: names do not matter, nor whether an activation is a layer of
    its own, a layer is written as an operation, or a part is a nested model. Sharing
    of layers does.

    Arguments:
        model: as for `read`.
        other: another model, as for `read`: for example the file that the model was
            saved to, to see what the file lost.
        strict: everything but names has to be equal, call by call.
        direction: of the drawings, as for `show`.
        details: what each box tells, as for `show`.

    Returns:
        What was found. It displays itself in a notebook: `.text`, `.svg()`, `.html()`
        and `.save(path)` give it in other forms. Without `other` it has `.equivalent`,
        `.sequential`, `.max_error`, `.reasons` and `.code`; with it `.same` and
        `.differences`. Neither model is changed.

    Raises:
        TeachkitError: a model cannot be read, or an option has no such value.

    Example:
        >>> import keras
        >>> inputs = keras.Input((4,))
        >>> outputs = keras.layers.Dense(3)(keras.layers.Dense(8)(inputs))
        >>> found = compare(keras.Model(inputs, outputs))
        >>> found.equivalent, found.max_error
        (True, 0.0)
        >>> outputs = keras.layers.Dense(3)(keras.layers.Dense(9)(inputs))
        >>> compare(found.sequential, keras.Model(inputs, outputs)).same
        False
    """
    if other is not None:
        return _compare_pair(model, other, strict, direction, details)
    from teachkit.comparison.with_twin.twin import compare_with_twin  # noqa: PLC0415 - TensorFlow
    from teachkit.views.comparison import TwinComparison  # noqa: PLC0415 - as above

    finding = compare_with_twin(_record(model))
    return TwinComparison(finding, direction=direction, details=details)


def _compare_pair(
    model: Any,
    other: Any,
    strict: bool,
    direction: Direction,
    details: Sequence[str],
) -> PairComparison:
    from teachkit.comparison.of_pair.pair import compare_pair  # noqa: PLC0415 - TensorFlow
    from teachkit.views.comparison import PairComparison  # noqa: PLC0415 - as above

    sides = [m if isinstance(m, ModelGraph) else _record(m) for m in (model, other)]
    finding = compare_pair(*sides, strict=strict)
    first, second = map(_file_name, (model, other))
    finding = replace(finding, files=(first, second))
    return PairComparison(finding, direction=direction, details=details)


def _file_name(model: Any) -> str:
    return Path(model).name if isinstance(model, (str, Path)) else ""


@overload
def explain(
    model: Any, call: None = None, *, inputs: Any = None
) -> ModelExplanation: ...


@overload
def explain(model: Any, call: str, *, inputs: Any = None) -> CallExplanation: ...


def explain(
    model: Any, call: str | None = None, *, inputs: Any = None
) -> ModelExplanation | CallExplanation:
    """Explain what each call computes: formula, shapes, parameters, and a proof.

    The formula has the shapes of this model. It is computed in NumPy, independently
    of Keras, from the same numbers, and the two results are compared.

    Arguments:
        model: as for `read`, but no `ModelGraph`. One that was built in `dry()` is
            explained without being computed.
        call: id or path of one call, `encoder/dense`, to explain that one alone. The
            numbers of a small call are written out.
        inputs: the data on which calls are computed, as `model(inputs)` takes them;
            random data by default.

    Returns:
        The explanation, which displays itself in a notebook. It has `.text`,
        `.latex`, `.mathml`, `.html()`, `.save(path)`, `.params`, `.params_text`,
        `.macs`, `.verified` and `.max_error`; that of a whole model also `.calls`,
        `["path"]` and `.figure()`.

    Raises:
        TeachkitError: the model cannot be read, has no such call, or does not take
            these inputs.

    Example:
        >>> import keras
        >>> inputs = keras.Input((32,))
        >>> outputs = keras.layers.Dense(64, name="hidden")(inputs)
        >>> hidden = explain(keras.Model(inputs, outputs), "hidden")
        >>> hidden.params_text
        '(features + 1) × units = (32 + 1) × 64 = 2,112'
        >>> hidden.verified
        True
    """
    from teachkit.explanation.explaining import (  # noqa: PLC0415 - imports TensorFlow
        explained_call,
        explained_model,
    )
    from teachkit.views.explanation import (  # noqa: PLC0415 - as above
        CallExplanation,
        ModelExplanation,
    )

    recording = _record(model)
    if call is None:
        return ModelExplanation(explained_model(recording, inputs))
    return CallExplanation(explained_call(recording, call, inputs))


def to_code(
    model: Any, *, style: Literal["functional", "sequential"] = "functional"
) -> SourceCode:
    """Write the source that builds a model, as a teacher would write it.

    Arguments:
        model: as for `read`, but no `ModelGraph`, which has words for some arguments.
        style: `sequential` writes a list of layers, for a model that is a chain.

    Returns:
        Python source that defines `model`; a notebook shows it as code. Run, it
        builds the same graph with new weights. Only arguments that differ from their
        defaults are written.

    Raises:
        TeachkitError: something in the model has no source: a subclassed model that
            cannot be followed, a Lambda whose code is gone, a variable. The message
            names the call and says why.

    Example:
        >>> import keras
        >>> inputs = keras.Input((4,), name="measurements")
        >>> outputs = keras.layers.Dense(3, activation="softmax")(inputs)
        >>> code = to_code(keras.Model(inputs, outputs))
        >>> namespace = {}
        >>> exec(code, namespace)
        >>> namespace["model"].count_params()
        15
    """
    from teachkit import source_code  # noqa: PLC0415 - imports TensorFlow
    from teachkit.views.source_text import SourceCode  # noqa: PLC0415 - as above

    return SourceCode(source_code.to_code(_record(model), style=style))


def trace(
    model: Any,
    inputs: Any,
    *,
    targets: Any = None,
    loss: Any = None,
    training: bool | None = None,
    memory: float = 2**30,
) -> Trace:
    """Run a model on data and keep the value of every tensor, call by call.

    Nested models are looked into at any depth, and a shared layer has values for each
    of its calls. The numbers are those of `model(inputs, training=training)`, and the
    model is left as it was: weights, moving statistics and seeds too.

    With a loss: its gradient with respect to every tensor and weight. That of a weight
    is split by the calls that share it; the shares are shown to add up to the gradient
    of an ordinary pass.

    Arguments:
        model: as for `read`, but no `ModelGraph`, which has no numbers.
        inputs: an array, or several in a list or dict, as the model takes them. Any
            model takes a dict with the names of its inputs.
        targets: what the outputs should be, given in the same ways.
        loss: name of a loss of Keras, a loss, or a function of targets and outputs; a
            list or dict for several outputs. Not needed for a compiled model.
        training: True for what layers do in training: Dropout, BatchNormalization.
        memory: so many bytes of numbers are kept. Of more than that the summaries are
            kept, and numbers are computed again when somebody asks for them.

    Returns:
        The run. It displays itself in a notebook; `trace["encoder/dense"]` is an array,
        `.steps` all calls in order, `.outputs`, `.gradients`; `.without("a->b")`,
        `.swap_inputs`, `.shuffle` and `.replace` run again with something changed.

    Raises:
        TeachkitError: the model cannot be run, or inputs, targets or loss do not fit
            it; the message tells which input, what it takes and what it got.

    Example:
        >>> import keras
        >>> inputs = keras.Input((4,), name="measurements")
        >>> hidden = keras.layers.Dense(3, activation="relu", name="hidden")(inputs)
        >>> outputs = keras.layers.Dense(2, name="scores")(hidden)
        >>> found = trace(keras.Model(inputs, outputs), [[1.0, 2.0, 3.0, 4.0]])
        >>> found["hidden"].shape
        (1, 3)
        >>> [step.path for step in found.steps]
        ['measurements', 'hidden', 'scores']
    """
    from teachkit.keras_runner.tracer import tracer  # noqa: PLC0415 - TensorFlow
    from teachkit.traces.run import Run  # noqa: PLC0415 - as above
    from teachkit.views.trace import Trace  # noqa: PLC0415 - as above

    given = {"targets": targets, "loss": loss, "training": training}
    return Trace(Run(tracer(_record(model), inputs, **given, memory=memory)))


def dry() -> AbstractContextManager[None]:
    """Build models without weights: 400 million parameters in milliseconds.

    What is built inside the block has layers, shapes and parameter counts, and no
    numbers: it can be read and drawn and not run. Nothing is left behind.

    Example:
        >>> import keras
        >>> with dry():
        ...     pixels = keras.Input((224, 224, 128))
        ...     huge = keras.Model(
        ...         pixels, keras.layers.Dense(64)(keras.layers.Flatten()(pixels))
        ...     )
        >>> read(huge).params
        411041856
    """
    from teachkit.keras_reader import dry as dry_building  # noqa: PLC0415 - imports Keras

    return dry_building()


def _record(model: Any) -> Recording:
    """Read a model, or the file of one, with the Keras objects behind its calls."""
    if isinstance(model, ModelGraph):
        raise WrongTypeError(
            "a Keras model, since its layers and numbers are needed",
            f"the graph of '{model.name}', which is plain data",
            "pass the model itself, or the path of its .keras file",
        )
    from teachkit import keras_reader  # noqa: PLC0415 - imports TensorFlow

    if isinstance(model, (str, Path)):
        model = keras_reader.load_model(Path(model))
    with _collector_paused():
        return keras_reader.record_model(model)


@contextmanager
def _collector_paused() -> Iterator[None]:
    """Keep Python's garbage collector from searching while a graph is put together.

    Nothing that is made then is garbage, but making 200,000 small objects beside a
    model of 10,000 layers lets it search all of them: 2 of 3.6 seconds, measured.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
