"""A function that builds models is played: what is shown, and what is left alone."""

from __future__ import annotations

import gc
import random
import sys

import keras
import numpy as np
import pytest
from ipywidgets import IntSlider
from keras import layers

import teachkit as tk
from teachkit.errors import ModelError, TeachkitError, WrongValueError
from tests.graphs import HOSTILE


def chain(units=8, depth=2, activation="relu", skip=False):
    """Return a chain of Dense layers, perhaps with a way around each of them."""
    x = inputs = keras.Input((16,), name="measurements")
    for _ in range(depth):
        y = layers.Dense(units, activation=activation)(x)
        x = layers.Add()([x, y]) if skip else y
    return keras.Model(inputs, layers.Dense(3, name="species")(x))


def marks(play):
    data = play.view.content()["marks"]
    return {path: mark["label"] for path, mark in data.items()}


def tips(play):
    return {path: one["tip"] for path, one in play.view.content()["marks"].items()}


@pytest.fixture
def play():
    return tk.play(
        chain,
        units=(8, 128),
        depth=(1, 6),
        activation=["relu", "tanh", None],
        skip=False,
    )


class TestChanges:
    def test_nothing_is_marked_at_first(self, play):
        assert marks(play) == {}
        assert play.facts == "calls 4, parameters 235, MACs 216"

    def test_other_units_are_marked_with_what_follows(self, play):
        play.set(units=16)
        assert marks(play) == {
            "dense": "units",
            "dense_1": "units",
            "species": "parameters",
        }
        assert tips(play)["dense"] == (
            "'dense': units 8 → 16; shape (None, 8) → (None, 16); parameters 136 → 272"
        )
        assert "Changed: units 8 → 16 in 'dense' and 'dense_1'." in play.text

    def test_facts_tell_before_and_after(self, play):
        play.set(units=16)
        assert play.facts == (
            "calls 4, parameters 235 → 595 (× 2.5), MACs 216 → 560 (× 2.6)"
        )

    def test_exactly_the_layer_that_is_new_is_marked(self, play):
        play.set(units=16)
        play.set(depth=3)
        assert marks(play) == {"dense_2": "new"}
        assert "New: 'dense_2' (Dense)." in play.text

    def test_a_layer_that_is_gone_is_told(self, play):
        play.set(depth=1)
        assert "Gone: 'dense_1' (Dense)." in play.text
        assert "new" not in marks(play).values()

    def test_ways_around_are_new_and_nothing_else_is(self, play):
        play.set(units=16)
        play.set(skip=True)
        assert marks(play) == {"add": "new", "add_1": "new"}

    def test_the_same_settings_again_clear_the_marks(self, play):
        play.set(units=16)
        play.set(units=16)
        assert marks(play) == {}
        assert play.facts == "calls 4, parameters 595, MACs 560"
        assert "Changed" not in play.text

    def test_automatic_names_that_move_on_are_no_change(self):
        def build(depth=1):
            x = inputs = keras.Input((8,), name="x")
            for _ in range(depth):
                x = layers.Dense(8)(x)
            return keras.Model(inputs, layers.Dense(2)(x))

        play = tk.play(build, depth=(1, 4))
        play.set(depth=2)
        assert marks(play) == {"dense_1": "new"}
        assert "'dense_1' is now 'dense_2'" in play.text

    def test_other_wires_between_the_same_calls(self):
        def build(swap=False):
            a, b = keras.Input((4,), name="a"), keras.Input((4,), name="b")
            pair = [layers.Dense(4, name=name)(x) for name, x in (("f", a), ("g", b))]
            first, second = pair[::-1] if swap else pair
            out = layers.Dense(2, name="out")(first)
            return keras.Model([a, b], [out, layers.ReLU(name="end")(second)])

        play = tk.play(build, swap=False)
        play.set(swap=True)
        assert marks(play) == {"out": "reads", "end": "reads"}
        assert tips(play)["out"] == "'out': it reads 'g' now"

    def test_a_shared_layer_is_marked_at_each_call(self):
        def build(units=4):
            a, b = keras.Input((4,), name="a"), keras.Input((4,), name="b")
            encoder = layers.Dense(units, name="encoder")
            joined = layers.Add(name="sum")([encoder(a), encoder(b)])
            return keras.Model([a, b], joined)

        play = tk.play(build, units=(4, 8))
        play.set(units=5)
        assert marks(play) == {
            "encoder": "units",
            "encoder:2": "units",
            "sum": "shape",
        }

    def test_what_changes_inside_a_nested_model_is_marked_on_it_too(self):
        def build(activation="relu"):
            inner = keras.Input((4,), name="i")
            dense = layers.Dense(4, activation=activation, name="d")
            encoder = keras.Model(inner, dense(inner), name="encoder")
            x = keras.Input((4,), name="x")
            return keras.Model(x, encoder(x))

        play = tk.play(build, activation=["relu", "tanh"])
        play.set(activation="tanh")
        assert marks(play) == {"encoder": "inside", "encoder/d": "activation"}

    def test_another_type_of_layer(self):
        def build(cell=layers.LSTM):
            x = keras.Input((None, 3), name="x")
            return keras.Model(x, cell(4, name="cell")(x))

        play = tk.play(build, cell=[layers.LSTM, layers.GRU])
        assert [one[0] for one in play.controls["cell"].options] == ["LSTM", "GRU"]
        play.set(cell=layers.GRU)
        assert marks(play)["cell"] in {"new", "type"}

    def test_what_is_selected_stays_selected(self, play):
        play.view.selected = "species"
        play.set(depth=4)
        assert play.view.selected == "species"
        play.view.selected = "dense_3"
        play.set(depth=1)
        assert play.view.selected == ""

    def test_opened_models_stay_open(self):
        def build(units=4):
            inner = keras.Input((4,), name="i")
            encoder = keras.Model(inner, layers.Dense(units)(inner), name="encoder")
            x = keras.Input((4,), name="x")
            return keras.Model(x, encoder(x))

        play = tk.play(build, units=(4, 8))
        play.view.opened = ["encoder"]
        play.set(units=5)
        assert play.view.opened == ["encoder"]


class TestFailingBuilds:
    def test_the_view_says_why_above_the_last_good_model(self, play):
        before = play.view.text
        play.set(skip=True)
        assert play.problem.startswith(
            "With units=8, depth=2, activation='relu', skip=True: ValueError: Inputs "
            "have incompatible shapes. Received shapes (16,) and (8,)"
        )
        assert "layers.Add()([x, y])" in play.problem
        assert "still the model of units=8, depth=2, activation='relu', skip=False" in (
            play.problem
        )
        assert play.view.text == before
        assert play.settings["skip"] is False
        assert play.controls["skip"].value is True

    def test_the_next_good_one_clears_it(self, play):
        play.set(skip=True)
        play.set(units=16)
        assert play.problem == ""
        assert play.settings == {
            "units": 16,
            "depth": 2,
            "activation": "relu",
            "skip": True,
        }

    def test_a_long_message_is_cut(self):
        def build(n=1):
            if n > 1:
                raise KeyError("many words " * 500)
            return chain()

        play = tk.play(build, n=(1, 3))
        play.set(n=2)
        assert "KeyError" in play.problem
        assert len(play.problem) < 800

    def test_an_error_of_teachkit_is_told_as_it_is(self):
        def build(n=1):
            if n > 1:
                raise TeachkitError("one", "two", "take one")
            return chain()

        play = tk.play(build, n=(1, 3))
        play.set(n=2)
        assert "Expected: one.\nFound: two.\nWhat to do: take one." in play.problem

    @pytest.mark.parametrize("value", [None, [1], layers.Dense(2)])
    def test_no_model_at_some_settings(self, value):
        play = tk.play(lambda n=1: chain() if n == 1 else value, n=(1, 3))
        play.set(n=2)
        assert "a function that returns a Keras model" in play.problem

    def test_a_control_that_a_person_moves_does_the_same(self, play):
        play.controls["skip"].value = True
        assert "incompatible shapes" in play.problem
        play.controls["units"].value = 16
        assert play.problem == ""
        assert marks(play)["add"] == "new"

    def test_an_interruption_is_no_problem_of_the_function(self):
        def build(n=1):
            if n == 2:
                raise KeyboardInterrupt
            return chain()

        play = tk.play(build, n=(1, 3))
        with pytest.raises(KeyboardInterrupt):
            play.set(n=2)
        assert play.problem == ""
        play.set(n=3)
        assert play.settings == {"n": 3}

    @pytest.mark.parametrize("text", HOSTILE)
    def test_a_hostile_message(self, text):
        def build(n=1):
            if n == 2:
                raise ValueError(text)
            return chain()

        play = tk.play(build, n=(1, 3))
        play.set(n=2)
        shown = play.problem
        assert "ValueError" in shown
        assert all(c == "\n" or c.isprintable() or ord(c) > 127 for c in shown)
        shown.encode()


class TestAtTheStart:
    def test_a_function_that_fails(self):
        with pytest.raises(ModelError) as caught:
            tk.play(chain, units=(8, 16), skip=True)
        assert "With units=8, skip=True: ValueError: Inputs have" in str(caught.value)
        assert isinstance(caught.value.__cause__, ValueError)

    def test_a_function_that_returns_nothing(self):
        with pytest.raises(ModelError, match="one that returned None"):
            tk.play(lambda n: None, n=(1, 2))

    def test_a_function_that_returns_something_else(self):
        with pytest.raises(ModelError, match="of type KerasTensor"):
            tk.play(lambda n: keras.Input((n,)), n=(1, 2))


class TestWhatIsLeftAlone:
    def test_names_go_on_as_if_nothing_was_built(self, play):
        before = layers.Dense(1).name
        play.set(depth=3)
        _ = play.model
        stem, _, number = before.rpartition("_")
        following = layers.Dense(1).name
        assert following == (f"{stem}_{int(number) + 1}" if stem else "dense_1")

    def test_chance_goes_on_as_if_nothing_was_built(self, play):
        def drawn(act):
            keras.utils.set_random_seed(3)
            keras.random.normal((2,))
            act()
            return (
                random.random(),
                np.random.rand(),
                *keras.ops.convert_to_numpy(keras.random.normal((2,))),
            )

        def rebuild():
            play.set(depth=4)
            assert play.model.weights[0].numpy().any()

        assert drawn(lambda: None) == drawn(rebuild)

    def test_a_function_that_draws_is_put_back_too(self):
        def build(units=4):
            keras.random.normal((units,))
            np.random.rand(), random.random()
            return chain(units)

        keras.utils.set_random_seed(3)
        keras.random.normal((2,))
        expected = [keras.random.normal((2,)).numpy().tolist()]
        keras.utils.set_random_seed(3)
        keras.random.normal((2,))
        play = tk.play(build, units=(4, 8))
        _ = play.model
        assert [keras.random.normal((2,)).numpy().tolist()] == expected

    def test_what_is_printed_does_not_land_in_the_notebook(self, capsys):
        def build(units=4):
            print("<b>units</b>", units)  # noqa: T201 - what is tested
            sys.stderr.write("and a warning\n")
            return chain(units)

        play = tk.play(build, units=(4, 8))
        play.set(units=5)
        assert capsys.readouterr() == ("", "")
        assert play.printed == "<b>units</b> 5\nand a warning"

    def test_a_layer_made_outside_gets_its_numbers(self):
        shared = layers.Dense(4, name="outside")

        def build(depth=1):
            x = inputs = keras.Input((4,), name="x")
            for _ in range(depth):
                x = shared(x)
            return keras.Model(inputs, x)

        play = tk.play(build, depth=(1, 3))
        shared.kernel.assign(np.ones((4, 4)))
        play.set(depth=2)
        assert play.model.layers[1] is shared
        assert (shared.kernel.numpy() == 1.0).all()

    def test_a_layer_made_outside_may_have_an_automatic_name(self):
        keras.utils.clear_session(free_memory=False)
        shared = layers.Dense(4)

        def build(units=4):
            x = keras.Input((4,), name="x")
            return keras.Model(x, layers.Dense(units)(shared(x)))

        play = tk.play(build, units=(4, 8))
        play.set(units=5)
        assert len(play.view.graph.calls) == 3


class TestModel:
    def test_it_can_be_run(self, play):
        play.set(units=16)
        assert play.model(np.ones((2, 16))).shape == (2, 3)
        assert play.model is play.model
        assert play.model.name == play.view.graph.name

    def test_it_is_the_last_good_one(self, play):
        assert play.model.layers[1].units == 8
        play.set(units=16)
        play.set(units=32, skip=True)
        assert play.model.layers[1].units == 16

    def test_it_has_the_names_that_are_drawn(self, play):
        play.set(depth=3)
        ids = [call.id for call in play.view.graph.calls]
        assert [layer.name for layer in play.model.layers] == ids

    def test_a_huge_one_is_drawn_without_numbers(self):
        play = tk.play(lambda units: chain(units, depth=4), units=(8, 9_000))
        play.set(units=9_000)
        assert play.view.graph.params > 240_000_000

    def test_a_function_that_trains_is_built_with_numbers(self):
        def build(units=4):
            model = chain(units)
            model.compile("sgd", "mse")
            model.fit(np.ones((4, 16)), np.ones((4, 3)), epochs=1, verbose=0)
            return model

        play = tk.play(build, units=(4, 8))
        play.set(units=5)
        assert play.facts.startswith("calls 4, parameters 103 → 133")
        assert play.model.optimizer.iterations.numpy() == 1
        # It is not run again, in NumPy, before somebody asks for that.
        assert "tkw-unchecked" in play.view.content()["panels"]["species"]

    def test_weights_that_the_function_sets(self):
        def build(units=4):
            model = chain(units)
            model.layers[-1].set_weights([np.full((units, 3), 2.0), np.zeros(3)])
            return model

        play = tk.play(build, units=(4, 8))
        assert (play.model.layers[-1].kernel.numpy() == 2.0).all()

    def test_a_compiled_model(self):
        def build(units=4):
            model = chain(units)
            model.compile(keras.optimizers.Adam(), "mse")
            return model

        play = tk.play(build, units=(4, 8))
        play.set(units=5)
        assert play.problem == ""
        play.model.fit(np.ones((4, 16)), np.ones((4, 3)), verbose=0)

    def test_a_panel_is_computed_when_it_is_asked_for(self, play):
        assert "tkw-unchecked" in play.view.content()["panels"]["species"]
        assert "tkw-unchecked" not in play.view.panel_of("species")
        assert "NumPy" in play.view.panel_of("species")


class TestWhatIsShown:
    def test_the_bundle_has_a_form_for_each_place(self, play):
        bundle = play._repr_mimebundle_()
        assert set(bundle) == {
            "application/vnd.jupyter.widget-view+json",
            "image/svg+xml",
            "text/plain",
        }
        assert bundle["image/svg+xml"].startswith("<svg")
        assert bundle["text/plain"] == play.text == repr(play)

    def test_the_text_is_the_same_each_time(self):
        texts = []
        for _ in range(2):
            play = tk.play(chain, units=(8, 16), activation=["relu", None])
            play.set(units=9)
            texts.append(play.text)
        assert texts[0] == texts[1]
        assert texts[0].startswith("units=9, activation='relu'\ncalls 4, parameters")

    def test_it_does_not_say_that_the_model_cannot_be_run(self, play):
        assert "dry" not in play.text
        assert "dry" not in play.svg()

    def test_the_box_holds_controls_facts_and_view(self, play):
        controls, facts, view = play.widget.children
        assert [one.description for one in controls.children] == [*play.controls]
        assert facts.content["facts"][1] == {
            "name": "parameters",
            "now": "235",
            "before": "",
            "ratio": "",
        }
        assert view is play.view

    def test_set_with_a_name_that_no_control_has(self, play):
        with pytest.raises(WrongValueError, match="'units', 'depth', 'activation'"):
            play.set(unit=4)

    @pytest.mark.parametrize(
        ("settings", "words"),
        [
            ({"depth": 3, "units": 1000}, "'units': 8 to 128"),
            ({"depth": 3, "units": "many"}, "'units': 8 to 128"),
            ({"depth": 3, "activation": "gelu"}, "'activation': relu, tanh, None"),
        ],
    )
    def test_set_with_a_value_that_the_control_does_not_take(
        self, play, settings, words
    ):
        with pytest.raises(WrongValueError, match=words):
            play.set(**settings)
        assert play.controls["depth"].value == 2
        assert play.settings["depth"] == 2

    def test_a_widget_of_ones_own_is_moved_as_it_is(self):
        slider = IntSlider(8, 8, 32)
        play = tk.play(chain, units=slider)
        assert play.controls["units"] is slider
        slider.value = 9
        assert play.settings == {"units": 9}


class TestControlsThatOutliveAView:
    """A slider made once in a notebook, and the cell with `tk.play` run again."""

    def counting(self):
        seen = []

        def build(units=8, depth=1):
            seen.append((units, depth))
            return chain(units, depth)

        return build, seen

    def test_only_the_newest_view_follows(self):
        slider, (build, seen) = IntSlider(8, 8, 32), self.counting()
        played = [tk.play(build, units=slider, depth=(1, 4)) for _ in range(3)]
        seen.clear()
        slider.value = 9
        assert seen == [(9, 1)]
        assert [one.settings["units"] for one in played] == [8, 8, 9]
        assert "given to tk.play again" in played[0].problem
        assert "still the model of units=8" in played[0].problem
        assert played[2].problem == ""

    def test_a_function_that_the_cell_makes_again(self):
        slider, seen = IntSlider(8, 8, 32), []
        source = "play(lambda units: seen.append(units) or chain(units), units=slider)"
        around = {"play": tk.play, "chain": chain, "seen": seen, "slider": slider}
        played = [eval(source, around) for _ in range(3)]  # noqa: S307 - as a cell is
        seen.clear()
        slider.value = 9
        assert seen == [9]
        assert played[2].settings == {"units": 9}

    def test_two_functions_follow_one_slider(self):
        slider = IntSlider(8, 8, 32)
        pair = [
            tk.play(lambda units, depth=depth: chain(units, depth), units=slider)
            for depth in (1, 3)
        ]
        slider.value = 9
        assert [one.settings for one in pair] == [{"units": 9}] * 2
        assert [len(one.view.graph.calls) for one in pair] == [3, 5]

    def test_a_view_that_nobody_has_is_not_built(self):
        slider, (build, seen) = IntSlider(8, 8, 32), self.counting()
        tk.play(build, units=slider)
        gc.collect()
        seen.clear()
        slider.value = 9
        assert seen == []

    def test_the_drawing_alone_keeps_it_going(self):
        slider = IntSlider(8, 8, 32)
        view = tk.play(chain, units=slider).view
        gc.collect()
        slider.value = 9
        assert view.graph.params == 9 * 17 + 9 * 10 + 10 * 3
