from __future__ import annotations

import keras
import numpy as np
import pytest
from keras import layers, ops

from teachkit.errors import TeachkitError
from teachkit.keras_reader import record_model
from teachkit.keras_runner.losses import loss_of, terms_of
from tests.keras_runner.tracing import numbers
from tests.models import build

CLASSES = np.array([0, 1, 2, 0])


def two_heads():
    x = keras.Input((4,), name="x")
    kind = layers.Dense(3, activation="softmax", name="kind")(x)
    return keras.Model(x, [kind, layers.Dense(1, name="size")(x)], name="heads")


def one_head(units=2):
    x = keras.Input((4,), name="x")
    return keras.Model(x, layers.Dense(units, name="end")(x), name="one")


def value_of(model, loss, targets, rows=4):
    outputs = model(numbers(rows, 4))
    terms = terms_of(record_model(model), loss, targets)
    return sum(term.weight * float(loss_of(term, outputs)) for term in terms)


def value_of_keras(model, loss, targets, rows=4):
    model.compile(loss=loss)
    return float(model.compute_loss(y=targets, y_pred=model(numbers(rows, 4))))


def squared(target, output):
    return ops.mean((target - output) ** 2, axis=-1)


@pytest.mark.parametrize(
    "loss",
    [
        "mse",
        "mae",
        "MeanSquaredError",
        "huber",
        keras.losses.LogCosh(),
        keras.losses.MeanSquaredError(reduction="sum"),
        keras.losses.cosine_similarity,
        squared,
        ["mse"],
        {"end": "mse"},
    ],
)
def test_a_loss_is_what_keras_computes(loss):
    model, targets = one_head(), numbers(4, 2, seed=1)

    ours = value_of(model, loss, targets)

    assert ours == pytest.approx(value_of_keras(model, loss, targets), rel=1e-6)


@pytest.mark.parametrize(
    ("units", "targets"),
    [
        (1, np.array([0, 1, 1, 0])),
        (1, np.array([[0], [1], [1], [0]])),
        (3, CLASSES),
        (3, CLASSES[:, None]),
        (3, np.eye(3)[CLASSES]),
    ],
)
def test_crossentropy_is_chosen_by_shape_as_in_keras(units, targets):
    x = keras.Input((4,), name="x")
    squash = "sigmoid" if units == 1 else "softmax"
    model = keras.Model(x, layers.Dense(units, activation=squash, name="end")(x))

    ours = value_of(model, "crossentropy", targets)

    assert ours == pytest.approx(value_of_keras(model, "crossentropy", targets))


def test_a_column_may_be_given_as_a_row_as_in_keras():
    model, targets = one_head(1), numbers(4)

    ours = value_of(model, squared, targets)

    assert ours == pytest.approx(value_of_keras(model, squared, targets), rel=1e-6)


@pytest.mark.parametrize(
    ("loss", "targets"),
    [
        (["sparse_categorical_crossentropy", "mse"], [CLASSES, numbers(4, 1)]),
        (
            {"size": "mse", "kind": "sparse_categorical_crossentropy"},
            {"kind": CLASSES, "size": numbers(4, 1)},
        ),
    ],
)
def test_losses_of_several_outputs_add_up(loss, targets):
    model = two_heads()

    ours = value_of(model, loss, targets)

    assert ours == pytest.approx(value_of_keras(model, loss, targets), rel=1e-6)


@pytest.mark.parametrize(
    ("loss", "targets"),
    [
        ({"size": "mse"}, {"size": numbers(4, 1)}),
        ([None, "mse"], [None, numbers(4, 1)]),
        ({"size": "mse"}, numbers(4, 1)),
        ({"size": "mse"}, [CLASSES, numbers(4, 1)]),
    ],
)
def test_an_output_may_have_no_loss(loss, targets):
    (term,) = terms_of(record_model(two_heads()), loss, targets)

    assert (term.name, term.target.shape) == ("size", (4, 1))


SPARSE = "sparse_categorical_crossentropy"
TWO = numbers(4, 2)
REFUSED = {
    "unknown": (one_head, "mean_squard", TWO, "'mean_squard'", "'mse'"),
    "no loss": (one_head, 3, TWO, "3", "'mse'"),
    "no targets": (one_head, "mse", None, "no targets", "targets=..."),
    "not compiled": (one_head, None, TWO, "'one' is not compiled", "loss='mse'"),
    "compiled": (one_head, "compiled", TWO, "'one' is not compiled", "loss='mse'"),
    "too many": (one_head, ["mse", "mae"], TWO, "2 losses", ""),
    "name": (two_heads, {"sise": "mse"}, TWO, "'sise'", "did you mean 'size'?"),
    "none at all": (two_heads, [None, None], TWO, "none", "pass a loss"),
    "one missing": (two_heads, "mse", {"kind": CLASSES}, "none", "'size'"),
    "words": (one_head, "mse", np.array(["a"] * 4), "dtype <U1", "0, 1, 2"),
    "count": (one_head, "mse", numbers(3, 2), "3 (shape (3, 2))", "one target"),
    "stretched": (one_head, "mse", numbers(4, 1), "shape (4, 1)", "the same shape"),
    "flat": (one_head, "mse", numbers(4), "shape (4,)", "fewer axes"),
    "class": (lambda: one_head(3), SPARSE, CLASSES + 1, "the class 3", "from 0"),
    "one-hot": (
        lambda: one_head(3),
        SPARSE,
        np.eye(3)[CLASSES],
        "shape (4, 3)",
        "'categorical_crossentropy'",
    ),
    "not one-hot": (
        lambda: one_head(3),
        "categorical_crossentropy",
        CLASSES,
        "shape (4,)",
        f"'{SPARSE}'",
    ),
    "too many for one": (one_head, ["mse", "mae"], TWO, "2 losses", "pass one loss"),
    "unknown output": (one_head, {"foo": "mse"}, TWO, "the name 'foo'", "pass {"),
    "misspelt": (
        one_head,
        "mean_sqared_error",
        TWO,
        "'mean_sqared_error'",
        "did you mean 'mean_squared_error'?",
    ),
    "fails": (
        one_head,
        lambda target, output: 1 / 0,
        TWO,
        "your loss function '<lambda>' fails: ZeroDivisionError",
        "mend the function",
    ),
    "one argument": (
        one_head,
        lambda target: 0.0,
        TWO,
        "takes 1 positional argument",
        "mend the function",
    ),
    "returns nothing": (
        one_head,
        lambda target, output: None,
        TWO,
        "'<lambda>' returns nothing",
        "return the loss",
    ),
    "numpy": (
        one_head,
        lambda target, output: np.mean(np.asarray(output)),
        TWO,
        "'<lambda>' returns a float32",
        "keras.ops and not with NumPy",
    ),
    "own loss": (
        one_head,
        lambda target, output: ops.matmul(target, output),
        TWO,
        "a target of shape (4, 2) and an output of (4, 2)",
        "another loss",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_does_not_fit_is_refused(name):
    made, loss, targets, found, action = REFUSED[name]

    with pytest.raises(TeachkitError) as error:
        value_of(made(), loss, targets)

    assert found in error.value.found
    assert action in error.value.action


def test_a_loss_of_several_outputs_that_nobody_knew_is_refused():
    model = build("two_arguments")
    (term,) = terms_of(record_model(model), "mse", numbers(2, 3))

    with pytest.raises(TeachkitError, match="2 outputs"):
        loss_of(term, model(numbers(2, 4), numbers(2, 3)))


def test_a_name_that_is_no_output_is_told_with_the_outputs():
    with pytest.raises(TeachkitError, match="names of the outputs of the model"):
        terms_of(record_model(one_head()), {"foo": "mse"}, TWO)
