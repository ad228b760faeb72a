"""Masks that Keras passes along are told from those that the author wrote."""

from __future__ import annotations

import keras
import pytest
from keras import layers, ops

import teachkit as tk

# How many operations of each are there for masks alone, and how many edges Keras added.
HIDDEN = {
    "rnn_states": (0, 0),
    "masked_lstm": (1, 2),
    "masked_by_keyword": (0, 0),
    "masked_attention": (0, 0),
    "masked_concatenate": (10, 14),
    "masked_time_distributed": (1, 2),
    "masked_nested": (1, 2),
    "masking_layer": (2, 3),
    "own_mask": (0, 0),
    "own_mask_with_states": (1, 2),
    "mask_is_also_output": (0, 1),
    "cut_out_with_mask": (1, 2),
}


def hidden(graph):
    """Return how much of a graph Keras added by itself."""
    calls = [call for call in graph.calls if call.plumbing]
    return len(calls), sum(tensor.implicit for tensor in graph.tensors)


def written(graph):
    """Return the calls and edges that the author wrote."""
    shown = graph.visible()
    edges = {(t.source, t.index, t.target, t.port) for t in shown.tensors}
    return {call.id for call in shown.calls}, edges


def tokens():
    token = keras.Input((5,), dtype="int32", name="token")
    return token, layers.Embedding(10, 4, mask_zero=True, name="embedding")(token)


@pytest.mark.parametrize("name", HIDDEN)
def test_what_keras_added_is_marked(zoo, name):
    assert hidden(zoo[name].graph) == HIDDEN[name]


@pytest.mark.filterwarnings("ignore:Layer 'inner':UserWarning")  # loses its mask
@pytest.mark.parametrize("name", ["masked_lstm", "masked_concatenate", "masked_nested"])
class TestCopies:
    def test_a_loaded_model_reads_alike(self, zoo, name, tmp_path):
        zoo[name].model.save(tmp_path / "model.keras")
        graph = tk.read(tmp_path / "model.keras")

        assert written(graph) == written(zoo[name].graph)
        assert hidden(graph) == HIDDEN[name]

    def test_a_cloned_model_reads_alike(self, zoo, name):
        graph = tk.read(keras.models.clone_model(zoo[name].model))

        assert written(graph) == written(zoo[name].graph)
        assert hidden(graph) == HIDDEN[name]


class TestMasksOfTheAuthor:
    def test_another_operation_is_shown(self):
        token, h = tokens()
        mask = ops.greater(token, 0)

        assert hidden(tk.read(keras.Model(token, layers.GRU(2)(h, mask=mask)))) == (
            0,
            0,
        )

    def test_another_setting_of_the_same_operation_is_shown(self):
        x = keras.Input((4, 4), name="x")
        mask = ops.any(ops.not_equal(x, 0.0), axis=1)
        end = layers.GRU(2)(layers.Masking()(x), mask=mask)

        assert hidden(tk.read(keras.Model(x, end))) == (0, 0)

    def test_another_source_of_the_same_operation_is_shown(self):
        token, h = tokens()
        other = keras.Input((5,), dtype="int32", name="other")
        end = layers.GRU(2)(h, mask=ops.not_equal(other, 0))

        assert hidden(tk.read(keras.Model([token, other], end))) == (0, 0)

    def test_a_mask_for_something_without_one_is_shown(self):
        x = keras.Input((5, 4), name="x")
        known = keras.Input((5,), dtype="bool", name="known")
        end = layers.GRU(2)(x, mask=known)

        assert hidden(tk.read(keras.Model([x, known], end))) == (0, 0)

    def test_an_argument_that_is_only_called_like_one_is_shown(self):
        token, h = tokens()
        end = Unmask(name="unmask")(h, mask_token=h)
        graph = tk.read(keras.Model(token, end))

        assert [t.implicit for t in graph.incoming("unmask")] == [False, False]

    def test_a_mask_read_elsewhere_stays(self):
        token, h = tokens()
        mask = h._keras_mask  # noqa: SLF001 - the very tensor that Keras attached
        both = [layers.GRU(2, name="gru")(h), ops.logical_not(mask)]
        graph = tk.read(keras.Model(token, both))

        assert hidden(graph) == (0, 1)

    def test_a_mask_that_is_an_output_stays(self):
        token, h = tokens()
        mask = h._keras_mask  # noqa: SLF001 - the very tensor that Keras attached
        graph = tk.read(keras.Model(token, [layers.GRU(2, name="gru")(h), mask]))

        assert hidden(graph) == (0, 1)
        assert graph.visible().outputs == graph.outputs

    def test_a_mask_that_keras_would_not_pass_along_is_shown(self):
        token, h = tokens()
        mask = h._keras_mask  # noqa: SLF001 - the very tensor that Keras attached
        end = Unmask(name="unmask")(h, mask_token=h, mask=mask)
        graph = tk.read(keras.Model(token, end))

        assert hidden(graph) == (0, 0)


class Unmask(layers.Layer):
    supports_masking = True

    def call(self, inputs, mask_token=None, mask=None):
        return inputs + mask_token
