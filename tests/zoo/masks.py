"""States of recurrent layers, and the masks that Keras passes along by itself."""

from __future__ import annotations

import keras
from keras import layers, ops

from teachkit.keras_reader.internals import mask_of


def _words(name="embedding", words="words"):
    token = keras.Input((5,), dtype="int32", name=words)
    return token, layers.Embedding(10, 4, mask_zero=True, name=name)(token)


def rnn_states():
    x = keras.Input((5, 4), name="x")
    y, h, c = layers.LSTM(3, return_state=True, name="encoder")(x)
    z = layers.LSTM(3, name="decoder")(x, initial_state=[h, c])
    return keras.Model(x, [z, y], name="rnn_states")


def masked_lstm():
    token, h = _words()
    return keras.Model(token, layers.LSTM(3, name="lstm")(h), name="masked_lstm")


def masked_by_keyword():
    token, h = _words()
    end = layers.LSTM(3, name="lstm")(sequences=h)
    return keras.Model(token, end, name="masked_by_keyword")


def masked_attention():
    token, h = _words()
    seen = layers.MultiHeadAttention(1, 2, name="attention")(h, h)
    return keras.Model(token, seen, name="masked_attention")


def masked_concatenate():
    one, left = _words("left", "one")
    two, right = _words("right", "two")
    joined = layers.Concatenate(name="join")([left, right])
    end = layers.LSTM(3, name="lstm")(joined)
    return keras.Model([one, two], end, name="masked_concatenate")


def masked_time_distributed():
    token, h = _words()
    each = layers.TimeDistributed(layers.Dense(2), name="each")(h)
    return keras.Model(token, each, name="masked_time_distributed")


def masked_nested():
    i = keras.Input((5, 4), name="i")
    inner = keras.Model(i, layers.LSTM(3, name="lstm")(i), name="inner")
    token, h = _words()
    return keras.Model(token, inner(h), name="masked_nested")


def masking_layer():
    x = keras.Input((5, 4), name="x")
    h = layers.Masking(name="masking")(x)
    lstm = layers.Bidirectional(layers.LSTM(3), name="both_ways")
    return keras.Model(x, lstm(h), name="masking_layer")


def own_mask():
    token, h = _words()
    known = ops.not_equal(token, 1)
    end = layers.LSTM(3, name="lstm")(h, mask=known)
    return keras.Model(token, end, name="own_mask")


def own_mask_with_states():
    """The mask is the one that Keras has, but Keras would not pass it along here."""
    token, h = _words()
    _, state, carry = layers.LSTM(3, return_state=True, name="first")(h)
    mask = layers.Embedding(10, 4, mask_zero=True, name="other").compute_mask(token)
    end = layers.LSTM(3, name="lstm")(h, mask=mask, initial_state=[state, carry])
    return keras.Model(token, end, name="own_mask_with_states")


def mask_is_also_output():
    token, h = _words()
    end = layers.LSTM(3, name="lstm")(h)
    mask = ops.cast(mask_of(h), "int32")
    return keras.Model(token, [end, mask], name="mask_is_also_output")


def cut_out_with_mask():
    """Keras copies the calls between, and forgets what masks their tensors have."""
    token, h = _words()
    state = layers.Dense(3, name="state")(layers.LSTM(2, name="reader")(h))
    start = keras.Input((3,), name="start")
    h = layers.Dropout(0.1, name="drop")(h)
    summary = layers.GRU(3, name="gru")(h)
    end = layers.Add(name="sum")([summary, state, start])
    keras.Model([token, start], end)
    return keras.Model([token, state, start], end, name="cut_out_with_mask")


def time_major_states():
    x = keras.Input((5, 4), name="x")
    cells = [layers.GRUCell(3), layers.LSTMCell(2)]
    y, *states = layers.RNN(cells, return_state=True, name="cells")(x)
    return keras.Model(x, [y, states], name="time_major_states")


ZOO = {
    build.__name__: build
    for build in (
        rnn_states,
        masked_lstm,
        masked_by_keyword,
        masked_attention,
        masked_concatenate,
        masked_time_distributed,
        masked_nested,
        masking_layer,
        own_mask,
        own_mask_with_states,
        mask_is_also_output,
        cut_out_with_mask,
        time_major_states,
    )
}
