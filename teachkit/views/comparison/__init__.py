"""Two models side by side, with the differences marked; or one with its reasons."""

from __future__ import annotations

from teachkit.views.comparison.pair_view import PairComparison
from teachkit.views.comparison.twin_view import TwinComparison
from teachkit.views.comparison.view import Comparison

__all__ = ["Comparison", "PairComparison", "TwinComparison"]
