"""ModelGraph -> Drawing: what to draw, how large, and where.

`draw` is the whole walk: a graph becomes a scene (items and links), the scene becomes
a drawing (coordinates). Colours and file formats are the business of the views.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from teachkit.errors import WrongValueError
from teachkit.graph import ModelGraph
from teachkit.layout.arrange import Arranger
from teachkit.layout.drawing import Drawing
from teachkit.layout.engines.choice import EngineName, Placer
from teachkit.layout.scene import Choices
from teachkit.layout.staging import scene_of

__all__ = ["Choices", "Direction", "Drawing", "EngineName", "check_direction", "draw"]

Direction = Literal["TB", "LR"]


def draw(
    graph: ModelGraph,
    choices: Choices,
    *,
    direction: Direction = "TB",
    engine: EngineName = "auto",
    tell: Callable[[str], None],
) -> Drawing:
    """Lay out a model graph.

    Arguments:
        graph: the model.
        choices: what shall be seen of it.
        direction: `TB` from top to bottom, `LR` from left to right.
        engine: the layout engine to try first.
        tell: called once, with a sentence, if an engine failed and another took over.

    Raises:
        WrongValueError: a direction, engine or choice that does not exist.
    """
    check_direction(direction)
    placer = Placer(engine)
    drawing = Arranger(direction, placer).drawing(scene_of(graph, choices))
    report = placer.report()
    if report is not None:
        tell(report)
    return drawing


def check_direction(direction: Direction) -> None:
    """Refuse a direction that does not exist.

    Raises:
        WrongValueError: with the two that do.
    """
    if direction not in ("TB", "LR"):  # a tuple: what is asked may be unhashable
        raise WrongValueError(
            "direction='TB' (top to bottom) or direction='LR' (left to right)",
            f"direction={direction!r}",
            "choose one of the two",
        )
