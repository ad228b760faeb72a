"""What a model was compiled with, however it was written."""

from __future__ import annotations

import keras
import pytest
from keras import Input, Model, ops
from keras.layers import Dense, Softmax
from keras.losses import (
    BinaryCrossentropy,
    CategoricalCrossentropy,
    MeanSquaredError,
    SparseCategoricalCrossentropy,
)

from teachkit.grading.predicates.compiling import compiled
from teachkit.grading.predicates.scores import scores
from tests.grading.subjects import subject

LOSSES = {"size": "mse", "kind": "sparse_cce"}
WEIGHTS = {"size": 2.0, "kind": 0.5}
SPARSE = "sparse_categorical_crossentropy"


def model(kind="softmax", *, as_dict=False):
    x = Input((6,))
    size, kinds = Dense(2, name="size")(x), Dense(3, kind, name="kind")(x)
    return Model(x, {"size": size, "kind": kinds} if as_dict else [size, kinds])


def judged(one, losses=None, **words):
    words = {"weights": WEIGHTS, **words}
    return compiled(subject(one), losses or LOSSES, **words)


def text(finding):
    assert finding is not None
    return f"{finding.see} {finding.so} {finding.look}"


SPELLINGS = [
    ({"kind": SPARSE, "size": "mse"}, {"size": 2, "kind": 0.5}),
    ({"size": MeanSquaredError(), "kind": "crossentropy"}, {"kind": 0.5, "size": 2}),
    (["mean_squared_error", keras.losses.sparse_categorical_crossentropy], [2, 0.5]),
]


class TestAccepted:
    @pytest.mark.parametrize(("loss", "weights"), SPELLINGS)
    def test_dicts_lists_strings_objects_and_functions(self, loss, weights):
        one = model()
        one.compile("sgd", loss=loss, loss_weights=weights)
        assert judged(one) is None

    def test_dicts_of_outputs_are_known_by_their_keys(self):
        one = model(as_dict=True)
        one.compile("sgd", {"kind": SPARSE, "size": "mse"}, {"size": 2, "kind": 0.5})
        assert judged(one) is None

    @pytest.mark.parametrize("as_dict", [True, False])
    def test_logits_of_which_the_loss_knows(self, as_dict):
        one = model(None, as_dict=as_dict)
        loss = {"size": "mse", "kind": SparseCategoricalCrossentropy(from_logits=True)}
        one.compile("sgd", loss, {"size": 2, "kind": 0.5})
        assert judged(one) is None

    def test_a_weight_inside_a_loss_of_ones_own(self):
        def twice(target, output):
            return 2 * ops.mean(ops.square(target - output), -1)

        one = model()
        one.compile("sgd", [twice, SPARSE], [1, 0.5])
        assert judged(one) is None

    def test_any_of_several_losses_will_do(self):
        wanted = {"size": "mse", "kind": ["cce", "sparse_cce"]}
        for loss in (SPARSE, CategoricalCrossentropy(label_smoothing=0.0)):
            one = model()
            one.compile("sgd", ["mse", loss], [2, 0.5])
            assert judged(one, wanted) is None

    def test_a_single_output(self):
        x = Input((6,))
        one = Model(x, Dense(1, "sigmoid", name="yes")(x))
        one.compile("sgd", BinaryCrossentropy())
        assert compiled(subject(one), {"yes": "bce"}) is None

    def test_the_model_is_left_as_it_was(self):
        one = model()
        one.compile("sgd", ["mse", SPARSE], [2, 0.5])
        before = dict(vars(one))
        judged(one)
        assert vars(one) == before


class TestRefused:
    @pytest.mark.parametrize(
        ("loss", "weights", "words", "misconception"),
        [
            (["mse", SPARSE], None, "'size' with weight 1.00", "M18"),
            (["mse", SPARSE], [0.5, 2], "0.50 is the loss weight of 'size'", "M21"),
            ([SPARSE, "mse"], [2, 0.5], f"{SPARSE} is the loss of 'size'", "M21"),
            (["mae", SPARSE], [2, 0.5], "'mean_absolute_error' as the loss", ""),
            ("mse", None, "one loss, 'mse', for 2 heads", "M17"),
            ({"seize": "mse", "kind": SPARSE}, None, "the key 'seize'", "M19"),
            ({"size": "mse"}, None, "without the key 'kind'", "M19"),
            (["mse", SPARSE], ["mae", "accuracy"], "'mae' among the loss", "M33"),
            (["mse", SPARSE], {"size": 2, "kind": 0.5}, "alphabetical order", "M21"),
            (["mse", SPARSE], {"size": 2}, "loss_weights= without the key", "M19"),
        ],
    )
    def test_each_with_its_own_words(self, loss, weights, words, misconception):
        one = model()
        one.compile("sgd", loss=loss, loss_weights=weights)
        found = judged(one)
        assert words in text(found)
        assert found.misconception == misconception

    def test_a_model_that_was_never_compiled(self):
        assert "never compiled" in text(judged(model()))

    def test_a_model_that_was_compiled_without_a_loss(self):
        one = model()
        one.compile("sgd")
        assert "without a loss" in text(judged(one))

    def test_logits_of_which_the_loss_does_not_know(self):
        one = model(None)
        one.compile("sgd", ["mse", SPARSE], [2, 0.5])
        assert "logits and no probabilities" in text(judged(one))

    def test_settings_that_change_a_loss(self):
        one = model()
        smooth = CategoricalCrossentropy(label_smoothing=0.3)
        one.compile("sgd", ["mse", smooth], [2, 0.5])
        found = judged(one, {"size": "mse", "kind": "cce"})
        assert "With its settings" in text(found)


class TestMetrics:
    @pytest.mark.parametrize(
        "metrics",
        [{"kind": "accuracy"}, {"kind": ["accuracy"]}, [None, ["accuracy"]]],
    )
    def test_of_a_head(self, metrics):
        one = model()
        one.compile("sgd", ["mse", SPARSE], [2, 0.5], metrics=metrics)
        assert judged(one, metrics={"kind": ""}) is None
        assert "no metric for 'size'" in text(judged(one, metrics={"size": "mae"}))


class TestScores:
    def head(self, units, made):
        x = Input((6,))
        return subject(Model(x, {"out": made(Dense(units)(x))}))

    def test_probabilities_and_logits_will_do(self):
        assert scores(self.head(4, Softmax()), "out") is None
        assert scores(self.head(4, lambda y: y), "out") is None
        assert scores(self.head(1, ops.sigmoid), "out", exclusive=False) is None

    @pytest.mark.filterwarnings("ignore:You are using a softmax")
    @pytest.mark.parametrize(
        ("units", "made", "words"),
        [
            (4, ops.sigmoid, "must sum to 1"),
            (4, ops.relu, "no probabilities"),
            (4, ops.tanh, "no probabilities"),
            (1, ops.softmax, "a single unit always gets all of it"),
        ],
    )
    def test_others_are_told(self, units, made, words):
        found = scores(self.head(units, made), "out", exclusive=units > 1)
        assert words in text(found)


def test_probabilities_are_no_logits():
    one = model()
    loss = {"size": "mse", "kind": SparseCategoricalCrossentropy(from_logits=True)}
    one.compile("sgd", loss, {"size": 2, "kind": 0.5})
    found = judged(one)
    assert found is not None
    assert "from_logits=True in the loss of 'kind'" in found.see


def test_another_loss_is_no_other_weight():
    one = model()
    one.compile("sgd", ["mse", "binary_crossentropy"], [2, 0.5])
    found = judged(one, {"size": "mse", "kind": "cce"})
    assert "'binary_crossentropy' as the loss of 'kind'" in text(found)
