from __future__ import annotations

import json
import re
from dataclasses import replace

import keras
import numpy as np
import pytest
from keras import layers, ops

from teachkit.keras_runner.tracer import Tracer
from teachkit.views.trace.player import parts as player_parts
from teachkit.views.trace.player.data import player_data
from tests.keras_runner.tracing import numbers, run_of
from tests.traces.test_edges import RUNNABLE, nested, summed_run, zoo_run
from tests.views.trace import runs
from tests.views.trace.test_trace_view import tree


def words(step, pieces=None):
    """Return the text of a step, its pieces too if they are given."""
    html = step["html"]
    if pieces is not None:
        html = filled(html, pieces)
    return re.sub(r"\s+", " ", " ".join(whole(html).itertext()))


def whole(html):
    return tree(f"<div>{html}</div>")


def filled(html, pieces):
    return re.sub(
        r'<div data-piece="(\d+)"></div>', lambda found: pieces[found[1]], html
    )


def step_of(data, path, way="backward"):
    (step,) = (one for one in data[way] if one["path"] == path)
    return step


def rows(step):
    """Return the cells of the tables of a step."""
    return [
        ["".join(cell.itertext()) for cell in row]
        for row in whole(step["html"]).iter("tr")
    ]


def ones(model, count=2):
    return player_data(summed_run(model, np.ones((1, count), "float32")))


def three_readers():
    x = keras.Input((2,), name="x")
    h = layers.ReLU(name="h")(x)
    ends = [2 * h, 3 * h, ops.negative(h)]
    return keras.Model(x, layers.Add(name="sum")(ends), name="fork")


class TestForward:
    def test_titles_are_sentences(self):
        data = player_data(run_of(nested(), numbers(3, 2)))

        assert [step["title"] for step in data["forward"]][:5] == [
            "Step 1 of 10 – x is an input of shape (3, 2)",
            "Step 2 of 10 – inner (Functional) reads x (3, 2) and returns (3, 2) and "
            "(3, 2): its own steps follow",
            "Step 3 of 10 – inner/i takes (3, 2), which inner was given",
            "Step 4 of 10 – inner/h (Rescaling) reads inner/i (3, 2) and returns "
            "(3, 2)",
            "Step 5 of 10 – inner/five (Rescaling) reads inner/h (3, 2) and returns "
            "(3, 2)",
        ]
        assert [step["depth"] for step in data["forward"]][:4] == [0, 0, 1, 1]
        assert data["backward"] == []

    def test_many_tensors_are_counted(self):
        data = player_data(run_of(nested(), numbers(3, 2)))

        assert data["forward"][-1]["title"] == (
            "Step 10 of 10 – sum (Add) reads four tensors and returns (3, 2)"
        )

    def test_edges_have_the_names_of_the_view(self):
        data = player_data(run_of(nested(), numbers(3, 2)))

        five = step_of(data, "inner:2/five", "forward")
        assert five["reads"] == ["inner:2/h->inner:2/five:inputs"]
        assert step_of(data, "inner:2", "forward")["reads"] == ["inner->inner:2:inputs"]
        assert step_of(data, "x", "forward")["gives"] == [
            "x->inner:inputs",
            "x->sum:inputs[3]",
        ]

    def test_few_numbers_are_written_out_and_many_drawn(self):
        data = player_data(runs.mlp())
        image = player_data(runs.image())

        hidden = step_of(data, "hidden", "forward")
        assert "0.5" in words(hidden, data["pieces"])
        assert "Reads x (2, 2) as inputs" in words(hidden)
        conv = filled(step_of(image, "conv", "forward")["html"], image["pieces"])
        assert conv.count("<img") == 2, "what it reads and what it returns"
        assert 'alt="heat map of conv"' in conv

    def test_what_one_call_returns_and_another_reads_travels_once(self):
        data = player_data(runs.mlp())

        assert len(data["pieces"]) == 3

    def test_zeros_in_the_place_of_a_tensor_are_told(self):
        run = run_of(three_readers(), numbers(1, 2)).without("h->negative").after

        step = step_of(player_data(run), "negative", "forward")
        assert "reads zeros (1, 2)" in step["title"]
        assert "put in the place" in words(step)

    def test_a_name_cannot_break_out(self):
        x = keras.Input((2,), name="x")
        end = layers.ReLU(name="<b>&")(x)

        data = player_data(run_of(keras.Model(x, end), numbers(1, 2)))

        assert "<b>" in data["forward"][1]["title"], "it is no HTML"
        assert "<b>" not in data["forward"][1]["html"] + str(data["pieces"])


class TestBackward:
    def test_it_begins_with_the_loss(self):
        x = keras.Input((2,), name="x")
        ends = {name: layers.Dense(1, name=name)(x) for name in ("kind", "size")}
        model = keras.Model(x, ends, name="two")
        model.compile(loss="mse", loss_weights={"kind": 1.0, "size": 0.5})
        targets = {"kind": numbers(3, 1), "size": numbers(3, 1, seed=1)}
        run = run_of(model, numbers(3, 2), targets=targets)

        loss = player_data(run)["backward"][0]

        first, second = run.gradients.losses
        total = first.value + second.value / 2
        assert loss["title"] == f"Step 1 of 4 backwards – the loss is {total:.3g}"
        assert (loss["path"], loss["ends"]) == ("", ["kind", "size"])
        assert rows(loss)[2] == [
            "size",
            f"{second.value:.3g}",
            "0.5",
            f"{second.value / 2:.3g}",
        ]

    def test_calls_come_in_reverse_and_a_nested_model_before_its_inside(self):
        data = ones(nested())

        assert [step["path"] for step in data["backward"]] == [
            "",
            "sum",
            "inner:2",
            "inner:2/five",
            "inner:2/h",
            "inner:2/i",
            "inner",
            "inner/five",
            "inner/h",
            "inner/i",
            "x",
        ]
        assert [step["number"] for step in data["backward"]] == list(range(1, 12))

    def test_edges_are_those_of_the_walk_backwards(self):
        step = step_of(ones(three_readers()), "h")

        assert step["reads"] == [
            "h->multiply:x2",
            "h->multiply_1:x2",
            "h->negative:x",
        ]
        assert step["gives"] == ["x->h:inputs"]

    def test_three_readers_add_up(self):
        step = step_of(ones(three_readers()), "h")

        assert "Three calls read this tensor; their gradients add" in words(step)
        assert (
            "Lengths: 2.83 from multiply, 4.24 from multiply_1 and 1.41 from negative; "
            "of their sum 5.66."
        ) in words(step)
        head, first, _ = rows(step)[:3]
        assert head[1:] == [
            "from multiply",
            "from multiply_1",
            "from negative",
            "sum",
        ]
        assert first == ["[0, 0]", "2", "3", "-1", "4"]

    def test_a_call_that_reads_a_tensor_twice_sends_two_gradients(self):
        x = keras.Input((2,), name="x")
        model = keras.Model(x, layers.Multiply(name="square")([x, x]))

        data = player_data(summed_run(model, np.full((1, 2), 3, "float32")))

        x = step_of(data, "x")
        assert "'square' reads this tensor twice" in words(x)
        assert rows(x)[0] == [
            "number",
            "from square as [0]",
            "from square as [1]",
            "sum",
        ]
        assert rows(x)[1] == ["[0, 0]", "3", "3", "6"]
        sent = "Sends a gradient of length 4.24 back to x, one of 2 that add up there."
        assert words(step_of(data, "square")).count(sent) == 2

    def test_a_fork_inside_names_the_outside(self):
        data = ones(nested())

        found = words(step_of(data, "inner/h"))
        assert "read in two places" in found
        assert "from inner/five and 1.41 from whoever reads inner" in found
        assert "nothing from inner:2/five" in words(step_of(data, "inner:2/h"))

    def test_an_output_that_is_read_on_names_its_loss(self):
        x = keras.Input((2,), name="x")
        early = layers.Rescaling(3.0, name="early")(x)
        late = layers.Rescaling(5.0, name="late")(early)

        data = ones(keras.Model(x, [early, late], name="both"))

        found = words(step_of(data, "early"))
        assert "7.07 from late and 1.41 from the loss of early" in found
        assert "1.41 from the loss of late" in words(step_of(data, "late"))

    def test_what_no_loss_reaches_is_told(self):
        x = keras.Input((2,), name="x")
        lost = layers.Dense(2, name="lost")(x)
        end = layers.Add(name="end")([ops.stop_gradient(lost), x])

        data = ones(keras.Model(x, end))

        step = step_of(data, "lost")
        assert step["title"].endswith("– no gradient comes to lost (Dense)")
        assert "No gradient comes to its output: no loss reaches it." in words(step)
        assert "Sends nothing back to x: no loss reaches it this way." in words(step)
        assert rows(step)[1] == ["lost/kernel", "nothing"]

    def test_why_an_output_has_none_though_its_weights_have_one(self):
        run = runs.twins()
        known = run.gradients.of_tensors
        run.gradients = replace(run.gradients, of_tensors={**known, ("same", 0): None})

        data = player_data(run)

        why = "Keras takes the loss of the numbers before the activation"
        assert why in words(step_of(data, "same"))
        assert why not in " ".join(words(step_of(data, path)) for path in ("a", "b"))

    def test_each_reader_shows_what_it_sends_itself(self):
        data = ones(three_readers())

        sent = [
            filled(step_of(data, path)["html"], data["pieces"]).rpartition("Sends")[2]
            for path in ("multiply", "negative")
        ]
        assert ">2<" in sent[0]
        assert ">-1<" in sent[1]
        assert ">-1<" not in sent[0]

    def test_a_weight_that_is_read_like_a_tensor_is_told_with_weights(self):
        data = player_data(zoo_run("weight_read_directly")())

        text = " ".join(map(words, data["backward"]))
        assert "what it gets is told with weights" in text

    def test_whole_numbers_have_none(self):
        x = keras.Input((3,), dtype="int32", name="words")
        read = layers.Embedding(4, 2, name="read")(x)
        run = summed_run(keras.Model(x, read), np.array([[1, 2, 1]]))

        data = player_data(run)

        why = "numbers of dtype int32 have no gradient"
        assert f"No gradient comes to it: {why}." in words(step_of(data, "words"))
        assert f"Sends nothing back to words: {why}." in words(step_of(data, "read"))

    def test_a_regularizer_of_activity_is_named(self):
        x = keras.Input((2,), name="x")
        h = layers.ReLU(activity_regularizer="l1", name="h")(x)

        data = ones(keras.Model(x, layers.Rescaling(2.0, name="end")(h)))

        assert "from its own regularizer" in words(step_of(data, "h"))


class TestWeights:
    def three_calls(self, **options):
        x = keras.Input((1,), name="x")
        shared = layers.Dense(
            1, use_bias=False, kernel_initializer="ones", name="shared", **options
        )
        model = keras.Model(x, shared(shared(shared(x))))
        return player_data(summed_run(model, np.full((1, 1), 2, "float32")))

    def test_a_layer_called_three_times_adds_up_step_by_step(self):
        data = self.three_calls()

        found = [rows(step_of(data, path)) for path in ("shared:3", "shared:2")]
        found.append(rows(step_of(data, "shared")))
        assert found[0][0] == [
            "weight",
            "this call",
            "calls so far",
            "sum so far",
            "total",
        ]
        assert [table[1] for table in found] == [
            ["shared/kernel", "2", "1 of 3", "2", "6"],
            ["shared/kernel", "2", "2 of 3", "4", "6"],
            ["shared/kernel", "2", "3 of 3", "6", "6"],
        ]
        sentence = "Three calls share the weights of shared:2; their gradients add"
        assert sentence in words(step_of(data, "shared:2"))

    def test_a_regularizer_is_in_the_sum_from_the_beginning(self):
        data = self.three_calls(kernel_regularizer=keras.regularizers.L1(0.5))

        assert rows(step_of(data, "shared:3"))[1] == [
            "shared/kernel",
            "2",
            "1 of 3 + regularizer",
            "2.5",
            "6.5",
        ]

    def test_a_weight_of_one_call_has_a_length_and_its_numbers(self):
        x = keras.Input((2,), name="x")
        model = keras.Model(x, layers.Dense(1, name="end")(x))

        step = step_of(ones(model), "end")

        assert rows(step)[:3] == [
            ["weight", "gradient, length"],
            ["end/kernel", "1.41"],
            ["end/bias", "1"],
        ]
        assert rows(step)[3:5] == [["row 0", "1"], ["row 1", "1"]]


class TestLimits:
    def test_without_room_there_are_words_and_a_note(self, monkeypatch):
        monkeypatch.setattr(player_parts, "MOST_FOR_PIECES", 100)
        monkeypatch.setattr(player_parts, "LEAST_FOR_PIECES", 100)

        data = player_data(runs.image())

        assert data["pieces"] == {}
        assert "Mean 1, std" in words(step_of(data, "pixels", "forward"))
        assert "trace.figure(call='path')" in data["notes"][-1]

    def test_the_last_steps_of_a_long_run_have_titles_only(self, monkeypatch):
        monkeypatch.setattr("teachkit.views.trace.player.data.MOST_STEPS", 10)

        data = player_data(runs.chain(12))

        assert [bool(step["html"]) for step in data["forward"]] == [True] * 10 + [
            False
        ] * 2
        assert "titles only" in data["notes"][-1]

    def test_both_directions_keep_their_first_steps(self, monkeypatch):
        monkeypatch.setattr("teachkit.views.trace.player.data.MOST_STEPS", 4)

        data = ones(three_readers())

        for way in ("forward", "backward"):
            kept = [bool(step["html"]) for step in data[way]]
            assert kept == [True] * 2 + [False] * (len(kept) - 2)

    def test_all_of_a_long_run_is_below_the_limit(self):
        data = player_data(runs.chain(300))

        html = sum(len(step["html"]) for step in data["forward"])
        assert html + sum(map(len, data["pieces"].values())) < 600_000
        assert data["pieces"]
        assert all(step["html"] for step in data["forward"])

    def test_nothing_is_run_again_for_a_picture(self, monkeypatch):
        def again(*_):
            raise AssertionError

        monkeypatch.setattr(Tracer, "values_from", again)
        monkeypatch.setattr(Tracer, "gradients_from", again)
        run = summed_run(three_readers(), np.ones((1, 2), "float32"), memory=0)

        data = player_data(run)

        assert data["pieces"] == {}
        assert "Mean 1, std 0" in words(step_of(data, "h", "forward"))
        assert "of their sum 5.66" in words(step_of(data, "h"))


@pytest.mark.parametrize("name", RUNNABLE)
def test_every_model_of_the_zoo(name):
    run = zoo_run(name)()

    data = player_data(run)

    assert json.loads(json.dumps(data)) == data
    assert len(data["forward"]) == len(run.steps)
    assert len(data["backward"]) == len(run.steps) + 1
    for step in (*data["forward"], *data["backward"]):
        html = filled(step["html"], data["pieces"])
        whole(html)
        assert not re.search("<h[1-6]", html)
        assert html.count("<img") == html.count('alt="heat map of')
        assert set(step) - {"ends"} == {
            "path",
            "number",
            "title",
            "depth",
            "reads",
            "gives",
            "html",
        }


def test_two_runs_give_the_same_data():
    make = zoo_run("siamese")

    assert player_data(make()) == player_data(make())
