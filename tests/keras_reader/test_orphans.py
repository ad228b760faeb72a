"""Calls that lead nowhere are found, and only those."""

from __future__ import annotations

from keras import Input, Model, Sequential, layers

from teachkit.keras_reader import record_model
from teachkit.keras_reader.orphans import calls_hanging_on, orphans_of


def names(model, before=frozenset()):
    return [one.name for one in orphans_of(record_model(model), before)]


def test_a_chain_has_none():
    x = Input((4,))
    assert names(Model(x, layers.Dense(2)(layers.Dense(3)(x)))) == []


def test_a_layer_that_nobody_reads_is_told_with_its_units():
    x = Input((4,), name="x")
    layers.Dense(64, name="lost")(x)
    (found,) = orphans_of(record_model(Model(x, layers.Dense(2)(x))))
    assert (found.name, found.type, found.units, found.reads) == (
        "lost",
        "Dense",
        64,
        ("x",),
    )


def test_a_whole_branch_that_leads_nowhere_is_told():
    x = Input((4,))
    layers.Dense(5, name="second")(layers.Dense(6, name="first")(x))
    assert names(Model(x, layers.Dense(2)(x))) == ["first", "second"]


def test_a_second_call_of_a_layer_of_the_model_is_told():
    x = Input((4,))
    shared = layers.Dense(4, name="shared")
    y = shared(x)
    shared(y)
    assert names(Model(x, y)) == ["shared"]


def test_models_built_around_this_one_are_no_orphans():
    x = Input((4,))
    inner = Sequential([Input((4,)), layers.Dense(2)])
    y = inner(x)
    model = Model(x, y)
    Model(x, layers.Dense(1, name="other")(y))
    assert names(inner) == []
    assert names(model) == ["other"]


def test_what_was_there_before_is_left_out():
    x = Input((4,))
    layers.Dense(5)(x)
    before = calls_hanging_on([x])
    layers.Dense(6, name="new")(x)
    assert names(Model(x, layers.Dense(2)(x)), before) == ["new"]
