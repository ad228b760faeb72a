"""Where a tensor has several readers, its gradient is the sum of what these send."""

from __future__ import annotations

import keras
import numpy as np
import pytest
import tensorflow as tf
from keras import layers, ops

from teachkit.keras_reader import record_model
from teachkit.keras_reader.overrides import like_output
from teachkit.keras_runner import tracer as tracer_module
from teachkit.keras_runner.observers import Observer, Replacements
from teachkit.keras_runner.separating import Separating
from teachkit.keras_runner.tracer import tracer
from teachkit.traces.records import Edge
from teachkit.traces.run import Run
from tests.keras_runner.tracing import CANNOT_RUN, data_for, numbers, run_of, sum_error
from tests.models import ZOO, build

SUM = 1e-6
"""So close is the sum of what all readers send back to the gradient of the tensor."""

NO_LOSS = {"dtypes", "two_arguments"}
CLASSES = np.eye(3, dtype="float32")[[0, 2]]
RUNNABLE = sorted(set(ZOO) - CANNOT_RUN - NO_LOSS)


class Blocking(Separating):
    """Makes no copies for readers, and lets a tensor have one reader only."""

    only: tuple[str, str] | None = None

    def _handed_out(self, place, tensor):
        blocked = self.only is not None and place != self.only
        if blocked and self.readings.get(place) == self.readings.get(self.only):
            return like_output(tf.stop_gradient(tensor), tensor)
        return tensor


def traced(model, data, targets, loss, **options):
    return Run(tracer(record_model(model), data, targets=targets, loss=loss, **options))


def independent(monkeypatch, make, only=None):
    """Return the gradients of tensors of a pass in which no reader has a copy."""
    kind = type("Blocking", (Blocking,), {"only": only})
    with monkeypatch.context() as patch:
        patch.setattr(tracer_module, "Separating", kind)
        return make().gradients.of_tensors


def by_tensor(gradients):
    """Return what comes back by the tensor it adds up to, `_` for one where None."""
    found = {}
    for edge, share in gradients.of_edges.items():
        found.setdefault((edge.source, edge.index), []).append(share)
    return found


def sent(gradients, source):
    """Return the first number that each reader of a tensor sends back."""
    return {
        f"{edge.target}:{edge.port}": None
        if share is None
        else float(share.array.ravel()[0])
        for edge, share in gradients.of_edges.items()
        if edge.source == source
    }


def place_of(edge):
    if edge.leaves:
        return f"{edge.target}/" if edge.target else "", edge.port
    return edge.target, edge.port


def check_sums(gradients, truth):
    """Compare the sums with the gradients of tensors of this pass and of another."""
    for key, shares in by_tensor(gradients).items():
        assert len(shares) > 1
        arrays = [share.array for share in shares if share is not None]
        for wanted in (gradients.of_tensors[key], truth[key]):
            if wanted is None:
                assert not arrays
                continue
            size = max(wanted.norm, *(np.linalg.norm(one) for one in arrays), 1e-30)
            assert np.linalg.norm(sum(arrays) - wanted.array) <= SUM * size, key


def zoo_run(name):
    """Return what runs a model of the zoo with a loss of every output that has one."""
    model = build(name)
    data = data_for(name, model)
    outputs = run_of(model, data).outputs
    targets = keras.tree.map_structure(lambda a: numbers(*a.shape, seed=2), outputs)
    loss = keras.tree.map_structure(
        lambda a: "mse" if a.dtype.kind in "fV" else None, outputs
    )
    return lambda: traced(model, data, targets, loss, training=True)


@pytest.mark.parametrize("name", RUNNABLE)
def test_what_readers_send_back_adds_up_in_every_model_of_the_zoo(name, monkeypatch):
    make = zoo_run(name)

    gradients = make().gradients

    check_sums(gradients, independent(monkeypatch, make))


@pytest.mark.parametrize("name", RUNNABLE)
def test_each_share_is_that_of_a_pass_in_which_others_send_nothing(name, monkeypatch):
    make = zoo_run(name)

    for edge, share in make().gradients.of_edges.items():
        if edge.target == edge.source:  # a loss that the call adds
            continue
        truth = independent(monkeypatch, make, place_of(edge))[edge.source, edge.index]
        assert (share is None) == (truth is None), edge.name
        if share is not None:
            assert np.allclose(share.array, truth.array, rtol=1e-4, atol=1e-7)


def total(targets, outputs):
    del targets
    return ops.sum(outputs)


def summed_run(model, data, **options):
    """Return a run with the sum of all outputs as its loss: its gradients are known."""
    outputs = run_of(model, data).outputs
    loss = keras.tree.map_structure(lambda _: total, outputs)
    return traced(model, data, outputs, loss, **options)


def summed(model, data):
    return summed_run(model, data).gradients


def test_three_readers():
    x = keras.Input((2,), name="x")
    h = layers.ReLU(name="h")(x)
    ends = [2 * h, 3 * h, ops.negative(h)]
    model = keras.Model(x, layers.Add(name="sum")(ends))

    found = summed(model, np.ones((1, 2), "float32"))

    assert list(sent(found, "h").values()) == [2, 3, -1]
    assert found.of_tensors["h", 0].array.tolist() == [[4, 4]]
    assert sent(found, "x") == {}, "one reader has nothing to add"


def test_one_call_that_reads_a_tensor_twice():
    x = keras.Input((2,), name="x")
    twice = layers.Add(name="twice")([x, x])
    square = layers.Multiply(name="square")([twice, twice])
    model = keras.Model(x, square)

    found = summed(model, np.full((1, 2), 3, "float32"))

    assert sent(found, "x") == {"twice:inputs[0]": 12, "twice:inputs[1]": 12}
    assert sent(found, "twice") == {"square:inputs[0]": 6, "square:inputs[1]": 6}


def nested():
    """Return a fork in a nested model that is called twice, and one outside."""
    i = keras.Input((2,), name="i")
    h = layers.Rescaling(2.0, name="h")(i)
    inner = keras.Model(i, [h, layers.Rescaling(5.0, name="five")(h)], name="inner")
    x = keras.Input((2,), name="x")
    a, b = inner(x)
    c, _ = inner(b)
    return keras.Model(x, layers.Add(name="sum")([a, b, c, x]))


def test_a_fork_inside_a_nested_model_has_the_outside_as_a_reader():
    found = summed(nested(), np.ones((1, 2), "float32"))

    assert sent(found, "x") == {"inner:inputs": 2 + 10 * 3, "sum:inputs[3]": 1}
    assert sent(found, "inner/h") == {"inner/five:inputs": 5 * 3, "inner:[0]": 1}
    assert sent(found, "inner:2/h") == {"inner:2/five:inputs": None, "inner:2:[0]": 1}
    assert {edge.name for edge in found.of_edges if edge.leaves} == {
        "inner/h->inner:[0]",
        "inner:2/h->inner:2:[0]",
    }


def test_an_output_that_is_read_on_has_the_loss_as_a_reader():
    x = keras.Input((2,), name="x")
    early = layers.Rescaling(3.0, name="early")(x)
    late = layers.Rescaling(5.0, name="late")(early)
    model = keras.Model(x, {"early": early, "late": late})
    model.compile(
        loss={"early": total, "late": total}, loss_weights={"early": 10.0, "late": 1.0}
    )
    rows = np.ones((1, 2), "float32")

    found = traced(model, rows, model(rows), None).gradients

    assert sent(found, "early") == {"late:inputs": 5, ":['early']": 10}
    assert found.of_tensors["early", 0].array.tolist() == [[15, 15]]


def test_a_tensor_that_is_two_outputs_gets_two_losses():
    x = keras.Input((2,), name="x")
    end = layers.Rescaling(3.0, name="end")(x)
    model = keras.Model(x, [end, end])

    found = summed(model, np.ones((1, 2), "float32"))

    assert sent(found, "end") == {":[0]": 1, ":[1]": 1}


def test_a_reader_that_no_loss_reaches_sends_nothing():
    x = keras.Input((2,), name="x")
    h = layers.ReLU(name="h")(x)
    stop = layers.Rescaling(2.0, name="lost")(ops.stop_gradient(h))
    model = keras.Model(x, [layers.Add(name="sum")([h, stop])])

    found = summed(model, np.ones((1, 2), "float32"))

    assert sent(found, "h") == {"stop_gradient:variable": None, "sum:inputs[0]": 1}


def test_an_output_without_a_loss_sends_nothing():
    x = keras.Input((2,), name="x")
    h = layers.ReLU(name="h")(x)
    model = keras.Model(x, {"h": h, "end": layers.Rescaling(2.0, name="end")(h)})
    rows = np.ones((1, 2), "float32")

    loss = {"end": total, "h": None}
    found = traced(model, rows, {"end": rows}, loss).gradients

    assert sent(found, "h") == {"end:inputs": 2, ":['h']": None}


def test_a_regularizer_of_activity_is_a_reader():
    x = keras.Input((2,), name="x")
    h = layers.ReLU(activity_regularizer=keras.regularizers.L1(0.5), name="h")(x)
    model = keras.Model(x, layers.Rescaling(2.0, name="end")(h))

    found = summed(model, np.ones((1, 2), "float32"))

    assert sent(found, "h") == {"end:inputs": 2, "h:": 0.5}
    assert found.of_tensors["h", 0].array.tolist() == [[2.5, 2.5]]
    assert "h" in {edge.target for edge in found.of_edges if edge.source == "h"}


def test_a_loss_that_a_layer_adds_of_something_else_is_no_reader():
    class Adding(layers.Layer):
        def call(self, x):
            self.add_loss(ops.sum(x))
            return x * 2.0

    x = keras.Input((2,), name="x")
    model = keras.Model(x, Adding(name="adding")(layers.ReLU(name="h")(x)))

    found = summed(model, np.ones((1, 2), "float32"))

    assert found.of_edges == {}
    assert found.of_tensors["h", 0].array.tolist() == [[3, 3]]


@pytest.mark.parametrize("memory", [2**30, 0])
def test_probabilities_that_are_read_on(memory):
    x = keras.Input((3,), name="x")
    soft = layers.Softmax(name="soft")(x)
    ends = {"soft": soft, "far": layers.Rescaling(2.0, name="far")(soft)}
    rows = numbers(2, 3)
    targets = {"soft": CLASSES, "far": CLASSES}
    loss = {"soft": "categorical_crossentropy", "far": total}

    found = traced(keras.Model(x, ends), rows, targets, loss, memory=memory).gradients

    shares = {edge.target: share.array for edge, share in found.of_edges.items()}
    gone = np.exp(rows) / np.exp(rows).sum(1, keepdims=True)
    assert np.allclose(shares[""], -CLASSES / gone / 2, rtol=1e-4)
    assert np.allclose(shares["far"], 2)
    both = found.of_tensors["soft", 0].array
    assert np.allclose(both, shares[""] + shares["far"])


def test_probabilities_that_go_on_through_another_call():
    x = keras.Input((3,), name="x")
    soft = layers.Softmax(name="soft")(x)
    far = layers.Rescaling(2.0, name="far")(soft)
    i = keras.Input((3,), name="i")
    inner = keras.Model(i, layers.Dropout(0.5, name="drop")(i), name="inner")
    model = keras.Model(x, [far, inner(soft)])
    loss = [total, "categorical_crossentropy"]

    found = traced(model, numbers(2, 3), [CLASSES] * 2, loss).gradients

    shares = {edge.target: share.array for edge, share in found.of_edges.items()}
    assert (shares["far"] == 2).all()
    for path in ("inner/drop", "inner/i", "inner"):
        assert np.allclose(found.of_tensors[path, 0].array, shares["inner"])
    assert np.allclose(found.of_tensors["soft", 0].array, shares["inner"] + 2)
    assert (shares["inner"] <= 0).all()
    assert (shares["inner"] < -1e-3).sum() == 2


def two_ended(make_end):
    """Run a model that returns probabilities, and what is made of these or of `x`."""
    x = keras.Input((3,), name="x")
    soft = layers.Softmax(name="soft")(x)
    model = keras.Model(x, [soft, make_end(x, soft)])
    loss = ["categorical_crossentropy", total]
    return traced(model, numbers(2, 3), [CLASSES] * 2, loss)


def test_a_loss_of_probabilities_is_no_gradient_of_what_hands_them_on_elsewhere():
    found = two_ended(lambda x, soft: layers.Dropout(0.5, name="drop")(soft)).gradients

    assert (found.of_tensors["drop", 0].array == 1).all()
    shares = [share.array for share in found.of_edges.values()]
    assert len(shares) == 2
    assert np.allclose(sum(shares), found.of_tensors["soft", 0].array)


def test_what_comes_before_probabilities_has_the_gradient_of_the_tape():
    run = two_ended(lambda x, soft: layers.Rescaling(2.0, name="far")(x))

    shares = {e.target: share.array for e, share in run.gradients.of_edges.items()}
    wanted = (run.outputs[0] - CLASSES) / 2
    assert np.allclose(shares["soft"], wanted, atol=1e-6)
    assert (shares["far"] == 2).all()


def test_a_layer_that_hands_its_input_on_is_one_reader_of_it():
    x = keras.Input((2,), name="x")
    drop = layers.Dropout(0.5, name="drop")(x)
    model = keras.Model(x, layers.Add(name="sum")([3 * drop, drop, x]))

    found = summed(model, np.ones((1, 2), "float32"))

    assert sent(found, "x") == {"drop:inputs": 4, "sum:inputs[2]": 1}
    assert sorted(sent(found, "drop").values()) == [1, 3]


def test_nothing_comes_back_through_an_edge_that_was_cut():
    x = keras.Input((2,), name="x")
    h = layers.ReLU(name="h")(x)
    model = keras.Model(x, layers.Add(name="sum")([2 * h, h]))
    rows = np.ones((1, 2), "float32")
    run = tracer(record_model(model), rows, targets=rows, loss=total)

    cut = run.but(replacements=Replacements(edges=frozenset([("sum", "inputs[1]")])))
    found = Run(cut).gradients

    assert sent(found, "h") == {"multiply:x2": 2, "sum:inputs[1]": None}
    assert found.of_tensors["h", 0].array.tolist() == [[2, 2]]


def test_a_model_that_runs_as_one_call_has_no_edges_inside(monkeypatch):
    class Own(keras.Model):
        """Runs another way than the one that was read."""

        def __init__(self, **options):
            super().__init__(**options)
            self.first = layers.Dense(3, name="first")

        def call(self, x):
            h = self.first(x)
            if len(x.shape) and not isinstance(x, keras.KerasTensor):
                h = h * 2.0
            return ops.tanh(h) + h

    x = keras.Input((3,), name="x")
    own = Own(name="own")
    end = layers.Add(name="sum")([own(x), x])
    model = keras.Model(x, end)

    run = traced(model, numbers(2, 3), numbers(2, 3), "mse")

    assert any("ran as one call" in note for note in run.notes)
    assert {edge.source for edge in run.gradients.of_edges} == {"x"}
    assert len(run.gradients.of_edges) == 2


def test_masks_are_no_readers_and_arrive_as_before():
    words = keras.Input((4,), dtype="int32", name="words")
    read = layers.Embedding(5, 3, mask_zero=True, name="read")(words)
    one, other = layers.LSTM(2, name="one")(read), layers.LSTM(2, name="two")(read)
    model = keras.Model(words, layers.Concatenate(name="both")([one, other]))
    rows = np.array([[1, 2, 0, 0]])

    run = traced(model, rows, numbers(1, 4), "mse")

    assert np.allclose(run.outputs, model(rows))
    assert {edge.target for edge in run.gradients.of_edges} == {"one", "two"}
    assert sum_error(run.gradients) < SUM
    for share in run.gradients.of_edges.values():
        assert (share.array[0, 2:] == 0).all(), "what is masked is not read"


def test_who_computes_a_mask_of_a_tensor_is_no_reader_of_it():
    x = keras.Input((4, 3), name="x")
    masked = layers.Masking(name="masked")(x)
    model = keras.Model(x, layers.LSTM(2, name="lstm")(masked))

    found = traced(model, numbers(1, 4, 3), numbers(1, 2), "mse").gradients

    assert found.of_edges == {}
    assert found.of_tensors["x", 0].norm > 0


def test_edges_have_names():
    assert Edge("x", 0, "sum", "inputs[1]").name == "x->sum:inputs[1]"


def test_observers_are_told_of_what_a_model_returns():
    assert Observer().leaves("inner/", "[0]", 1) == 1
