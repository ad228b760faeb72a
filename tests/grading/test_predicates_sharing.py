"""Twins: which Siamese answers are twins, and what is said of those that are not."""

import keras
import numpy as np
import pytest
from keras import Input, Model, Sequential, layers, ops

from teachkit.grading.predicates.sharing import compares_encodings, encoded, tied
from teachkit.grading.predicates.symmetry import (
    finite_gradient,
    one_per_sample,
    same_input_constant,
    symmetric,
)
from tests.grading.subjects import subject

PAIR = ["a", "b"]


def encoder():
    return Sequential(
        [
            Input((6, 6, 1)),
            layers.Conv2D(4, 3, activation="relu"),
            layers.Flatten(),
            layers.Dense(8),
        ]
    )


def pictures():
    return Input((6, 6, 1), name="a"), Input((6, 6, 1), name="b")


def scored(a, b, distance):
    return Model([a, b], layers.Dense(1, activation="sigmoid")(distance))


def nested():
    (a, b), enc = pictures(), encoder()
    return scored(a, b, ops.abs(enc(a) - enc(b)))


def shared_layers():
    a, b = pictures()
    conv, dense = layers.Conv2D(4, 3), layers.Dense(8)
    za, zb = (dense(layers.Flatten()(conv(x))) for x in (a, b))
    return scored(a, b, ops.square(za - zb))


def two_models_of_the_same_layers():
    (a, b), enc = pictures(), encoder()
    again = Model(enc.inputs[0], enc.outputs[0])
    return scored(a, b, ops.abs(enc(a) - again(b)))


def exponential():
    (a, b), enc = pictures(), encoder()
    squares = ops.sum(ops.square(enc(a) - enc(b)), axis=-1, keepdims=True)
    return Model([a, b], ops.exp(-ops.sqrt(squares + 1e-9)))


def flat_for_large_numbers():
    a, b = pictures()
    enc = Sequential([layers.Conv2D(32, 3, activation="relu"), layers.Flatten()])
    squares = ops.sum(ops.square(enc(a) - enc(b)), axis=-1, keepdims=True)
    return Model([a, b], ops.exp(-ops.sqrt(squares + 1e-9)))


def cosine():
    (a, b), enc = pictures(), encoder()
    dot = layers.Dot(axes=1, normalize=True)([enc(a), enc(b)])
    return Model([a, b], (dot + 1) / 2)


def expanded():
    (a, b), enc = pictures(), encoder()
    za, zb, dot = enc(a), enc(b), layers.Dot(axes=1)
    squares = dot([za, za]) + dot([zb, zb]) - 2 * dot([za, zb])
    return Model([a, b], ops.exp(-ops.sqrt(ops.maximum(squares, 1e-9))))


def opened_lambda():
    (a, b), enc = pictures(), encoder()
    distance = layers.Lambda(lambda pair: ops.abs(pair[0] - pair[1]))
    return scored(a, b, distance([enc(a), enc(b)]))


def in_time():
    (a, b), enc = pictures(), encoder()
    z = layers.TimeDistributed(enc)(ops.stack([a, b], axis=1))
    return scored(a, b, ops.abs(z[:, 0] - z[:, 1]))


def in_a_batch():
    (a, b), enc = pictures(), encoder()
    za, zb = ops.split(enc(ops.concatenate([a, b], axis=0)), 2, axis=0)
    return scored(a, b, ops.abs(za - zb))


def normalized_twins():
    a, b = pictures()
    enc = Sequential(
        [layers.Conv2D(4, 3), layers.BatchNormalization(), layers.Flatten()]
    )
    return scored(a, b, ops.abs(enc(a) - enc(b)))


def stopped_on_one_side():
    (a, b), enc = pictures(), encoder()
    return scored(a, b, ops.abs(enc(a) - ops.stop_gradient(enc(b))))


@keras.saving.register_keras_serializable("tests")
class Compare(layers.Layer):
    """Encodes and compares in one."""

    def __init__(self):
        super().__init__()
        self.dense = layers.Dense(8)

    def build(self, left_shape, right_shape):
        self.dense.build((None, 36))

    def call(self, left, right):
        left, right = (ops.reshape(x, (-1, 36)) for x in (left, right))
        return ops.abs(self.dense(left) - self.dense(right))


def one_layer_of_ones_own():
    a, b = pictures()
    return scored(a, b, Compare()(a, b))


RIGHT = [
    nested,
    shared_layers,
    two_models_of_the_same_layers,
    exponential,
    flat_for_large_numbers,
    cosine,
    expanded,
    opened_lambda,
    in_time,
    in_a_batch,
    normalized_twins,
    stopped_on_one_side,
    one_layer_of_ones_own,
]


@pytest.mark.parametrize("build", RIGHT, ids=lambda build: build.__name__)
def test_twins_meet_all_criteria(build):
    one = subject(build())
    findings = [
        encoded(one, PAIR),
        tied(one, PAIR),
        symmetric(one, PAIR),
        same_input_constant(one, PAIR),
        compares_encodings(one, PAIR),
    ]
    assert findings == [None] * 5


def two_encoders():
    (a, b), left, right = pictures(), encoder(), encoder()
    return scored(a, b, ops.abs(left(a) - right(b)))


def copied(*, frozen=False):
    (a, b), enc = pictures(), encoder()
    other = keras.models.clone_model(enc)
    other.name = "other"
    other.set_weights(enc.get_weights())
    enc.trainable = other.trainable = not frozen
    return scored(a, b, ops.abs(enc(a) - other(b)))


def frozen_copy():
    return copied(frozen=True)


def partly_shared():
    a, b = pictures()
    conv = layers.Conv2D(4, 3, name="eye")
    left, right = layers.Dense(8, name="left"), layers.Dense(8, name="right")
    za, zb = left(layers.Flatten()(conv(a))), right(layers.Flatten()(conv(b)))
    return scored(a, b, ops.abs(za - zb))


def two_normalizations():
    a, b = pictures()
    conv = layers.Conv2D(4, 3)
    za, zb = (layers.BatchNormalization()(conv(x)) for x in (a, b))
    return scored(a, b, layers.Flatten()(ops.abs(za - zb)))


def averaged_head_of_two():
    (a, b), left, right = pictures(), encoder(), encoder()
    head, za, zb = layers.Dense(1, activation="sigmoid"), left(a), right(b)
    both = [ops.concatenate([za, zb], -1), ops.concatenate([zb, za], -1)]
    return Model([a, b], (head(both[0]) + head(both[1])) / 2)


def dot_of_two():
    (a, b), left, right = pictures(), encoder(), encoder()
    return Model([a, b], ops.sigmoid(layers.Dot(1)([left(a), right(b)])))


def only_one_encoded():
    a, b = pictures()
    enc = Sequential([layers.Flatten(), layers.Dense(36)])
    return scored(a, b, ops.abs(enc(a) - layers.Flatten()(b)))


def groups():
    a, b = pictures()
    x = layers.Conv2D(4, 3, groups=2)(ops.concatenate([a, b], axis=-1))
    za, zb = ops.split(x, 2, axis=-1)
    return scored(a, b, layers.Flatten()(ops.abs(za - zb)))


UNTIED = [
    two_encoders,
    copied,
    frozen_copy,
    partly_shared,
    two_normalizations,
    averaged_head_of_two,
    dot_of_two,
    only_one_encoded,
    groups,
]


@pytest.mark.parametrize("build", UNTIED, ids=lambda build: build.__name__)
def test_two_sets_of_weights_are_not_tied(build):
    assert tied(subject(build()), PAIR) is not None


@pytest.mark.parametrize("seed", range(4))
def test_a_copy_is_found_whatever_its_weights_are(seed):
    keras.utils.set_random_seed(seed)
    assert tied(subject(copied()), PAIR).misconception == "M02"


def test_two_sets_of_weights_are_told_by_name_and_score():
    finding = tied(subject(two_encoders()), PAIR)
    assert "two sets of weights" in finding.see
    assert "kernel" in finding.see
    assert "same picture on both sides still gets scores from" in finding.so
    assert finding.misconception == "M23"
    assert len(finding.calls) == 4


def test_the_unshared_layers_are_named():
    finding = tied(subject(partly_shared()), PAIR)
    assert "'eye' (Conv2D) serves both towers" in finding.see
    assert "'left' (Dense) serves 'a' alone" in finding.see
    assert "'right' (Dense) serves 'b' alone" in finding.see
    assert finding.calls == ("left", "right")


def test_dense_on_joined_inputs_is_no_tower():
    a, b = pictures()
    x = layers.concatenate([layers.Flatten()(a), layers.Flatten()(b)])
    finding = tied(subject(scored(a, b, layers.Dense(8, name="wide")(x))), PAIR)
    assert "'wide' (Dense) is the first layer with weights" in finding.see
    assert "(72,)" in finding.see


def test_raw_pixels_are_not_encoded_though_the_numbers_look_tied():
    a, b = pictures()
    one = subject(scored(a, b, layers.Flatten()(ops.abs(a - b))))
    assert tied(one, PAIR) is None
    assert "no layer with weights stands before it" in encoded(one, PAIR).see
    assert "no encoder" in compares_encodings(one, PAIR).so


def test_a_normalization_is_no_encoder():
    (a, b), norm = pictures(), layers.BatchNormalization(name="norm")
    one = subject(scored(a, b, layers.Flatten()(ops.abs(norm(a) - norm(b)))))
    assert "only 'norm'" in encoded(one, PAIR).see


def test_a_difference_is_not_symmetric():
    (a, b), enc = pictures(), encoder()
    one = subject(Model([a, b], layers.Dense(1, name="score")(enc(a) - enc(b))))
    finding = symmetric(one, PAIR)
    assert "score(a, b) = " in finding.see
    assert "score(b, a) = " in finding.see
    assert finding.misconception == "M24"
    assert same_input_constant(one, PAIR) is None


def test_joined_twins_are_tied_and_not_symmetric():
    (a, b), enc = pictures(), encoder()
    one = subject(scored(a, b, ops.concatenate([enc(a), enc(b)], axis=-1)))
    assert tied(one, PAIR) is None
    assert encoded(one, PAIR) is None
    assert "Joined side by side" in symmetric(one, PAIR).so
    assert "Joined side by side" in same_input_constant(one, PAIR).so


@pytest.mark.parametrize("merge", [layers.Maximum, layers.Add, layers.Multiply])
def test_what_is_symmetric_need_not_be_a_distance(merge):
    (a, b), enc = pictures(), encoder()
    one = subject(scored(a, b, merge()([enc(a), enc(b)])))
    assert symmetric(one, PAIR) is None
    finding = same_input_constant(one, PAIR)
    assert "still varies: from" in finding.see


def test_the_constant_itself_may_be_demanded():
    one = subject(exponential())
    assert same_input_constant(one, PAIR, value=1) is None
    assert "1.00" in same_input_constant(one, PAIR, value=0.5).see


@pytest.mark.parametrize("epsilon", [0.0, 1e-9])
def test_the_slope_of_a_root_at_zero_is_no_number(epsilon):
    (a, b), enc = pictures(), encoder()
    squares = ops.sum(ops.square(enc(a) - enc(b)), axis=-1, keepdims=True)
    one = subject(Model([a, b], ops.exp(-ops.sqrt(squares + epsilon))))
    finding = finite_gradient(one, PAIR)
    assert (finding is None) == (epsilon > 0)
    if finding is not None:
        assert "NaN" in finding.see


def test_one_number_for_a_batch_is_found():
    a, b = pictures()
    one = subject(Model([a, b], ops.sum(ops.abs(a - b))))
    assert "whole batch" in one_per_sample(one).see
    assert one_per_sample(subject(nested())) is None


def test_the_model_keeps_its_weights():
    model = two_encoders()
    before = [np.array(weight) for weight in model.get_weights()]
    one = subject(model)
    tied(one, PAIR)
    symmetric(one, PAIR)
    finite_gradient(one, PAIR)
    after = model.get_weights()
    assert all(map(np.array_equal, before, after))
