"""What is worth knowing about an answer and costs nothing."""

from __future__ import annotations

from collections.abc import Iterator

from teachkit.grading.evidence.subject import Subject
from teachkit.keras_reader.orphans import orphans_of

_UNREAD = "nobody in the model reads"


def advice_on(subject: Subject) -> Iterator[str]:
    """Yield sentences on one model."""
    yield from _orphans(subject)
    yield from _lambdas(subject)
    yield from _stops(subject)


def _orphans(subject: Subject) -> Iterator[str]:
    names = [one.name for one in orphans_of(subject.recording, subject.case.before)]
    if names:
        told = ", ".join(f"'{name}'" for name in names[:3])
        were, its = ("was", "its") if len(names) == 1 else ("were", "their")
        more = f" and {len(names) - 3} more" if len(names) > 3 else ""
        yield f"{told}{more} {were} called, but {_UNREAD} {its} output (rule 5)."


def is_on_orphans(text: str) -> bool:
    """Tell whether an advice is about layers that lead nowhere."""
    return _UNREAD in text


def _lambdas(subject: Subject) -> Iterator[str]:
    found = [x.name for x in subject.graph.layers if x.type == "Lambda"]
    if found:
        yield (
            f"'{found[0]}' is a Lambda: a saved model with one does not load in safe "
            "mode. An operation of keras.ops would do the same."
        )


def _stops(subject: Subject) -> Iterator[str]:
    found = [call.id for call in subject.graph.calls if call.type == "StopGradient"]
    if found:
        yield (
            f"'{found[0]}' lets numbers through and no gradient back: what stands "
            "before it learns nothing by this way (rule 6)."
        )
