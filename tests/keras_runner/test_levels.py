from __future__ import annotations

import keras
import pytest
from keras import layers

from teachkit.keras_reader import record_model
from teachkit.keras_reader.recording import Ref
from teachkit.keras_runner.levels import Level, edges_of, levels_of
from tests.models import ZOO, build


def level_of(model):
    recording = record_model(model)
    return Level("", recording.root, recording.graph)


@pytest.mark.parametrize("name", ZOO)
def test_what_a_call_reads_stands_in_the_order_of_its_edges(name):
    for level in levels_of(level_of(build(name))):
        for call in level.calls:
            wanted = [(e.source, e.index) for e in level.graph.incoming(call.id)]
            read = [
                (one.call, one.index if isinstance(one, Ref) else 0)
                for one in edges_of(call)
            ]
            assert read == wanted


@pytest.mark.parametrize("name", ZOO)
def test_a_tensor_is_let_go_after_its_last_reader_and_not_before(name):
    for level in levels_of(level_of(build(name))):
        gone = set()
        for call in level.calls:
            assert not gone & set(edges_of(call))
            gone.update(level.last_reads.get(call.id, ()))


def test_calls_come_in_the_order_of_keras_and_not_of_the_graph():
    x = keras.Input((4,), name="x")
    slow = layers.ReLU(name="b")(layers.ReLU(name="a")(x))
    model = keras.Model(x, [layers.ReLU(name="quick")(x), layers.ReLU(name="c")(slow)])

    level = level_of(model)

    assert [call.id for call in level.graph.calls] == ["x", "quick", "a", "b", "c"]
    assert [call.id for call in level.calls] == ["a", "b", "c", "quick"]


def test_levels_have_the_paths_of_their_places():
    names = [level.prefix for level in levels_of(level_of(build("siamese")))]

    assert len(names) == 3
    assert names[0] == ""
    assert names[1].removesuffix("/") + ":2/" == names[2]
