"""What a comparison found: plain data, from which every view is made."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from teachkit.graph import ModelGraph
from teachkit.keras_runner.verdict import Agreement, Pairs

if TYPE_CHECKING:
    from teachkit.keras_reader import Recording

__all__ = [
    "Agreement",
    "Difference",
    "PairFinding",
    "Pairs",
    "Reason",
    "TwinFinding",
]

Sources = tuple["Recording | None", "Recording | None"]


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a model has no Sequential twin, or something else to know about it.

    Attributes:
        code: one word or two for programs: `branch`, `merge`, `several-inputs`.
        text: one plain sentence about this model.
        calls: ids of the calls concerned.
    """

    code: str
    text: str
    calls: tuple[str, ...] = ()


@dataclass(frozen=True)
class TwinFinding:
    """A model beside its Sequential twin, or why there is none.

    For a Sequential model the twin is its Functional form.

    Attributes:
        graph: the model.
        twin, twin_graph: the Keras model that computes the same, and its graph.
        agreement: what running both showed.
        reasons: why there is no twin; empty when there is one.
        nuances: what is true beside that: `layer-reused`, `block-as-layer`, ...
        longest_chain: ids of the calls that could stand in a Sequential model.
        pairs: ids of a call of the model and of the same call of the twin.
        functional_code, sequential_code: source; empty where there is none.
        hidden: sentences on what Functional code shows and Sequential hides.
        sources: both models with their Keras objects, as far as they are known.
    """

    graph: ModelGraph
    twin: Any = None
    twin_graph: ModelGraph | None = None
    agreement: Agreement | None = None
    reasons: tuple[Reason, ...] = ()
    nuances: tuple[Reason, ...] = ()
    longest_chain: tuple[str, ...] = ()
    pairs: Pairs = ()
    functional_code: str = ""
    sequential_code: str = ""
    hidden: tuple[str, ...] = ()
    sources: Sources = field(default=(None, None), repr=False, compare=False)

    @property
    def equivalent(self) -> bool:
        """Tell whether there is a twin."""
        return not self.reasons


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing in which two models differ.

    Attributes:
        code: `added`, `removed`, `changed`, `constants`, `rewired`, `swapped`,
            `sharing`, `inputs`, `outputs`, `behaviour` (same graph, other numbers),
            `weights`, `architecture` (so much differs that it is counted); when all
            has to be equal also `nesting`, `fused`, `form`, `order`, `settings`,
            `idle`, `frozen`, `structure`, `strict`.
        text: one plain sentence about these models.
        left, right: paths of the calls concerned in either model: `encoder/dense`.
    """

    code: str
    text: str
    left: tuple[str, ...] = ()
    right: tuple[str, ...] = ()


@dataclass(frozen=True)
class PairFinding:
    """Two models beside each other.

    Attributes:
        left, right: the models.
        same: they are equal, in the sense of `strict` or of the normal form.
        strict: names aside, everything had to be equal.
        differences: in which way they are not the same.
        disguises: what is written differently and means the same.
        pairs: paths of a call on the left and of the same call on the right.
        agreement: what running both with the same weights showed, where that could be
            done.
        notes: what else to know of models that are the same: `weights` that hold
            other numbers.
        files: names of the files that the models were loaded from, else empty.
        sources: both models with their Keras objects, as far as they are known.
    """

    left: ModelGraph
    right: ModelGraph
    same: bool
    strict: bool = False
    differences: tuple[Difference, ...] = ()
    disguises: tuple[str, ...] = ()
    pairs: Pairs = ()
    agreement: Agreement | None = None
    notes: tuple[Difference, ...] = ()
    files: tuple[str, str] = ("", "")
    sources: Sources = field(default=(None, None), repr=False, compare=False)
