"""What Functional code shows and Sequential code hides, in numbers of this model."""

from __future__ import annotations

from teachkit.comparison.with_twin.reasons import layer_calls
from teachkit.graph import Call, ModelGraph
from teachkit.layout.labels import count_text, shape_text
from teachkit.speech import listed, named, times, with_shape


def hidden_by_sequential(graph: ModelGraph) -> tuple[str, ...]:
    """Return sentences on what only the Functional code of a chain makes visible.

    Arguments:
        graph: of a chain of layers.
    """
    graph = graph.visible()
    calls = layer_calls(graph)
    found = [_input(graph, calls), _tensors(calls), _two_steps(calls)]
    shared = _shared(calls)
    return tuple(text for text in [*found, shared] if text)


def _input(graph: ModelGraph, calls: tuple[Call, ...]) -> str:
    if not graph.inputs:
        return ""
    ends = [f"{with_shape(end.call, end.shape)} {end.dtype}" for end in graph.inputs]
    start = (
        f"The input is a line of its own: {ends[0]}."
        if len(ends) == 1
        else f"Each input is a line of its own: {listed(ends)}."
    )
    first = next((call for call in calls if call.params), None)
    if first is None:
        return f"{start} Sequential code may leave it out."
    return (
        f"{start} Sequential code may leave it out, and then the "
        f"{count_text(first.params, 'parameter')} of {named(first.id)} do not exist "
        "before the first batch."
    )


def _tensors(calls: tuple[Call, ...]) -> str:
    between = [call for call in calls[:-1] if call.outputs and call.outputs[0].shape]
    if not between:
        return ""
    shown = listed(
        [
            f"after {named(call.id)} its shape is {shape_text(call.outputs[0].shape)}"
            for call in between
        ],
        most=2,
    )
    return (
        f"Each tensor between two layers has a name in the code: {shown}. A second "
        "layer could be called on it; a Sequential list has no place to say so."
    )


def _two_steps(calls: tuple[Call, ...]) -> str:
    layers = len({call.layer_id for call in calls})
    return (
        "Making a layer and calling it are two steps, here "
        f"{count_text(len(calls), 'call')} of {count_text(layers, 'layer')}. A "
        "Sequential list names the layers; Keras makes the calls."
    )


def _shared(calls: tuple[Call, ...]) -> str:
    counts: dict[str, int] = {}
    for call in calls:
        counts[str(call.layer)] = counts.get(str(call.layer), 0) + 1
    twice = [name for name, count in counts.items() if count > 1]
    if not twice:
        return ""
    name = twice[0]
    return (
        f"{named(name)} is made once and called {times(counts[name])}: each "
        "call is a line, and all of them share weights. In a Sequential list only the "
        "variable, written again, tells it."
    )
