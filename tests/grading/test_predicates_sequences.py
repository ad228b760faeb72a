"""Sequences: who knows the order, and who looks ahead."""

import pytest
from keras import Input, Model, layers, ops

from teachkit.grading.predicates.sequences import (
    causal,
    perm_equivariant,
    perm_invariant,
    uses_past,
)
from teachkit.grading.predicates.transformer import (
    attention_params,
    feed_forward,
    transformer_residuals,
)
from tests.grading.subjects import subject

PAIR = ["x", "y"]


def made_of(layer):
    x = Input((5, 4), name="x")
    return subject(Model({"x": x}, {"y": layer(x)}))


def attention(x):
    return layers.MultiHeadAttention(2, 4, name="mix")(x, x)


def masked(x):
    return layers.MultiHeadAttention(2, 4)(x, x, use_causal_mask=True)


def with_positions(x):
    return attention(x + layers.Embedding(5, 4)(ops.arange(5)))


def averaged(x):
    return layers.GlobalAveragePooling1D()(attention(x))


@pytest.mark.parametrize("layer", [attention, layers.Dense(3), layers.Conv1D(3, 1)])
def test_steps_that_are_treated_alike_may_be_shuffled(layer):
    assert perm_equivariant(made_of(layer)) is None


@pytest.mark.parametrize(
    "layer", [masked, with_positions, layers.LSTM(3, return_sequences=True)]
)
def test_who_knows_places_is_found(layer):
    assert "I shuffled the steps of 'x'" in perm_equivariant(made_of(layer)).see


def test_an_output_without_steps_is_told():
    assert "not one row for each" in perm_equivariant(made_of(averaged)).see


def test_an_average_does_not_know_the_order():
    one = made_of(averaged)
    assert perm_invariant(one) is None
    assert "did not move" in perm_invariant(one, holds=False).see


def test_positions_make_the_order_matter():
    def layer(x):
        return layers.GlobalAveragePooling1D()(with_positions(x) ** 2)

    one = made_of(layer)
    assert perm_invariant(one, holds=False) is None
    assert "moved by" in perm_invariant(one).see


def one_position_for_all(x):
    return averaged(x + layers.Embedding(5, 4)(ops.zeros(5, "int32")))


def test_one_vector_for_all_places_is_no_position():
    assert perm_invariant(made_of(one_position_for_all), holds=False) is not None


@pytest.mark.parametrize(
    "layer",
    [
        masked,
        layers.LSTM(4, return_sequences=True),
        layers.GRU(4, return_sequences=True),
        layers.Conv1D(4, 3, padding="causal"),
    ],
)
def test_what_reads_the_past_alone_is_causal(layer):
    one = made_of(layer)
    assert causal(one, PAIR) is None
    assert uses_past(one, PAIR) is None


@pytest.mark.parametrize(
    "layer",
    [
        attention,
        layers.Bidirectional(layers.LSTM(2, return_sequences=True)),
        layers.Conv1D(4, 3, padding="same"),
        lambda x: layers.LSTM(4, return_sequences=True)(ops.flip(x, axis=1)),
    ],
)
def test_what_looks_ahead_is_found(layer):
    finding = causal(made_of(layer), PAIR)
    assert "I changed 'x' from step 1 on, and the output of step 0 moved" in finding.see


def test_the_layer_that_looks_ahead_is_named():
    finding = causal(made_of(lambda x: attention(masked(x))), PAIR)
    assert "'mix' (MultiHeadAttention)" in finding.look
    assert finding.calls == ("mix",)


def test_steps_that_see_themselves_alone_lose_the_past():
    one = made_of(layers.Dense(3))
    assert causal(one, PAIR) is None
    assert "last output did not move" in uses_past(one, PAIR).see


def test_another_number_of_steps_is_told():
    finding = causal(made_of(lambda x: x[:, 1:]), PAIR)
    assert "'x' has 5 steps, and 'y' has 4" in finding.see


def block(*, early=False, first=True, heads=(2, 8), norms=None, relu="relu"):
    make = layers.LayerNormalization
    one, two = norms or (make(), make())
    x = Input((8, 16))
    h = layers.MultiHeadAttention(*heads)(x, x)
    y = one(x + h if first else h)
    h = layers.Dense(16)(layers.Dense(32, activation=relu)(y))
    return subject(Model(x, two((x if early else y) + h)))


def test_a_block_as_in_the_picture():
    one = block()
    assert transformer_residuals(one) is None
    assert attention_params(one, 2224, heads=2, key_dim=8) is None
    assert feed_forward(one) is None


def test_a_shortcut_that_begins_too_early_is_told():
    finding = transformer_residuals(block(early=True))
    assert "where the block begins" in finding.see
    assert finding.misconception == "M03"


def test_a_missing_shortcut_is_told():
    finding = transformer_residuals(block(first=False))
    assert "no shortcut around attention" in finding.see


def test_heads_are_told_before_parameters():
    finding = attention_params(block(heads=(16, 2)), 2224, heads=2, key_dim=8)
    assert finding.see.count("16 heads of 2") == 1


def test_one_norm_in_two_places_is_told():
    norm = layers.LayerNormalization(name="norm")
    finding = attention_params(block(norms=(norm, norm)), 2224, heads=2, key_dim=8)
    assert "'norm' (LayerNormalization) stands in 2 places" in finding.see
    assert finding.misconception == "M02"


def test_two_linear_layers_in_a_row_are_told():
    assert "no relu" in feed_forward(block(relu=None)).see


class Block(layers.Layer):
    """The block as a layer of one's own; its parts are made in another order."""

    def __init__(self):
        super().__init__()
        self.narrow = layers.Dense(16)
        self.wide = layers.Dense(32, activation="relu")
        self.norms = [layers.LayerNormalization(), layers.LayerNormalization()]
        self.mix = layers.MultiHeadAttention(2, 8)

    def build(self, shape):
        self.mix.build(shape, shape)
        self.wide.build(shape)
        self.narrow.build((*shape[:-1], 32))
        for norm in self.norms:
            norm.build(shape)

    def call(self, x):
        x = self.norms[0](x + self.mix(x, x))
        return self.norms[1](x + self.narrow(self.wide(x)))


def test_a_block_in_a_layer_of_ones_own_is_known_by_its_numbers():
    x = Input((8, 16))
    one = subject(Model(x, Block()(x)), reference=block().model)
    assert transformer_residuals(one) is None
    assert feed_forward(one) is None


class WithoutResiduals(Block):
    """The same parts, one after the other."""

    def call(self, x):
        x = self.norms[0](self.mix(x, x))
        return self.norms[1](self.narrow(self.wide(x)))


def test_the_sums_in_a_layer_of_ones_own_are_found_by_setting_parts_to_zero():
    x = Input((8, 16))
    assert transformer_residuals(subject(Model(x, Block()(x)))) is None
    assert transformer_residuals(subject(Model(x, WithoutResiduals()(x)))) is not None


def test_a_norm_before_the_sum_is_told():
    x = Input((8, 16))
    h = layers.LayerNormalization(name="norm")(layers.MultiHeadAttention(2, 8)(x, x))
    y = x + layers.Dropout(0.1)(h)
    h = layers.Dense(16)(layers.Dense(32, activation="relu")(y))
    finding = transformer_residuals(
        subject(Model(x, layers.LayerNormalization()(y + h)))
    )
    assert "'norm' (LayerNormalization) stands on the long way" in finding.see
