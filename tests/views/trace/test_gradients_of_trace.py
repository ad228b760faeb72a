"""Gradients: per loss, per depth, per weight, and per call of what is shared."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from teachkit.views.trace import Trace
from teachkit.views.trace.gradient_sums import sum_text
from teachkit.views.trace.gradient_words import loss_text, reach_sentence
from teachkit.views.trace.log_scale import log_limits, log_places
from tests.views.trace.runs import gradient, twin_gradients, twins, two_heads
from tests.views.trace.test_trace_view import piece, tree


def tables(run):
    """Return the tables of the page by the title above them, as texts of cells."""
    found, title = {}, ""
    for part in tree(piece(run)):
        title = part.text if part.tag == "h3" else title
        for table in part.iter("table") if part.get("class") == "scroll" else ():
            found.setdefault(title, []).append(
                [["".join(cell.itertext()) for cell in row] for row in table.iter("tr")]
            )
    return found


def heads_of_two():
    run = twins()
    run.gradients = two_heads()
    return run


def with_sum_error(error):
    run = twins()
    kernel, head = run.gradients.of_weights
    weights = (replace(kernel, sum_error=error), head)
    run.gradients = replace(run.gradients, of_weights=weights)
    return run


class TestLosses:
    def test_of_one(self):
        assert loss_text(twin_gradients()) == "Loss 0.75 (same)"

    def test_of_several_with_weights(self):
        assert loss_text(two_heads()) == (
            "Loss 2.38 = 2 (kind) + 0.5 × 0.5 (size) + 0.125 (regularization)"
        )
        losses = tables(heads_of_two())["Gradients"][0]
        assert losses[2] == ["size", "0.5", "0.5", "0.25"]

    def test_which_reaches_which_weights(self):
        title = "Which loss reaches which weights"
        assert tables(heads_of_two())[title][0] == [
            ["weight", "loss kind", "loss size", "loss regularization"],
            ["trunk/kernel", "✓ yes", "✓ yes", "✓ yes"],
            ["kind/kernel", "✓ yes", "– no", "– no"],
            ["size/kernel", "– no", "✓ yes", "– no"],
        ]
        assert "size/kernel   no         yes        no\n" in Trace(heads_of_two()).text

    def test_weights_of_one_layer_are_one_row(self):
        run = heads_of_two()
        trunk = run.gradients.of_weights[0]
        bias = replace(trunk, weight="trunk/bias")
        run.gradients = replace(
            run.gradients, of_weights=(trunk, bias, *run.gradients.of_weights[1:])
        )
        rows = tables(run)["Which loss reaches which weights"][0]
        assert [row[0] for row in rows[1:]] == [
            "trunk (2 weights)",
            "kind/kernel",
            "size/kernel",
        ]


class TestShared:
    def test_the_sum_is_written_as_a_sum(self):
        kernel = twin_gradients().of_weights[0]
        assert sum_text(kernel) == "3 + 4 (as vectors) = 5, relative error 0"
        inexact = replace(kernel, sum_error=6.2e-8)
        assert sum_text(inexact).endswith("relative error 6e-8")

    def test_a_regularizer_has_a_share(self):
        kernel = twin_gradients().of_weights[0]
        kernel = replace(kernel, penalty=gradient("kernel", [0.5]))
        assert sum_text(kernel).startswith("3 + 4 + 0.5 (as vectors)")

    def test_many_calls_are_shortened(self):
        kernel = twin_gradients().of_weights[0]
        ways = {f"encoder:{k}/dense": gradient("x", [float(k)]) for k in range(1, 10)}
        text = sum_text(replace(kernel, calls=ways))
        assert text.startswith("1 + 2 + 3 + 4 + ... + 9 (as vectors)")

    def test_a_row_for_each_call_and_the_sum(self):
        title = "Shared weights: a gradient for each call, and their sum"
        assert tables(twins())[title][0][1:] == [
            ["encoder/dense/kernel", "encoder/dense", "3"],
            ["encoder:2/dense", "4"],
            ["sum (as vectors), relative error 0", "5"],
        ]
        group = next(c for c in tree(piece(twins())).iter("th") if c.get("rowspan"))
        assert (group.get("rowspan"), group.get("scope")) == ("3", "rowgroup")

    def test_the_rule_is_named(self):
        told = (
            "One weight is read by several calls. Each call has a gradient of its own"
        )
        text = Trace(twins()).as_text(width=300)
        assert told in text
        assert "(rule 7). The sum equals the gradient of an ordinary pass" in text

    def test_rounding(self):
        far = "ordinary pass through the model, with a relative error of at most 3e-7."
        text = Trace(with_sum_error(3e-7)).as_text(width=300)
        assert far in text
        assert "NOT" not in text

    def test_a_sum_that_is_none_is_warned_of(self):
        view = Trace(with_sum_error(0.86))
        text = view.as_text(width=500)
        assert (
            "  - The gradients by call do NOT add up to the gradient of an ordinary "
            "pass through the model for 'encoder/dense/kernel': they differ by up to "
            "0.86 times its length."
        ) in text
        assert "Here the sum does NOT equal the gradient of an ordinary pass" in text
        assert "The sum equals" not in text + view.html()
        assert "do NOT add up" in view.html()
        assert "the sum does NOT equal" in view.html()

    def test_a_weight_of_one_call_is_checked_too(self):
        run = twins()
        kernel, head = run.gradients.of_weights
        weights = (kernel, replace(head, sum_error=0.5))
        run.gradients = replace(run.gradients, of_weights=weights)
        text = Trace(run).as_text(width=500)
        assert "do NOT add up" in text
        assert "for 'same/kernel'" in text
        assert "The sum equals the gradient" in text

    def test_half_precision_rounds_more(self):
        run = with_sum_error(2e-3)
        assert "do NOT add up" in Trace(run).as_text(width=500)
        half = gradient("a", np.ones((2, 4), "float16"))
        run.gradients = replace(run.gradients, of_tensors={("a", 0): half})
        assert "do NOT add up" not in Trace(run).as_text(width=500)

    def test_what_is_not_finite_cannot_be_summed(self):
        text = Trace(with_sum_error(float("nan"))).as_text(width=500)
        assert "not finite, sums cannot be checked." in text
        assert "NOT" not in text

    def test_a_norm_that_is_none(self):
        kernel = twin_gradients().of_weights[0]
        ways = {**kernel.calls, "encoder/dense": gradient("x", [float("nan"), 1.0])}
        assert sum_text(replace(kernel, calls=ways)).startswith("nan + 4 (as vectors)")


class TestUnreached:
    def test_is_named_with_the_rule(self):
        run = twins()
        run.gradients = twin_gradients(missed=True)
        view = Trace(run)
        told = (
            "'same/kernel' is reached by no loss: whoever walks backwards from the "
            "losses never comes to it (rule 5), so it gets no gradient and would not "
            "train."
        )
        assert told in view.as_text(width=300)
        assert "never comes to it (rule 5)" in view.html()
        assert "A gradient reaches 1 of 2 weights." in view.text
        rows = tables(run)["Kernels in the order of the run"][0]
        assert rows[2][1] == "no loss reaches it"

    def test_all_are_reached(self):
        assert reach_sentence(two_heads()) == "A gradient reaches all 3 weights."

    def test_nothing_to_train(self):
        nothing = replace(two_heads(), of_weights=())
        assert reach_sentence(nothing).startswith("No call reads a weight")

    def test_an_output_whose_activation_the_loss_goes_around(self):
        run = twins()
        tensors = {**run.gradients.of_tensors, ("same", 0): None}
        run.gradients = replace(run.gradients, of_tensors=tensors)
        text = Trace(run).as_text(width=300)
        assert "'same' has no gradient, though its weights have one: Keras" in text
        assert "no gradient, though" not in Trace(twins()).text


class TestDots:
    def test_places_are_logarithms(self):
        left, middle, right = log_places([1e-8, 1e-4, 1.0])
        assert middle == pytest.approx((left + right) / 2)
        assert 0 < left < right < 1

    def test_the_scale_ends_near_the_numbers(self):
        low, high = log_limits([1e-8, None, 1.0])
        assert -9 < low < -8
        assert 0 < high < 1

    def test_like_norms_are_close(self):
        one, other = log_places([0.9, 1.0])
        assert 0 < other - one < 0.1

    def test_none_and_zero_have_no_dot(self):
        assert log_places([0.0, 0.0]) == [None, None]
        assert log_places([0.0, 2.0])[0] is None
        assert log_places([float("inf"), 2.0])[0] is None
        assert log_places([5e-324, float("nan")]) == [None, None]

    def test_a_line_for_each_kernel_and_a_dot_where_there_is_a_gradient(self):
        run = twins()
        run.gradients = twin_gradients(missed=True)
        drawings = [p for p in tree(piece(run)).iter("svg") if p.get("class") == "dot"]
        assert [len(list(one.iter("circle"))) for one in drawings] == [1, 0]
