"""One cause, one sentence: as a teacher would say it, with the names of the models."""

from __future__ import annotations

from dataclasses import replace

import keras
import pytest
from keras import layers, ops

from teachkit.comparison.of_pair.pair import compare_pair
from teachkit.graph import Config, TensorSpec
from teachkit.keras_reader import dry, read_model, record_model
from tests.comparison.of_pair.pairs import (
    dense,
    one_input,
    siamese_of_models,
    two_inputs,
)
from tests.graphs import Sketch


def compared(left, right, **more):
    """Compare what two functions build, with Keras' counters at zero."""
    keras.utils.clear_session(free_memory=False)
    models = left(), right()
    return compare_pair(*map(record_model, models), **more)


def told(left, right):
    return [(d.code, d.text) for d in compared(left, right).differences]


def texts(left, right):
    return [text for _, text in told(left, right)]


def unnamed(body, order, count=2):
    """Return a builder of a model whose inputs Keras names, in some order."""

    def build():
        given = [keras.Input((4,)) for _ in range(count)]
        return keras.Model([given[k] for k in order], body(*given), name="model")

    return build


def relu(units, name):
    return layers.Dense(units, activation="relu", name=name)


def gap_of_relus(swap):
    def body(a, b):
        ends = [relu(3, "one")(a), relu(3, "two")(b)]
        return layers.Subtract(name="gap")(ends[::-1] if swap else ends)

    return two_inputs(body)


def test_a_layer_with_an_activation_is_one_box():
    assert texts(gap_of_relus(swap=False), gap_of_relus(swap=True)) == [
        "'gap' reads 'one' and 'two' in this order on the left, and 'two' and 'one' on "
        "the right."
    ]


def test_an_added_call_reads_the_layer_not_its_activation():
    plain = one_input(lambda x: relu(3, "h")(x))
    dropped = one_input(lambda x: layers.Dropout(0.5, name="drop")(relu(3, "h")(x)))
    assert texts(plain, dropped) == [
        "Only the right has 'drop' (Dropout, rate=0.5), which reads 'h'."
    ]


def two_ends(order, *, named=True):
    def body(x):
        names = ("a", "b") if named else (None, None)
        ends = [dense(2, name=names[0])(x), relu(2, names[1])(x)]
        return [ends[k] for k in order]

    return one_input(body)


def test_outputs_in_another_order_are_one_sentence():
    assert told(two_ends((0, 1)), two_ends((1, 0))) == [
        (
            "swapped",
            "The outputs come in another order: 'a', 'b' on the left, 'b', 'a' on the "
            "right.",
        )
    ]


def test_outputs_that_keras_named_are_told_by_their_place():
    assert told(two_ends((0, 1), named=False), two_ends((1, 0), named=False)) == [
        (
            "swapped",
            "The outputs come in another order: the first on the left, 'dense', is the "
            "second on the right, 'dense_2'; the second, 'dense_1', is the first, "
            "'dense_3'.",
        )
    ]


def mixed(a, b):
    return layers.Concatenate()([layers.Dense(3)(a), b])


def test_inputs_in_another_order_are_one_sentence():
    finding = compared(unnamed(mixed, (0, 1)), unnamed(mixed, (1, 0)))
    assert [(d.code, d.text) for d in finding.differences] == [
        (
            "swapped",
            "The inputs are given in another order: the first on the left, "
            "'input_layer', is the second on the right, 'input_layer_2'; the second, "
            "'input_layer_1', is the first, 'input_layer_3'. Feed a list the other way "
            "round and both models compute the same.",
        )
    ]
    assert finding.differences[0].left == ("input_layer", "input_layer_1")
    assert finding.differences[0].right == ("input_layer_2", "input_layer_3")
    assert ("dense", "dense_1") in finding.pairs
    assert not finding.agreement.equal


def test_three_inputs_in_turn():
    def body(a, b, c):
        return layers.Concatenate()([dense(2)(a), b, ops.exp(c)])

    (only,) = told(unnamed(body, (0, 1, 2), 3), unnamed(body, (1, 2, 0), 3))
    assert only[0] == "swapped"
    assert only[1].startswith(
        "The inputs are given in another order: the first on the left, 'input_layer', "
        "is the third on the right, 'input_layer_3'; the second, "
    )
    assert only[1].endswith(
        " Feed a list in that order and both models compute the same."
    )


def test_only_the_inputs_that_matter_are_exchanged():
    def body(a, b, c, d):
        return layers.Concatenate()([a + b, dense(2)(c), ops.exp(d)])

    finding = compared(unnamed(body, (0, 1, 2, 3), 4), unnamed(body, (0, 1, 3, 2), 4))
    (only,) = finding.differences
    assert only.left == ("input_layer_2", "input_layer_3")


def test_inputs_and_outputs_in_another_order_are_two_sentences():
    def body(a, b):
        return [dense(2)(a), dense(3)(b), ops.exp(b)]

    def turned(a, b):
        ends = body(a, b)
        return [ends[1], ends[0], ends[2]]

    found = told(unnamed(body, (0, 1)), unnamed(turned, (1, 0)))
    assert [(code, text[:15]) for code, text in found] == [
        ("swapped", "The inputs are "),
        ("swapped", "The outputs com"),
    ]


def test_inputs_of_a_dict_are_handed_over_by_name():
    def build(**names):
        given = {name: keras.Input((4,), name=name) for name in ("p", "q")}
        end = layers.Subtract()([dense(4)(given[names["a"]]), given[names["b"]]])
        return keras.Model(given, end, name="model")

    (only,) = told(lambda: build(a="p", b="q"), lambda: build(a="q", b="p"))
    assert only[0] == "swapped"
    assert only[1].endswith(
        "Hand the values over the other way round and both models compute the same."
    )


def test_of_many_operands_the_first_one_that_differs_is_told():
    def joined(order):
        def body(x):
            parts = [dense(k + 1, name=f"part_{k}")(x) for k in range(8)]
            return layers.Concatenate(name="all")([parts[k] for k in order])

        return one_input(body)

    assert told(joined(range(8)), joined((0, 1, 2, 3, 4, 5, 7, 6))) == [
        (
            "swapped",
            "'all' reads 8 tensors in another order: the seventh is 'part_6' on the "
            "left and 'part_7' on the right.",
        )
    ]


def test_exchanged_operands_are_not_taken_for_exchanged_inputs():
    def body(a, b):
        return layers.Subtract(name="gap")([a, b])

    def turned(a, b):
        return layers.Subtract(name="gap")([b, a])

    (only,) = texts(unnamed(body, (0, 1)), unnamed(turned, (0, 1)))
    assert only.startswith("'gap' reads 'input_layer' and 'input_layer_1' in this")


OPERANDS = {
    "power": (
        lambda x: x**2.0,
        lambda x: 2.0**x,
        "swapped",
        "'power' ('power_1' on the right) computes 'x' ** 2 on the left and 2 ** 'x' "
        "on the right.",
    ),
    "minus": (
        lambda x: x - 1.0,
        lambda x: 1.0 - x,
        "swapped",
        "'subtract' ('subtract_1' on the right) computes 'x' - 1 on the left and 1 - "
        "'x' on the right.",
    ),
    "another number": (
        lambda x: x - 1.0,
        lambda x: x - 2.0,
        "changed",
        "'subtract' ('subtract_1' on the right) computes 'x' - 1 on the left and 'x' - "
        "2 on the right.",
    ),
    "both": (
        lambda x: x / 3.0,
        lambda x: 2.0 / x,
        "changed",
        "computes 'x' / 3 on the left and 2 / 'x' on the right.",
    ),
    "without a sign": (
        lambda x: ops.arctan2(x, 2.0),
        lambda x: ops.arctan2(2.0, x),
        "swapped",
        "computes arctan2('x', 2) on the left and arctan2(2, 'x') on the right.",
    ),
}


@pytest.mark.parametrize("name", OPERANDS)
def test_operands_are_shown_with_their_values(name):
    left, right, code, words = OPERANDS[name]
    (only,) = told(one_input(left), one_input(right))
    assert only[0] == code
    assert only[1].endswith(words)


def look(**more):
    return one_input(lambda x: layers.Conv2D(3, **more, name="look")(x), (6, 6, 2))


def test_tuples_are_written_as_python_writes_them():
    assert texts(look(kernel_size=2), look(kernel_size=3)) == [
        "'look' has a kernel of (2, 2) on the left and (3, 3) on the right."
    ]
    assert texts(look(kernel_size=2), look(kernel_size=2, strides=2)) == [
        "'look' has strides=(1, 1) on the left and strides=(2, 2) on the right."
    ]
    one, other = (
        one_input(lambda x, n=n: layers.Conv1D(3, n, name="look")(x), (6, 2))
        for n in (2, 3)
    )
    assert texts(one, other) == [
        "'look' has a kernel of (2,) on the left and (3,) on the right."
    ]


def with_input(shape):
    sketch = Sketch()
    sketch.output(sketch.layer("h", [sketch.input("x")], params=20))
    graph = sketch.graph()
    given = replace(graph.calls[0], outputs=(TensorSpec(shape, "float32"),))
    return replace(graph, calls=(given, *graph.calls[1:]))


def test_an_unknown_shape_is_said_in_words():
    finding = compare_pair(with_input(None), with_input((None, 4)))
    assert (
        "The input 'x' has an unknown shape on the left and (None, 4) on the right."
        in [one.text for one in finding.differences]
    )


def scores():
    x = keras.Input((8,), name="inputs")
    score = layers.Dense(1, activation="sigmoid", name="score")
    return keras.Model(x, score(relu(64, "hidden")(x)), name="mlp")


def scores_with_skip():
    x = keras.Input((8,), name="inputs")
    hidden = relu(64, "hidden")(x)
    total = layers.Add(name="sum")([hidden, dense(64, name="second")(hidden)])
    return keras.Model(x, dense(1)(total), name="deeper")


def test_a_layer_with_the_same_settings_and_role_is_the_same_layer():
    finding = compared(scores, scores_with_skip)
    assert [one.text for one in finding.differences] == [
        "'score' ('dense' on the right) has the activation 'sigmoid' on the left, and "
        "none on the right.",
        "Only the right has 'second' (Dense, units=64), which reads 'hidden'.",
        "Only the right has 'sum' (Add), which reads 'hidden' and 'second'.",
    ]
    assert finding.differences[0].left == ("score",)
    assert finding.differences[0].right == ("dense",)


def chain_of(*units):
    def body(x):
        for number in units:
            x = dense(number)(x)
        return x

    return one_input(body)


def test_a_layer_inserted_in_a_chain_that_keras_named():
    assert texts(chain_of(64, 32, 1), chain_of(64, 16, 32, 1)) == [
        "Only the right has 'dense_4' (Dense, units=16), which reads 'dense_3'."
    ]


def test_layers_of_a_chain_of_which_all_are_smaller_stay_in_their_places():
    assert texts(chain_of(64, 32, 1), chain_of(32, 16, 1)) == [
        "'dense' ('dense_3' on the right) has 64 units on the left and 32 on the "
        "right.",
        "'dense_1' ('dense_4' on the right) has 32 units on the left and 16 on the "
        "right.",
    ]


def test_another_name_is_told_with_what_it_names():
    def named(x, end, wide=4):
        def build():
            given = keras.Input((4,), name=x)
            return keras.Model(given, dense(wide, name=end)(given), name="model")

        return build

    finding = compared(named("a", "end"), named("b", "end"))
    assert finding.disguises == ("The input 'a' is called 'b' on the right.",)
    finding = compared(named("a", "cube"), named("a", "power"))
    assert finding.disguises == ("'cube' is called 'power' on the right.",)
    finding = compared(named("a", "cube"), named("b", "power"))
    assert finding.disguises == (
        "2 calls have other names on the right: the input 'a' is called 'b' and 'cube' "
        "is called 'power'.",
    )


def pair_of_encoders(name, *names):
    def build():
        left, right = keras.Input((4,), name="left"), keras.Input((4,), name="right")
        encoders = []
        for encoder in names:
            i = keras.Input((4,), name="i")
            h = layers.ReLU(name="act")(layers.Dense(7, name="wide")(i))
            encoders.append(keras.Model(i, h, name=encoder))
        gap = layers.Subtract(name="gap")([encoders[0](left), encoders[-1](right)])
        return keras.Model([left, right], gap, name=name)

    return build


def test_a_shared_model_is_told_once_with_the_names_of_both_models():
    twins = pair_of_encoders("twins", "encoder")
    towers = pair_of_encoders("two_towers", "encoder", "encoder_2")
    finding = compared(twins, towers)
    text = (
        "'twins' calls one model 'encoder' twice (35 parameters); 'two_towers' has two "
        "models 'encoder' and 'encoder_2' (70 parameters)."
    )
    assert [(one.code, one.text) for one in finding.differences] == [("sharing", text)]
    assert not [one for one in finding.disguises if "parameters" in one]


def test_models_of_the_same_name_are_left_and_right():
    (only,) = texts(siamese_of_models("encoder"), siamese_of_models("a", "b"))
    assert only.startswith("The left calls one model 'encoder' twice")


@pytest.mark.parametrize(
    "names", [("ResNet50", "MobileNetV2"), ("NASNetMobile", "DenseNet121")]
)
def test_very_different_architectures_are_counted_by_type(names):
    with dry():
        graphs = [
            read_model(getattr(keras.applications, n)(weights=None)) for n in names
        ]
    finding = compare_pair(*graphs)
    assert len(finding.differences) <= 20
    first, last = finding.differences[0], finding.differences[-1]
    assert first.code == "architecture"
    counts = [sum(c.type == "Conv2D" for c in graph.calls) for graph in graphs]
    assert f"{counts[0]} Conv2D" in first.text
    assert f"{counts[1]} Conv2D" in first.text
    assert last.text.startswith("And more calls that are not listed: ")
    marked = [path for one in finding.differences for path in one.left]
    missing = {c.id for c in graphs[0].calls} - {a for a, _ in finding.pairs}
    assert missing <= set(marked)


def with_layer(name, units):
    config = Config({"units": units}, ("units",))
    sketch = Sketch()
    given = sketch.input("x")
    sketch.output(sketch.layer(name, [given], config=config, params=20))
    return sketch.graph()


def test_names_with_line_breaks_do_not_break_a_sentence():
    graphs = [with_layer("two\nlines\x07", units) for units in (3, 5)]
    (only,) = compare_pair(*graphs).differences
    assert only.text == "'two⏎lines\\x07' has 3 units on the left and 5 on the right."


@pytest.fixture
def loaded(tmp_path):
    def save_and_load(model):
        model.save(tmp_path / "model.keras")
        return keras.models.load_model(tmp_path / "model.keras")

    return save_and_load


def test_a_file_that_lost_sharing_with_a_nested_model(loaded):
    shared = layers.Dense(4, name="d")
    j, i = keras.Input((4,), name="j"), keras.Input((4,), name="i")
    inner = keras.Model(j, shared(layers.ReLU(name="act")(j)), name="inner")
    model = keras.Model(i, shared(inner(shared(i))), name="two_depths")
    finding = compare_pair(*map(record_model, (model, loaded(model))))
    assert finding.differences[0].code == "sharing"
    assert finding.differences[0].text == (
        "On the left 'd' is one layer, shared between 'two_depths' and its nested "
        "model 'inner'; on the right 'inner' is gone, and 'd' is called once instead "
        "of three times. Saving a model in Keras can lose such sharing."
    )
    assert finding.differences[0].left == ("d", "d:2", "inner/d")
    assert [one.code for one in finding.differences[1:]] == ["removed"] * 3
    assert not any("keeps only" in one.text for one in finding.differences)


def test_nothing_is_said_of_lost_sharing_where_the_nested_model_is_there():
    def build(times):
        shared = layers.Dense(4, name="d")
        j, i = keras.Input((4,), name="j"), keras.Input((4,), name="i")
        inner = keras.Model(j, shared(layers.ReLU(name="act")(j)), name="inner")
        end = inner(shared(i))
        for _ in range(times):
            end = shared(end)
        return keras.Model(i, end, name="model")

    found = told(lambda: build(2), lambda: build(1))
    assert [code for code, _ in found] == ["removed"]


def test_a_long_argument_is_cut():
    def body(x):
        return layers.Normalization(mean=[1.5] * 40, variance=[1.0] * 40, name="n")(x)

    (only,) = texts(one_input(lambda x: x, (40,)), one_input(body, (40,)))
    assert "(Normalization, mean=(1.5, 1.5, " in only
    assert "..., variance=(1.0" in only
    assert len(only) < 300
