"""What no exercise accepts, whatever its criteria are."""

from __future__ import annotations

from teachkit.grading.evidence.rows import other_number_of_answers
from teachkit.grading.evidence.subject import Subject
from teachkit.grading.findings import Finding
from teachkit.graph import Call, ModelGraph

LEARNS = "can_learn"
ROWS = "one_answer_per_sample"
"""Names of the criteria under which it is reported."""
_DROPS = ("Dropout", "SpatialDropout1D", "SpatialDropout2D", "SpatialDropout3D")


def never_accepted(subject: Subject) -> tuple[str, Finding] | None:
    """Return what no exercise accepts, with the name of the criterion."""
    for name, finds in ((ROWS, _mixes_samples), (LEARNS, _cannot_learn)):
        finding = finds(subject)
        if finding is not None:
            return name, finding
    return None


def _mixes_samples(subject: Subject) -> Finding | None:
    try:
        return other_number_of_answers(subject)
    except Exception:  # noqa: BLE001 - whoever runs the model for a criterion tells that it fails
        return None


def _cannot_learn(subject: Subject) -> Finding | None:
    """Return what makes learning impossible: a Dropout that lets nothing through."""
    for path, call in _all_calls(subject.graph):
        rate = call.config.get("rate") if call.type in _DROPS else None
        if isinstance(rate, (int, float)) and rate >= 1:
            return Finding(
                f"'{path}' ({call.type}) has the rate {rate:g}.",
                "In training nothing reaches the next layer, so nothing is learnt.",
                "Which share of the numbers is to be dropped: 0.2, 0.5?",
                (path,),
                misconception="M32",
            )
    return None


def _all_calls(graph: ModelGraph) -> list[tuple[str, Call]]:
    found = [(call.id, call) for call in graph.calls]
    for path, call in found:
        if call.nested is not None:
            found += [(f"{path}/{one.id}", one) for one in call.nested.calls]
    return found
