"""What can be said of a layer whose inside nobody knows: its shapes and parameters."""

from __future__ import annotations

from typing import Any

import keras

from teachkit.math.amounts import Amount, amount, product, total
from teachkit.math.formulas import Symbol, formula, word
from teachkit.math.meanings import Meaning
from teachkit.math.subjects import Subject


def black_box(subject: Subject, reason: str = "") -> Meaning:
    """Return the meaning of a call of which only the outside is known.

    Arguments:
        subject: the call.
        reason: why no more is known, as a whole sentence.
    """
    operation = subject.operation
    inputs = [
        Symbol(f"x_{{{k}}}" if k else "x", f"x{k or ''}", spec.shape)
        for k, spec in enumerate(subject.inputs)
    ]
    names = {f"x{k}": symbol for k, symbol in enumerate(inputs)}
    listed = ", ".join(f"${name}" for name in names)
    name = str(getattr(operation, "name", type(operation).__name__))
    return Meaning(
        formula=formula(
            f"$y = $f({listed})",
            y=Symbol("y", "y", subject.output),
            f=word(name),
            **names,
        ),
        shapes=tuple(spec.shape for spec in subject.outputs),
        shape_rule="as Keras tells it: this class has a computation of its own",
        params=weights_amount(operation),
        macs=None,
        notes=(
            reason
            or f"What {type(operation).__name__} computes inside is not known to "
            "teachkit; shapes and parameters are as Keras tells them.",
        ),
        source="black box",
    )


def weights_amount(operation: Any) -> Amount:
    """Return the parameters of any layer as the sum of the sizes of its weights."""
    # The weights of the operation Bincount are something else.
    weights = operation.weights if isinstance(operation, keras.Layer) else ()
    return total([product(*map(amount, w.shape or (1,))) for w in weights])
