"""From a recorded model to what `teachkit.explain` tells."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from math import prod
from typing import Any

from teachkit.explanation.checking import NOT_RUN, Observed, check_of
from teachkit.explanation.composition import composition
from teachkit.explanation.findings import CallFinding, Memory, ModelFinding
from teachkit.explanation.hidden_masks import with_hidden_masks
from teachkit.explanation.observing import Observations, observed_calls
from teachkit.explanation.places import Place, places_of
from teachkit.graph import Notice, TensorSpec
from teachkit.keras_reader import Recording
from teachkit.keras_runner.running import check_inputs
from teachkit.layout.labels import shape_text
from teachkit.math import (
    Amount,
    Formula,
    Meaning,
    Subject,
    Symbol,
    amount,
    formula,
    word,
)
from teachkit.math.amounts import NOTHING, total
from teachkit.math.explaining import meaning_of, subject_of
from teachkit.speech import calls_text, named

_BYTES = {"bool": 1, "bfloat16": 2, "complex64": 8, "complex128": 16}


def explained_model(
    recording: Recording, inputs: Any = None, *, compute: bool = True
) -> ModelFinding:
    """Return what each call of a model computes, and the model as a whole.

    Arguments:
        recording: of the model; it may be dry.
        inputs: on which calls are computed; None for random ones.
        compute: False to run nothing: formulas without numbers, at once.

    Raises:
        TeachkitError: the model does not take these inputs.
    """
    check_inputs(recording)
    graph = recording.graph
    places = places_of(recording)
    wanted = {place.path: place.training for place in places}
    if compute:
        observed = observed_calls(recording, inputs, wanted)
    else:
        observed = Observations({})
    calls = _explained(places, _only(observed.calls, inputs), graph.notices)
    pairs = zip(calls, places, strict=True)
    outer = [one.macs for one, place in pairs if not place.outer]
    leaves = [one for one in calls if one.call.nested is None]
    sizes = [(weight.size, weight.trainable) for weight in graph.weights]
    return ModelFinding(
        graph=graph,
        calls=tuple(calls),
        composition=composition(graph),
        trainable=sum(size for size, trains in sizes if trains),
        fixed=sum(size for size, trains in sizes if not trains),
        macs=sum(macs.value for macs in outer if macs is not None),
        uncounted=tuple(one.path for one in leaves if one.macs is None),
        memory=Memory(
            sum(w.size * _bytes(w.dtype) for w in graph.weights),
            _activation_bytes(places),
        ),
        not_computed=observed.failure,
        notes=(*graph.notices, *(Notice("inputs", text) for text in observed.notes)),
    )


def explained_call(recording: Recording, name: str, inputs: Any = None) -> CallFinding:
    """Return what one call computes; see `explained_model`.

    Raises:
        WrongValueError: there is no such call.
        TeachkitError: the model does not take these inputs.
    """
    check_inputs(recording)
    places = places_of(recording)
    path = _path(places, recording, name)
    # The calls inside a nested model are needed for its sums.
    inside = [p for p in places if p.path == path or p.path.startswith(f"{path}/")]
    wanted = {place.path: place.training for place in inside}
    observed = observed_calls(recording, inputs, wanted)
    seen = _only(observed.calls, inputs)
    (found, *_) = _explained(inside, seen, recording.graph.notices)
    layer = found.call.layer_id
    first = next(p.path for p in places if layer is None or p.call.layer_id == layer)
    return replace(found, shared_with="" if layer is None or first == path else first)


def _only(observed: Mapping[str, Observed], inputs: Any) -> dict[str, Observed]:
    """Return what was observed, without counts for lengths that nobody chose."""
    if inputs is not None:
        return dict(observed)
    return {path: replace(one, macs=None) for path, one in observed.items()}


def _path(places: list[Place], recording: Recording, name: str) -> str:
    """Return the path of a call that was named by its path, or by its layer."""
    if any(place.path == name for place in places):
        return name
    call = recording.graph.call(name)  # tells which calls there are
    outer = name.rpartition("/")[0]
    return f"{outer}/{call.id}" if outer else call.id


def _explained(
    places: list[Place], observed: Mapping[str, Observed], notices: Iterable[Notice]
) -> list[CallFinding]:
    """Return each call explained; a nested model has the sums of what is inside."""
    inside: dict[str, list[CallFinding]] = {}
    backwards = []
    for place in reversed(places):
        one = _call(place, inside.pop(place.path, [])[::-1], observed)
        inside.setdefault(place.outer, []).append(one)
        backwards.append(one)
    about: dict[str, list[Notice]] = {}
    for notice in notices:
        for path in notice.calls:
            about.setdefault(path, []).append(notice)
    first: dict[str, str] = {}
    found = []
    for one in reversed(backwards):
        met = first.setdefault(one.call.layer_id or one.path, one.path)
        notes = (*about.get(one.path, ()), *one.notes)
        shared = met if met != one.path else ""
        found.append(replace(one, shared_with=shared, notes=notes))
    return found


def _call(
    place: Place, inner: list[CallFinding], observed: Mapping[str, Observed]
) -> CallFinding:
    call, seen = place.call, observed.get(place.path)
    reads = tuple(_read_text(place, k) for k in range(len(_incoming(place))))
    if place.recorded is None or call.kind == "input":
        nothing = (None, None, NOTHING, NOTHING, NOT_RUN)
        return CallFinding(place.path, call, *nothing, reads=reads)
    if call.nested is not None:
        meaning, training = _nested(place, inner), None
    else:
        meaning, training = _leaf(place, seen)
    return CallFinding(
        path=place.path,
        call=call,
        meaning=meaning,
        training=training,
        params=_params(call.params, meaning.params),
        macs=meaning.macs or (seen.macs if seen is not None else None),
        check=check_of(call, meaning, seen, [one.check for one in inner]),
        numbers=seen.numbers if seen is not None else None,
        notes=tuple(Notice("formula", text, (place.path,)) for text in meaning.notes),
        reads=reads,
    )


def _leaf(place: Place, seen: Observed | None) -> tuple[Meaning, Formula | None]:
    """Return what `model(x)` computes, and the formula in training if it is another."""
    meaning = meaning_of(_subject(place, seen, training=place.training))
    if place.training:
        return meaning, None
    trained = meaning_of(_subject(place, seen, training=True)).formula
    return meaning, trained if trained.text != meaning.formula.text else None


def _subject(place: Place, seen: Observed | None, *, training: bool) -> Subject:
    """Return a call with the masks that it was given, if it was seen to run."""
    assert place.recorded is not None
    subject = subject_of(place.recorded, place.graph, training=training)
    return subject if seen is None else with_hidden_masks(subject, seen.given)


def _nested(place: Place, inner: list[CallFinding]) -> Meaning:
    call = place.call
    count = sum(1 for one in inner if one.meaning is not None)
    macs = [one.macs for one in inner]
    known = [one for one in macs if one is not None]
    inputs = [
        Symbol(f"x_{{{k}}}" if k else "x", f"x{k or ''}", tensor.shape)
        for k, tensor in enumerate(_incoming(place))
    ]
    listed = ", ".join(f"$x{k}" for k in range(len(inputs)))
    owners = {one.call.layer_id: one.params for one in inner}
    return Meaning(
        formula=formula(
            f"$y = $f({listed})",
            y=Symbol("y", "y", call.outputs[0].shape if call.outputs else None),
            f=word(call.layer or call.id),
            **{f"x{k}": symbol for k, symbol in enumerate(inputs)},
        ),
        shapes=tuple(spec.shape for spec in call.outputs),
        shape_rule=f"what comes out of the {calls_text(count)} inside",
        params=total(list(owners.values())),
        macs=total(known) if len(known) == len(macs) else None,
    )


def _params(told: int, ours: Amount) -> Amount:
    """Return the parameters as arithmetic, if it gives what Keras counts."""
    return ours if ours.value == told else amount(told)


def _incoming(place: Place) -> list[TensorSpec]:
    tensors = place.graph.incoming(place.call.id)
    return [TensorSpec(t.shape, t.dtype) for t in tensors if not t.implicit]


def _read_text(place: Place, position: int) -> str:
    tensors = [t for t in place.graph.incoming(place.call.id) if not t.implicit]
    tensor = tensors[position]
    return f"{tensor.port} = {named(tensor.source)} {shape_text(tensor.shape)}"


def _bytes(dtype: str) -> int:
    if dtype in _BYTES:
        return _BYTES[dtype]
    digits = "".join(filter(str.isdigit, dtype))
    return int(digits) // 8 if digits else 0


def _activation_bytes(places: list[Place]) -> int | None:
    """Return the bytes of all outputs for one sample, None where a length is open.

    What a nested model returns is the output of a call inside it; the inputs inside
    are what it was given.
    """
    count = 0
    for place in places:
        call = place.call
        inner_input = place.outer and call.kind == "input"
        if call.nested is not None or call.kind == "constant" or inner_input:
            continue
        for spec in call.outputs:
            if spec.shape is None or None in spec.shape[1:]:
                return None
            count += prod(n or 1 for n in spec.shape[1:]) * _bytes(spec.dtype)
    return count
