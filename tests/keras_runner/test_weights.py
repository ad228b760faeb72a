from __future__ import annotations

import keras
import numpy as np
from keras import layers

from teachkit.keras_reader import record_model
from teachkit.keras_runner.weights import leaf_layers, paired, redrawn, seeds_moved
from tests.models import build


def test_every_small_number_is_drawn_anew():
    norm = layers.BatchNormalization()
    norm.build((None, 50))
    dense = layers.Dense(20)
    dense.build((None, 50))
    variables = [*norm.variables, *dense.variables]

    values = {id(variable): value for variable, value in redrawn(variables, 0)}

    for variable in variables:
        assert (values[id(variable)] != variable.numpy()).all()
    assert (values[id(norm.moving_variance)] > 0.4).all()
    assert np.abs(values[id(dense.kernel)]).max() < 1
    assert (values[id(norm.gamma)] > 0.6).all()


def test_what_is_very_large_or_no_float_keeps_its_numbers():
    large, whole = layers.Embedding(2**11, 2**10), layers.Dropout(0.5)
    large.build(None)

    assert redrawn([*large.variables, *whole.variables], 0) == []


def test_the_same_seed_draws_the_same():
    dense = layers.Dense(2)
    dense.build((None, 3))

    one, again = (redrawn(dense.variables, 5) for _ in range(2))

    assert all((a[1] == b[1]).all() for a, b in zip(one, again, strict=True))


def test_only_states_of_generators_are_moved():
    drop, dense = layers.Dropout(0.5), layers.Dense(2)
    dense.build((None, 3))

    ((variable, value),) = seeds_moved([*drop.variables, *dense.variables])

    assert variable is drop.variables[0]
    assert (value == variable.numpy() + 1).all()


def test_leaves_are_layers_at_any_depth_and_closed_models():
    assert set(leaf_layers(record_model(build("siamese")))) == {
        "encoder/conv",
        "encoder/pool",
        "same",
    }
    assert set(leaf_layers(record_model(build("untraceable_nested")))) == {"inner"}


def test_weights_and_seeds_of_partners_are_paired():
    def chain():
        x = keras.Input((4,))
        return record_model(keras.Model(x, layers.Dropout(0.5)(layers.Dense(3)(x))))

    left, right = chain(), chain()
    pairs = paired(left, right, None)

    names = [(a.name, b.name) for a, b in pairs]
    assert names == [(n, n) for n in ("kernel", "bias", "seed_generator_state")]
