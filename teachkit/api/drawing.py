"""Models as drawings."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from teachkit.api.reading import collector_paused, recorded
from teachkit.graph import ModelGraph

if TYPE_CHECKING:
    from teachkit.layout import Direction, EngineName
    from teachkit.layout.scene import Nested
    from teachkit.views.graph_view import GraphView


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

    found = model if isinstance(model, ModelGraph) else recorded(model)
    with collector_paused():
        return GraphView(
            found,
            direction=direction,
            nested=nested,
            details=details,
            fold=fold,
            engine=engine,
        )
