"""Predicates on several outputs, towers, sizes, padding, categories and learning."""

from __future__ import annotations

import keras
import numpy as np
import pytest
from keras import Input, Model, layers, ops
from keras.layers import (
    LSTM,
    Concatenate,
    Conv2D,
    Dense,
    Embedding,
    Flatten,
    GlobalAveragePooling1D,
    GlobalAveragePooling2D,
)

from teachkit.grading.evidence.subject import Case, subject_of
from teachkit.grading.evidence.towers import towers
from teachkit.grading.predicates.categories import embeds, unlimited
from teachkit.grading.predicates.heads import no_dead_weights, trunk
from teachkit.grading.predicates.learning import frozen, learns
from teachkit.grading.predicates.padding import pad_invariant
from teachkit.grading.predicates.parts import parts
from teachkit.grading.predicates.positions import independent, position_matters
from teachkit.grading.predicates.sharing_separate import (
    reader,
    separate,
    shared_layer,
)
from tests.grading.subjects import subject


def text(finding):
    assert finding is not None
    return f"{finding.see} {finding.so} {finding.look}"


def heads(digit, score, trunk_layer=None):
    x = Input((8,))
    wide = (trunk_layer or Dense(6, "relu"))(x)
    return subject(Model(x, {"digit": digit(x, wide), "score": score(x, wide)}))


class TestTrunk:
    def test_a_shared_layer_and_private_ones_will_do(self):
        model = heads(
            lambda x, w: Dense(3, "softmax")(w), lambda x, w: Dense(1)(Dense(2)(w))
        )
        assert trunk(model) is None

    def test_two_trunks_are_two_models(self):
        model = heads(
            lambda x, w: Dense(3)(w), lambda x, w: Dense(1)(Dense(6, "relu")(x))
        )
        found = trunk(model, ["digit", "score"])
        assert found.misconception == "M17"
        assert "two models in one coat" in text(found)

    def test_a_head_on_a_head_is_told_by_both_names(self):
        x = Input((8,))
        digit = Dense(3, "softmax")(Dense(6, "relu")(x))
        model = Model(x, {"digit": digit, "score": Dense(1)(digit)})
        assert "'score' is computed from 'digit'" in text(trunk(subject(model)))

    def test_a_gradient_that_is_stopped_serves_nobody(self):
        model = heads(
            lambda x, w: Dense(3)(w), lambda x, w: Dense(1)(ops.stop_gradient(w))
        )
        assert trunk(model) is not None

    def test_the_trunk_must_have_the_kind_of_layer_that_is_asked(self):
        x = Input((6, 6, 1))
        flat = Dense(4, "relu")(Flatten()(x))
        model = subject(Model(x, {"a": Dense(1)(flat), "b": Dense(2)(flat)}))
        assert trunk(model) is None
        assert "Conv2D" in text(trunk(model, op="Conv2D"))

    def test_subclassed_models_are_judged_by_their_gradients(self):
        class Own(keras.Model):
            def __init__(self):
                super().__init__()
                self.wide, self.one, self.two = Dense(6), Dense(3), Dense(1)

            def call(self, x):
                x = self.wide(x)
                return {"digit": self.one(x), "score": self.two(x)}

        model = Own()
        model(np.zeros((1, 8), "float32"))
        assert trunk(subject(model)) is None


class TestNoDeadWeights:
    def test_the_bias_that_cancels_is_no_dead_weight(self):
        a, b = Input((4,)), Input((4,))
        encoder = Dense(3)
        model = Model([a, b], Dense(1)(ops.abs(encoder(a) - encoder(b))))
        assert no_dead_weights(subject(model)) is None

    def test_a_layer_whose_output_is_multiplied_away_is_dead(self):
        x = Input((4,))
        model = Model(x, Dense(1)(x) + Dense(1, name="lost")(x) * 0)
        assert "'lost'" in text(no_dead_weights(subject(model)))

    def test_frozen_layers_are_not_asked(self):
        x = Input((4,))
        lost = Dense(1, trainable=False)
        assert no_dead_weights(subject(Model(x, Dense(1)(x) + lost(x) * 0))) is None


def two_towers(left, right):
    a, b = Input((5,), name="a"), Input((5,), name="b")
    return subject(Model([a, b], Dense(1)(Concatenate()([left(a), right(b)]))))


class TestTowers:
    def test_steps_of_one_input_alone_are_its_tower(self):
        shared = Dense(3)
        one, other = towers(two_towers(shared, shared), "a", "b")
        assert one.weights == other.weights != frozenset()
        assert len(one.steps) == 1

    def test_layers_of_ones_own_are_separate(self):
        assert separate(two_towers(Dense(3), Dense(3))) is None

    def test_copies_of_weights_are_separate_objects(self):
        model = two_towers(Dense(3, "relu"), Dense(3, "relu"))
        first, second, _ = (x for x in model.model.layers if isinstance(x, Dense))
        second.set_weights(first.get_weights())
        assert separate(model) is None

    def test_one_layer_for_both_is_told_with_the_parameters(self):
        shared = Dense(3)
        found = separate(two_towers(shared, shared))
        assert "25 parameters" in text(found)
        assert found.misconception == "M02"

    def test_a_tower_without_weights_is_none(self):
        model = two_towers(Dense(3), Flatten())
        assert "'b'" in text(separate(model))
        assert separate(model, both=False) is None


def texts(table, other=None, readers=None):
    a, b = Input((5,), name="a"), Input((6,), name="b")
    one, two = readers or (LSTM(4), LSTM(3))
    joined = Concatenate()([one(table(a)), two((other or table)(b))])
    return subject(Model([a, b], Dense(1)(joined)))


class TestSharedLayer:
    def test_one_table_for_both(self):
        assert shared_layer(texts(Embedding(9, 2)), "Embedding", ["a", "b"]) is None

    def test_two_tables_are_told_with_their_sizes(self):
        model = texts(Embedding(9, 2), Embedding(8, 2))
        found = shared_layer(model, "Embedding", ["a", "b"])
        assert "18 and 16 parameters" in text(found)

    def test_texts_joined_before_they_are_embedded(self):
        a, b = Input((5,), name="a"), Input((6,), name="b")
        words = Embedding(9, 2)(Concatenate()([a, b]))
        model = subject(Model([a, b], Dense(1)(LSTM(3)(words))))
        assert shared_layer(model, "Embedding", ["a", "b"]) is None

    def test_readers_are_known_by_what_they_read(self):
        model = texts(Embedding(9, 2))
        assert reader(model, "a", "LSTM|GRU", units=4) is None
        found = reader(model, "b", "LSTM|GRU", units=4)
        assert "with 3 units" in text(found)

    def test_pooling_reads_where_it_is_allowed(self):
        pools = (GlobalAveragePooling1D(), GlobalAveragePooling1D())
        model = texts(Embedding(9, 2), readers=pools)
        assert reader(model, "a", "LSTM", units=4, pooled=True) is None
        assert "no LSTM that reads 'a'" in text(reader(model, "a", "LSTM", units=4))


class TestParts:
    def model(self, *made):
        x = y = Input((4,))
        for layer in made:
            y = layer(y)
        return subject(Model(x, y))

    def test_more_layers_and_other_spellings_will_do(self):
        model = self.model(Dense(8), layers.ReLU(), Dense(5), Dense(1))
        assert parts(model, ["Dense 1 linear", "Dense 8 relu"]) is None

    def test_another_size_is_told_with_the_one_there_is(self):
        found = parts(self.model(Dense(7, "relu"), Dense(1)), ["Dense 8 relu"])
        assert "7 units" in text(found)

    def test_a_missing_activation_is_told(self):
        found = parts(self.model(Dense(8), Dense(1)), ["Dense 8 relu"])
        assert "linear here" in text(found)
        assert found.misconception == "M13"

    def test_one_layer_does_not_count_for_two(self):
        model = self.model(Dense(8, "relu"), Dense(1))
        assert parts(model, ["Dense 8 relu", "Dense 8 relu"]) is not None


class TestPadInvariant:
    def model(self, length, reading):
        q = Input((length,), name="q")
        return subject(Model(q, Dense(1)(reading(q))))

    @pytest.mark.parametrize("length", [5, None])
    def test_a_mask_makes_padding_invisible(self, length):
        model = self.model(
            length, lambda q: LSTM(3)(Embedding(9, 2, mask_zero=True)(q))
        )
        assert pad_invariant(model, "q") is None

    @pytest.mark.parametrize("length", [5, None])
    def test_without_a_mask_the_difference_is_told(self, length):
        found = pad_invariant(
            self.model(length, lambda q: LSTM(3)(Embedding(9, 2)(q))), "q"
        )
        assert "read as if it were words" in text(found)

    def test_a_mask_of_ones_own_will_do(self):
        model = self.model(
            5, lambda q: LSTM(3)(Embedding(9, 2)(q), mask=ops.not_equal(q, 0))
        )
        assert pad_invariant(model, "q") is None


class TestCategories:
    def model(self, made, dtype="int32", rows=3):
        s = Input((1,), name="s", dtype=dtype)
        criteria = f"inputs = {{s = {{shape = [1], below = {rows}}}}}"
        return subject(Model(s, Dense(1)(made(s))), criteria)

    def test_a_row_for_each_category_and_one_hot(self):
        table = self.model(lambda s: Flatten()(Embedding(3, 2)(s)))
        assert embeds(table, "s", 3) is None
        hot = self.model(lambda s: Flatten()(ops.one_hot(s, 3)))
        assert embeds(hot, "s", 3) is None

    def test_a_table_that_is_too_short_names_the_category(self):
        found = embeds(self.model(lambda s: Flatten()(Embedding(2, 2)(s))), "s", 3)
        assert "s 2 is out of range at run time" in text(found)

    @pytest.mark.parametrize("dtype", ["int32", "float32"])
    def test_a_number_is_no_category(self, dtype):
        model = self.model(lambda s: Dense(2)(ops.cast(s, "float32")), dtype)
        assert "counts twice" in text(embeds(model, "s", 3))

    @pytest.mark.parametrize("activation", ["relu", "sigmoid", "tanh", "softmax"])
    def test_outputs_with_bounds_are_told(self, activation):
        x = Input((4,))
        assert unlimited(subject(Model(x, Dense(1, activation)(x)))) is not None
        assert unlimited(subject(Model(x, Dense(1)(Dense(3, activation)(x))))) is None


class TestPositions:
    def model(self, end):
        x = Input((20, 20, 1), name="x")
        y = Conv2D(4, 3, padding="same", activation="relu")(x)
        return subject(Model(x, {"box": Dense(4, "sigmoid")(end(y))}))

    def test_flatten_knows_where(self):
        assert position_matters(self.model(Flatten()), "box") is None

    def test_the_average_over_all_places_does_not(self):
        found = position_matters(self.model(GlobalAveragePooling2D()), "box")
        assert "averaged away at 'global_average_pooling2d" in text(found)
        found = position_matters(self.model(lambda y: ops.mean(y, (1, 2))), "box")
        assert "averaged away on the way" in text(found)

    def test_numbers_of_a_box_do_not_share(self):
        x = Input((4,))
        shares = Model(x, {"box": Dense(4, "softmax")(x)})
        assert "always sum to 1.00" in text(independent(subject(shares), "box"))
        free = Model(x, {"box": Dense(4, "sigmoid")(x)})
        assert independent(subject(free), "box") is None


class TestLearning:
    def model(self):
        keras.utils.set_random_seed(0)
        x = Input((4,))
        return Model(x, Dense(1, "sigmoid", name="head")(Dense(8, "relu", name="e")(x)))

    def judged(self, model, **names):
        case = Case(subject(model).case.exercise, {"model": model, **names})
        return subject_of("model", model, case)

    def test_a_fit_leaves_the_model_and_chance_as_they_were(self):
        model = self.model()
        x = np.random.default_rng(0).normal(size=(200, 4))
        given = self.judged(model, x=x, y=(x[:, :1] > 0).astype("float32"))
        weights = model.get_weights()
        np.random.seed(3)
        state = np.random.get_state()[1].copy()
        loss = "binary_crossentropy"
        assert learns(given, 0.8, data=["x", "y"], loss=loss, epochs=8) is None
        found = learns(given, 1.01, data=["x", "y"], loss=loss, epochs=1)
        assert "1 epochs" in text(found)
        assert not model.compiled
        now = np.random.get_state()[1]
        assert np.array_equal(state, now)
        pairs = zip(weights, model.get_weights(), strict=True)
        assert all(np.array_equal(one, other) for one, other in pairs)

    def test_frozen_layers_stay_and_others_move(self):
        model = self.model()
        assert frozen(self.judged(model), ["e"]).misconception == "M34"
        model.get_layer("e").trainable = False
        assert frozen(self.judged(model), ["e"]) is None
        assert "e2" in text(frozen(self.judged(model), ["e2"]))
        model.trainable = False
        assert "no weight at all" in text(frozen(self.judged(model), ["e"]))
