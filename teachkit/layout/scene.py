"""What shall be drawn: items, groups of items, links. No coordinates, no colours."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from teachkit.errors import WrongValueError
from teachkit.graph import Call, Tensor
from teachkit.layout.labels import Detail
from teachkit.layout.sharing import Share

Nested = Literal["collapsed", "expanded"]
Role = Literal["call", "output", "entry", "exit"]


@dataclass(frozen=True, slots=True)
class Choices:
    """What the reader wants to see.

    Attributes:
        nested: `expanded` opens the models inside the model.
        details: what each box tells beside its name and type.
        fold: draw blocks that repeat only once.

    Raises:
        WrongValueError: `nested` is neither collapsed nor expanded.
    """

    nested: Nested = "collapsed"
    details: tuple[Detail, ...] = ("shape",)
    fold: bool = False

    def __post_init__(self) -> None:
        # A tuple, no set: what is asked may be unhashable.
        if self.nested not in ("collapsed", "expanded"):
            raise WrongValueError(
                "nested='collapsed' or nested='expanded'",
                f"nested={self.nested!r}",
                "choose one of the two",
            )


@dataclass(slots=True)
class Item:
    """One thing to draw: a box, or a group when it has a scene inside.

    Attributes:
        key: path of the call, unique in the whole drawing.
        title, lines: what is written on it, most important first.
        role: a call, an output of the whole model, or a point on the border of a
            group where a line goes on.
        call: what it shows; None for an output, a point, and a folded block.
        inner: what is inside of a group.
        closed_lines: what is written on a group when it is closed.
        share: for a call of a shared layer, which call it is.
        repeats: how often a folded block stands in the model.
        unused: an input that feeds nothing.
    """

    key: str
    title: str
    lines: list[str]
    role: Role = "call"
    call: Call | None = None
    inner: Scene | None = None
    closed_lines: list[str] = field(default_factory=list)
    share: Share | None = None
    repeats: int = 1
    unused: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    """One tensor to draw, from an output of an item to an argument of another.

    `port` is written at its end where order matters. `entry` and `exit` are the items
    inside a group, by their number, at which the line goes on.
    """

    source: int
    target: int
    tensor: Tensor
    port: str = ""
    exit: int | None = None
    entry: int | None = None


@dataclass(slots=True)
class Scene:
    """Items and links of one level.

    Attributes:
        entries: for each input of a nested model, by its id, the number of its item.
        exits: the same for each output of it, by its number.
    """

    items: list[Item] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    entries: dict[str, int] = field(default_factory=dict)
    exits: dict[int, int] = field(default_factory=dict)
