r"""The formula of attention with heads."""

from __future__ import annotations

from typing import Any

from teachkit.graph import Shape
from teachkit.math.formulas import Formula, Line, Symbol, formula
from teachkit.math.layers.attention_formulas import (
    LATER,
    dropped_line,
    in_words,
    masked_lines,
)
from teachkit.math.layers.attention_heads import Heads, projection
from teachkit.math.layers.attention_masks import AttentionCall


def multi_head_formula(
    layer: Any, made: Heads, call: AttentionCall, output: Shape, *, random: bool
) -> Formula:
    """Return the lines of one head h, and the sum over all heads."""
    lines = Formula(())
    for letter, name, x, words in (
        ("Q", "query", call.query, "query"),
        ("K", "key", call.key, "key"),
        ("V", "value", call.value, "value"),
    ):
        lines += _projection(layer, made, (letter, name, words), x.shape)
    lines += _scores(made, call)
    lines += dropped_line(made.dropout if random else 0)
    if made.gated:
        lines += _gate(layer, made, call.query.shape)
    return lines + _output(layer, made, output)


def _index(made: Heads, letter: str) -> str:
    """Return which head of keys and values the head h has."""
    return "g" if letter in "KV" and made.groups < made.heads else "h"


def _projection(
    layer: Any, made: Heads, names: tuple[str, str, str], shape: Shape
) -> Formula:
    letter, name, words = names
    h = _index(made, letter)
    size = made.value_dim if letter == "V" else made.key_dim
    return formula(
        f"$Q = $x $W{_bias(layer, name)}",
        Q=Symbol(f"{letter}^{h}", f"{letter}^{h}", (*shape[:-1], size), words),
        x=Symbol(f"x_{letter}", f"x_{letter}", shape, f"input of the {words}"),
        **_weights(layer, letter, h, (shape[-1], size)),
    )


def _weights(layer: Any, letter: str, h: str, shape: Shape) -> dict[str, Symbol]:
    name = f"W_{letter}^{h}", f"W_{letter}^{h}"
    bias = f"b_{letter}^{h}", f"b_{letter}^{h}"
    found = {"W": Symbol(*name, shape, "part of a kernel, for one head")}
    if projection(layer, "query")[1] is not None:
        found["b"] = Symbol(*bias, shape[1:], "part of a bias, for one head")
    return found


def _bias(layer: Any, name: str) -> str:
    return " + $b" if projection(layer, name)[1] is not None else ""


def _scores(made: Heads, call: AttentionCall) -> Formula:
    g = _index(made, "K")
    lines = formula(
        rf"S^h_{{ij}} = \frac{{1}}{{\sqrt{{{made.key_dim}}}}} "
        rf"\sum\limits_d Q^h_{{id}} K^{g}_{{jd}}",
        f"S^h_ij = Σ_d Q^h_id K^{g}_jd / √{made.key_dim}",
    )
    if g != "h":
        share = made.heads // made.groups
        lines += formula(
            rf"g = \lceil h / {share} \rceil", f"g = h / {share}, rounded up"
        )
    lines += masked_lines(_reasons(made, call), "h")
    return lines + formula(
        r"$A = \text{softmax}_j(S^h_{ij})",
        "$A = softmax_j(S^h_ij)",
        A=Symbol(
            "A^h_{ij}",
            "A^h_ij",
            made.scores_shape(call.query.shape, call.value.shape),
            "weights of all heads: each row sums to one",
        ),
    )


def _reasons(made: Heads, call: AttentionCall) -> list[Line]:
    """Return why a score may be left out."""
    masks = {
        "the query i is masked": call.query_mask,
        "the value j is masked": call.value_mask,
        "the key j is masked": call.key_mask,
        "attention_mask is False": call.attention_mask,
    }
    reasons = [in_words(reason) for reason, mask in masks.items() if mask is not None]
    if call.causal:
        reasons.append(LATER)
    if made.window is not None:
        far = rf"|i - j| \ge {made.window}", f"|i - j| ≥ {made.window}"
        reasons.append(Line(*far))
    return reasons


def _gate(layer: Any, made: Heads, shape: Shape) -> Formula:
    inner = f"$x $W{_bias(layer, 'gate')}"
    return formula(
        rf"$G = \text{{sigmoid}}({inner})",
        f"$G = sigmoid({inner})",
        G=Symbol("G^h", "G^h", (*shape[:-1], made.value_dim), "gate"),
        x=Symbol("x_Q", "x_Q", shape, "input of the query"),
        **_weights(layer, "G", "h", (shape[-1], made.value_dim)),
    )


def _output(layer: Any, made: Heads, output: Shape) -> Formula:
    kernel, bias = projection(layer, "attention_output")
    value = f"A^h V^{_index(made, 'V')}"
    latex = rf"({value} \odot G^h)" if made.gated else value
    text = f"({value} ⊙ G^h)" if made.gated else value
    symbols = {
        "Y": Symbol("Y", "Y", output, "output"),
        "W": Symbol("W_O^h", "W_O^h", tuple(kernel.shape[1:]), "part of a kernel"),
    }
    added = ""
    if bias is not None:
        symbols["b"] = Symbol("b_O", "b_O", tuple(bias.shape), "bias of the output")
        added = " + $b"
    return formula(
        rf"$Y = \sum\limits_{{h=1}}^{{{made.heads}}} {latex} $W{added}",
        f"$Y = Σ_h {text} $W{added}, for h = 1, ..., {made.heads}",
        **symbols,
    )
