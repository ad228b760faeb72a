"""Convolutions and pooling, with the kernels as arguments.

They are what the layers of the same name are without bias and activation. So the rule
of the layer is asked, with something in the place of the layer that has its attributes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import keras

from teachkit.math.amounts import NOTHING
from teachkit.math.formulas import Formula
from teachkit.math.layers.adaptive_pooling import (
    adaptive_average_pooling,
    adaptive_max_pooling,
)
from teachkit.math.layers.convolutional import convolution
from teachkit.math.layers.depthwise_convolutional import depthwise, separable
from teachkit.math.layers.pooling import average_pooling, max_pooling
from teachkit.math.layers.transposed_convolutional import transposed_convolution
from teachkit.math.meanings import Meaning
from teachkit.math.operations.arguments import settings, shape_of
from teachkit.math.rules import Rule, for_operations
from teachkit.math.subjects import Arguments, Array, Subject, UnknownShapeError

Describe = Callable[[Mapping[str, Any]], Any]
"""Makes something like a layer of the arguments of an operation."""


def by_layer(rule: Rule, describe: Describe) -> Rule:
    """Return the rule of a layer for the operation that does the same.

    Arguments:
        rule: of the layer.
        describe: makes something like the layer. It gets shapes for tensors; when
            numbers are computed it gets arrays.
    """

    def operation_rule(subject: Subject) -> Meaning:
        own = settings(subject.operation)

        def meaning(given: Arguments) -> Meaning:
            layer = describe({**own, **given})
            inputs = Arguments(list(subject.given.items())[:1])
            return rule(replace(subject, operation=layer, given=inputs))

        def evaluate(given: Arguments) -> Any:
            computed = meaning(given).evaluate
            return None if computed is None else computed(given)

        def by_hand(given: Arguments, outputs: list[Array]) -> Formula | None:
            written = meaning(given).by_hand
            return None if written is None else written(given, outputs)

        told = meaning(subject.given)
        return replace(told, params=NOTHING, evaluate=evaluate, by_hand=by_hand)

    return operation_rule


def _convolution(own: Mapping[str, Any], kernel: Any) -> dict[str, Any]:
    """Return the attributes that all layers with a kernel have."""
    if None in shape_of(kernel):
        raise UnknownShapeError
    size = shape_of(kernel)[:-2]
    rank = len(size)
    return {
        "activation": None,
        "data_format": _layout(own),
        "dilation_rate": _each_axis(own["dilation_rate"], rank),
        "groups": 1,
        "kernel": kernel,
        "kernel_size": size,
        "lora_enabled": False,
        "padding": own["padding"].lower(),
        "strides": _each_axis(own["strides"], rank),
        "use_bias": False,
    }


def _like_conv(own: Mapping[str, Any]) -> Any:
    kernel = own["kernel"]
    filters = shape_of(kernel)[-1]
    return SimpleNamespace(**_convolution(own, kernel), filters=filters)


def _like_depthwise(own: Mapping[str, Any]) -> Any:
    kernel = own["kernel"]
    multiplier = shape_of(kernel)[-1]
    return SimpleNamespace(**_convolution(own, kernel), depth_multiplier=multiplier)


def _like_separable(own: Mapping[str, Any]) -> Any:
    kernel, pointwise = own["depthwise_kernel"], own["pointwise_kernel"]
    return SimpleNamespace(
        **_convolution(own, kernel),
        depthwise_kernel=kernel,
        pointwise_kernel=pointwise,
        depth_multiplier=shape_of(kernel)[-1],
        filters=shape_of(pointwise)[-1],
    )


def _like_transposed(own: Mapping[str, Any]) -> Any:
    kernel, more = own["kernel"], own["output_padding"]
    rank = len(shape_of(kernel)) - 2
    return SimpleNamespace(
        **_convolution(own, kernel),
        filters=shape_of(kernel)[-2],
        output_padding=None if more is None else _each_axis(more, rank),
    )


def _like_pooling(own: Mapping[str, Any]) -> Any:
    rank = len(shape_of(own["inputs"])) - 2
    size = _each_axis(own["pool_size"], rank)
    return SimpleNamespace(
        pool_size=size,
        strides=_each_axis(own["strides"] or size, rank),
        padding=own["padding"],
        data_format=_layout(own),
    )


def _each_axis(value: Any, rank: int) -> tuple[int, ...]:
    return (value,) * rank if isinstance(value, int) else tuple(value)


def _layout(own: Mapping[str, Any]) -> str:
    return str(own["data_format"] or keras.config.image_data_format())


for_operations("AdaptiveAveragePool")(adaptive_average_pooling)
for_operations("AdaptiveMaxPool")(adaptive_max_pooling)
for_operations("AveragePool")(by_layer(average_pooling, _like_pooling))
for_operations("Conv")(by_layer(convolution, _like_conv))
for_operations("ConvTranspose")(by_layer(transposed_convolution, _like_transposed))
for_operations("DepthwiseConv")(by_layer(depthwise, _like_depthwise))
for_operations("MaxPool")(by_layer(max_pooling, _like_pooling))
for_operations("SeparableConv")(by_layer(separable, _like_separable))
