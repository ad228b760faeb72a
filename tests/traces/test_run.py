from __future__ import annotations

import math

import keras
import numpy as np
import pytest
from keras import layers

import teachkit as tk
from teachkit.errors import TeachkitError, WrongValueError
from tests.keras_runner.tracing import largest_difference, numbers, run_of, sum_error


def branching(*, deep=True):
    """Return a model with a skip, and a nested model that is called twice."""
    i = keras.Input((4,), name="i")
    relu = layers.ReLU(name="relu")(layers.Dense(4, name="dense")(i))
    inner = keras.Model(i, layers.Add(name="skip")([relu, i]), name="inner")
    x = keras.Input((4,), name="x")
    h = inner(x)
    h = layers.Add(name="sum")([h, x])
    h = inner(h) if deep else h
    return keras.Model(x, layers.Dense(2, name="end")(h), name="branching")


def two_inputs():
    a, b = keras.Input((3,), name="a"), keras.Input((3,), name="b")
    c = keras.Input((2,), name="c")
    end = layers.Concatenate(name="end")([a, 2 * b, c])
    return keras.Model([a, b, c], end, name="two")


ROWS = numbers(5, 4)


class TestSteps:
    def test_steps_follow_the_graph_with_those_of_nested_models_after_them(self):
        run = run_of(branching(), ROWS)

        inner = ["i", "dense", "relu", "skip"]
        assert [step.path for step in run.steps] == [
            "x",
            "inner",
            *(f"inner/{name}" for name in inner),
            "sum",
            "inner:2",
            *(f"inner:2/{name}" for name in inner),
            "end",
        ]
        assert [step.number for step in run.steps] == list(range(1, 14))
        assert [step.depth for step in run.steps] == [0, 0, *[1] * 4, 0, 0, *[1] * 4, 0]
        assert [step.path for step in run.steps if step.opens] == ["inner", "inner:2"]

    def test_a_step_has_what_it_reads_by_port(self):
        run = run_of(branching(), ROWS)

        (step,) = (one for one in run.steps if one.path == "inner:2/skip")

        assert [(port, value.path) for port, value in step.inputs] == [
            ("inputs[0]", "inner:2/relu"),
            ("inputs[1]", "inner:2/i"),
        ]
        read = [value.array for _, value in step.inputs]
        assert np.allclose(step.outputs[0].array, read[0] + read[1])

    def test_masks_and_what_computes_them_are_left_out(self):
        words = keras.Input((3,), dtype="int32", name="words")
        read = layers.Embedding(5, 4, mask_zero=True, name="read")(words)
        model = keras.Model(words, layers.LSTM(2, name="lstm")(read))

        run = run_of(model, [[1, 2, 0]])

        assert [step.path for step in run.steps] == ["words", "read", "lstm"]
        assert [port for port, _ in run.steps[-1].inputs] == ["sequences"]
        assert run["not_equal"].tolist() == [[True, True, False]]


class TestValues:
    def test_a_value_has_shape_dtype_array_and_summary(self):
        value = run_of(branching(), ROWS).value("inner:2/relu")

        assert (value.shape, value.dtype, value.name) == ((5, 4), "float32", value.path)
        assert value.summary.min == value.array.min() == 0

    def test_arrays_cannot_be_written_to(self):
        run = run_of(branching(), ROWS)

        for array in (run["sum"], run["x"], run.outputs):
            with pytest.raises(ValueError, match="read-only"):
                array += 1

    def test_inputs_and_outputs_are_there_by_name(self):
        run = run_of(two_inputs(), [numbers(2, 3), numbers(2, 3), numbers(2, 2)])

        assert [value.shape for value in run.inputs.values()] == [
            (2, 3),
            (2, 3),
            (2, 2),
        ]
        assert [value.path for value in run.output_values.values()] == ["end"]
        assert run.outputs.shape == (2, 8)

    def test_several_outputs_of_a_call_have_numbers(self):
        x = keras.Input((5, 4), name="x")
        model = keras.Model(x, layers.LSTM(3, return_state=True, name="lstm")(x))

        run = run_of(model, numbers(2, 5, 4))

        assert [run.value("lstm", k).shape for k in range(3)] == [(2, 3)] * 3
        assert run.value("lstm", 2).name == "lstm[2]"
        assert isinstance(run.outputs, (list, tuple))
        with pytest.raises(WrongValueError, match="from 0 to 2"):
            run.value("lstm", 3)

    def test_an_unknown_path_is_told_with_close_ones(self):
        run = run_of(branching(), ROWS)

        with pytest.raises(WrongValueError, match=r"'inner/dens',(?s:.*)'inner/dense'"):
            _ = run["inner/dens"]


class TestMemory:
    def test_what_does_not_fit_is_told_at_once_and_computed_again(self):
        model, whole = branching(), run_of(branching(), ROWS)
        model.set_weights(branching().get_weights())
        whole = run_of(model, ROWS, training=True)

        bounded = run_of(model, ROWS, training=True, memory=200)

        assert bounded.value("x").told is None
        assert bounded.value("inner/relu").told is not None
        for step in whole.steps:
            again = bounded.value(step.path)
            assert again.summary.mean == step.outputs[0].summary.mean
            assert (again.array == step.outputs[0].array).all()

    def test_it_is_the_run_as_it_was_also_when_weights_have_changed(self):
        model = branching()
        before = run_of(model, ROWS)["end"].copy()
        bounded = run_of(model, ROWS, memory=0)

        for variable in model.variables:
            variable.assign(variable * 2)

        assert (bounded["end"] == before).all()
        assert not (run_of(model, ROWS)["end"] == before).all()

    def test_a_variable_of_nobody_keeps_its_value_too(self):
        x, own = keras.Input((3,), name="x"), keras.Variable([1.0, 2.0, 3.0])
        run = run_of(keras.Model(x, x * own), np.ones((2, 3)), memory=0)

        own.assign([0.0, 0.0, 0.0])

        assert run["multiply"].tolist() == [[1, 2, 3]] * 2

    def test_gradients_come_again_too(self):
        model, targets = branching(), numbers(5, 2)
        options = {"targets": targets, "loss": "mse"}
        whole = run_of(model, ROWS, **options).gradients.of_tensors

        bounded = run_of(model, ROWS, **options, memory=0).gradients.of_tensors

        for key, gradient in whole.items():
            assert bounded[key].norm == gradient.norm
            assert (bounded[key].array == gradient.array).all()

    @pytest.mark.parametrize("memory", ["1 GB", None, -1, math.nan])
    def test_memory_is_a_number(self, memory):
        with pytest.raises(TeachkitError, match="number of bytes"):
            run_of(branching(), ROWS, memory=memory)


class TestWithout:
    def test_an_edge_is_cut_and_the_rest_of_its_source_is_not(self):
        model = branching(deep=False)
        run = run_of(model, ROWS)

        change = run.without("x->sum")

        assert (change.after["sum"] == run["inner"]).all()
        assert change.title == "without x->sum"
        assert change.outputs_moved
        assert {moved.path for moved in change.moved} == {"sum", "end"}

    def test_what_is_read_then_is_zero(self):
        change = run_of(branching(), ROWS).without("x->sum")

        (step,) = (one for one in change.after.steps if one.path == "sum")

        assert [not value.array.any() for _, value in step.inputs] == [False, True]

    @pytest.mark.parametrize("edge", ["inner:2/i->inner:2/skip", "inner:2/i->skip"])
    def test_an_edge_inside_one_call_of_a_nested_model(self, edge):
        run = run_of(branching(), ROWS)

        change = run.without(edge)

        assert (change.after["inner:2/skip"] == run["inner:2/relu"]).all()
        assert (change.after["inner/skip"] == run["inner/skip"]).all()

    def test_one_port_of_two_that_read_the_same(self):
        x = keras.Input((3,), name="x")
        model = keras.Model(x, layers.Concatenate(name="join")([x, x]))
        rows = numbers(2, 3)

        run = run_of(model, rows)

        one = run.without("x->join:inputs[1]").after.outputs
        assert (one == np.concatenate([rows, rows * 0], 1)).all()
        assert not run.without("x->join").after.outputs.any()

    def test_a_call_gives_zero_wherever_it_is_read(self):
        change = run_of(branching(), ROWS).without("inner")

        assert not change.after["inner"].any()
        assert (change.after["sum"] == ROWS).all()

    def test_cutting_what_does_not_matter_moves_nothing(self):
        x = keras.Input((3,), name="x")
        model = keras.Model(
            x, layers.Add(name="sum")([x, 0 * layers.ReLU(name="r")(x)])
        )

        change = run_of(model, numbers(2, 3)).without("x->r")

        assert not change.outputs_moved
        assert "sum" not in {moved.path for moved in change.moved}

    @pytest.mark.parametrize("text", ["x->end", "nobody->sum", "sum->", "inner/i->sum"])
    def test_an_unknown_edge_is_told_with_close_ones(self, text):
        with pytest.raises(WrongValueError, match="source->target"):
            run_of(branching(), ROWS).without(text)

    def test_the_gradients_are_computed_again(self):
        run = run_of(branching(), ROWS, targets=numbers(5, 2), loss="mse")

        change = run.without("x->sum")

        assert sum_error(change.after.gradients) < 1e-6
        assert change.after.gradients.total != run.gradients.total


class TestOtherQuestions:
    DATA = (numbers(4, 3), numbers(4, 3, seed=1), numbers(4, 2))

    def test_inputs_are_swapped(self):
        change = run_of(two_inputs(), list(self.DATA)).swap_inputs("a", "b")

        wanted = two_inputs()([self.DATA[1], self.DATA[0], self.DATA[2]])
        assert largest_difference(change.after.outputs, wanted) == 0
        assert change.title == "a and b swapped"

    @pytest.mark.parametrize(
        ("names", "words"), [(("a", "c"), "of the same shape"), (("a", "d"), "'d'")]
    )
    def test_inputs_that_cannot_be_swapped_are_refused(self, names, words):
        with pytest.raises(WrongValueError, match=words):
            run_of(two_inputs(), list(self.DATA)).swap_inputs(*names)

    def test_samples_are_shuffled_the_same_way_each_time(self):
        run = run_of(two_inputs(), list(self.DATA))

        one, again = (run.shuffle("b", seed=3) for _ in range(2))

        assert (one.after["b"] == again.after["b"]).all()
        assert sorted(one.after["b"].tolist()) == sorted(run["b"].tolist())
        assert not (one.after["b"] == run["b"]).all()
        assert {moved.path for moved in one.moved} == {"b", "multiply", "end"}

    def test_one_sample_cannot_be_shuffled(self):
        with pytest.raises(WrongValueError, match="several samples of input 'x'"):
            run_of(branching(), ROWS[:1]).shuffle("x")

    def test_numbers_are_replaced(self):
        change = run_of(branching(deep=False), ROWS).replace("sum", np.ones((5, 4)))

        assert (change.after["sum"] == 1).all()
        assert (np.ptp(change.after.outputs, axis=0) == 0).all()

    def test_numbers_of_another_shape_are_refused(self):
        with pytest.raises(WrongValueError, match=r"shape \(5, 4\) for 'sum'"):
            run_of(branching(), ROWS).replace("sum", np.ones((5, 3)))

    def test_how_far_tensors_moved(self):
        x = keras.Input((2,), name="x")
        model = keras.Model(x, layers.ReLU(name="relu")(x))
        run = run_of(model, np.array([[3.0, 4.0]]))

        change = run.replace("x", [[3.0, 14.0]])

        (moved,) = change.outputs
        assert (moved.path, moved.difference, moved.relative) == ("relu", 10, 2)

    def test_a_number_that_became_none_moved_infinitely_far(self):
        run = run_of(branching(), ROWS)

        change = run.replace("x", np.full((5, 4), np.nan))

        assert change.outputs[0].difference == math.inf

    def test_a_change_can_be_asked_again(self):
        run = run_of(branching(), ROWS)

        change = run.without("x->sum").after.replace("x", ROWS)

        assert not change.moved


class TestPublicFunction:
    def test_it_gives_the_values_of_a_model(self):
        model = branching()

        found = tk.trace(model, ROWS, targets=numbers(5, 2), loss="mse")

        assert largest_difference(found.outputs, model(ROWS)) == 0
        assert found["inner:2/relu"].shape == (5, 4)
        assert sum_error(found.gradients) < 1e-6

    def test_a_graph_has_no_numbers(self):
        with pytest.raises(TeachkitError, match="which is plain data"):
            tk.trace(tk.read(branching()), ROWS)

    def test_training_is_true_false_or_left_out(self):
        with pytest.raises(TeachkitError, match="training='yes'"):
            tk.trace(branching(), ROWS, training="yes")


class TestWrongQuestions:
    @pytest.mark.parametrize(
        ("ask", "words"),
        [
            (lambda run: run[3], "the path of a call as text"),
            (lambda run: run.value(["end"]), "the path of a call as text"),
            (lambda run: run.value("end", "a"), "index='a'"),
            (lambda run: run.without(None), "a tensor as text"),
            (lambda run: run.shuffle("x", seed="a"), "seed='a'"),
            (lambda run: run.shuffle("x", seed=-1), "seed=-1"),
            (lambda run: run.shuffle(["x"]), "the name of an input as text"),
            (lambda run: run.swap_inputs(3, "x"), "the name of an input as text"),
            (lambda run: run.replace("end", [[1], [1, 2]]), "different lengths"),
            (lambda run: run.replace("end", np.full((5, 2), "a")), "dtype <U1"),
            (lambda run: run.replace("end", np.full((5, 2), 1j)), "imaginary part"),
            (lambda run: run.replace("end", [[None, 1]] * 5), "such as None"),
        ],
    )
    def test_they_are_refused_with_words(self, ask, words):
        with pytest.raises(TeachkitError, match=words):
            ask(run_of(branching(), ROWS))

    @pytest.mark.parametrize(
        ("array", "words"), [([[1.7, 2]], "such as 1.7"), ([[1, 2**40]], "the number")]
    )
    def test_whole_numbers_stay_whole(self, array, words):
        x = keras.Input((2,), dtype="int32", name="x")
        run = run_of(keras.Model(x, layers.Embedding(5, 3)(x)), [[1, 2]])

        with pytest.raises(TeachkitError, match=words):
            run.replace("x", array)

        assert run.replace("x", [[1.0, 3.0]]).after["x"].tolist() == [[1, 3]]


class TestArrowsInNames:
    def model(self):
        x = keras.Input((3,), name="x")
        arrow = layers.ReLU(name="a->b")(layers.Dense(3, name="d")(x))
        return keras.Model(x, layers.Dense(2, name="e")(arrow))

    @pytest.mark.parametrize(
        ("tensor", "moved"),
        [("a->b", ["a->b", "e"]), ("a->b->e", ["e"]), ("d->a->b", ["a->b", "e"])],
    )
    def test_they_are_found(self, tensor, moved):
        run = run_of(self.model(), np.abs(numbers(2, 3)) + 1).replace("d", ROWS[:2, :3])

        change = run.after.without(tensor)

        assert [one.path for one in change.moved] == moved


class TestChanges:
    def test_what_moved_stands_in_the_order_of_the_steps(self):
        x = keras.Input((4,), name="x")
        slow = layers.Dense(4, name="b")(layers.Dense(4, name="a")(x))
        model = keras.Model(
            x, [layers.Dense(4, name="quick")(x), layers.Dense(4, name="c")(slow)]
        )
        run = run_of(model, ROWS)

        change = run.replace("x", ROWS + 1)

        assert [one.path for one in change.moved] == [one.path for one in run.steps]

    def test_the_penalty_is_that_of_the_numbers_put_in(self):
        x = keras.Input((4,), name="x")
        penalty = keras.regularizers.L1(0.1)
        model = keras.Model(
            x, layers.Dense(3, activity_regularizer=penalty, name="d")(x)
        )
        run = run_of(model, ROWS, targets=numbers(5, 3), loss="mse")

        change = run.replace("d", run["d"] * 100)

        before, after = run.gradients.losses[-1], change.after.gradients.losses[-1]
        assert after.value == pytest.approx(100 * before.value, rel=1e-5)
        assert sum_error(change.after.gradients) < 1e-6

    def test_a_loss_of_a_layer_that_saw_other_numbers_is_told(self):
        x = keras.Input((4,), name="x")
        model = keras.Model(x, Charging(name="charging")(x))
        run = run_of(model, ROWS, targets=ROWS, loss="mse")

        change = run.without("charging")

        assert "'charging' adds a loss by itself" in change.after.notes[0]


class Charging(layers.Layer):
    """Adds a loss of what it reads."""

    def call(self, x):
        self.add_loss(keras.ops.sum(x))
        return x * 2


def test_targets_that_are_none_are_noted():
    run = run_of(branching(), ROWS, targets=np.full((5, 2), np.nan), loss="mse")

    assert "The target of 'end' has 10 of 10 numbers" in run.notes[0]
