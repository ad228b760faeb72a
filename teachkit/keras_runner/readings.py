"""Where each tensor of a model is read: by calls, and by whoever gets the outputs."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from teachkit.keras_reader.ports import leaves_with_path
from teachkit.keras_reader.recording import Recording, Ref
from teachkit.keras_runner.levels import Level, levels_of
from teachkit.keras_runner.recorder import Key

Place = tuple[str, str]
"""Where a tensor is read: the path of a call and its port.

Where a model returns it: the prefix of the paths inside this model, which is empty for
the whole model and else ends in a slash, and the place in what it returns.
"""

OWN_LOSS = "own loss"
"""In the place of a port: a loss that the call adds, such as an activity regularizer.

It has a blank in it, as no argument has.
"""

Readings = Mapping[Place, Key]
"""For each place the tensor that is read there."""


def readings_of(recording: Recording) -> dict[Place, Key]:
    """Return every place of a model, at any depth, with the tensor that is read there.

    What Keras reads to compute masks is left out: no gradient comes back from a mask.
    """
    root = Level("", recording.root, recording.graph)
    return {
        place: key
        for level in levels_of(root)
        for place, key in (*_by_calls(level), *_by_the_outside(level))
    }


def way_to(output: str, keys: Collection[Key], readings: Readings) -> dict[Key, Place]:
    """Return the tensors through which the same numbers come to an output.

    Arguments:
        output: its place in what the model returns.
        keys: of all tensors that are these numbers, also those that lead elsewhere.
        readings: where each tensor is read.

    Returns:
        Each of them with the place where it is read on this way.
    """
    found: dict[Key, Place] = {}
    waiting = [("", output)]
    for place in waiting:
        key = readings.get(place)
        if key is None or key not in keys or key in found:
            continue
        found[key] = place
        path = key[0]
        # A model hands on what is inside of it, its input what is outside.
        before = {path, f"{path}/", path.rpartition("/")[0] or path}
        waiting += [other for other in readings if other[0] in before]
    return found


def _by_calls(level: Level) -> Iterator[tuple[Place, Key]]:
    prefix = level.prefix
    for edge in level.graph.visible().tensors:
        yield (prefix + edge.target, edge.port), (prefix + edge.source, edge.index)


def _by_the_outside(level: Level) -> Iterator[tuple[Place, Key]]:
    for place, leaf in leaves_with_path(level.model.outputs):
        if isinstance(leaf, Ref):
            yield (level.prefix, place), (level.prefix + leaf.call, leaf.index)
