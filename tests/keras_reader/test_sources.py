"""The ends of a model in the author's order and in Keras', and what arrives at them."""

from __future__ import annotations

from collections import OrderedDict

import keras
import pytest
from keras import layers

import teachkit as tk
from teachkit.keras_reader.sources import function_of, is_graph, places_of


@pytest.mark.parametrize(
    ("structure", "paths", "order"),
    [
        ("t", [""], [0]),
        (["t", "t"], ["[0]", "[1]"], [0, 1]),
        ({"b": "t", "a": "t"}, ["['b']", "['a']"], [1, 0]),
        (OrderedDict(b="t", a="t"), ["['b']", "['a']"], [0, 1]),
        (
            ["t", {"z": ("t", "t"), "y": "t"}],
            ["[0]", "[1]['z'][0]", "[1]['z'][1]", "[1]['y']"],
            [0, 2, 3, 1],
        ),
    ],
)
def test_places_have_a_path_and_the_number_that_keras_gives_them(
    structure, paths, order
):
    places = places_of(structure)

    assert [place.path for place in places] == paths
    assert [place.order for place in places] == order


class TestWhatArrives:
    """The shapes inside tell which tensor arrives at which input of a nested model."""

    @pytest.mark.parametrize(
        "name", ["dict_to_dict_model", "dict_to_list_model", "list_to_dict_model"]
    )
    def test_tensors_go_where_keras_sends_them(self, zoo, name):
        inner = zoo[name].graph.call("inner").nested

        assert inner.call("a").outputs[0].shape == (None, 7, 3)
        assert inner.call("b").outputs[0].shape == (None, 5, 2)

    def test_a_dict_finds_a_single_input_by_its_name(self):
        i = keras.Input((None,), name="i")
        inner = keras.Model(i, layers.ReLU(name="relu")(i), name="inner")
        x = keras.Input((3,), name="x")
        graph = tk.read(keras.Model(x, inner({"i": x})))

        assert graph.call("inner/relu").outputs[0].shape == (None, 3)

    def test_a_dict_finds_inputs_by_its_keys_and_not_by_their_names(self):
        a, b = keras.Input((None, 2), name="a"), keras.Input((None, 3), name="b")
        ends = [layers.ReLU(name="relu")(a), layers.Softmax(name="softmax")(b)]
        with pytest.warns(UserWarning, match="must match the names"):
            inner = keras.Model({"b": a, "a": b}, ends, name="inner")
        short, long = (
            keras.Input((5, 2), name="short"),
            keras.Input((7, 3), name="long"),
        )
        graph = tk.read(keras.Model([short, long], inner({"b": short, "a": long})))

        assert graph.call("inner/relu").outputs[0].shape == (None, 5, 2)
        assert graph.call("inner/softmax").outputs[0].shape == (None, 7, 3)

    def test_the_argument_may_be_named(self):
        i = keras.Input((None,), name="i")
        inner = keras.Model(i, layers.ReLU(name="relu")(i), name="inner")
        x = keras.Input((3,), name="x")
        graph = tk.read(keras.Model(x, inner(inputs=x)))

        assert graph.call("inner/relu").outputs[0].shape == (None, 3)

    def test_the_dtype_becomes_that_of_the_input(self, zoo):
        graph = zoo["casting"].graph
        (wire,) = graph.incoming("inner")

        assert (wire.dtype, graph.call("inner/i").outputs[0].dtype) == (
            "int32",
            "float32",
        )

    def test_a_function_casts_nothing(self):
        i = keras.Input((None,), name="i", dtype="float32")
        function = keras.Function(i, keras.ops.abs(i), name="function")
        x = keras.Input((3,), name="x", dtype="int32")
        graph = tk.read(keras.Model(x, function(x)))

        assert graph.call("function/absolute").outputs[0].dtype == "int32"

    @pytest.mark.parametrize("given", [(4, 1), (4,)])
    def test_a_last_axis_of_one_comes_and_goes(self, given):
        own = {(4, 1): (4,), (4,): (4, 1)}[given]
        i = keras.Input(own, name="i")
        inner = keras.Model(i, layers.ReLU(name="relu")(i), name="inner")
        x = keras.Input(given, name="x")
        graph = tk.read(keras.Model(x, inner(x)))

        assert graph.call("inner/relu").outputs[0].shape == (None, *own)


class TestWhatIsAGraph:
    def test_models_and_functions_are(self, zoo):
        for name in ("chain", "sequential", "subclassed", "bare_function"):
            assert is_graph(zoo[name].model)

    def test_layers_are_not(self):
        assert not is_graph(layers.Dense(2))

    def test_keras_has_a_function_of_some(self, zoo):
        known = [
            name for name in ("chain", "sequential") if function_of(zoo[name].model)
        ]

        assert known == ["chain", "sequential"]
        assert function_of(zoo["subclassed"].model) is None
        assert function_of(zoo["unbuilt_sequential"].model) is None


class TestOverriddenCall:
    @pytest.mark.parametrize(
        ("name", "overridden"),
        [
            ("overridden_call", True),
            ("functional_subclass", False),
            ("chain", False),
            ("sequential", False),
            ("bare_function", False),
        ],
    )
    def test_it_is_told(self, zoo, name, overridden):
        graph = zoo[name].graph

        assert graph.overridden_call is overridden
        assert ("overridden-call" in {n.code for n in graph.notices}) is overridden

    def test_the_type_is_that_of_the_class(self, zoo):
        assert zoo["functional_subclass"].graph.type == "Halves"
        assert zoo["chain"].graph.type == "Functional"
        assert zoo["sequential"].graph.type == "Sequential"
