"""Answers that say the right thing in a form that nobody asked for."""

import pytest

from teachkit.exercise_format import find_exercise
from teachkit.grading.answers.answering import report_on_code
from teachkit.grading.predictions.answer_values import forms_of
from teachkit.grading.predictions.option_names import option_meant, option_names_in
from teachkit.grading.student_code.running_code import fresh_names

OPTIONS = ("mlp", "unused_arm", "residual", "autoencoder", "two_inputs", "twice")
LINES = [
    "inputs = Input((32,))",
    "x = Dense(64, activation='relu')(inputs)",
    "x = Dense(32, activation='relu')(x)",
    "outputs = Dense(1, activation='sigmoid')(x)",
    "model = Model(inputs, outputs)",
]
PAIRS = "[((None, 32), 0), ((None, 64), {}), ((None, 32), 2080), ((None, 1), 33)]"


def status(name, code):
    exercise = find_exercise(name)
    report = report_on_code(exercise, code, fresh_names(exercise))
    return report.status, report.first and report.first.criterion


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("the MLP", "mlp"),
        ("unused_arm_chain", "unused arm"),
        ("UnusedArm", "unused arm"),
        ("MLP with an unused second arm", "unused arm"),
        ("auto-encoder", "autoencoder"),
        ("not twice", ""),
        ("mlp or twice", ""),
        ("a chain", ""),
        (3, ""),
    ],
)
def test_an_option_is_known_by_a_word_that_no_other_option_has(text, meant):
    assert option_meant(text, OPTIONS) == meant


def test_options_that_are_no_names_are_not_guessed():
    assert option_meant("the sum", ("the sum of both", "the mean")) == ""


def test_several_options_are_found_in_one_text():
    assert option_names_in("twice mlp", OPTIONS) == ["mlp", "twice"]
    assert option_names_in("all but mlp and twice", OPTIONS) == []


@pytest.mark.parametrize(
    "code",
    [
        f"order = {LINES}",
        f"lines = {LINES}",
        "answer = '''" + "\n".join(LINES) + "'''",
        f"order = {[f'{n}. {line}' for n, line in enumerate(LINES, 1)]}",
        "order = {1: 4, 2: 8, 3: 6, 4: 2, 5: 1}",
        "order = '4 -> 8 -> 6 -> 2 -> 1'",
        "order = np.concatenate([[4, 8], [6, 2, 1]])",
        "answer = 48621",
    ],
)
def test_an_order_may_be_lines_or_their_numbers(code):
    assert status("order-the-chain", code) == ("passed", None)


def test_lines_as_texts_are_judged_like_lines():
    early = [*LINES[:3], LINES[4], LINES[3]]
    assert status("order-the-chain", f"order = {early}") == ("failed", "order")


@pytest.mark.parametrize(
    "code",
    [
        "answer = {{'lines': {pairs}, 'total': 4225}}",
        "answer = [{pairs}, 4225]",
        "lines = {pairs}\ntotal = 4225",
        "answer = dict(zip(['Input', 'Dense 64', 'Dense 32', 'Dense 1'], {pairs}))\n"
        "answer['sum'] = '4,225'",
        "answer = '\\n'.join(map(str, {pairs})).replace('((', '(') + '\\ntotal 4225'",
    ],
)
def test_shapes_and_numbers_are_found_wherever_they_stand(code):
    right, off = (code.format(pairs=PAIRS.format(n)) for n in (2112, 2048))
    assert status("count-me", right) == ("passed", None)
    assert status("count-me", off) == ("failed", "params_2")


@pytest.mark.parametrize(
    ("value", "meant"),
    [
        ("what block 1 gave", "what block 1 gave"),
        ("2 x", "2 x"),
        ("x", "x"),
        ("1", "what block 1 gave"),
        ("(2)", "2 x"),
        ("option 3", "x"),
        (2.0, "2 x"),
        ("block 1", "block 1"),
    ],
)
def test_an_option_with_a_number_in_it_is_not_the_option_of_that_number(value, meant):
    options = ("what block 1 gave", "2 x", "x")
    assert forms_of(value, "choice", options) == {meant}
