"""Every level of a model drawn by itself, its groups closed: a view opens them.

Opening a group needs no new layout then: the drawing around it is stretched, and the
drawing of what is inside is put there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from teachkit.graph import ModelGraph
from teachkit.layout.arrange import Arranger
from teachkit.layout.drawing import Drawing
from teachkit.layout.engines.choice import EngineName, Placer
from teachkit.layout.engines.problem import Point
from teachkit.layout.scene import Choices, Item, Scene
from teachkit.layout.staging import scene_of

MOST_CALLS = 20_000
"""Of a model with more calls than this at all depths only the outermost level is
drawn: one that is nested ten deep and called twice at each depth has thousands."""


@dataclass(frozen=True, eq=False, slots=True)
class Level:
    """One level of a model.

    Attributes:
        drawing: its boxes and wires; groups are boxes like any other.
        points: where lines leave the level, by key.
        ways: for each wire, the key of the item inside the group it arrives at, and
            of the item inside the group it comes from; empty where there is none.
        groups: what can be opened, by key: the item as it is written when it is open,
            and the level inside.
    """

    drawing: Drawing
    points: Mapping[str, Point]
    ways: tuple[tuple[str, str], ...]
    groups: Mapping[str, tuple[Item, Level]]


def draw_levels(
    graph: ModelGraph,
    choices: Choices,
    *,
    direction: str,
    engine: EngineName,
    tell: Callable[[str], None],
) -> Level:
    """Lay out each level of a model.

    Arguments:
        graph: the model.
        choices: what shall be seen; `nested` does not matter.
        direction: `TB` or `LR`.
        engine: the layout engine to try first.
        tell: called with a sentence if an engine failed.
    """
    small = calls_at_all_depths(graph) <= MOST_CALLS
    choices = replace(choices, nested="expanded" if small else "collapsed")
    placer = Placer(engine)
    level = _level(scene_of(graph, choices), Arranger(direction, placer))
    report = placer.report()
    if report is not None:
        tell(report)
    return level


def calls_at_all_depths(graph: ModelGraph) -> int:
    """Count the boxes of a drawing in which everything is open."""
    known: dict[int, int] = {}

    def count(level: ModelGraph) -> int:
        if id(level) not in known:
            inside = (count(call.nested) for call in level.calls if call.nested)
            known[id(level)] = len(level.calls) + sum(inside)
        return known[id(level)]

    return count(graph)


def _level(scene: Scene, arranger: Arranger) -> Level:
    closed = replace(
        scene,
        items=[_closed(item) for item in scene.items],
        links=[replace(link, entry=None, exit=None) for link in scene.links],
    )
    drawing, points = arranger.level(closed)
    return Level(
        drawing=drawing,
        points=points,
        ways=tuple(
            (_key(scene, link.target, link.entry), _key(scene, link.source, link.exit))
            for link in scene.links
        ),
        groups={
            item.key: (item, _level(item.inner, arranger))
            for item in scene.items
            if item.inner is not None
        },
    )


def _closed(item: Item) -> Item:
    if item.inner is None:
        return item
    return replace(item, inner=None, lines=item.closed_lines)


def _key(scene: Scene, group: int, point: int | None) -> str:
    inner = scene.items[group].inner
    return "" if inner is None or point is None else inner.items[point].key
