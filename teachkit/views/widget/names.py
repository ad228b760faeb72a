"""The names by which a view knows what is drawn: paths of calls, names of edges."""

from __future__ import annotations

from collections.abc import Iterator

from teachkit.layout.drawing import Wire
from teachkit.layout.levels import Level


def edge_name(source: str, target: str, port: str) -> str:
    """Return the name of an edge, by which a view selects it.

    Example:
        >>> edge_name("encoder/x", "encoder/add", "inputs[1]")
        'encoder/x->encoder/add:inputs[1]'
    """
    return f"{source}->{target}:{port}"


def ends_of(wire: Wire, prefix: str) -> tuple[str, str]:
    """Return the full paths of the calls that make and read the tensor of a wire.

    Arguments:
        wire: in a level. It may arrive at a group in which only the call stands.
        prefix: of the paths of that level.
    """
    tensor = wire.tensor
    # The end of a model is named by its full path already.
    outer = tensor.target == wire.target
    return prefix + tensor.source, tensor.target if outer else prefix + tensor.target


def groups_of(level: Level) -> list[str]:
    """Return the paths of everything that can be opened, the outermost first."""
    found = list(level.groups)
    for _, inside in level.groups.values():
        found += groups_of(inside)
    return found


def names_of(level: Level, prefix: str = "") -> Iterator[str]:
    """Yield the names of all boxes and edges of a level and of those inside it."""
    for box in level.drawing.boxes:
        yield box.item.key
    for wire in level.drawing.wires:
        yield edge_name(*ends_of(wire, prefix), wire.tensor.port)
    for item, inside in level.groups.values():
        yield from names_of(inside, inner_prefix(item.key, prefix, item.repeats))


def inner_prefix(key: str, prefix: str, repeats: int) -> str:
    """Return the prefix of the paths inside a group: a repeated block adds none."""
    return prefix if repeats > 1 else f"{key}/"
