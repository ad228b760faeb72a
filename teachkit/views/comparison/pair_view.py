"""The view of two models beside each other."""

from __future__ import annotations

from functools import cached_property

from teachkit.comparison.findings import Difference, PairFinding
from teachkit.views.comparison.marking import marks_of_pair
from teachkit.views.comparison.page import Parts, pair_parts, pair_title
from teachkit.views.comparison.view import Comparison
from teachkit.views.comparison.words import pair_text, pair_titles
from teachkit.views.widget.comparison_view import Point, Side


class PairComparison(Comparison[PairFinding]):
    """Two models beside each other, with what differs."""

    @property
    def same(self) -> bool:
        """Whether the two models are the same graph, however they are written."""
        return self.finding.same

    @property
    def differences(self) -> tuple[Difference, ...]:
        """In what they differ: code, sentence, calls on the left and on the right."""
        return self.finding.differences

    @property
    def disguises(self) -> tuple[str, ...]:
        """What is written differently and means the same."""
        return self.finding.disguises

    @property
    def notes(self) -> tuple[Difference, ...]:
        """What else to know of models that are the same."""
        return self.finding.notes

    def _words(self, width: int) -> str:
        return pair_text(self.finding, width)

    @property
    def _title(self) -> str:
        return pair_title(self.finding)

    @cached_property
    def _sides(self) -> list[Side]:
        names = (name.removeprefix("the ") for name in pair_titles(self.finding))
        graphs = self.finding.left, self.finding.right
        marks = marks_of_pair(self.finding)
        told = zip(names, graphs, self.finding.sources, marks, strict=True)
        return [Side(*one) for one in told]

    @property
    def _points(self) -> list[Point]:
        found = self.finding.differences
        return [Point(one.code, one.text, (one.left, one.right)) for one in found]

    @property
    def _parts(self) -> Parts:
        return pair_parts(self.finding)
