"""What models compute: formulas that are checked, values, gradients."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, overload

from teachkit.api.reading import recorded
from teachkit.errors import WrongTypeError

if TYPE_CHECKING:
    from teachkit.views.explanation import CallExplanation, ModelExplanation
    from teachkit.views.trace import Trace


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
    from teachkit.explanation.explaining import (  # noqa: PLC0415 - loads TensorFlow, which takes seconds: only when it is needed
        explained_call,
        explained_model,
    )
    from teachkit.views.explanation import (  # noqa: PLC0415 - loads TensorFlow, which takes seconds: only when it is needed
        CallExplanation,
        ModelExplanation,
    )

    recording = recorded(model)
    _check_call(call)
    if call is None:
        return ModelExplanation(explained_model(recording, inputs))
    return CallExplanation(explained_call(recording, call, inputs))


def _check_call(call: object) -> None:
    """Refuse what is no name of a call.

    Raises:
        WrongTypeError: it is something else.
    """
    if call is None or isinstance(call, str):
        return
    name = getattr(call, "name", None)
    kind = type(call).__name__
    raise WrongTypeError(
        "the id of a call, as text: 'dense'",
        f"a {kind}" if name is None else f"the {kind} '{name}' itself",
        "write its name" if name is None else f"write its name: '{name}'",
    )


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
    from teachkit.keras_runner.tracer import tracer  # noqa: PLC0415 - loads TensorFlow, which takes seconds: only when it is needed
    from teachkit.traces.run import Run  # noqa: PLC0415 - loads TensorFlow, which takes seconds: only when it is needed
    from teachkit.views.trace import Trace  # noqa: PLC0415 - loads TensorFlow, which takes seconds: only when it is needed

    given = {"targets": targets, "loss": loss, "training": training}
    return Trace(Run(tracer(recorded(model), inputs, **given, memory=memory)))
