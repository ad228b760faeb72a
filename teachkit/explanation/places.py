"""Every call of a model, nested ones too, with the level at which it stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from teachkit.graph import Call, ModelGraph
from teachkit.keras_reader import RecordedCall, RecordedModel, Recording


@dataclass(frozen=True, eq=False, slots=True)
class Place:
    """One call of a model at any depth.

    Attributes:
        path: `encoder/dense`.
        outer: path of the call of the nested model in which it stands, or empty.
        call: as plain data, with the shapes of this call.
        graph: of its level.
        recorded: with its Keras objects; None for constants.
        training: whether it does what it does in training, also in `model(x)`: the
            call, or that of a model around it, was given `training=True`.
    """

    path: str
    outer: str
    call: Call
    graph: ModelGraph
    recorded: RecordedCall | None
    training: bool = False


def places_of(recording: Recording) -> list[Place]:
    """Return every call, those of a nested model right after the call of the model.

    Calls that Keras made to compute masks are left out.
    """
    found: list[Place] = []
    waiting = [_level(recording.root, recording.graph, "", None)]
    while waiting:
        place = next(waiting[-1], None)
        if place is None:
            waiting.pop()
            continue
        found.append(place)
        inner = place.recorded.inner if place.recorded is not None else None
        if inner is not None and place.call.nested is not None:
            waiting.append(_level(inner, place.call.nested, place.path, _said(place)))
    return found


def _said(place: Place) -> bool | None:
    """Return what a call of a model hands to the calls inside; None for nothing."""
    if place.training:
        return True
    told = place.recorded.kwargs.get("training") if place.recorded else None
    return told if isinstance(told, bool) else None


def _level(
    model: RecordedModel, graph: ModelGraph, outer: str, training: bool | None
) -> Iterator[Place]:
    prefix = f"{outer}/" if outer else ""
    for call in graph.calls:
        if call.plumbing:
            continue
        recorded = model.calls.get(call.id)
        own = recorded.kwargs.get("training") if recorded is not None else None
        # As Keras does it: what the outer call says goes before what was recorded.
        trains = bool(own if training is None else training)
        yield Place(f"{prefix}{call.id}", outer, call, graph, recorded, trains)
