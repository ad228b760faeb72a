from __future__ import annotations

import inspect
import sys
from collections import Counter

import keras
import numpy as np
import pytest
from keras import layers

import teachkit as tk
from teachkit.comparison.with_twin.twin import compare_with_twin
from teachkit.keras_reader import record_model
from tests.keras_runner.test_twins import state_of
from tests.models import ZOO, build

TWO_ENDS = "several-inputs several-outputs"
OPERATIONS = {"operation"}
VERDICTS = {
    # From textbooks.
    "chain": "",
    "residual": "branch merge",
    "u_net": "branch merge",
    "inception": "branch merge",
    "transformer_block": "branch branch merge merge same-tensor-twice",
    "repeated_edges": "branch merge same-tensor-twice same-tensor-twice operation",
    "unused_input": "several-inputs unused-input",
    "several_ends": f"{TWO_ENDS} merge branch",
    "output_is_input": "several-outputs output-in-the-middle",
    "identity": "no-layers",
    "duplicated_outputs": "several-outputs branch",
    "intermediate_output": "",
    "cut_out": "branch merge",
    "on_its_own_input": "",
    "optional_input": f"{TWO_ENDS} branch merge",
    "tied_weights": "",
    "explicit_training": "call-argument",
    "hostile_names": "",
    "frozen_layer": "",
    "numpy_lengths": "",
    "dtypes": "operation",
    # Layers that are called more than once.
    "siamese": "several-inputs merge operation operation",
    "shared_layer": "several-inputs merge",
    "outer_and_nested": "",
    "two_submodels_share": "",
    "a_of_b_of_a": "",
    "two_depths": "several-outputs branch",
    "three_deep": "",
    "nested_sequential": "",
    "calls_outside_this_model": "",
    "names_that_look_like_calls": "",
    "functional_in_many_shapes": "",
    # Dicts and lists.
    "dict_inputs": f"{TWO_ENDS} merge output-in-the-middle",
    "mixed_ends": f"{TWO_ENDS} merge branch output-in-the-middle",
    "ordered_dict": f"{TWO_ENDS} merge output-in-the-middle",
    "dict_to_dict_model": f"{TWO_ENDS} merge several-results",
    "dict_to_list_model": "several-inputs merge",
    "list_to_dict_model": "several-inputs merge",
    "casting": "",
    "bare_function": "several-inputs merge operation",
    "function_on_a_part": "same-tensor-twice operation",
    "function_as_operation": "operation operation",
    # Masks and states.
    "rnn_states": "several-outputs several-results branch merge",
    "masked_lstm": "",
    "masked_by_keyword": "",
    "masked_attention": "same-tensor-twice",
    "masked_concatenate": "several-inputs merge",
    "masked_time_distributed": "",
    "masked_nested": "",
    "masking_layer": "",
    "own_mask": "branch merge operation",
    "own_mask_with_states": "branch branch merge operation several-results",
    "mask_is_also_output": "several-outputs branch operation operation",
    "cut_out_with_mask": "several-inputs merge",
    "time_major_states": "",
    # Operations, constants, and layers of one's own.
    "scalars": "operation " * 5,
    "slices": "several-outputs output-in-the-middle constant" + " operation" * 3,
    "einsum": "several-inputs merge operation",
    "where": "branch merge" + " operation" * 4,
    "several_outputs": "merge merge" + " operation" * 4,
    "numpy_constant": "constant operation operation",
    "big_constant": "constant operation",
    "layer_on_a_constant": "constant operation",
    "variable": "constant operation",
    "weight_read_directly": "constant operation",
    "lambda_layer": "",
    "layer_with_arguments": "same-tensor-twice call-argument",
    "dict_layer": "several-outputs several-results merge" + " output-in-the-middle" * 2,
    "list_layer": f"{TWO_ENDS} several-results merge",
    "attention_by_keyword": "several-inputs merge call-argument",
    "wrappers": "",
    # Sequential and subclassed ones.
    "sequential": "",
    "unbuilt_sequential": "no-input-shape",
    "sequential_called_on_data": "",
    "sequential_reusing_a_layer": "",
    "sequential_of_several_inputs": "",
    "subclassed": "branch merge operation operation",
    "subclassed_built": "branch merge operation operation",
    "subclassed_nested": "",
    "untraceable": "opaque",
    "untraceable_nested": "",
    "two_arguments": "several-inputs merge opaque",
    "two_arguments_nested": f"{TWO_ENDS} branch branch call-argument"
    + " merge several-results" * 3,
    "list_input": "several-inputs merge",
    "training_argument": "",
    "mutating": "",
    "functional_subclass": "",
    "overridden_call": "overridden-call",
}
NUANCES = {
    "residual": {"block-as-layer"},
    "on_its_own_input": {"layer-reused"},
    "tied_weights": {"no-get-config"},
    "explicit_training": {"explicit-training"},
    "outer_and_nested": {"layer-reused"},
    "three_deep": {"branch-inside"},
    "functional_in_many_shapes": {"branch-inside", "layer-reused"},
    "list_to_dict_model": {"first-merge"},
    "time_major_states": {"several-results-at-the-end"},
    "sequential_reusing_a_layer": {"layer-reused"},
    "training_argument": {"traced"},
    "chain": set(),
    "sequential": set(),
    "sequential_of_several_inputs": set(),
}
ROWS = np.arange(8, dtype="float32").reshape(2, 4)


def finding_of(model):
    return compare_with_twin(record_model(model))


def test_each_model_of_the_zoo_has_a_verdict():
    assert set(ZOO) <= set(VERDICTS)


@pytest.mark.parametrize("name", ZOO)
def test_the_verdict_is_right_and_the_twin_computes_the_same(name):
    model = build(name)
    before = state_of(model) if isinstance(model, keras.Layer) else None

    found = finding_of(model)

    assert Counter(r.code for r in found.reasons) == Counter(VERDICTS[name].split())
    assert found.equivalent == (not VERDICTS[name])
    if found.equivalent:
        assert found.agreement.equal
        assert found.agreement.max_error == 0.0
        assert type(found.twin) is not type(model) or type(model) is not keras.Model
    else:
        assert found.twin is found.twin_graph is found.agreement is None
        assert found.pairs == found.hidden == ()
    if before is not None:
        assert state_of(model) == before


@pytest.mark.parametrize("name", ZOO)
def test_what_is_found_speaks_of_calls_that_are_there(name):
    found = finding_of(build(name))
    ids = {call.id for call in found.graph.visible().calls}

    for reason in (*found.reasons, *found.nuances):
        assert set(reason.calls) <= ids
        assert reason.text.isprintable()
        assert len(reason.text) < 1_000
    assert set(found.longest_chain) <= ids
    assert {one for one, _ in found.pairs} <= ids
    if found.equivalent:
        twins = {call.id for call in found.twin_graph.visible().calls}
        assert {one for one, _ in found.pairs} == ids
        assert {other for _, other in found.pairs} == twins
        assert found.hidden


@pytest.mark.parametrize("name", NUANCES)
def test_nuances_are_those_of_the_model(name):
    found = {nuance.code for nuance in finding_of(build(name)).nuances}

    assert found - {"no-code"} == NUANCES[name]


def test_a_functional_chain_has_a_sequential_twin():
    found = finding_of(build("chain"))

    assert type(found.twin) is keras.Sequential
    assert found.longest_chain == ("hidden", "answer")
    assert found.pairs == (("x", "x"), ("hidden", "hidden"), ("answer", "answer"))
    assert "Sequential" in found.sequential_code
    assert "Model" in found.functional_code
    assert found.hidden == (
        "The input is a line of its own: 'x' (None, 4) float32. Sequential code may "
        "leave it out, and then the 15 parameters of 'hidden' do not exist before the "
        "first batch.",
        "Each tensor between two layers has a name in the code: after 'hidden' its "
        "shape is (None, 3). A second layer could be called on it; a Sequential list "
        "has no place to say so.",
        "Making a layer and calling it are two steps, here 2 calls of 2 layers. A "
        "Sequential list names the layers; Keras makes the calls.",
    )


def test_a_sequential_model_has_a_functional_twin():
    model = build("sequential_reusing_a_layer")
    found = finding_of(model)

    assert found.twin_graph.type == "Functional"
    assert (found.twin(ROWS) == model(ROWS)).numpy().all()
    assert any("'dense' is made once and called twice" in h for h in found.hidden)


def test_resnet50_without_weights_has_32_reasons():
    with tk.dry():
        model = keras.applications.ResNet50(weights=None)
    found = finding_of(model)

    assert Counter(r.code for r in found.reasons) == {"branch": 16, "merge": 16}
    assert len(found.longest_chain) == 8
    assert [n.code for n in found.nuances if n.code != "no-code"] == ["block-as-layer"]


def test_a_dry_chain_has_a_verdict_and_no_twin():
    with tk.dry():
        x = keras.Input((4,), name="x")
        model = keras.Model(x, layers.Dense(3)(x), name="weightless")
    found = finding_of(model)

    assert found.equivalent
    assert found.twin is None
    assert "'weightless', built inside teachkit.dry()" in found.agreement.text
    assert "twin-not-built" in {nuance.code for nuance in found.nuances}


def test_a_tensor_as_another_argument_than_the_first_is_told():
    class Late(layers.Layer):
        def call(self, first=None, second=None):
            return second * 2

        def compute_output_shape(self, first_shape=None, second_shape=None):
            return second_shape

    x = keras.Input((4,), name="x")
    (reason,) = finding_of(keras.Model(x, Late(name="late")(second=x))).reasons

    assert reason.code == "tensor-by-keyword"
    assert "'late' gets input 'x' as its argument second" in reason.text


def test_a_layer_of_any_number_of_tensors_reads_no_list():
    class Several(layers.Layer):
        def call(self, *tensors):
            return tensors[0] * 2

        def compute_output_spec(self, *tensors):
            return keras.KerasTensor(tensors[0].shape, tensors[0].dtype)

    x = keras.Input((4,), name="x")
    found = finding_of(keras.Model(x, Several()(x)))
    other = finding_of(keras.Model(x, layers.Add(name="one")([x, x])))

    assert found.agreement.max_error == 0.0
    assert [reason.code for reason in other.reasons] == ["same-tensor-twice"]


def test_one_tensor_in_a_list_is_told():
    x = keras.Input((4,), name="x")
    (reason,) = finding_of(keras.Model(x, layers.Concatenate()([x]))).reasons

    assert reason.code == "list-argument"


def test_a_configuration_that_lies_is_told():
    class Power(layers.Layer):
        def __init__(self, power=1, **options):
            super().__init__(**options)
            self.power = power

        def call(self, x):
            return x**self.power

        def get_config(self):
            return super().get_config()

        @classmethod
        def from_config(cls, config):
            return cls(name=config["name"])

    x = keras.Input((4,), name="x")
    found = finding_of(keras.Model(x, Power(2)(x)))

    assert found.equivalent
    assert not found.agreement.equal
    (lie,) = (n for n in found.nuances if n.code == "copy-differs")
    assert "does get_config of Power return all arguments of __init__?" in lie.text


def test_a_model_in_a_dict_has_a_twin_that_takes_the_tensor_itself():
    x = keras.Input((4,), name="x")
    found = finding_of(keras.Model({"x": x}, [layers.Dense(2, name="d")(x)]))

    assert found.agreement.max_error == 0.0
    assert {n.code for n in found.nuances} == {"container-input", "container-output"}


def test_the_same_model_gives_the_same_words():
    one, again = (finding_of(build("outer_and_nested")) for _ in range(2))

    assert one.nuances == again.nuances
    assert one.hidden == again.hidden
    assert one.agreement == again.agreement


@pytest.mark.parametrize("start", [keras.Input, lambda shape: bare(shape)])
def test_a_function_that_is_a_chain_has_a_twin(start):
    x = start((4,))
    found = finding_of(keras.Function(x, layers.Dense(3)(layers.ReLU()(x))))

    assert type(found.twin) is keras.Sequential
    assert found.agreement.max_error == 0.0


def bare(shape):
    return keras.KerasTensor((None, *shape), name="start")


def test_a_sequential_model_in_a_sequential_model_is_one_layer():
    inner = keras.Sequential([layers.Dense(3), layers.ReLU()], name="inner")
    found = finding_of(
        keras.Sequential([keras.Input((4,)), inner, layers.Dense(1, name="end")])
    )

    assert found.agreement.max_error == 0.0
    assert found.longest_chain == ("inner", "end")


def test_a_chain_that_is_too_deep_for_keras_has_a_verdict():
    x = h = keras.Input((4,), name="x")
    for _ in range(400):
        h = layers.ReLU()(h)
    model = keras.Model(x, h)
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(len(inspect.stack()) + 350)
    try:
        found = finding_of(model)
    finally:
        sys.setrecursionlimit(before)

    assert found.equivalent
    assert "with 401 calls it is too deep for Keras" in found.agreement.text


def test_weights_that_are_not_made_yet_are_lent_for_the_run():
    model = build("mutating")
    found = finding_of(model)

    assert found.agreement.max_error == 0.0
    assert not model.late.built
    assert not model.late.weights
