"""Questions of a lesson for tests: one of each way to answer."""

from __future__ import annotations

from teachkit.question_format.parsing import parse_questions
from teachkit.question_format.records import LessonQuestion

FILE = '''
[[question]]
id = "same-seed"
kind = "prediction"
computed = true
covers = "P1"
items = "23 24"
fights = "M31"
ask = """
One seed, the same rows: how **near** are the outputs? Not `<b>`.
"""
answer = "exactly equal"

[[question.option]]
say = "exactly equal"
value = "exactly"
why = "One seed draws the same numbers (rule 1)."

[[question.option]]
say = "nearly <i>equal</i>"
value = "nearly"
why = "The *order* of additions is the same, too."

[[question.option]]
say = "not equal"
value = "not"
why = "Only where the seed was not set again."

[[question]]
id = "how-many"
kind = "questionnaire"
entry = "number"
ask = "How many numbers has `Dense(10)` on 4?"
answer = "50"
otherwise = "Count weights and biases."

[[question.option]]
say = "50"
value = 50
why = "(4 + 1) × 10."

[[question.option]]
say = "40"
value = 40
why = "The biases are missing."

[[question]]
id = "why"
kind = "explain"
entry = "sentence"
ask = "Why not `x`?"
model_answer = "It walks back from `outputs` (rule 5)."
'''
QUESTIONS = {one.id: one for one in parse_questions(FILE, "made.toml")}


def question(name: str) -> LessonQuestion:
    """Return one of the questions above."""
    return QUESTIONS[name]
