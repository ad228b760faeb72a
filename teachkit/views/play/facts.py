"""The sizes of a model, and what a control changed in it, in words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from teachkit.comparison.between_builds import Changes
from teachkit.errors import TeachkitError
from teachkit.explanation.explaining import explained_model
from teachkit.graph import ModelGraph
from teachkit.keras_reader import Recording
from teachkit.layout.labels import type_text
from teachkit.speech import listed, named
from teachkit.views.clean import clean
from teachkit.views.marks import Mark

_MOST = 6


@dataclass(frozen=True, slots=True)
class Sizes:
    """How large a model is; None for what is not known.

    Attributes:
        calls: as drawn, those inside nested models not counted.
        params: of all layers.
        macs: multiplications of one sample.
        macs_of_all: False if some call could not be counted.
    """

    calls: int
    params: int
    macs: int | None
    macs_of_all: bool = True


@dataclass(frozen=True, slots=True)
class Fact:
    """One size, and what it was before."""

    name: str
    now: str
    before: str = ""
    ratio: str = ""

    @property
    def text(self) -> str:
        """The fact as a piece of a sentence: `parameters 4,160 → 16,640 (× 4.0)`."""
        was = f"{self.before} → " if self.before else ""
        return f"{self.name} {was}{self.now}" + (f" ({self.ratio})" if was else "")


def sizes_of(recording: Recording) -> Sizes:
    """Return how large a model is. Nothing is run."""
    graph = recording.graph
    calls = len(graph.visible().calls)
    try:
        finding = explained_model(recording, compute=False)
    except TeachkitError:  # its inputs are not such that it can be explained
        return Sizes(calls, graph.params, None)
    return Sizes(calls, graph.params, finding.macs, not finding.uncounted)


def facts_of(now: Sizes, before: Sizes) -> list[Fact]:
    """Return the sizes of a model, each with what it was."""
    counts = (
        ("calls", now.calls, before.calls, ""),
        ("parameters", now.params, before.params, ""),
        ("MACs", now.macs, before.macs, "" if now.macs_of_all else "at least "),
    )
    return [_fact(*one) for one in counts]


def _fact(name: str, now: int | None, before: int | None, least: str) -> Fact:
    shown = "unknown" if now is None else f"{least}{now:,}"
    if now == before:
        return Fact(name, shown)
    if now is None or before is None:
        return Fact(name, shown, "unknown" if before is None else f"{before:,}", "new")
    return Fact(name, shown, f"{before:,}", _ratio(now, before))


def _ratio(now: int, before: int) -> str:
    """Return how many times as much: `× 4.0`; of a small difference how much."""
    if not before or not now or 0.95 < now / before < 1.05 or before < 20:
        return f"{'+' if now > before else '−'} {abs(now - before):,}"
    ratio = now / before
    if ratio >= 10:
        return f"× {ratio:,.0f}"
    return f"× {ratio:.1f}" if ratio >= 1 else f"× {ratio:.2g}"


def marks_of(changes: Changes) -> dict[str, Mark]:
    """Return what to point out in the new drawing."""
    marks = {
        one.path: Mark("changed", clean(one.label, 40), tip=one.text)
        for one in changes.changed
    }
    for path in changes.added:
        marks[path] = Mark("added", "new", tip=f"{named(path)} is new")
    return marks


def change_lines(
    changes: Changes, now: ModelGraph, before: ModelGraph
) -> Iterator[str]:
    """Yield what is new, gone, changed and renamed, a line for each of these."""
    if changes.added:
        yield f"New: {_calls(changes.added, now)}."
    if changes.gone:
        yield f"Gone: {_calls(changes.gone, before)}."
    own, following = _causes(changes)
    if own:
        yield f"Changed: {'; '.join(_some(own, str))}."
    if following:
        also = " too" if own or changes.added or changes.gone else ""
        paths = listed([named(path) for path in following])
        yield f"Another shape or number of parameters{also}: {paths}."
    if changes.renamed and (changes.added or changes.gone):
        names = _some(
            changes.renamed, lambda one: f"{named(one[0])} is now {named(one[1])}"
        )
        yield f"Keras counts names: {', '.join(names)}."


def _causes(changes: Changes) -> tuple[list[str], list[str]]:
    """Return what was changed, each with all its calls; and the calls that follow."""
    where: dict[str, list[str]] = {}
    for one in changes.changed:
        for text in one.chosen:
            where.setdefault(text, []).append(named(one.path))
    own = [f"{text} in {listed(paths)}" for text, paths in where.items()]
    return own, [one.path for one in changes.changed if not one.chosen]


def _some(items: Iterable[object], text: Callable[..., str]) -> list[str]:
    texts = [text(one) for one in items]
    more = len(texts) - _MOST
    return texts if more <= 0 else [*texts[:_MOST], f"and {more:,} more"]


def _calls(paths: Iterable[str], graph: ModelGraph) -> str:
    return ", ".join(
        _some(paths, lambda path: f"{named(path)} ({type_text(graph.call(path))})")
    )
