"""What a call means: formula, shape, parameters, multiplications, evaluation."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from teachkit.graph import Shape
from teachkit.math.amounts import NOTHING, Amount
from teachkit.math.formulas import Formula
from teachkit.math.subjects import Arguments, Array

Source = Literal["rule", "operations", "black box"]


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class Meaning:
    """What one call computes, for the shapes of this call.

    Attributes:
        formula: what comes out, in symbols.
        shapes: of the outputs in flat order, by a rule of our own; None where the rule
            cannot tell.
        shape_rule: the rule in words: `all axes stay but the last, which becomes
            units = 64`.
        params: how many numbers the weights of the layer hold, as arithmetic.
        macs: multiply-accumulates for one sample; None where a length is open.
        evaluate: the same computation in NumPy, in double precision. It gets the
            arguments of the call with an array for each tensor, and returns an array,
            or a list of them in flat order. None when there is no such thing.
        residual: for what is random: how far given outputs are from what can come out.
            It gets the arguments and the outputs of Keras.
        by_hand: some numbers of this very call written out, from its arguments and
            outputs, for small arrays.
        notes: what one should know, in whole sentences.
        source: `rule` (written for this class), `operations` (followed into the
            operations that it makes), `black box` (nothing but shapes is known).
    """

    formula: Formula
    shapes: tuple[Shape | None, ...]
    shape_rule: str
    params: Amount = NOTHING
    macs: Amount | None = NOTHING
    evaluate: Callable[[Arguments], Array | Sequence[Array]] | None = None
    residual: Callable[[Arguments, list[Array]], float] | None = None
    by_hand: Callable[[Arguments, list[Array]], Formula | None] | None = None
    notes: tuple[str, ...] = ()
    source: Source = "rule"
