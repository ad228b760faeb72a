"""The view of a model beside its Sequential twin."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from teachkit.comparison.findings import Reason, TwinFinding
from teachkit.views.comparison.marking import marks_of_twin
from teachkit.views.comparison.page import twin_html, twin_title
from teachkit.views.comparison.picture import Half
from teachkit.views.comparison.view import Comparison
from teachkit.views.comparison.words import twin_text


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
    def _halves(self) -> list[Half]:
        graph, twin = self.finding.graph, self.finding.twin_graph
        left, right = marks_of_twin(self.finding)
        halves = [self._half(graph.name, graph, left)]
        if twin is not None:
            halves.append(self._half(f"{graph.name}, its twin", twin, right))
        return halves

    def _piece(self) -> str:
        return twin_html(self.finding, self.svg())
