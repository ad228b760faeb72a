"""The view of a model beside its Sequential twin."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from teachkit.comparison.findings import Reason, TwinFinding
from teachkit.views.comparison.marking import marks_of_twin
from teachkit.views.comparison.page import Parts, twin_parts, twin_title
from teachkit.views.comparison.view import Comparison
from teachkit.views.comparison.words import twin_text
from teachkit.views.widget.comparison_view import Point, Side


class TwinComparison(Comparison[TwinFinding]):
    """A model beside its Sequential twin, or the reasons why it has none.

    For a Sequential model the twin is its Functional form.
    """

    @property
    def equivalent(self) -> bool:
        """Whether there is a twin."""
        return self.finding.equivalent

    @property
    def same(self) -> bool:
        """Whether there is a twin, which then is the same graph."""
        return self.finding.equivalent

    @property
    def sequential(self) -> Any:
        """The Sequential twin, a Keras model with the same weights; else None."""
        return None if self.finding.graph.type == "Sequential" else self.finding.twin

    @property
    def functional(self) -> Any:
        """The Functional form of a Sequential model; None for any other model."""
        return self.finding.twin if self.finding.graph.type == "Sequential" else None

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """Why there is no twin: code, sentence, calls. Empty when there is one."""
        return self.finding.reasons

    @property
    def nuances(self) -> tuple[Reason, ...]:
        """What else is true, and often told wrongly."""
        return self.finding.nuances

    @property
    def longest_chain(self) -> tuple[str, ...]:
        """Ids of the calls that could stand in a Sequential model one by one."""
        return self.finding.longest_chain

    @property
    def code(self) -> str:
        """Source of the twin; empty if there is none."""
        is_sequential = self.finding.graph.type == "Sequential"
        finding = self.finding
        return finding.functional_code if is_sequential else finding.sequential_code

    def _words(self, width: int) -> str:
        return twin_text(self.finding, width)

    @property
    def _title(self) -> str:
        return twin_title(self.finding)

    @cached_property
    def _sides(self) -> list[Side]:
        graph, twin = self.finding.graph, self.finding.twin_graph
        ours, theirs = self.finding.sources
        left, right = marks_of_twin(self.finding)
        sides = [Side(graph.name, graph, ours, left)]
        if twin is not None:
            title = f"{graph.name}, its twin"
            sides.append(Side(title, twin, theirs, right, self.code))
        return sides

    @property
    def _points(self) -> list[Point]:
        found = self.finding.reasons
        return [Point(one.code, one.text, (one.calls, ())) for one in found]

    @property
    def _parts(self) -> Parts:
        return twin_parts(self.finding)
