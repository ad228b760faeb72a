r"""The formulas of attention, and of what is done to its scores and weights."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import keras

from teachkit.graph import Shape
from teachkit.math.formulas import Formula, Line, Symbol, formula, word
from teachkit.math.layers.attention_masks import AttentionCall

LATER = Line(r"j \gt i", "j > i")


def is_additive(layer: Any) -> bool:
    """Tell whether the scores are a sum of tanh, as Bahdanau has them."""
    return isinstance(layer, keras.layers.AdditiveAttention)


def scores_formula(layer: Any, call: AttentionCall, scores: Shape) -> Formula:
    """Return the line of the scores, before anything is masked."""
    symbols = {
        "S": Symbol("S_{ij}", "S_ij", scores, "scores"),
        "Q": Symbol("Q_{id}", "Q_id", call.query.shape, "query"),
        "K": Symbol("K_{jd}", "K_jd", call.key.shape, "key"),
    }
    number = Symbol("s", "s", (), "scale")
    if is_additive(layer):
        if not layer.use_scale:
            latex, text = _sum_of_tanh("", "$Q + $K")
            return formula(f"$S = {latex}", f"$S = {text}", **symbols)
        number = Symbol("s_d", "s_d", call.query.shape[-1:], "scale")
        latex, text = _sum_of_tanh("$s ", "$Q + $K")
        return formula(f"$S = {latex}", f"$S = {text}", s=number, **symbols)
    if layer.use_scale:
        symbols["s"] = number
    if layer.score_mode == "dot":
        scale = "$s " if layer.use_scale else ""
        latex, text = rf"{scale}\sum\limits_d $Q $K", f"{scale}Σ_d $Q $K"
    else:
        symbols["w"] = Symbol("w", "w", (), "concat_score_weight")
        latex, text = _sum_of_tanh("", "$s ($Q + $K)" if layer.use_scale else "$Q + $K")
        latex, text = f"$w {latex}", f"$w {text}"
    return formula(f"$S = {latex}", f"$S = {text}", **symbols)


def _sum_of_tanh(factor: str, inner: str) -> tuple[str, str]:
    return rf"\sum\limits_d {factor}\, \tanh({inner})", f"Σ_d {factor}tanh({inner})"


def mixing_formula(
    call: AttentionCall, output: Shape, scores: Shape, rate: float
) -> Formula:
    """Return how scores become weights, and these the output.

    Arguments:
        call: the arguments.
        output: the shape of the output.
        scores: the shape of the scores.
        rate: of the dropout that is active.
    """
    reasons = [in_words("the value j is masked")] * (call.value_mask is not None)
    lines = masked_lines([*reasons, *([LATER] if call.causal else [])])
    lines += formula(
        r"$A = \text{softmax}_j(S_{ij})",
        "$A = softmax_j(S_ij)",
        A=Symbol("A_{ij}", "A_ij", scores, "weights: each row sums to one"),
    )
    lines += dropped_line(rate)
    lines += formula(
        r"$Y = \sum\limits_j A_{ij} $V",
        "$Y = Σ_j A_ij $V",
        Y=Symbol("Y_{id}", "Y_id", output, "output"),
        V=Symbol("V_{jd}", "V_jd", call.value.shape, "value"),
    )
    if call.query_mask is None:
        return lines
    return lines + formula(
        r"Y_{id} \leftarrow 0 \text{ where the query i is masked}",
        "Y_id ← 0 where the query i is masked",
    )


def dropped_line(rate: float) -> Formula:
    """Return what dropout does to the weights; nothing if its rate is zero."""
    if not rate:
        return Formula(())
    return formula(
        rf"A_{{ij}} \leftarrow \frac{{1}}{{1 - {rate:g}}} \, m_{{ij}} A_{{ij}}",
        f"A_ij ← m_ij A_ij / (1 - {rate:g})",
    )


def in_words(reason: str) -> Line:
    """Return a reason that is no formula."""
    return Line(word(reason).latex, reason)


def masked_lines(reasons: Iterable[Line], head: str = "") -> Formula:
    """Return a line for each reason why scores are left out.

    Arguments:
        reasons: such as `j > i`.
        head: the letter above of each head, if there are several.
    """
    above = f"^{head}" if head else ""
    return Formula(
        tuple(
            Line(
                rf"S{above}_{{ij}} \leftarrow -\infty \text{{ where }} {one.latex}",
                f"S{above}_ij ← -∞ where {one.text}",
            )
            for one in reasons
        )
    )
