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


def test_sizes_far_apart_have_a_log_scale():
    run = with_values(mlp(), "x", value("x", np.array([[1e6, 2.0]])))
    assert Trace(run).figure().axes[0].get_xscale() == "symlog"
    assert Trace(mlp()).figure().axes[0].get_xscale() == "linear"


class TestGradients:
    def test_a_bar_for_each_kernel(self):
        axes = Trace(twins()).figure("gradients").axes[0]
        assert names(axes) == ["encoder/dense", "same"]
        assert axes.get_xscale() == "log"
        ends = [bar.get_x() + bar.get_width() for bar in axes.patches]
        assert ends == pytest.approx([5, 0.25])
        assert [text.get_text() for text in axes.texts] == ["5", "0.25"]

    def test_a_kernel_that_no_loss_reaches_has_words_and_no_bar(self):
        run = twins()
        run.gradients = twin_gradients(missed=True)
        axes = Trace(run).figure("gradients").axes[0]
        assert len(axes.patches) == 1
        assert [text.get_text() for text in axes.texts] == ["5", "no loss reaches it"]

    def test_zero_has_no_bar(self):
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
