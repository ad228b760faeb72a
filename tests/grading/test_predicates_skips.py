"""Skips, residual blocks, routes and levels, in many spellings."""

from __future__ import annotations

import keras
import pytest
from keras import Input, Model, Sequential, layers, ops

from teachkit.exercise_format import parse_exercise
from teachkit.grading.answers.answering import report_on_code
from teachkit.grading.predicates.blocks import activated, fresh_weights, kernels
from teachkit.grading.predicates.branches import (
    branch_activations,
    residual_at,
    straight_shortcut,
)
from teachkit.grading.predicates.journeys import (
    reads_all_earlier,
    route_lengths,
    routes,
)
from teachkit.grading.predicates.levels import sizes, skip_levels, stays_spatial
from teachkit.grading.predicates.residuals import identity_when_zeroed
from teachkit.grading.predicates.skips import joins, joins_last_axis, merges, skip
from teachkit.grading.student_code.running_code import fresh_names
from tests.grading.subjects import subject


def dense(units=6, activation=None):
    return layers.Dense(units, activation)


def branch(x):
    return dense()(dense(6, "relu")(x))


def of(body, width=6):
    x = Input((width,), name="x")
    return subject(Model(x, body(x)))


class Block(keras.layers.Layer):
    def __init__(self):
        super().__init__()
        self.first, self.second = dense(6, "relu"), dense()

    def call(self, x):
        return x + self.second(self.first(x))


def nested(x):
    i = Input((6,))
    return Model(i, layers.Add()([i, branch(i)]))(x)


def with_norms(x):
    h = layers.BatchNormalization()(dense()(x))
    h = layers.BatchNormalization()(dense()(ops.relu(h)))
    return layers.ReLU()(layers.add([x, h]))


RESIDUAL = {
    "layer": lambda x: layers.Add()([x, branch(x)]),
    "operator": lambda x: branch(x) + x,
    "ops": lambda x: ops.add(x, branch(x)),
    "function": lambda x: layers.add([branch(x), x]),
    "stack": lambda x: ops.sum(ops.stack([x, branch(x)]), axis=0),
    "Lambda": lambda x: layers.Lambda(lambda p: p[0] + p[1])([x, branch(x)]),
    "nested model": nested,
    "nested sequential": lambda x: x + Sequential([dense(6, "relu"), dense()])(x),
    "custom layer": lambda x: Block()(x),
    "Dropout": lambda x: x + layers.Dropout(0.5)(branch(x)),
    "relu after": lambda x: ops.relu(x + branch(x)),
    "BatchNormalization inside": with_norms,
    "pre-activation": lambda x: x + dense()(ops.relu(dense()(ops.relu(x)))),
    "LayerNormalization after": lambda x: layers.LayerNormalization()(x + branch(x)),
    "BatchNormalization after": lambda x: layers.BatchNormalization()(x + branch(x)),
}


@pytest.mark.parametrize("name", RESIDUAL)
def test_a_residual_block_may_be_written_in_many_ways(name):
    one = of(RESIDUAL[name])
    assert identity_when_zeroed(one) is None
    assert residual_at(one, "add") is None
    assert joins(one, "add") is None


def middle(x):
    h = dense(6, "relu")(x)
    return h + dense()(h)


def doubled(x):
    h = branch(x)
    return layers.Add()([h, h])


NO_RESIDUAL = {
    "the middle": (middle, "in the middle: what is left is relu(W·x)"),
    "a projection": (lambda x: dense()(x) + branch(x), "The short route goes through"),
    "itself": (doubled, "2·f(x); x is nowhere"),
    "a chain": (branch, "no two tensors are ever joined"),
    "a mean": (lambda x: (x + branch(x)) / 2, "Something else happens to x"),
    "a layer behind": (lambda x: dense()(x + branch(x)), "stands behind the addition"),
    "no layer": (lambda x: layers.Activation("relu")(x), "no layer with weights"),
}


@pytest.mark.parametrize("name", NO_RESIDUAL)
def test_what_stands_in_the_way_of_the_input_is_told(name):
    body, words = NO_RESIDUAL[name]
    found = identity_when_zeroed(of(body))
    assert words in f"{found.see} {found.so}"


def test_relu_on_the_short_route_is_not_relu_after_the_addition():
    found = identity_when_zeroed(of(lambda x: ops.relu(x) + branch(x)))
    assert "relu(x) + h" in found.see
    assert "-20.00" in found.so
    assert identity_when_zeroed(of(lambda x: ops.relu(x + branch(x)))) is None


def test_a_custom_layer_with_a_projection_inside_is_no_residual_block():
    class Projection(Block):
        def call(self, x):
            return self.first(x) + self.second(x)

    assert identity_when_zeroed(of(lambda x: Projection()(x))) is not None


def test_concatenation_in_the_place_of_addition_is_told_with_widths():
    found = joins(of(lambda x: layers.Concatenate()([x, branch(x)])), "add")
    assert "the width doubles, 6 → 12" in found.see
    assert found.misconception == "M09"
    assert found.calls == ("concatenate",) or len(found.calls) == 1


def test_addition_in_the_place_of_concatenation_is_told_with_channels():
    found = joins(of(lambda x: x + branch(x)), "concatenate")
    assert "the number of channels stays 6" in found.so
    assert found.misconception == "M09"


def test_branches_of_equal_length_are_no_skip():
    found = residual_at(of(lambda x: dense()(x) + dense()(x)))
    assert "routes of 1 and 1 layers" in found.see
    assert found.misconception == "M14"


def test_another_operation_at_the_join_is_told():
    found = residual_at(of(lambda x: layers.Multiply()([x, branch(x)])))
    assert "another operation there: add" in found.so


def chain_with_skip(begin, end, layer_count=5):
    def body(x):
        tensors = [x]
        for number in range(1, layer_count + 1):
            read = tensors[-1]
            if number - 1 == end:
                read = layers.Add()([read, tensors[begin]])
            tensors.append(dense(6, "relu")(read))
        return tensors[-1]

    return of(body)


@pytest.mark.parametrize(("begin", "end"), [(0, 2), (1, 3), (1, 4), (2, 4)])
def test_where_a_skip_begins_and_ends(begin, end):
    one = chain_with_skip(begin, end)
    assert skip(one, start=begin, over=end - begin) is None
    assert skip(one, start=begin + 1, over=end - begin - 1).facts["start"] == begin
    assert skip(one, start=begin, over=end - begin + 1).facts["end"] == end
    assert merges(one, 1) is None
    assert route_lengths(one, [5, 5 - end + begin]) is None


def test_a_join_of_a_tensor_with_itself_is_no_skip():
    found = skip(chain_with_skip(3, 3), start=1, over=2)
    assert "the same tensor" in found.see
    assert found.misconception == "M03"


def test_many_merges_are_counted():
    def body(x):
        for _ in range(9):
            x = x + dense()(x)
        return x

    found = merges(of(body), 1)
    assert found.see.startswith("I count 9 merges, the picture has 1")
    assert route_lengths(of(body), [9]) is not None


def test_an_activation_on_the_shortcut_is_told_with_numbers():
    def body(activation):
        return lambda x: dense(6, activation)(x) + branch(x)

    assert straight_shortcut(of(body(None)), 1) is None
    found = straight_shortcut(of(body("relu")), 1)
    assert "negative numbers never pass" in found.so
    assert "between 0 and" in found.so


def test_a_shortcut_that_begins_behind_a_layer_is_told():
    found = straight_shortcut(of(lambda x: middle(x)), 1)
    assert "in the middle" in found.see


@pytest.mark.parametrize(
    ("first", "second", "words"),
    [
        ("relu", None, ""),
        (None, None, "is linear here"),
        ("tanh", None, "I see tanh"),
        ("relu", "relu", "In the picture this layer is linear"),
    ],
)
def test_activations_of_a_branch(first, second, words):
    one = of(lambda x: x + dense(6, second)(dense(6, first)(x)))
    found = branch_activations(one, ["relu", ""])
    assert (found is None) == (not words)
    assert words in (f"{found.see} {found.so}" if found else "")


@pytest.mark.parametrize(
    "relu",
    [
        lambda x: layers.ReLU()(dense()(x)),
        lambda x: layers.LeakyReLU(negative_slope=0.0)(dense()(x)),
        lambda x: ops.maximum(dense()(x), 0),
        lambda x: layers.Activation("relu")(layers.BatchNormalization()(dense()(x))),
    ],
)
def test_relu_may_be_written_in_many_ways(relu):
    one = of(lambda x: x + dense()(relu(x)))
    assert branch_activations(one, ["relu", ""]) is None


def test_kernels_are_told_as_far_as_they_differ():
    one = of(lambda x: x + dense()(dense(3, "relu")(x)))
    assert kernels(one, [[6, 3], [3, 6]]) is None
    found = kernels(one, [[6, 6], [6, 6]])
    assert "(3, 6), (6, 3)" in found.see
    assert "is missing" in kernels(one, [[6, 3], [3, 6], [6, 6]]).so


def test_a_layer_that_is_called_twice_has_no_weights_of_its_own():
    shared = dense()
    found = fresh_weights(of(lambda x: shared(shared(x))))
    assert "called 2 times" in found.see
    assert fresh_weights(of(lambda x: dense()(dense()(x)))) is None


def conv(size, filters=4, activation="relu"):
    return layers.Conv2D(filters, size, padding="same", activation=activation)


def picture(body, shape=(8, 8, 4)):
    x = Input(shape, name="x")
    return subject(Model(x, body(x)))


def towers(x):
    pooled = layers.MaxPooling2D(3, 1, "same")(x)
    return layers.Concatenate()([conv(3)(conv(1)(x)), conv(1)(pooled)])


def test_routes_are_named_by_their_kernels_in_any_order():
    one = picture(towers)
    assert routes(one, ["pool 3 → 1×1", "1×1 → 3×3"]) is None
    found = routes(one, ["1×1 → 3×3", "1×1 → 5×5"])
    assert "pool 3 → 1×1" in found.see
    assert "I miss 1×1 → 5×5" in found.so


def test_a_missing_bottleneck_is_named():
    one = picture(lambda x: layers.Concatenate()([conv(3)(x), conv(5)(x)]))
    found = routes(one, ["1×1 → 3×3", "1×1 → 5×5"])
    assert "The 1×1 before 3×3 and 5×5 is missing." in found.so


def test_a_dense_layer_on_the_channels_is_a_convolution_with_one_pixel():
    one = picture(lambda x: layers.Dense(4, "relu")(x))
    assert routes(one, ["1×1"]) is None
    assert kernels(one, [[1, 1, 4, 4]]) is None


def test_the_axis_of_a_concatenation_is_told():
    one = picture(lambda x: layers.Concatenate(axis=1)([conv(3)(x), x]))
    found = joins_last_axis(one)
    assert "along axis 1: the result is (16, 8, 4)" in found.see
    assert joins_last_axis(picture(towers)) is None


@pytest.mark.parametrize(
    ("body", "is_right"),
    [
        (towers, True),
        (lambda x: ops.relu(conv(3, activation=None)(x)), True),
        (lambda x: conv(3, activation=None)(x), False),
        (lambda x: conv(3, activation="tanh")(x), False),
        (lambda x: conv(3)(conv(3, activation=None)(x)), False),
        (
            lambda x: ops.relu(
                layers.Concatenate()(
                    [conv(1, activation=None)(x), conv(3, activation=None)(x)]
                )
            ),
            True,
        ),
        (
            lambda x: ops.relu(layers.Concatenate()([x, conv(3, activation=None)(x)])),
            False,
        ),
    ],
)
def test_relu_behind_every_convolution(body, is_right):
    assert (activated(picture(body), "relu") is None) == is_right


def dense_block(x):
    for _ in range(3):
        x = layers.Concatenate()([x, conv(3)(x)])
    return x


def dense_block_of_a_list(x):
    found = [x]
    for _ in range(3):
        joined = layers.Concatenate()(found) if len(found) > 1 else x
        found.insert(0, conv(3)(joined))
    return layers.Concatenate()(found)


@pytest.mark.parametrize("body", [dense_block, dense_block_of_a_list])
def test_each_step_of_a_dense_block_reads_all_earlier(body):
    assert reads_all_earlier(picture(body)) is None


def only_the_last(x):
    last = x
    for _ in range(3):
        new = conv(3)(x)
        x = layers.Concatenate()([last, new])
        last = new
    return x


def test_a_step_that_reads_less_is_told_with_channels():
    found = reads_all_earlier(picture(only_the_last))
    assert found.facts == {"step": 3, "have": 8, "wanted": 12}
    assert "The input 'x' is not among them" in found.so


def u_net(x, join=None, up=None, levels=2):
    join = join or layers.concatenate
    up = up or (lambda tensor, filters: layers.UpSampling2D()(tensor))
    kept = []
    for level in range(levels):
        x = conv(3, 4 * 2**level)(x)
        kept.append(x)
        x = layers.MaxPooling2D()(x)
    x = conv(3, 4 * 2**levels)(x)
    for level in reversed(range(levels)):
        stayed = kept.pop()
        x = conv(3, 4 * 2**level)(join([up(x, 4 * 2**level), stayed]))
    return x


def transposed(tensor, filters):
    return layers.Conv2DTranspose(filters, 2, strides=2)(tensor)


@pytest.mark.parametrize(
    "options",
    [
        {},
        {"up": transposed},
        {"up": transposed, "join": layers.add},
        {"up": transposed, "join": lambda pair: pair[0] + pair[1]},
    ],
)
def test_a_u_net_may_be_written_in_many_ways(options):
    one = picture(lambda x: u_net(x, **options), (16, 16, 1))
    assert skip_levels(one, **{"16": 1, "8": 1}) is None
    assert sizes(one, [16, 8, 4]) is None
    assert stays_spatial(one) is None


def test_a_level_without_a_skip_is_named():
    def body(x):
        return u_net(x, join=lambda pair: pair[0])

    found = skip_levels(picture(body, (16, 16, 1)), **{"16": 1, "8": 1})
    assert "at 16×16 and 8×8" in found.see


def test_a_tensor_that_is_joined_with_itself_is_no_skip_of_a_level():
    def body(x):
        return u_net(x, join=lambda pair: layers.concatenate([pair[0], pair[0]]))

    found = skip_levels(picture(body, (16, 16, 1)), **{"16": 1})
    assert "I see 'concatenate" in found.see


def test_another_number_of_levels_is_told():
    one = picture(lambda x: u_net(x, levels=3), (16, 16, 1))
    assert sizes(one, [16, 8, 4]).facts["bottom"] == 2


def test_a_dense_layer_in_the_middle_loses_the_position():
    def body(x):
        return layers.Dense(3)(layers.Flatten()(conv(3)(x)))

    found = stays_spatial(picture(body))
    assert "one row of 256 numbers" in found.see
    assert "771 of your" in found.so


def test_a_row_that_is_laid_out_as_a_picture_has_lost_the_position():
    def body(x):
        row = layers.GlobalAveragePooling2D()(x)
        return layers.Reshape((8, 8, 2))(layers.Dense(128)(row))

    assert stays_spatial(picture(body)) is not None


def test_weights_of_channels_are_no_lost_position():
    def body(x):
        row = layers.Dense(4, "sigmoid")(layers.GlobalAveragePooling2D()(x))
        return x * layers.Reshape((1, 1, 4))(row)

    assert stays_spatial(picture(body)) is None


FUNCTION = """\
# /// exercise
# id = "tiny"
# title = "Tiny"
# level = 1
# type = "build"
# asks = "block"
# hints = ["Begin."]
# [criteria]
# outputs = {y = [4]}
# ///
# %% [markdown] prompt
# Write `block(x, units)`.
# %% solution
def block(x, units):
    return Dense(units)(x)
# %% use
x = Input((3,))
model = Model(x, called(block, x, units=4))
"""


@pytest.mark.parametrize(
    ("answer", "criterion"),
    [
        ("def block(x, units):\n    return Dense(units)(x)", None),
        ("def block(t, n):\n    return Dense(n)(t)", None),
        ("block = lambda x, units: [Dense(units)(x)]", None),
        ("def block(x, units):\n    return Model(x, Dense(units)(x))", "returns"),
        ("def block(x, units):\n    return Dense(units)", "returns"),
        ("def block(x, units):\n    Dense(units)(x)", "returns"),
        ("def block(x, units):\n    return x, Dense(units)(x)", "returns"),
        ("block = Dense(4)", "returns"),
        ("def block(x, units):\n    return Dense(units)(z)", "runs"),
        ("def blocks(x, units):\n    return Dense(units)(x)", "defined"),
    ],
)
def test_what_a_function_gives_back_is_told(answer, criterion):
    exercise = parse_exercise(FUNCTION)
    report = report_on_code(exercise, answer, fresh_names(exercise))
    assert (report.first.criterion if report.first else None) == criterion
    assert (report.status == "passed") == (criterion is None)


def test_names_of_use_cells_do_not_stay():
    exercise = parse_exercise(FUNCTION)
    names = fresh_names(exercise)
    report_on_code(exercise, exercise.code("solution"), names)
    assert "called" not in names
    assert "model" in names
