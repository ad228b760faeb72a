"""Random models, with layers and models shared at several depths, and back again."""

from __future__ import annotations

import keras
from hypothesis import given
from hypothesis import strategies as st

from teachkit.keras_reader import dry, record_model
from teachkit.normal_form import find_isomorphism, normal_form
from teachkit.source_code import to_code
from tests.graphs import FIXED
from tests.keras_reader.author import write
from tests.source_code.round_trip import round_trip, run


@FIXED
@given(st.integers(0, 10**6), st.integers(3, 40))
def test_their_code_builds_the_same_graph(seed, calls):
    recording = record_model(write(seed, calls).model)
    code = to_code(recording)
    with dry():
        again = record_model(run(code))

    forms = [normal_form(one.graph, strict=True) for one in (recording, again)]

    assert find_isomorphism(*forms) is not None
    assert code == to_code(recording)


@FIXED
@given(st.lists(st.sampled_from("abcd"), min_size=2, max_size=40), st.booleans())
def test_loops_do_what_the_blocks_do(kinds, branches):
    """Chains of four kinds of blocks: where they repeat, there are loops."""
    keras.utils.clear_session(free_memory=False)
    inputs = x = keras.Input((4,))
    for kind in kinds:
        h = keras.layers.Dense(4, activation={"a": "relu", "b": "tanh"}.get(kind))(x)
        if kind == "c":
            h = keras.layers.Add()([x, keras.layers.Dropout(0.5)(h)])
        if kind == "d" and branches:
            h = keras.layers.Dense(4)(keras.layers.Concatenate()([x, h]))
        x = h
    trip = round_trip(keras.Model(inputs, x))

    assert trip.isomorphism() is not None
