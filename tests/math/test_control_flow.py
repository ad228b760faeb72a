"""A layer whose call has a `cond` or a loop is a black box, and is said to be one."""

import keras
import numpy as np
import pytest
from keras import layers, ops

import teachkit as tk


def either(x):
    return ops.cond(ops.sum(x) > 0, lambda: 2 * x, lambda: 3 * x)


def itself_or_minus(x):
    return ops.cond(ops.sum(x) > 0, lambda: x, lambda: -x)


def made_or_minus(x):
    made = ops.relu(x)
    return ops.cond(ops.sum(made) > 0, lambda: made, lambda: -x)


def one_of(x):
    return ops.switch(1, [lambda y: 2 * y, lambda y: 3 * y], x)


def repeated(x):
    return ops.while_loop(lambda y: ops.sum(y) < 10, lambda y: (y + 1,), (x,))[0] + 1


def three_times(x):
    return ops.fori_loop(0, 3, lambda _, y: y * 2, x)


def scanned(x):
    return ops.scan(lambda total, y: (total + y, total + y), ops.zeros(4), x)[1]


def each_row(x):
    return ops.vectorized_map(lambda y: y * 2, x)


FUNCTIONS = [
    either,
    itself_or_minus,
    made_or_minus,
    one_of,
    repeated,
    three_times,
    scanned,
    each_row,
]


@pytest.mark.parametrize("function", FUNCTIONS)
@pytest.mark.parametrize("sign", [1, -1])
def test_nothing_is_claimed(function, sign):
    class Choosing(layers.Layer):
        def call(self, x):
            return function(x)

    inputs = keras.Input((4,))
    model = keras.Model(inputs, Choosing(name="choosing")(inputs))
    data = np.full((2, 4), sign, "float32")
    found = tk.explain(model, "choosing", inputs=data)
    assert found.verified is None
    assert "= choosing(x[?×4])" in found.text
    assert "not known to teachkit" in found.text
