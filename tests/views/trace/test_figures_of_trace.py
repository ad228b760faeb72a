"""Charts of a trace: what they show, that nothing is cut, no pyplot behind them."""

from __future__ import annotations

import io
import sys
from dataclasses import replace

import matplotlib as mpl
import numpy as np
import pytest

from teachkit.errors import WrongTypeError, WrongValueError
from teachkit.views.trace import ChangeView, Trace
from tests.views.trace.runs import (
    chain,
    change,
    gradient,
    image,
    mlp,
    twin_gradients,
    twins,
    value,
)
from tests.views.trace.test_trace_view import with_values


def names(axes):
    return [label.get_text() for label in axes.get_yticklabels()]


def dots(axes):
    return [float(line.get_xdata()[0]) for line in axes.lines]


def drawn(figure):
    """Draw the figure, and return its pixels."""
    target = io.BytesIO()
    figure.savefig(target, format="rgba", dpi=40)
    width, height = (int(side) for side in figure.get_size_inches() * 40)
    return np.frombuffer(target.getvalue(), np.uint8).reshape(height, width, 4)


def of_twins(*choices, **options):
    return Trace(twins()).figure(*choices, **options)


FIGURES = {
    "values": lambda: Trace(mlp()).figure(),
    "gradients": lambda: of_twins("gradients"),
    "both": lambda: of_twins("gradients", beside=Trace(twins())),
    "matrix": lambda: Trace(mlp()).figure(call="hidden"),
    "image": lambda: Trace(image()).figure(call="conv"),
    "words": lambda: Trace(image()).figure(call="label"),
    "gradient": lambda: of_twins("gradients", call="same"),
    "long": lambda: Trace(chain(70)).figure(),
    "words only": lambda: Trace(with_words()).figure(),
    "change": lambda: ChangeView(change()).figure(),
}


def with_words():
    run = mlp()
    for path in ("x", "hidden", "result"):
        run = with_values(run, path, value(path, np.array([["a"]])))
    return run


@pytest.mark.parametrize("kind", FIGURES)
class TestEveryFigure:
    def test_nothing_is_cut(self, kind):
        figure = FIGURES[kind]()
        drawn(figure)
        whole = figure.bbox
        box = figure.get_tightbbox()
        assert box.x0 >= 0
        assert box.y0 >= 0
        assert box.x1 * figure.dpi <= whole.width
        assert box.y1 * figure.dpi <= whole.height

    def test_dark_on_white_in_any_style(self, kind):
        dark = {"axes.facecolor": "black", "text.color": "white"}
        dark |= {"axes.labelcolor": "white", "xtick.color": "white"}
        dark |= {"ytick.color": "white", "axes.titlecolor": "white"}
        with mpl.rc_context(dark):
            changed = drawn(FIGURES[kind]())
        assert (changed == drawn(FIGURES[kind]())).all()
        assert (changed[0, 0] == 255).all()


def test_no_pyplot():
    for make in FIGURES.values():
        make()
    plot = sys.modules.get("matplotlib.pyplot")
    assert plot is None or plot.get_fignums() == []


def test_values_of_each_call():
    axes = Trace(mlp()).figure().axes[0]
    assert names(axes) == ["x", "hidden", "result"]
    ranges = [line.get_xdata() for line in axes.lines if line.get_color() == "#c9d0da"]
    assert [list(map(float, ends)) for ends in ranges] == [
        [-4, 3],
        [0, 2],
        [-1.5, 0.75],
    ]
    low, high = axes.get_ylim()
    assert low > high  # the first call is on top


def test_of_many_calls_some_are_drawn():
    figure = Trace(chain(177)).figure()
    shown = names(figure.axes[0])
    assert len(shown) == 60
    assert (shown[0], shown[-1]) == ("x", "conv_175")
    assert figure.axes[0].get_title() == "chain: values (60 of 177 tensors)"


def test_tensors_that_are_not_finite_stay_in_the_chart():
    run = with_values(mlp(), "x", value("x", np.array([[np.nan, np.inf]])))
    run = with_values(run, "hidden", value("hidden", np.array([[np.nan, 2.0, 3.0]])))
    axes = Trace(run).figure().axes[0]
    assert names(axes) == ["x", "hidden", "result"]
    counts = [(text.get_text(), text.get_color()) for text in axes.texts]
    assert counts == [("2 of 2", "#b3263e"), ("1 of 3", "#b3263e"), ("", "#b3263e")]
    assert "red: so many numbers are infinite or NaN" in axes.get_xlabel()
    assert "red" not in Trace(mlp()).figure().axes[0].get_xlabel()


def test_sizes_far_apart_have_a_log_scale():
    run = with_values(mlp(), "x", value("x", np.array([[1e6, 2.0]])))
    assert Trace(run).figure().axes[0].get_xscale() == "symlog"
    assert Trace(mlp()).figure().axes[0].get_xscale() == "linear"


class TestGradients:
    def test_a_dot_for_each_kernel(self):
        axes = Trace(twins()).figure("gradients").axes[0]
        assert names(axes) == ["encoder/dense", "same"]
        assert axes.get_xscale() == "log"
        assert dots(axes) == pytest.approx([5, 0.25])
        assert [text.get_text() for text in axes.texts] == ["5", "0.25"]

    def test_a_kernel_that_no_loss_reaches_has_words_and_no_dot(self):
        run = twins()
        run.gradients = twin_gradients(missed=True)
        axes = Trace(run).figure("gradients").axes[0]
        assert dots(axes) == [5]
        assert [text.get_text() for text in axes.texts] == ["5", "no loss reaches it"]

    def test_the_scale_ends_near_the_dots(self):
        low, high = Trace(twins()).figure("gradients").axes[0].get_xlim()
        assert 0.15 < low < 0.25
        assert 5 < high < 15

    def test_like_norms_have_numbers_on_the_scale(self):
        run = twins()
        depth = (("a", gradient("a", [3.0])), ("b", gradient("b", [3.1])))
        run.gradients = replace(run.gradients, by_depth=depth)
        axes = Trace(run).figure("gradients").axes[0]
        drawn(axes.figure)
        low, high = axes.get_xlim()
        labels = [t.get_text() for t in axes.get_xticklabels()]
        seen = [float(label) for label in labels if label]
        assert sum(low < place < high for place in seen) >= 3

    def test_what_is_not_finite_is_told(self):
        run = twins()
        depth = (("a", gradient("a", [np.nan])), ("b", gradient("b", [3.1])))
        run.gradients = replace(run.gradients, by_depth=depth)
        axes = Trace(run).figure("gradients").axes[0]
        assert [text.get_text() for text in axes.texts] == ["not finite", "3.1"]

    def test_zero_has_no_dot(self):
        run = twins()
        depth = (("a", gradient("a", [0.0])), ("b", gradient("b", [1e-320])))
        run.gradients = replace(run.gradients, by_depth=depth)
        axes = Trace(run).figure("gradients").axes[0]
        drawn(axes.figure)
        assert axes.texts[0].get_text() == "0"

    def test_two_models_have_one_scale(self):
        left, right = twins(), twins()
        depth = (("deep", gradient("deep", [1e-9])),)
        right.gradients = replace(right.gradients, by_depth=depth)
        one, other = Trace(left).figure("gradients", beside=Trace(right)).axes
        assert one.get_xlim() == other.get_xlim()
        assert names(other) == ["deep"]

    def test_each_panel_tells_what_was_done(self):
        after = Trace(twins(), "without a->encoder")
        axes = Trace(twins()).figure("gradients", beside=after).axes
        titles = [one.get_title() for one in axes]
        assert titles == ["twins: gradients", "twins without a->encoder: gradients"]

    def test_of_one_tensor(self):
        figure = Trace(twins()).figure("gradients", call="same")
        assert figure.get_suptitle() == "gradient of same (2, 4)"

    def test_without_a_loss(self):
        with pytest.raises(WrongValueError, match="targets and a loss"):
            Trace(mlp()).figure("gradients")
        with pytest.raises(WrongValueError, match="targets and a loss"):
            Trace(mlp()).figure("gradients", call="hidden")

    def test_of_a_tensor_that_no_loss_reaches(self):
        run = twins()
        run.gradients = replace(run.gradients, of_tensors={})
        with pytest.raises(WrongValueError, match="'same', which no loss reaches"):
            Trace(run).figure("gradients", call="same")


class TestTensor:
    def test_small_numbers_are_written_out(self):
        picture = Trace(mlp()).figure(call="hidden").axes[0]
        texts = [text.get_text() for text in picture.texts]
        assert texts == ["0", "0.5", "2", "1.25", "0", "0"]

    def test_channels(self):
        figure = Trace(image()).figure(call="conv")
        titles = [axes.get_title() for axes in figure.axes]
        assert [t for t in titles if t] == [f"channel {k}" for k in range(8)]

    def test_the_histogram_counts_all_numbers(self):
        figure = Trace(mlp()).figure(call="hidden")
        steps = figure.axes[-1].patches[0]
        assert sum(steps.get_data().values) == 6

    def test_few_numbers_are_counted_in_whole_numbers(self):
        figure = Trace(mlp()).figure(call="hidden")
        drawn(figure)
        axes = figure.axes[-1]
        assert all(tick == round(tick) for tick in axes.get_yticks())

    def test_numbers_that_are_not_finite_are_counted_and_grey(self):
        bad = np.array([[1.0, -np.inf, np.nan]])
        run = with_values(mlp(), "hidden", value("hidden", bad))
        picture, *_, histogram = Trace(run).figure(call="hidden").axes
        assert [text.get_text() for text in picture.texts] == ["1", "-inf", "nan"]
        assert picture.images[0].get_array().mask.tolist() == [[False, True, True]]
        assert picture.texts[1].get_color() != "white"
        assert histogram.get_xlabel() == "value (2 of 3 not finite)"


class TestWrongChoices:
    def test_kind(self):
        with pytest.raises(WrongValueError, match="kind='values' or kind='gradients'"):
            Trace(mlp()).figure("loss")

    def test_call(self):
        with pytest.raises(WrongValueError, match="'nowhere'"):
            Trace(mlp()).figure(call="nowhere")

    def test_beside(self):
        with pytest.raises(WrongTypeError, match="type int"):
            Trace(twins()).figure("gradients", beside=3)
        with pytest.raises(WrongValueError, match="one figure for each"):
            Trace(twins()).figure("values", beside=Trace(twins()))


def test_a_change_with_many_tensors():
    one = change()
    many = replace(one, moved=one.moved * 50)
    axes = ChangeView(many).figure().axes[0]
    assert len(names(axes)) == 60
    assert "(60 of 100 tensors that moved)" in axes.get_title()
