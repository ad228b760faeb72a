from __future__ import annotations

import keras
import numpy as np
import pytest
from keras import layers, ops

import teachkit as tk
from teachkit.errors import ModelError
from teachkit.keras_reader import record_model
from teachkit.keras_runner.inputs import random_inputs
from teachkit.keras_runner.running import run
from tests.models import ZOO, build

CANNOT_RUN = {
    "unbuilt_sequential": "no input yet",
    "untraceable": "whose shape nobody knows",
    "two_arguments": "whose shape nobody knows",
}


def inputs_of(model, **options):
    return random_inputs(record_model(model), **options)


@pytest.mark.parametrize("name", sorted(set(ZOO) - set(CANNOT_RUN)))
def test_each_model_of_the_zoo_runs_on_its_inputs(name):
    recording = record_model(build(name))

    arrays = random_inputs(recording)

    by_id = dict(
        zip([e.call for e in recording.graph.inputs], in_order(arrays), strict=False)
    )
    assert set(run(recording, by_id)) == {e.path for e in recording.graph.outputs}


def in_order(structure):
    """Return the arrays in the order in which the author gave the inputs."""
    if isinstance(structure, dict):
        structure = list(structure.values())
    if isinstance(structure, (list, tuple)):
        return [array for part in structure for array in in_order(part)]
    return [structure]


@pytest.mark.parametrize("name", CANNOT_RUN)
def test_a_model_of_unknown_shape_is_refused_in_words(name):
    with pytest.raises(ModelError, match=CANNOT_RUN[name]):
        inputs_of(build(name))


def test_a_dry_model_is_refused_in_words():
    with tk.dry():
        x = keras.Input((4,), name="x")
        model = keras.Model(x, layers.Dense(3)(x), name="weightless")

    with pytest.raises(ModelError, match=r"'weightless', built inside teachkit.dry"):
        inputs_of(model)


def test_the_structure_is_that_of_the_model():
    arrays = inputs_of(build("mixed_ends"))

    assert arrays[0]["c"].shape == (32, 4)
    assert arrays[0]["b"].shape == (32, 3)
    assert arrays[1].shape == (32, 2)


def test_the_same_seed_gives_the_same_numbers():
    one, again, other = (inputs_of(build("chain"), seed=seed) for seed in (1, 1, 2))

    assert (one == again).all()
    assert not (one == other).any()


def test_samples_are_as_many_as_asked_for():
    assert inputs_of(build("chain"), samples=5).shape == (5, 4)


def test_a_batch_of_its_own_is_kept():
    x = keras.Input(batch_shape=(3, 4))

    assert inputs_of(keras.Model(x, layers.Dense(2)(x))).shape == (3, 4)


def test_a_large_model_gets_fewer_samples():
    x = keras.Input((512, 512, 3))
    model = keras.Model(x, layers.Conv2D(64, 1)(x))

    assert inputs_of(model).shape == (3, 512, 512, 3)


def embedded(path, dtype="int32", rows=(5,), shape=(6,)):
    """Return a model that reads ids after a way of handing them on."""
    x = keras.Input(shape, dtype=dtype, name="ids")
    read = [layers.Embedding(count, 2)(path(x)) for count in rows]
    return keras.Model(x, read)


def test_ids_are_below_the_smallest_of_several_embeddings():
    numbers = inputs_of(embedded(lambda x: x, rows=(3, 50)), samples=100)

    assert set(np.unique(numbers)) == {0, 1, 2}


@pytest.mark.parametrize(
    "path",
    [
        layers.Reshape((3, 2)),
        layers.Flatten(),
        layers.RepeatVector(2),
        lambda x: x[:, 2:],
        lambda x: ops.expand_dims(x, -1),
        lambda x: layers.Concatenate()([x, x]),
        lambda x: ops.concatenate([x, x]),
        lambda x: ops.split(x, 2, axis=1)[1],
    ],
)
@pytest.mark.parametrize("dtype", ["int32", "float32"])
def test_ids_are_followed_through_what_leaves_them_as_they_are(path, dtype):
    numbers = inputs_of(embedded(path, dtype))

    assert set(np.unique(numbers)) == {0, 1, 2, 3, 4}
    assert numbers.dtype == dtype


def test_ids_are_followed_into_and_out_of_nested_models():
    i = keras.Input((6,), dtype="int32", name="a")
    j = keras.Input((6,), dtype="int32", name="b")
    inner = keras.Model({"a": i, "b": j}, [layers.Embedding(4, 2)(i), j])
    x = keras.Input((6,), dtype="int32", name="x")
    y = keras.Input((6,), dtype="int32", name="y")
    one, other = inner({"b": x, "a": y})

    arrays = inputs_of(keras.Model([x, y], [one, layers.Embedding(7, 2)(other)]))

    assert [a.max() for a in arrays] == [6, 3]


def test_ids_are_followed_into_layers_that_hold_an_embedding():
    class Positions(layers.Layer):
        def __init__(self):
            super().__init__()
            self.words = layers.Embedding(9, 2)

        def call(self, inputs):
            return self.words(inputs)

    x = keras.Input((40, 3), name="x")
    own = keras.Model(x, Positions()(x))
    wrapped = keras.Model(x, layers.TimeDistributed(layers.Embedding(6, 2))(x))

    assert inputs_of(own).max() == 8
    assert inputs_of(wrapped).max() == 5


def test_ids_that_are_shifted_before_they_are_read_fit_all_the_same():
    assert inputs_of(embedded(lambda x: x + 4)).max() == 0


def test_categories_are_below_their_number():
    x = keras.Input((1,), dtype="int32")
    model = keras.Model(
        x, layers.CategoryEncoding(num_tokens=3, output_mode="one_hot")(x)
    )

    assert inputs_of(model).max() == 2


def test_rows_of_a_table_are_those_it_has():
    x = keras.Input((4,), dtype="int32")
    model = keras.Model(x, ops.take(np.ones((3, 2), "float32"), x, axis=0))

    assert inputs_of(model).max() == 2


def test_words_and_truth_values_are_drawn_too():
    word = keras.Input((1,), dtype="string")
    seen = layers.StringLookup(vocabulary=["a", "graph"])(word)
    flag = keras.Input((2,), dtype="bool")
    model = keras.Model([word, flag], [seen, ops.logical_not(flag)])

    words, flags = inputs_of(model)

    assert {type(one) for one in words.ravel()} == {str}
    assert flags.dtype == bool


def test_an_open_length_is_long_enough_for_the_graph():
    x = keras.Input((None, 2))
    long = layers.Conv1D(2, 20)(layers.Conv1D(2, 20)(x))

    assert inputs_of(keras.Model(x, long)).shape == (32, 64, 2)


def test_open_lengths_agree_between_inputs():
    x, y = keras.Input((None, 2)), keras.Input((None, 2))

    one, other = inputs_of(keras.Model([x, y], layers.Add()([x, y])))

    assert one.shape == other.shape == (32, 8, 2)


def test_numbers_are_positive_where_others_give_none():
    x = keras.Input((4,))

    numbers = inputs_of(keras.Model(x, ops.log(x)))

    assert (numbers > 0).all()


def test_code_that_fails_is_told_in_words():
    def failing(x):
        if not isinstance(x, keras.KerasTensor) and hasattr(x, "numpy"):
            raise RuntimeError("no data today")
        return x

    x = keras.Input((4,))
    model = keras.Model(x, layers.Lambda(failing)(x), name="moody")

    with pytest.raises(ModelError, match=r"'moody' fails when it is run.*no data"):
        inputs_of(model)


def test_inputs_of_a_subclassed_model_are_by_argument():
    class Named(keras.Model):
        def call(self, pair, scale):
            return pair["a"] + pair["b"] * scale

    rows = np.ones((1, 3))
    model = Named()
    model({"a": rows, "b": rows}, scale=rows)

    recording = record_model(model)
    names = [end.call for end in recording.graph.inputs]
    given = dict.fromkeys(names, np.full((2, 3), 2.0, "float32"))

    assert names == ["pair['a']", "pair['b']", "scale"]
    assert (run(recording, given)[""] == 6).all()
