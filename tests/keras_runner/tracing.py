"""What tests of tracing share: data for any model of the zoo, and its state."""

from __future__ import annotations

import warnings

import keras
import numpy as np

from teachkit.keras_reader import record_model
from teachkit.keras_runner.inputs import random_inputs
from teachkit.keras_runner.tracer import tracer
from teachkit.traces.run import Run

CANNOT_RUN = {"unbuilt_sequential"}
BY_NAME = {
    "untraceable": {"inputs": (3, 4)},
    "two_arguments": {"left": (3, 4), "right": (3, 3)},
}


def numbers(*shape, seed=0):
    return np.random.default_rng(seed).standard_normal(shape).astype("float32")


def data_for(name, model):
    """Return random inputs for a model of the zoo."""
    if name in BY_NAME:
        return {key: numbers(*shape) for key, shape in BY_NAME[name].items()}
    return random_inputs(record_model(model), samples=5)


def called(name, model, data, training):
    """Return what the model itself gives for the same data."""
    options = {} if training is None else {"training": training}
    if not isinstance(model, keras.Layer):
        options = {}
    if name == "training_argument":
        options = {"training": bool(training)}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        if name in BY_NAME:
            return model(**data, **options)
        return model(data, **options)


def state_of(model):
    """Return all that a run could change: variables, calls, attributes and losses."""
    layers = [model] if isinstance(model, keras.Layer) else []
    layers += list(getattr(model, "operations", ()))
    layers += list(getattr(model, "layers", ()))
    return {
        "variables": [
            keras.ops.convert_to_numpy(v).tolist()
            for layer in layers
            for v in getattr(layer, "variables", ())
        ],
        "attributes": [(id(layer), sorted(vars(layer))) for layer in layers],
        "calls": [len(vars(layer)["_inbound_nodes"]) for layer in layers],
        "losses": [len(getattr(layer, "losses", ())) for layer in layers],
    }


def run_of(model, inputs, **options):
    return Run(tracer(record_model(model), inputs, **options))


def largest_difference(ours, theirs):
    pairs = zip(keras.tree.flatten(ours), keras.tree.flatten(theirs), strict=True)
    found = [0.0]
    for one, other in pairs:
        left, right = np.asarray(one), np.asarray(keras.ops.convert_to_numpy(other))
        assert left.shape == right.shape
        if left.dtype.kind in "biufV":
            gap = np.abs(left.astype("float64") - right.astype("float64"))
            found.append(float(gap.max(initial=0)))
        else:
            assert (left == right).all()
    return max(found)


def sum_error(gradients):
    """Return the largest relative difference between a total and its shares' sum."""
    return max((weight.sum_error for weight in gradients.of_weights), default=0.0)
