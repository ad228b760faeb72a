"""Traces of real models: every model of the zoo can be looked at in every form."""

from __future__ import annotations

import io

import keras
import numpy as np
import pytest
from keras import layers

import teachkit
from teachkit.errors import TeachkitError
from teachkit.keras_runner.tracer import Tracer
from teachkit.views.trace.page import trace_html
from tests.models import ZOO, build
from tests.views.trace.test_trace_view import tree

SOME = ("a_of_b_of_a", "masked_lstm", "siamese", "several_outputs", "subclassed")
"""Models of which text and figures are made too: these cost the most time."""


def numbers(*shape):
    return np.random.default_rng(0).normal(size=shape).astype("float32")


def siamese():
    inputs = [numbers(4, 9, 9, 3), numbers(4, 7, 7, 3)]
    return teachkit.trace(build("siamese"), inputs, targets=np.ones((4, 1)), loss="mse")


def some_inputs(graph):
    """Return an array for each input that nearly any model takes."""
    found = {}
    for end in graph.inputs:
        shape = [3 if length is None else length for length in end.shape or (None, 4)]
        whole = end.dtype.startswith(("int", "uint", "bool"))
        found[end.call] = np.ones(shape, end.dtype) if whole else numbers(*shape)
    return found


@pytest.mark.parametrize("name", sorted(ZOO))
def test_the_zoo(name):
    model = build(name)
    try:
        view = teachkit.trace(model, some_inputs(teachkit.read(model)))
    except TeachkitError as error:
        pytest.skip(f"not run on these numbers: {error}")
    tree(trace_html(view.run))


@pytest.mark.parametrize("name", SOME)
def test_text_and_figures(name):
    model = build(name)
    view = teachkit.trace(model, some_inputs(teachkit.read(model)))
    assert max(map(len, view.text.splitlines())) <= 100
    view.figure().savefig(io.BytesIO(), format="rgba", dpi=20)
    view.figure(call=view.steps[-1].path).savefig(io.BytesIO(), format="rgba", dpi=20)


def test_a_shared_encoder():
    view = siamese()
    kernel = view.gradients.of_weights[0]
    one, other = (way.norm for way in kernel.calls.values())
    total = f"{one:.3g} + {other:.3g} (as vectors) = {kernel.norm:.3g}"
    assert f"encoder/conv/kernel: {total}, relative error 0\n" in view.text
    assert "from encoder/conv, encoder:2/conv\n" in view.text


def test_what_an_intervention_shows():
    change = siamese().without("encoder:2")
    assert change.text.startswith("'siamese' without encoder:2: ")
    assert "Output 'same' moved by up to" in change.text
    assert (change.after["encoder:2"] == 0).all()
    tree(change._repr_mimebundle_()["text/html"])
    change.figure().savefig(io.BytesIO(), format="rgba", dpi=20)


def test_gradients_that_vanish_are_seen_beside_those_that_do_not():
    def net(skip):
        inputs = h = keras.Input((8,), name="x")
        h = layers.Dense(32, activation="sigmoid", name="first")(h)
        for _ in range(6):
            made = layers.Dense(32, activation="sigmoid")(h)
            h = layers.Add()([h, made]) if skip else made
        model = keras.Model(inputs, layers.Dense(3, name="kind")(h))
        return teachkit.trace(model, numbers(8, 8), targets=numbers(8, 3), loss="mse")

    plain, residual = net(skip=False), net(skip=True)
    left, right = plain.figure("gradients", beside=residual).axes
    first, last = left.lines[0].get_xdata()[0], left.lines[-1].get_xdata()[0]
    assert first < 1e-3 * last
    assert right.lines[0].get_xdata()[0] > 100 * first


def test_a_bounded_memory_is_told_and_nothing_is_run_again_for_it(monkeypatch):
    model = build("siamese")
    inputs = [numbers(4, 9, 9, 3), numbers(4, 7, 7, 3)]

    def again(*_):
        raise AssertionError("a picture is not worth running the model again")

    monkeypatch.setattr(Tracer, "values_from", again)
    view = teachkit.trace(model, inputs, memory=0)
    assert "were not kept, to spare memory" in view.text
    assert "<img" not in view.html()


def test_the_panels_of_an_intervention_tell_what_was_done():
    view = siamese()
    after = view.without("encoder:2").after
    titles = [a.get_title() for a in view.figure("gradients", beside=after).axes]
    assert titles == ["siamese: gradients", "siamese without encoder:2: gradients"]
    assert after.text.startswith("'siamese' without encoder:2 ran on 4 samples")
    again = after.without("encoder")
    assert again.text.startswith("'siamese' without encoder:2 and without encoder: ")
    assert again.before.text == after.text


def test_a_layer_with_randomness_of_its_own_is_warned_of():
    class Noisy(layers.Dense):
        def call(self, inputs):
            return super().call(inputs) * np.random.default_rng().uniform(1, 9)

    inputs = keras.Input((4,))
    shared = Noisy(4, name="noisy")
    model = keras.Model(inputs, shared(shared(inputs)))
    x = numbers(3, 4)
    view = teachkit.trace(model, x, targets=x, loss="mse")
    assert "do NOT add up to the gradient of an ordinary pass" in view.as_text(
        width=400
    )
    assert "the sum does NOT equal the gradient" in view.html()
    assert "The sum equals" not in view.text
