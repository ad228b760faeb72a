"""The formulas of recurrent layers: whose letters are whose, and how one counts."""

from __future__ import annotations

import re

import keras
import pytest
from keras import layers

from teachkit.graph import TensorSpec
from teachkit.math import Arguments, Subject, meaning_of
from tests.math.cases.recurrent import Leaky


def formula(layer, shape=(None, 5, 3), **given):
    """Of the first call of a layer on a sequence."""
    training = given.pop("training", False)
    layer(keras.KerasTensor(shape), **dict.fromkeys(given))
    arguments = Arguments({"sequences": TensorSpec(shape, "float32"), **given})
    return meaning_of(Subject(layer, arguments, training=training)).formula


def symbols(found):
    return {symbol.text for symbol in found.symbols}


class TestSteps:
    @pytest.mark.parametrize(
        ("layer", "place"),
        [
            (layers.GRU(2), "t"),
            (layers.LSTM(2, go_backwards=True), "6 - t"),
            (layers.TimeDistributed(layers.Dense(2)), "t"),
        ],
    )
    def test_they_are_counted_from_one(self, layer, place):
        found = formula(layer)

        assert f"  x_t = step {place} of x[?×5×3]" in found.text.splitlines()
        assert "[:" not in found.text + found.latex

    def test_a_sequence_of_any_length_is_read_from_its_end(self):
        found = formula(layers.GRU(2, go_backwards=True), (None, None, 3))

        assert "  x_t = step T + 1 - t of x[?×?×3]" in found.text.splitlines()

    def test_what_is_done_at_each_step_stands_further_in(self):
        found = formula(layers.GRU(2, return_sequences=True))
        lines = found.text.splitlines()
        inside = lines[lines.index("for t = 1, ..., 5:") + 1 : -2]

        assert len(inside) == 5
        assert all(re.match(r"  \S", line) for line in inside)
        assert [line[0] for line in lines[-2:]] == ["y", "s"]
        assert found.latex.count(r"\quad ") == 5

    def test_what_a_mask_does_stands_further_in(self):
        mask = TensorSpec((None, 5), "bool")
        lines = formula(layers.LSTM(2), mask=mask).text.splitlines()

        assert "    h_t ← h_(t-1)" in lines
        assert "    y_t ← y_(t-1)" in lines
        assert "y[?×2] = y_5" in lines


class TestLetters:
    def test_of_both_directions_are_others(self):
        layer = layers.Bidirectional(layers.GRU(2, return_sequences=True))
        found = formula(layer)
        lines = found.text.splitlines()

        assert {"→W_z", "←W_z", "→h_t", "←h_t", "→b_h", "←b_h"} <= symbols(found)
        assert not {"W_z", "h_t", "x_t"} & symbols(found)
        assert "→y[?×5×2] = (→h_1, ..., →h_5)" in lines
        assert "y[?×5×4] = (→y, ←y)" in lines
        assert r"\overrightarrow{W}_z" in found.latex
        assert r"\overleftarrow{\tilde{h}}_t" in found.latex
        assert found.text.count("sigmoid(a) =") == 1

    @pytest.mark.parametrize("mode", ["concat", "sum", "mul", "ave", None])
    def test_all_states_that_are_returned_are_told(self, mode):
        inner = layers.LSTM(2, return_state=True)
        found = formula(layers.Bidirectional(inner, merge_mode=mode))

        first = "→y, ←y" if mode is None else "y"
        last = f"returned: {first}, →h_5, →c_5, ←h_5, ←c_5"
        assert last in found.text.splitlines()
        assert found.text.count("returned") == 1

    def test_a_layer_tells_the_states_that_it_returns(self):
        lines = formula(layers.LSTM(2, return_state=True)).text.splitlines()

        assert "y[?×2] = h_5" in lines
        assert "returned: y, h_5, c_5" in lines

    def test_of_several_cells_are_others(self):
        cells = [layers.GRUCell(2), layers.LSTMCell(4), Leaky(3)]
        found = formula(layers.RNN(cells, return_state=True))
        lines = [line.strip() for line in found.text.splitlines()]

        assert {"W^1_z", "h^1_t", "W^2_i", "h^2_t", "c^2_t", "y^3_t"} <= symbols(found)
        assert "h^1_0 = 0" in lines
        assert "cell 2, LSTMCell, reads h^1_t:" in lines
        assert any(
            line.startswith("i^2_t = sigmoid(h^1_t[?×2] W^2_i") for line in lines
        )
        assert any(line.startswith("y^3_t[?×3], s^3_t = Leaky(") for line in lines)
        assert "y[?×3] = y^3_5" in lines
        assert "returned: y, h^1_5, h^2_5, c^2_5, s^3_5" in lines
        assert "StackedRNNCells" not in found.text

    def test_both_directions_of_several_cells(self):
        cells = [layers.GRUCell(2), layers.LSTMCell(4)]
        found = formula(layers.Bidirectional(layers.RNN(cells)))

        assert {"→W^1_z", "←c^2_t"} <= symbols(found)
        assert r"\overrightarrow{W}^{1}_z" in found.latex

    def test_of_a_cell_of_ones_own_are_in_symbols(self):
        found = formula(layers.RNN(Leaky(3), return_sequences=True))
        lines = [line.strip() for line in found.text.splitlines()]

        assert {"y_t", "s_t", "s_(t-1)", "x_t"} <= symbols(found)
        assert "in Leaky, inputs = x_t, states = s_(t-1), y = y_t:" in lines

    def test_no_gate_is_called_as_what_an_activation_gets(self):
        text = formula(layers.GRU(2)).text

        assert "sigmoid(a) = 1 / (1 + exp(-a))" in text
        assert "sigmoid(z)" not in text

    def test_the_masks_of_dropout_are_two(self):
        layer = layers.GRU(2, dropout=0.2, recurrent_dropout=0.3)
        found = formula(layer, training=True)

        assert {"m_x", "m_h"} <= symbols(found)
        assert "in products: x_t ← m_x[?×3] ⊙ x_t / (1 - 0.2)" in found.text
        assert "in products: h_(t-1) ← m_h[?×2] ⊙ h_(t-1) / (1 - 0.3)" in found.text
        assert "m_x, m_h: 0 for what is dropped, else 1" in found.text

    def test_one_step_of_a_wrapped_layer_has_letters_of_its_own(self):
        lines = formula(layers.TimeDistributed(layers.Dense(2))).text.splitlines()

        assert lines[2].startswith("  y_t[?×2] = dense")
        assert lines[3] == "y[?×5×2] = (y_1, ..., y_5)"
        assert "y_t[?×2] = x_t[?×3] W[3×2] + b[2]" in lines

    def test_states_that_are_given_have_their_own_lines(self):
        states = [TensorSpec((None, 2), "float32")] * 2
        text = formula(layers.LSTM(2), initial_state=states).text

        assert "(h_0, c_0) = initial_state" in text
