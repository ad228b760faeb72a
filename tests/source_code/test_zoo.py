"""Every model of the zoo: written as code, built from it, read and run again."""

from __future__ import annotations

import keras
import pytest

from teachkit.errors import ModelError
from teachkit.keras_reader import record_model
from teachkit.source_code import to_code
from tests.models import ZOO, build
from tests.source_code.round_trip import round_trip

REFUSED = {
    "overridden_call": (
        "'overridden_call' (Overridden): Overridden has a call method of its own, and "
        "that method runs, not the graph of the model"
    ),
    "two_arguments": (
        "'two_arguments' (TwoArguments), a subclassed model that cannot be followed: "
        "Keras kept no shape for its argument 'right'"
    ),
    "untraceable": (
        "'branching' (Branching), a subclassed model that cannot be followed: Keras "
        "knows no shape for its inputs, as its call needs numbers to run"
    ),
    "untraceable_nested": (
        "'inner' (ClosedInTensorflow), a subclassed model that cannot be followed: "
        "ValueError: A KerasTensor cannot be used as input to a TensorFlow function"
    ),
    "variable": (
        "'multiply' (Multiply) reads a keras.Variable of shape (4,) directly; no layer "
        "of the model owns it, so no code of the model can make it"
    ),
}
# The way that a call takes through a class of its own comes back as a Functional
# model, and a bare tensor as an Input: the same, but not in the strictest sense.
TRACED = {
    "bare_function",
    "function_on_a_part",
    "list_input",
    "mutating",
    "sequential_of_several_inputs",
    "subclassed",
    "subclassed_built",
    "subclassed_nested",
    "training_argument",
    "two_arguments_nested",
}
# Their weights are made when they are first called, or when an input is known.
WITHOUT_NUMBERS = {"mutating", "subclassed_built", "unbuilt_sequential"}
WRITTEN = sorted(set(ZOO) - set(REFUSED))


@pytest.fixture(scope="module")
def trips():
    return {}


@pytest.fixture
def trip(trips, request):
    name = request.param
    if name not in trips:
        trips[name] = round_trip(build(name))
    return trips[name]


@pytest.mark.parametrize("trip", sorted(set(WRITTEN) - TRACED), indirect=True)
def test_the_code_builds_the_same_graph(trip):
    assert trip.isomorphism() is not None


@pytest.mark.parametrize("trip", sorted(TRACED), indirect=True)
def test_the_code_of_what_was_followed_builds_what_computes_the_same(trip):
    assert trip.isomorphism(strict=False) is not None


@pytest.mark.parametrize("trip", sorted(set(WRITTEN) - WITHOUT_NUMBERS), indirect=True)
def test_with_the_same_weights_it_gives_the_same_numbers(trip):
    assert trip.max_error() == 0.0


@pytest.mark.parametrize("name", WRITTEN)
def test_it_is_well_formed_and_always_the_same(name):
    keras.utils.set_random_seed(0)
    code = to_code(record_model(build(name)))
    keras.utils.set_random_seed(0)

    assert code == to_code(record_model(build(name)))
    assert code.endswith("\n")
    assert not code.endswith("\n\n")
    assert "\t" not in code


@pytest.mark.parametrize("name", sorted(REFUSED))
def test_what_cannot_be_written_is_refused_in_words(name):
    recording = record_model(build(name))

    with pytest.raises(ModelError) as refused:
        to_code(recording)

    assert refused.value.found == REFUSED[name]
