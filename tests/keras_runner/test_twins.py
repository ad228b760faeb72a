from __future__ import annotations

import random

import keras
import numpy as np
import pytest
from keras import layers

from teachkit.errors import ModelError
from teachkit.keras_reader import record_model
from teachkit.keras_runner.agreement import agreement_of
from teachkit.keras_runner.twins import (
    build_functional,
    build_sequential,
    functional_twin,
    sequential_twin,
)
from tests.keras_reader.author import write
from tests.models import build

ROWS = np.arange(8, dtype="float32").reshape(2, 4)


def twin_of(*chain, shape=(4,), dtype="float32"):
    """Return a Functional chain of layers, and its Sequential twin."""
    x = h = keras.Input(shape, dtype=dtype, name="x")
    for layer in chain:
        h = layer(h)
    model = keras.Model(x, h, name="model")
    return model, sequential_twin(record_model(model))


def values(model):
    return [v.numpy() for v in model.weights]


def test_it_is_a_sequential_model_that_starts_with_the_same_input():
    model, twin = twin_of(layers.Dense(3, name="d"), dtype="int32")

    assert type(twin) is keras.Sequential
    assert twin.name == "model"
    assert twin.inputs[0].shape == (None, 4)
    assert twin.inputs[0].dtype == "int32"
    assert [layer.name for layer in twin.layers] == ["d"]
    assert twin.layers[0] is not model.layers[1]


def test_weights_are_moved_and_not_shared():
    model, twin = twin_of(layers.Dense(3), layers.BatchNormalization())
    before = values(model)

    assert all((a == b).all() for a, b in zip(before, values(twin), strict=True))
    twin.set_weights([v + 1 for v in values(twin)])
    assert all((a == b).all() for a, b in zip(before, values(model), strict=True))


def test_seeds_are_moved_too():
    model, twin = twin_of(layers.Dropout(0.5))

    one, other = (m(np.ones((9, 4)), training=True).numpy() for m in (model, twin))

    assert (one == other).all()


def test_what_is_frozen_stays_frozen():
    frozen = layers.Dense(3, name="frozen", trainable=False)
    i = keras.Input((3,))
    inner = keras.Model(i, layers.Dense(3, name="in")(layers.Dense(3)(i)), name="inner")
    inner.layers[1].trainable = False
    gru = layers.Bidirectional(layers.GRU(2))
    gru.forward_layer.trainable = False
    _, twin = twin_of(frozen, inner, layers.Reshape((3, 1)), gru)

    assert len(twin.trainable_weights) == 2 + 3
    assert [w.trainable for w in twin.get_layer("inner").weights] == [False] * 2 + [
        True
    ] * 2


class Pair(layers.Layer):
    """Two layers in one; its configuration does not tell which is frozen."""

    def __init__(self, **options):
        super().__init__(**options)
        self.one, self.two = layers.Dense(4), layers.Dense(4)

    def call(self, x):
        return self.two(self.one(x))


def test_what_is_frozen_inside_a_layer_stays_frozen():
    pair = Pair()
    pair.one.trainable = False
    _, twin = twin_of(pair)

    assert [twin.layers[0].one.trainable, twin.layers[0].two.trainable] == [False, True]


def test_a_frozen_nested_model_stays_frozen():
    i = keras.Input((4,))
    inner = keras.Model(i, layers.Dense(3)(i), name="inner")
    inner.trainable = False
    _, twin = twin_of(inner)

    assert not twin.get_layer("inner").trainable


def test_one_copy_stands_for_one_layer_at_any_depth():
    twin = sequential_twin(record_model(build("outer_and_nested")))
    first, inner, last = twin.layers[0], twin.layers[1], twin.layers[-1]

    assert first is last
    assert inner.layers[-1] is first
    assert twin.count_params() == 20


@pytest.mark.parametrize("name", ["two_submodels_share", "a_of_b_of_a", "three_deep"])
def test_nested_models_keep_what_they_share(name):
    model = build(name)

    twin = sequential_twin(record_model(model))

    assert twin.count_params() == model.count_params()
    assert len(twin.weights) == len(model.weights)


def test_masks_flow_in_the_twin_as_in_the_model():
    model = build("masked_lstm")
    twin = sequential_twin(record_model(model))
    words = np.array([[1, 2, 0, 0, 0]])

    assert (model(words) == twin(words)).numpy().all()
    changed = twin(np.array([[1, 2, 0, 3, 0]]))
    assert (changed != twin(words)).numpy().any()


@pytest.mark.parametrize("name", ["chain", "outer_and_nested", "tied_weights"])
def test_the_model_is_left_as_it_was(name):
    model = build(name)
    chance = random.getstate()
    before = state_of(model)

    sequential_twin(record_model(model))

    assert state_of(model) == before
    assert random.getstate() == chance


def state_of(model):
    """Return the nodes, names, weights and flags of a model and its layers."""
    state = []
    for one in model._flatten_layers():  # noqa: SLF001 - has no public name
        nodes = [len(one._inbound_nodes), len(one._outbound_nodes)]  # noqa: SLF001
        weights = [(id(w), w.numpy().tolist()) for w in one.weights]
        state.append((one.name, one.trainable, sorted(vars(one)), nodes, weights))
    return state


@pytest.mark.parametrize("build_twin", [sequential_twin, functional_twin])
def test_automatic_names_and_seeds_go_on_as_if_nothing_had_happened(build_twin):
    def next_ones():
        recording = record_model(build("chain"))
        keras.utils.set_random_seed(3)
        keras.random.normal((1,))
        if build_twin is not None:
            build_twin(recording)
        drawn = keras.random.normal((2,)).numpy().tolist()
        return drawn, keras.layers.Dense(2).name, keras.KerasTensor((1,)).name

    with_twin = next_ones()
    build_twin = None

    assert next_ones() == with_twin


def test_the_functional_form_of_a_sequential_model():
    model = build("sequential_reusing_a_layer")
    twin = functional_twin(record_model(model))

    assert type(twin).__name__ == "Functional"
    assert twin.count_params() == model.count_params() == 20
    assert (twin(ROWS) == model(ROWS)).numpy().all()


def test_a_sequential_model_of_several_inputs_has_a_functional_form():
    model = build("sequential_of_several_inputs")
    twin = functional_twin(record_model(model))

    assert len(twin.inputs) == 2
    assert (twin([ROWS, ROWS]) == model([ROWS, ROWS])).numpy().all()


def test_a_model_without_an_input_is_refused_in_words():
    with pytest.raises(ModelError, match="'unbuilt_sequential', which has no input"):
        functional_twin(record_model(build("unbuilt_sequential")))


def test_a_lambda_keeps_its_function_and_its_arguments():
    factor = 3
    layer = layers.Lambda(lambda t, shift: t * factor + shift, arguments={"shift": 1})
    model, twin = twin_of(layer)

    assert (twin(ROWS) == model(ROWS)).numpy().all()


def test_what_a_layer_has_learned_from_data_is_copied():
    lookup = layers.StringLookup()
    lookup.adapt(["a", "graph", "a"])
    words = np.array([["graph"], ["a"], ["new"]])
    model, twin = twin_of(lookup, shape=(1,), dtype="string")
    normal = layers.Normalization()
    normal.adapt(ROWS)
    other, other_twin = twin_of(normal)

    assert (twin(words) == model(words)).numpy().all()
    assert (other_twin(ROWS) == other(ROWS)).numpy().all()


class Unwritten(layers.Layer):
    """A layer without a configuration: its arguments are a function and a layer."""

    def __init__(self, function, inner):
        super().__init__(name="unwritten")
        self.function = function
        self.inner = inner
        self.more = [layers.Dense(3), {"last": layers.Dropout(0.5)}]
        self.chance = keras.random.SeedGenerator(1)

    def build(self, shape):
        self.scale = self.add_weight(shape=(shape[-1],), initializer="ones")
        self.inner.build(shape)
        self.built = True

    def call(self, x):
        x = self.inner(self.function(x) * self.scale)
        return self.more[1]["last"](self.more[0](x))


def test_a_layer_without_configuration_is_copied_all_the_same():
    model, twin = twin_of(Unwritten(lambda t: t + 1, layers.Dense(3)))
    copy = twin.layers[0]

    assert type(copy) is Unwritten
    assert len(twin.weights) == len(model.weights) == 5
    assert not {id(w) for w in twin.weights} & {id(w) for w in model.weights}
    assert (twin(ROWS) == model(ROWS)).numpy().all()


def test_a_layer_that_reads_the_weights_of_another_finds_them_in_its_copy():
    class Reads(layers.Layer):
        def __init__(self, inner):
            super().__init__()
            self.inner = inner

        def build(self, shape):
            self.inner.build(shape)
            self.built = True

        def call(self, x):
            return keras.ops.matmul(x, self.inner.kernel)

    model, twin = twin_of(Reads(layers.Dense(3)))

    assert (twin(ROWS) == model(ROWS)).numpy().all()


def test_it_is_told_which_layers_have_no_configuration():
    model, _ = twin_of(Unwritten(lambda t: t + 1, layers.Dense(3)))

    assert build_sequential(record_model(model)).by_hand == ("unwritten",)


def test_tied_layers_stay_tied():
    model = build("tied_weights")
    twin = sequential_twin(record_model(model))

    assert twin.count_params() == 40
    assert twin.layers[1].embedding is twin.layers[0]


def test_a_layer_that_cannot_be_copied_is_named():
    class Closed(layers.Layer):
        def __init__(self, function):
            super().__init__(name="closed")
            self.function = function

        def __setattr__(self, name, value):
            if name == "function" and hasattr(self, "function"):
                raise RuntimeError("once is enough")
            super().__setattr__(name, value)

        def __new__(cls, function):
            if not callable(function):
                raise TypeError("no function")
            return super().__new__(cls, function)

        def call(self, x):
            return self.function(x)

    with pytest.raises(ModelError, match=r"'closed' \(Closed\), whose copy fails"):
        twin_of(Closed(lambda t: t))


def test_hostile_names_are_kept():
    model = build("hostile_names")
    twin = sequential_twin(record_model(model))

    assert [a.name for a in twin.layers] == [a.name for a in model.layers[1:]]


@pytest.mark.parametrize("seed", range(12))
def test_copies_of_random_models_compute_the_same(seed):
    recording = record_model(write(seed, 10 + 2 * seed, depth=3).model)

    twin = build_functional(recording)
    made = record_model(twin.model)

    assert agreement_of(recording, made, twin.variables).max_error == 0.0
    assert made.graph.params == recording.graph.params
    assert len(made.graph.calls) == len(recording.graph.calls)
