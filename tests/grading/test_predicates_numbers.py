"""Predicates on numbers: formulas, ranges, linearity, broadcasting, regions."""

from __future__ import annotations

import numpy as np
import pytest
from keras import Input, Model, layers, ops
from keras.layers import (
    Add,
    Concatenate,
    Conv2D,
    Dense,
    Flatten,
    GlobalAveragePooling2D,
    GlobalMaxPooling2D,
    Lambda,
    Multiply,
    ReLU,
)

from teachkit.exercise_format import find_exercise
from teachkit.grading.evidence.broadcasting import broadcasts
from teachkit.grading.evidence.relations import relation_of, relation_told
from teachkit.grading.evidence.subject import Case, subject_of
from teachkit.grading.predicates.broadcasts import no_broadcast
from teachkit.grading.predicates.formulas import computes, same_numbers, same_sizes
from teachkit.grading.predicates.linearity import affine, not_affine
from teachkit.grading.predicates.liveness import uses
from teachkit.grading.predicates.ranges import one_softmax, simplex, within
from teachkit.grading.predicates.regions import (
    accepts_ids,
    uses_all_positions,
    weighted_route,
)
from teachkit.keras_reader.orphans import orphans_of


def subject(model, reference=None, **names):
    exercise = find_exercise("X16")
    known = None if reference is None else {"model": reference}
    case = Case(exercise, {"model": model, **names}, reference=known)
    return subject_of("model", model, case)


def orphans(one):
    return orphans_of(one.recording, one.case.before)


def text(finding):
    assert finding is not None
    return f"{finding.see} {finding.so} {finding.look}"


def gate():
    x = Input((8,))
    return Model(x, x * Dense(8, "sigmoid")(x))


class Turned(layers.Layer):
    """A gate whose kernel multiplies from the left, as in the formula."""

    def build(self, shape):
        self.w = self.add_weight(shape=(shape[-1], shape[-1]), name="w")
        self.b = self.add_weight(shape=(shape[-1],), name="b")

    def call(self, x):
        return ops.sigmoid(ops.matmul(x, ops.transpose(self.w)) + self.b)


# computes


def test_a_kernel_that_is_turned_round_computes_the_same():
    x = Input((8,))
    assert computes(subject(Model(x, x * Turned()(x)), gate())) is None


def three(merge, wide=False):
    x = Input((16,))
    if wide:
        parts = ops.split(Dense(24)(x), 3, axis=-1)
    else:
        parts = [Dense(8)(x) for _ in range(3)]
    arms = [f(p) for f, p in zip((ops.relu, ops.tanh, ops.sigmoid), parts, strict=True)]
    return Model(x, Dense(1)(merge(arms)))


def test_arms_that_are_cut_out_of_one_layer_compute_the_same():
    mean = three(layers.Average())
    assert computes(subject(three(layers.Average(), wide=True), mean)) is None


def test_layers_that_are_apart_in_the_answer_compute_the_same():
    x = Input((13,))
    whole = Model(x, Dense(1)(Dense(8, "tanh")(x)))
    halves = Concatenate()([Dense(4, "tanh")(x), Dense(4, "tanh")(x)])
    assert computes(subject(Model(x, Dense(1)(halves)), whole)) is None


def test_a_sum_for_an_average_is_three_times_too_large():
    found = computes(subject(three(Add()), three(layers.Average())), "picture")
    assert "3 times too large: ratio 3.00 on all 48 samples" in text(found)
    assert "'add' (Add)" in text(found) or "(Add)" in text(found)


def test_a_half_is_two_times_too_small():
    x = Input((8,))
    half = Model(x, 0.5 * x * Dense(8, "sigmoid")(x))
    assert "2 times too small: ratio 0.50" in text(computes(subject(half, gate())))


def test_a_counter_example_names_the_input_the_formula_and_the_answer():
    x = Input((8,))
    added = Model(x, x + Dense(8, "sigmoid")(x))
    found = computes(subject(added, gate()), factor="gate")
    assert "the gate is" in found.see
    assert "the formula gives" in found.see
    assert found.misconception == "M09"


def test_numbers_that_are_not_finite_are_a_finding_not_an_error():
    x = Input((8,))
    broken = Model(x, ops.log(-ops.abs(x)) * Dense(8, "sigmoid")(x))
    assert computes(subject(broken, gate())) is not None


def test_a_missing_bias_is_told_with_the_number_of_parameters():
    x = Input((8,))
    bare = Model(x, x * Dense(8, "sigmoid", use_bias=False)(x))
    found = same_sizes(subject(bare, gate()), 72)
    assert "has no bias" in found.see
    assert "b1 is in the formula" in found.so
    assert "64" in found.so


# numbers of a given model


def collapsed(kernel, bias):
    x = Input((4,))
    given = Model(x, Add()([Dense(3)(x), Dense(3)(x)]))
    numbers = np.random.default_rng(0)
    given.set_weights([numbers.normal(size=w.shape) for w in given.weights])
    w1, b1, w2, b2 = given.get_weights()
    small = Model(x, Dense(3)(x))
    small.set_weights([kernel(w1, w2), bias(b1, b2)])
    return same_numbers(subject(small, given=given), "given")


def test_the_sum_of_kernels_and_of_biases_is_the_given_model():
    assert collapsed(np.add, np.add) is None


def test_averages_are_half_of_the_given_model():

    def mean(a, b):
        return (a + b) / 2

    assert "ratio 0.50 on all 48 samples" in text(collapsed(mean, mean))


def test_forgotten_biases_leave_a_constant_gap():
    found = collapsed(np.add, lambda a, b: 0 * a)
    assert "constant gap" in text(found)


def test_close_is_not_equal():
    found = collapsed(lambda a, b: a + b + 0.01, np.add)
    assert "close is not equal" in text(found)


def test_no_rule_is_told_where_there_is_none():
    numbers = np.random.default_rng(0)
    pair = numbers.normal(size=(16, 2)), numbers.normal(size=(16, 2))
    found = relation_of([pair])
    assert found.ratio is None
    assert relation_told(found, "the formula") == ""


# ranges


def test_an_output_without_bounds_tells_how_far_it_goes():
    x = Input((8,))
    found = within(subject(Model(x, Dense(1)(x))), lo=0, hi=1)
    assert "reaches" in found.see
    assert "between 0 and 1" in found.so


def test_one_bound_is_enough():
    x = Input((8,))
    one = subject(Model(x, Dense(1, "softplus")(x)))
    assert within(one, lo=0) is None
    assert within(one, hi=0) is not None


def test_a_softmax_over_one_unit_says_one_each_time():
    x = Input((8,))
    one = subject(Model(x, Dense(1, "softmax")(x)))
    for found in (within(one, [0, 1]), simplex(one)):
        assert "Every answer" in found.see
        assert "48 inputs" in found.see
        assert found.misconception == "M20"


@pytest.mark.parametrize("activation", ["sigmoid", "linear", "relu"])
def test_shares_sum_to_one(activation):
    x = Input((8,))
    assert simplex(subject(Model(x, Dense(10, "softmax")(x)))) is None
    assert simplex(subject(Model(x, Dense(10, activation)(x)))) is not None


# linear or not


def test_layers_without_activation_are_affine():
    x = Input((8,))
    linear = subject(Model(x, Dense(1)(Dense(4)(x))))
    bent = subject(Model(x, Dense(1)(Dense(4, "relu")(x))))
    assert affine(linear) is None
    assert not_affine(linear) is not None
    assert affine(bent) is not None
    assert not_affine(bent) is None


@pytest.mark.parametrize(
    ("merge", "is_rich"),
    [
        (lambda a, b: Add()([ReLU()(a), b]), True),
        (lambda a, b: Multiply()([a, b]), True),
        (lambda a, b: ops.maximum(a, b), True),
        (lambda a, b: ReLU()(Add()([ReLU()(a), b])), True),
        (lambda a, b: ReLU()(Add()([a, b])), False),
        (lambda a, b: Lambda(lambda t: ops.relu(t[0] + t[1]))([a, b]), False),
        (lambda a, b: Dense(4)(a + b), False),
    ],
)
def test_what_bends_after_the_merge_does_not_count(merge, is_rich):
    x = Input((8,))
    one = subject(Model(x, merge(Dense(4)(x), Dense(4)(x))))
    assert (not_affine(one, "merge") is None) == is_rich


# broadcasting


def test_a_repeated_operand_is_told_with_both_shapes():
    x = Input((8,))
    found = no_broadcast(subject(Model(x, Add()([Dense(8)(x), Dense(1)(x)]))))
    assert "(1,)" in found.see
    assert "8 times" in found.so
    assert found.misconception == "M10"


def test_numbers_in_the_code_are_no_operands():
    x = Input((8,))
    model = Model(x, (x + Dense(8)(x)) / 3 + np.ones(8, "float32"))
    assert not broadcasts(subject(model).structure)


# regions


def picture(end, **options):
    x = Input((8, 8, 1))
    return subject(Model(x, Dense(3)(end(Conv2D(4, 3, **options)(x)))))


@pytest.mark.parametrize(
    "end",
    [
        Flatten(),
        GlobalAveragePooling2D(),
        GlobalMaxPooling2D(),
        lambda t: Flatten()(layers.MaxPooling2D(4)(t)),
    ],
)
def test_pooling_and_borders_are_no_corner(end):
    assert uses_all_positions(picture(end, activation="relu")) is None


def test_a_corner_is_told_with_its_rows():
    found = uses_all_positions(picture(lambda t: t[:, 0, 0]))
    assert "only 9 of them matter, in rows 1 to 3" in found.see
    assert "one corner: changing the other 55 places" in found.so


def test_a_row_in_the_middle_is_no_corner():
    found = uses_all_positions(picture(lambda t: Flatten()(t[:, 2])))
    assert "in rows 3 to 5" in found.see
    assert "only a part of it: changing the other 40 places" in found.so


def test_of_a_large_picture_less_is_tried_and_as_much_is_found():
    a, b = Input((70, 70, 1), name="a"), Input((2,), name="b")

    def merged(picture):
        return subject(Model([a, b], Dense(1, "sigmoid")(Concatenate()([picture, b]))))

    whole = merged(GlobalAveragePooling2D()(Conv2D(2, 3)(a)))
    assert len(whole.given()["a"]) == 8
    assert list(whole.draws()) == [0, 1]
    met = (uses(whole), uses_all_positions(whole, "a"), within(whole, [0, 1]))
    assert met == (None, None, None)
    away = merged(GlobalAveragePooling2D()(a) * 0.0)
    assert "only input 'a'" in uses(away).see
    assert "none of them matters" in uses_all_positions(away, "a").see


@pytest.mark.parametrize(
    ("activation", "is_met"), [("relu", False), ("tanh", False), ("sigmoid", True)]
)
def test_bounds_of_a_large_model_are_tried_until_they_are_sure(activation, is_met):
    x = Input((5000,))
    one = subject(Model(x, Dense(1, activation)(x)))
    assert (within(one, [0, 1]) is None) == is_met


def test_words_beyond_the_embedding_fail():
    x = Input((5,), dtype="int32")
    model = Model(x, Dense(1)(Flatten()(layers.Embedding(10, 2)(x))))
    one = subject(model)
    (role,) = one.inputs
    assert accepts_ids(one, role, 10) is None
    assert "19" in accepts_ids(one, role, 20).see


def test_a_layer_behind_the_merge_is_not_on_the_route():
    a, b = Input((4,), name="a"), Input((4,), name="b")
    late = Model([a, b], Dense(1)(Concatenate()([a, b])))
    early = Model([a, b], Dense(1)(Concatenate()([Dense(2)(a), b])))
    exercise = find_exercise("X11")  # its roles do not fit: names are the roles
    for model, is_met in ((late, False), (early, True)):
        one = subject_of("other", model, Case(exercise, {"other": model}))
        one.wanted = ((), ())
        assert (weighted_route(one, "a") is None) == is_met


def test_a_model_that_divides_pixels_by_255_uses_all_of_them():
    x = Input((16, 16, 3))
    shrunk = layers.Resizing(4, 4)(layers.Rescaling(1 / 255)(x))
    model = Model(x, Dense(1, "sigmoid")(GlobalAveragePooling2D()(shrunk)))
    assert uses_all_positions(subject(model)) is None


@pytest.mark.parametrize("asks", [uses_all_positions, simplex, within])
def test_places_that_became_samples_are_counted(asks):
    mixed = picture(lambda t: ops.reshape(t, (-1, 4)))
    found = asks(mixed)
    assert "16 samples" in found.see
    assert "576 answers" in found.see


def test_an_average_of_softmaxes_is_worth_an_advice():
    x = Input((8, 8, 1))
    shares = Dense(3, "softmax")(Conv2D(4, 3)(x))
    averaged = one_softmax(subject(Model(x, GlobalAveragePooling2D()(shares))))
    assert "averaging 36 softmaxes works" in averaged.see
    assert one_softmax(subject(Model(x, ops.sum(shares, axis=(1, 2))))) is None
    usual = Dense(3, "softmax")(Flatten()(Conv2D(4, 3)(x)))
    assert one_softmax(subject(Model(x, usual))) is None


def test_what_belongs_to_another_model_was_not_called_in_vain():
    x = Input((4,))
    small, rich = Model(x, Dense(2)(x)), Model(x, Dense(2, "relu")(x))
    assert orphans(subject(small, rich=rich)) == ()
    assert len(orphans(subject(small))) == 1
