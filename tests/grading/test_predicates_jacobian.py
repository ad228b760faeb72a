"""How much gets through: the rank of a model, and its narrowest tensor."""

import pytest
from keras import Input, Model, initializers, layers

from teachkit.grading.predicates.jacobian import bottleneck, nonlinear_sides, rank
from tests.grading.subjects import subject


def autoencoder(code=3, *, skip=False, bent="tanh", dead=False):
    x = Input((12,), name="x")
    h = layers.Dense(8, activation=bent, name="before")(x)
    bias = initializers.Constant(-99.0) if dead else "zeros"
    activation = "relu" if dead else None
    z = layers.Dense(code, activation, name="code", bias_initializer=bias)(h)
    y = layers.Dense(8, activation=bent)(z)
    if skip:
        y = layers.Add(name="around")([y, h])
    return subject(Model(x, layers.Dense(12, name="y")(y)))


def test_a_code_lets_through_no_more_than_its_size():
    one = autoencoder()
    assert rank(one, 3) is None
    assert rank(one, 2).facts["rank"] == 3
    assert bottleneck(one, 3) is None
    assert nonlinear_sides(one) is None


def test_a_way_around_the_code_is_named():
    finding = rank(autoencoder(skip=True), 3)
    assert finding.facts["rank"] > 3
    assert "'code' (Dense) makes 3 numbers" in finding.so
    assert "'before' (Dense), 'around' (Add)" in finding.so
    assert bottleneck(autoencoder(skip=True), 3) is not None


def test_a_code_that_is_too_wide_is_named():
    assert "'code' (Dense), has 5" in rank(autoencoder(5), 3).so


def test_a_code_that_is_too_narrow_passes_the_rank_alone():
    one = autoencoder(2)
    assert rank(one, 3) is None
    assert "has 2 numbers: 'code' (Dense), (2,)" in bottleneck(one, 3).see


def test_a_code_that_is_always_zero_has_no_rank():
    assert rank(autoencoder(dead=True), 3) is None


def test_two_halves_of_a_code_are_one():
    x = Input((12,))
    h = layers.Dense(8, activation="tanh")(x)
    z = layers.concatenate([layers.Dense(2)(h), layers.Dense(1)(h)])
    one = subject(Model(x, layers.Dense(12, activation="tanh")(z)))
    assert rank(one, 3) is None
    assert bottleneck(one, 3) is None


@pytest.mark.parametrize(
    ("bent", "words"), [(None, "This is PCA"), ("linear", "This is PCA")]
)
def test_linear_layers_alone_are_pca(bent, words):
    assert words in nonlinear_sides(autoencoder(bent=bent)).so


def test_a_linear_half_is_named():
    x = Input((12,))
    z = layers.Dense(3, name="code")(x)
    one = subject(Model(x, layers.Dense(12, activation="sigmoid")(z)))
    assert "no activation in the encoder" in nonlinear_sides(one).see


def test_many_outputs_are_seen_through_random_sums():
    x = Input((20,))
    wide = layers.Dense(300, activation="tanh")(layers.Dense(4)(x))
    one = subject(Model(x, wide))
    assert rank(one, 4) is None
    assert rank(one, 3) is not None
