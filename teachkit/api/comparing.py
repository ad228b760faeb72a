"""A model beside its twin or another model."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, overload

from teachkit.api.reading import recorded
from teachkit.graph import ModelGraph

if TYPE_CHECKING:
    from teachkit.layout import Direction
    from teachkit.views.comparison import Comparison, PairComparison, TwinComparison


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
    from teachkit.comparison.with_twin.twin import compare_with_twin  # noqa: PLC0415 - loads TensorFlow, which takes seconds: only when it is needed
    from teachkit.views.comparison import TwinComparison  # noqa: PLC0415 - loads TensorFlow, which takes seconds: only when it is needed

    finding = compare_with_twin(recorded(model))
    return TwinComparison(finding, direction=direction, details=details)


def _compare_pair(
    model: Any,
    other: Any,
    strict: bool,
    direction: Direction,
    details: Sequence[str],
) -> PairComparison:
    from teachkit.comparison.of_pair.pair import compare_pair  # noqa: PLC0415 - loads TensorFlow, which takes seconds: only when it is needed
    from teachkit.views.comparison import PairComparison  # noqa: PLC0415 - loads TensorFlow, which takes seconds: only when it is needed

    sides = [m if isinstance(m, ModelGraph) else recorded(m) for m in (model, other)]
    finding = compare_pair(*sides, strict=strict)
    first, second = map(_file_name, (model, other))
    finding = replace(finding, files=(first, second))
    return PairComparison(finding, direction=direction, details=details)


def _file_name(model: Any) -> str:
    return Path(model).name if isinstance(model, (str, Path)) else ""
