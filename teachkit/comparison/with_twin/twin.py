"""A model beside its Sequential twin: does it compute the same, or why is there none.

For a Sequential model it is the way back: its Functional form.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from teachkit import source_code
from teachkit.comparison.findings import Agreement, Pairs, Reason, TwinFinding
from teachkit.comparison.with_twin.chains import longest_chain
from teachkit.comparison.with_twin.hidden import hidden_by_sequential
from teachkit.comparison.with_twin.nuances import nuances_of
from teachkit.comparison.with_twin.reasons import layer_calls, reasons_of
from teachkit.errors import ModelError
from teachkit.graph import ModelGraph
from teachkit.keras_reader import Recording, record_model
from teachkit.keras_runner.agreement import agreement_of, not_run
from teachkit.keras_runner.forms import calls_by_keyword, calls_without_list, is_chain
from teachkit.keras_runner.running import check_numbers
from teachkit.keras_runner.twins import (
    Twin,
    build_functional,
    build_sequential,
    weights_made,
)
from teachkit.speech import listed, named, sentence


def compare_with_twin(recording: Recording) -> TwinFinding:
    """Compare a model with its Sequential twin, a Sequential one with its Functional.

    Arguments:
        recording: of the model, which stays as it was.

    Returns:
        The twin and what running both showed, or every reason why there is none.

    Example:
        >>> import keras
        >>> x = keras.Input((4,), name="x")
        >>> model = keras.Model(x, keras.layers.Dense(2, name="d")(x))
        >>> finding = compare_with_twin(record_model(model))
        >>> finding.equivalent, finding.agreement.max_error
        (True, 0.0)
    """
    graph = recording.graph.visible()
    reasons = _reasons(recording)
    codes, refusals = _codes(recording, both=not reasons)
    more = [*nuances_of(graph, reasons), *refusals]
    made = _Made() if reasons else _twin(recording, more)
    return TwinFinding(
        graph=recording.graph,
        twin=made.model,
        twin_graph=made.graph,
        agreement=made.agreement,
        reasons=reasons,
        nuances=tuple(more),
        longest_chain=(
            longest_chain(graph)
            if reasons
            else tuple(call.id for call in layer_calls(graph))
        ),
        pairs=_pairs(graph, made.graph),
        functional_code=codes[0],
        sequential_code=codes[1],
        hidden=() if reasons else hidden_by_sequential(graph),
        sources=(recording, made.recording),
    )


@dataclass(frozen=True, slots=True)
class _Made:
    """A twin, as far as it could be made."""

    model: Any = None
    recording: Recording | None = None
    agreement: Agreement | None = None

    @property
    def graph(self) -> ModelGraph | None:
        return None if self.recording is None else self.recording.graph


def _reasons(recording: Recording) -> tuple[Reason, ...]:
    found = reasons_of(
        recording.graph,
        by_keyword=calls_by_keyword(recording),
        bare=calls_without_list(recording),
    )
    if not is_chain(recording):
        return found
    # What is a list of layers already can only lack an input.
    kept = {"no-input-shape", "overridden-call"}
    return tuple(reason for reason in found if reason.code in kept)


def _twin(recording: Recording, nuances: list[Reason]) -> _Made:
    """Return the twin; why it could not be made or run is added to the nuances."""
    build = build_functional if is_chain(recording) else build_sequential
    try:
        check_numbers(recording)
        twin = build(recording)
    except ModelError as error:
        return _not_made(error, nuances)
    made = record_model(twin.model)
    nuances += _doubts(recording, made, twin)
    try:
        with weights_made(recording, twin) as variables:
            agreement = agreement_of(recording, made, variables)
    except ModelError as error:
        agreement = not_run(error)
    if agreement.max_error is not None and not agreement.equal:
        nuances.append(_differs(recording))
    return _Made(twin.model, made, agreement)


def _not_made(error: ModelError, nuances: list[Reason]) -> _Made:
    text = (
        f"There is a twin, but teachkit could not build it: {error.found}. What to do: "
        f"{error.action}."
    )
    nuances.append(Reason("twin-not-built", text))
    return _Made(agreement=not_run(error))


def _doubts(recording: Recording, made: Recording, twin: Twin) -> list[Reason]:
    found = []
    if twin.by_hand:
        names = listed([named(name) for name in twin.by_hand])
        text = (
            f"Keras cannot make {names} again from a configuration, so teachkit copied "
            "attribute by attribute. A saved file could not be loaded either. The "
            "class needs a get_config, and an __init__ that takes what that returns."
        )
        found.append(Reason("no-get-config", text))
    ours, theirs = recording.graph.params, made.graph.params
    if ours != theirs and not twin.unbuilt:
        text = (
            f"The model has {ours:,} parameters and its twin {theirs:,}: a layer that "
            "holds another layer was copied with weights of its own."
        )
        found.append(Reason("weights-not-shared", text))
    return found


def _differs(recording: Recording) -> Reason:
    kinds = {layer.type for layer in recording.graph.layers if layer.family == "custom"}
    shown = listed(sorted(kinds), "or") if kinds else "a layer"
    return Reason(
        "copy-differs",
        sentence(
            "the calls form a chain, but the copies of the layers compute something "
            f"else: does get_config of {shown} return all arguments of __init__? "
            "Saving and loading would lose them too"
        ),
    )


def _codes(recording: Recording, *, both: bool) -> tuple[tuple[str, str], list[Reason]]:
    """Return the Functional and the Sequential source, and why one is missing."""
    sources, refusals = ["", ""], []
    styles: tuple[Any, ...] = ("functional", "sequential") if both else ("functional",)
    for k, style in enumerate(styles):
        try:
            sources[k] = source_code.to_code(recording, style=style)
        except ModelError as error:
            text = f"There is no source of this model: {error.found}."
            refusals.append(Reason("no-code", text))
    return (sources[0], sources[1]), list(dict.fromkeys(refusals))


def _pairs(graph: ModelGraph, twin: ModelGraph | None) -> Pairs:
    """Return the calls that correspond: two chains do so in their order."""
    if twin is None:
        return ()
    ours, theirs = graph.calls, twin.visible().calls
    if [call.type for call in ours] != [call.type for call in theirs]:
        return ()
    return tuple((a.id, b.id) for a, b in zip(ours, theirs, strict=True))
