"""Following a learner's code leaves no trace on the model."""

from __future__ import annotations

import contextlib
import random
from collections import OrderedDict

import keras
import numpy as np
import pytest
import tensorflow as tf
from keras import layers

import teachkit as tk
from teachkit.keras_reader.untouched import untouched
from tests.models import build
from tests.zoo.subclassed import ROWS


class Collector(keras.Model):
    """A model with a container of each kind, all of which its call changes."""

    def __init__(self, **options):
        super().__init__(**options)
        self.listed = [1]
        self.keyed = {"a": 1}
        self.ordered = OrderedDict(a=1)
        self.gathered = {1}
        self.inner = keras.Sequential([layers.Dense(4, name="dense")], name="inner")

    def call(self, inputs):
        self.listed.append(2)
        self.keyed["b"] = 2
        self.ordered["b"] = 2
        self.gathered.add(2)
        self.new = "new"
        random.random()
        return self.inner(layers.Dense(4)(inputs))


def content(model):
    return (
        list(model.listed),
        dict(model.keyed),
        list(model.ordered.items()),
        set(model.gathered),
        hasattr(model, "new"),
    )


@pytest.fixture
def collector():
    model = Collector(name="collector")
    model.build((None, 4))
    return model


@pytest.mark.filterwarnings("ignore:`build\\(\\)` was called:UserWarning")
class TestContainers:
    def test_they_have_again_what_they_had(self, collector):
        before = content(collector)
        graph = tk.read(collector)

        assert [n.code for n in graph.notices] == ["traced"]
        assert content(collector) == before

    def test_they_are_the_same_objects(self, collector):
        before = [id(collector.listed), id(collector.keyed), id(collector.ordered)]
        tk.read(collector)

        assert before == [
            id(collector.listed),
            id(collector.keyed),
            id(collector.ordered),
        ]

    def test_they_are_put_back_after_an_error_too(self, collector):
        before = content(collector)
        with contextlib.suppress(KeyError), untouched(collector):
            collector(ROWS)
            raise KeyError

        assert content(collector) == before

    def test_chance_goes_on_as_if_nothing_had_been_read(self, collector):
        random.seed(1)
        tk.read(collector)
        after = random.random()
        random.seed(1)

        assert after == random.random()


class TestLayers:
    def test_a_late_layer_is_not_built_and_can_be_later(self):
        model = build("mutating")
        tk.read(model)

        assert not model.late.built
        assert model.late.weights == []
        model(ROWS)
        assert len(model.late.weights) == 2
        assert len(model.trainable_variables) == 7

    def test_variables_keep_their_values(self):
        model = build("mutating")
        tk.read(model)

        assert float(model.steps.numpy()) == 0.0

    def test_a_model_that_was_read_still_trains_and_saves(self, tmp_path):
        model = build("subclassed_nested")
        tk.read(model)
        model.compile("sgd", "mse")
        model.fit(ROWS, np.ones((2, 2)), verbose=0)
        tf.train.Checkpoint(model).save(str(tmp_path / "checkpoint"))

    def test_tensorflow_does_not_take_it_for_changed(self, tmp_path):
        model = Holder(name="holder")
        model(ROWS)
        tf.train.Checkpoint(model).save(str(tmp_path / "before"))
        tk.read(model)

        tf.train.Checkpoint(model).save(str(tmp_path / "after"))

    def test_a_layer_does_not_remember_the_variables_it_had_meanwhile(self):
        model = build("mutating")
        tracker = vars(model.late)["_tracker"]
        before = {name: set(ids) for name, ids in tracker.stored_ids.items()}
        tk.read(model)

        assert tracker.stored_ids == before

    def test_a_closed_model_is_put_back_too(self):
        model = Counting(name="counting")
        model(ROWS)
        before = model.count
        graph = tk.read(model)

        assert [notice.code for notice in graph.notices] == ["opaque"]
        assert graph.outputs[0].shape == (None, 4)
        assert model.count == before

    def test_calls_of_a_nested_functional_model_are_forgotten(self):
        model = Holder(name="holder")
        model(ROWS)
        nodes = [
            vars(model.held)[name] for name in ("_inbound_nodes", "_outbound_nodes")
        ]
        before = [list(one) for one in nodes]
        tk.read(model)

        assert [list(one) for one in nodes] == before
        tk.read(keras.Model(x := keras.Input((4,)), model.held(x)))
        assert len(nodes[0]) == len(before[0]) + 1

    def test_calls_of_a_layer_from_elsewhere_are_forgotten(self):
        model = Borrower(name="borrower")
        model(ROWS)
        before = len(vars(ELSEWHERE)["_inbound_nodes"])
        graphs = [tk.read(model) for _ in range(2)]

        assert len(vars(ELSEWHERE)["_inbound_nodes"]) == before
        assert graphs[0] == graphs[1]
        assert graphs[0].call("elsewhere:2").ordinal == 2


ELSEWHERE = layers.Dense(4, name="elsewhere")


class Borrower(keras.Model):
    """A model that uses a layer which it does not own."""

    def call(self, inputs):
        return ELSEWHERE(ELSEWHERE(inputs))


class Counting(keras.Model):
    """A model that counts its calls, and that only TensorFlow can follow."""

    count = 0

    def call(self, inputs):
        self.count += 1
        return tf.nn.relu(inputs)


class Holder(keras.Model):
    """A subclassed model with a Functional one inside."""

    def __init__(self, **options):
        super().__init__(**options)
        x = keras.Input((4,), name="x")
        self.held = keras.Model(x, layers.Dense(2, name="dense")(x), name="held")

    def call(self, inputs):
        return self.held(inputs)
