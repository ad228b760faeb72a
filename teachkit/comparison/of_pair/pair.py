"""Two models beside each other: whether they are the same, and what differs."""

from __future__ import annotations

from dataclasses import replace

from teachkit.comparison.findings import Agreement, Difference, PairFinding, Pairs
from teachkit.comparison.of_pair.alignment import Alignment, aligned_by
from teachkit.comparison.of_pair.differences import different, disguises_of
from teachkit.comparison.of_pair.numbers import (
    behaviour,
    calls_with_own_code,
    going_on,
    other_weights,
    runs_own_code,
    verdict,
)
from teachkit.graph import ModelGraph
from teachkit.keras_reader.bodies import bodies_of
from teachkit.keras_reader.recording import Recording
from teachkit.normal_form import (
    Isomorphism,
    NormalGraph,
    find_isomorphism,
    normal_form,
)
from teachkit.speech import listed, named

Side = Recording | ModelGraph
_IN_WORDS_ONLY = frozenset({"names"})
_WORTH_A_RUN = frozenset({"form", "fused", "idle", "nesting", "order"})


def compare_pair(left: Side, right: Side, *, strict: bool = False) -> PairFinding:
    """Compare two models.

    Arguments:
        left: a model that was read, or its bare graph. Only of one that was read it is
            known what its Lambda layers do, and only such a one can be run.
        right: the other one.
        strict: all but names and seeds has to be equal, call by call.

    Returns:
        What was found. Neither model is changed.
    """
    ours, theirs = _normal(left), _normal(right)
    isomorphism = find_isomorphism(ours, theirs)
    differences: list[Difference] = []
    if isomorphism is None:
        found, differences = different(ours, theirs)
    else:
        found = aligned_by(ours, theirs, isomorphism)
    disguises = all_disguises = disguises_of(found)
    if strict:
        exact = find_isomorphism(
            _normal(left, strict=True), _normal(right, strict=True)
        )
        if exact is None:
            differences += [d for d in disguises if d.code not in _IN_WORDS_ONLY]
            disguises = [d for d in disguises if d.code in _IN_WORDS_ONLY]
            differences = differences or [_not_call_by_call()]
    finding = PairFinding(
        left=ours.graph,
        right=theirs.graph,
        same=not differences,
        strict=strict,
        differences=tuple(differences),
        disguises=tuple(one.text for one in disguises),
        pairs=_pairs(found),
        sources=(_source(left), _source(right)),
    )
    if isinstance(left, Recording) and isinstance(right, Recording):
        if isomorphism is None:
            return replace(finding, agreement=verdict(left, right, found))
        runs = any(one.code in _WORTH_A_RUN for one in all_disguises)
        runs = runs or any(map(runs_own_code, (left, right)))
        return _with_numbers(finding, (left, right), isomorphism, runs=runs)
    return finding


def _normal(side: Side, *, strict: bool = False) -> NormalGraph:
    if isinstance(side, ModelGraph):
        return normal_form(side, strict=strict)
    return normal_form(side.graph, bodies_of(side), strict=strict)


def _source(side: Side) -> Recording | None:
    return side if isinstance(side, Recording) else None


def _pairs(found: Alignment) -> Pairs:
    pairs = ((a.path, b.path) for a, b in found.pairs() if a.call and b.call)
    return tuple(dict.fromkeys(pairs))


def _with_numbers(
    finding: PairFinding,
    sides: tuple[Recording, Recording],
    isomorphism: Isomorphism,
    *,
    runs: bool,
) -> PairFinding:
    """Add to a finding on equal graphs what their numbers show."""
    agreement = behaviour(*sides, isomorphism) if runs else None
    differs = agreement is not None and not agreement.equal
    told = []
    if agreement is not None and differs:
        told = [_other_function(agreement, *map(calls_with_own_code, sides))]
    return replace(
        finding,
        same=finding.same and not told,
        differences=(*finding.differences, *told),
        notes=other_weights(*sides, isomorphism),
        agreement=agreement,
    )


def _other_function(
    ran: Agreement, left: tuple[str, ...], right: tuple[str, ...]
) -> Difference:
    names = listed([named(path) for path in left or right])
    text = (
        "The graphs are the same, and yet the models compute something else with the "
        f"same weights: {going_on(ran.text)} "
    )
    if names:
        text += (
            f"Code of your own runs in {names}: look there for what get_config() "
            "does not tell."
        )
    return Difference("behaviour", text.rstrip(), left, right)


def _not_call_by_call() -> Difference:
    text = "Both models compute the same, but not call by call in the same way."
    return Difference("strict", text)
