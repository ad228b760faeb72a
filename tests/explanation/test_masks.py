"""Masks and states that nobody wrote down are in the formula and in the proof."""

from __future__ import annotations

import keras
import numpy as np
import pytest
from keras import layers

import teachkit as tk


def after_embedding(call, length=6):
    """A model whose only call after an Embedding gets a mask that is attached."""
    indices = keras.Input((length,), name="indices")
    embedded = layers.Embedding(5, 4, mask_zero=True)(indices)
    return keras.Model(indices, call(embedded))


def self_attending(layer):
    return after_embedding(lambda e: layer(e, e))


def attending(layer):
    return after_embedding(lambda e: layer([e, e]))


class TestHiddenMasks:
    def test_attention_with_heads_tells_its_masks(self):
        layer = layers.MultiHeadAttention(2, 3, name="attention")
        found = tk.explain(self_attending(layer), "attention")

        assert "S^h_ij ← -∞ where the query i is masked" in found.formula.text
        assert "S^h_ij ← -∞ where the value j is masked" in found.formula.text
        assert "Q^h[?×6×3]" in found.formula.text
        assert found.verified is True

    @pytest.mark.parametrize("kind", [layers.Attention, layers.AdditiveAttention])
    def test_attention_tells_its_masks(self, kind):
        found = tk.explain(attending(kind(name="attention")), "attention")

        assert "S_ij ← -∞ where the value j is masked" in found.formula.text
        assert "Y_id ← 0 where the query i is masked" in found.formula.text
        assert found.verified is True

    def test_the_form_in_training_has_them_too(self):
        layer = layers.MultiHeadAttention(2, 3, dropout=0.5, name="attention")
        found = tk.explain(self_attending(layer), "attention")

        assert "the value j is masked" in found.finding.training.text

    def test_a_recurrent_layer_has_a_form_in_training(self):
        layer = layers.GRU(3, dropout=0.5, name="reader")
        found = tk.explain(after_embedding(layer), "reader")

        assert "m_x" in found.finding.training.text
        assert "the mask of the step" in found.finding.training.text
        assert "m_x" not in found.formula.text

    def test_notes_about_masks_are_told(self):
        layer = layers.MultiHeadAttention(2, 3, name="attention")
        text = tk.explain(self_attending(layer), "attention").text

        assert "Where all of a row is masked" in " ".join(text.split())

    def test_lengths_that_are_open_stay_open(self):
        inside = layers.TimeDistributed(layers.GRU(2), name="each")
        words = keras.Input((None, None), name="words")
        embedded = layers.Embedding(5, 4, mask_zero=True)(words)
        model = keras.Model(words, inside(embedded))

        found = tk.explain(model, "each")
        assert "[?×?×2]" in found.formula.text
        assert found.verified is True

    def test_only_those_that_are_attached(self):
        def call(embedded):
            plain = layers.Dense(4)(keras.ops.ones_like(embedded))
            return layers.MultiHeadAttention(2, 3, name="attention")(plain, embedded)

        found = tk.explain(after_embedding(call), "attention").formula.text
        assert "the value j is masked" in found
        assert "the query i is masked" not in found

    def test_inside_a_nested_model(self):
        layer = layers.MultiHeadAttention(2, 3, name="attention")
        inner = self_attending(layer)
        x = keras.Input((6,))
        model = keras.Model(x, keras.Sequential([inner], name="outer")(x))

        path = next(c.path for c in tk.explain(model).calls if "attention" in c.path)
        assert "the value j is masked" in tk.explain(model, path).formula.text


def stateful(kind):
    options = {"stateful": True, "return_sequences": True, "name": "reader"}
    if kind == "RNN":
        return layers.RNN(layers.GRUCell(3), **options)
    if kind == "stack":
        return layers.RNN([layers.GRUCell(3), layers.LSTMCell(2)], **options)
    if kind == "Bidirectional":
        return layers.Bidirectional(layers.GRU(3, **options))
    if kind == "ConvLSTM1D":
        return layers.ConvLSTM1D(3, 2, **options)
    return getattr(layers, kind)(3, **options)


def reading(layer, shape=(2, 5, 3), calls=1):
    x = y = keras.Input(batch_shape=shape)
    for _ in range(calls):
        y = layer(y)
    return keras.Model(x, y)


class TestStates:
    @pytest.mark.parametrize(
        "kind", ["LSTM", "GRU", "SimpleRNN", "RNN", "stack", "Bidirectional"]
    )
    def test_a_stateful_layer_begins_with_the_states_of_before(self, kind):
        assert tk.explain(reading(stateful(kind))).verified is True

    def test_convolutional_layers_too(self):
        model = reading(stateful("ConvLSTM1D"), (2, 5, 4, 3))

        assert tk.explain(model).verified is True

    def test_states_that_a_call_before_has_left(self):
        layer = stateful("GRU")
        model = reading(layer, calls=2)
        model.predict(np.ones((2, 5, 3)), verbose=0)
        before = keras.ops.convert_to_numpy(layer.states[0])

        found = tk.explain(model)
        assert [c.verified for c in found.calls] == [None, True, True]
        assert (keras.ops.convert_to_numpy(layer.states[0]) == before).all()

    def test_what_training_moves_is_read_before_it_moves(self):
        x = keras.Input((4,))
        layer = layers.SpectralNormalization(layers.Dense(3), name="normed")
        model = keras.Model(x, layer(x, training=True))

        assert tk.explain(model).verified is True
