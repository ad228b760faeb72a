"""Which layers stand on the way of an input."""

from __future__ import annotations

import pytest
from keras import Input, Model, layers
from keras.layers import GRU, LSTM, Bidirectional, Conv2D, Dense, Flatten, Reshape

from teachkit.grading.predicates.stations import begins_with, passes
from tests.grading.subjects import subject


def reader(layer, *, other=None):
    text, more = Input((5, 2), name="text"), Input((5, 2), name="more")
    parts = [layer(text), (other or Flatten())(more)]
    return subject(Model([text, more], Dense(1)(layers.Concatenate()(parts))))


@pytest.mark.parametrize(
    ("layer", "is_met"),
    [
        (LSTM(3), True),
        (Bidirectional(LSTM(3)), True),
        (layers.RNN(layers.LSTMCell(3)), True),
        (Bidirectional(GRU(3)), False),
        (GRU(3), False),
    ],
)
def test_an_lstm_may_be_inside_of_a_wrapper(layer, is_met):
    assert (passes(reader(layer), "text", ["LSTM"]) is None) == is_met


def test_a_layer_that_reads_another_input_does_not_count():
    found = passes(reader(GRU(3), other=LSTM(3)), "text", ["LSTM"])
    assert "'text' passes no LSTM" in found.see
    assert "reads something else" in found.see


@pytest.mark.parametrize(
    ("before", "is_met"),
    [
        (lambda t: t, True),
        (layers.Rescaling(1 / 255), True),
        (layers.BatchNormalization(), True),
        (layers.SeparableConv2D(2, 3), True),
        (lambda t: Reshape((4, 4, 1))(Dense(16)(Flatten()(t))), False),
    ],
)
def test_a_model_begins_with_its_first_layer_that_learns(before, is_met):
    x = Input((8, 8, 1))
    model = Model(x, Dense(1)(Flatten()(Conv2D(2, 3)(before(x)))))
    found = begins_with(subject(model), "Conv2D")
    assert (found is None) == is_met
    assert is_met or "(Dense), before any Conv2D" in found.see
