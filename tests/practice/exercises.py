"""Small exercises for tests, one of each kind."""

from __future__ import annotations

from pathlib import Path

from teachkit.exercise_format import Exercise, parse_exercise

_BUILD = """\
# /// exercise
# id = "tiny-build"
# title = "A <tiny> model"
# level = 2
# type = "build"
# hints = ["How many boxes are in the picture?", "One `Dense`.", "`Dense(3)`"]
# [criteria]
# inputs = {x = [4]}
# outputs = {y = [3]}
# params = 15
# ///
# %% [markdown] prompt
# Build `model` after the **picture**.
# %% start
x = Input((4,))
model = ____
# %% solution
x = Input((4,))
model = Model(x, Dense(3)(x))
# %% wrong params M02
x = Input((4,))
model = Model(x, Dense(3, use_bias=False)(x))
"""

_FUNCTION = """\
# /// exercise
# id = "tiny-function"
# title = "A function"
# level = 1
# type = "build"
# asks = ["block", "units"]
# hints = ["One.", "Two.", "Three."]
# [criteria]
# params = 27
# ///
# %% [markdown] prompt
# Write `block(x)` and `units`; `shared` is given.
# %% given
shared = Dense(3, name="shared")
# %% solution
units = 3
def block(x):
    return Dense(units)(shared(x))
# %% use
x = Input((4,))
model = Model(x, block(x))
"""

_FIX = """\
# /// exercise
# id = "tiny-fix"
# title = "A bug"
# level = 1
# type = "fix"
# hints = ["One.", "Two.", "Three, with a picture."]
# [criteria]
# params = 15
# ///
# %% [markdown] prompt
# Mend it.
# %% start
x = Input((4,))
model = Model(x, Dense(2)(x))
# %% solution
x = Input((4,))
model = Model(x, Dense(3)(x))
"""

_ORDER = """\
# /// exercise
# id = "tiny-order"
# title = "Lines"
# level = 1
# type = "parsons"
# hints = ["One.", "Two.", "Three."]
# [criteria]
# order = true
# params = 15
# ///
# %% [markdown] prompt
# Put them in order.
# %% solution
x = Input((4,))
y = Dense(3)(x)
model = Model(x, y)
# %% wrong distractor M01
y = Dense(3)
"""

_PREDICT = """\
# /// exercise
# id = "tiny-predict"
# title = "Numbers"
# level = 1
# type = "predict"
# asks = "answer"
# hints = ["One.", "Two.", "Three."]
# [[questions]]
# id = "shape"
# text = "Which shape has `Dense(3)(x)`, with x of 4 numbers?"
# kind = "shape"
# answer = [3]
# [[questions]]
# id = "total"
# text = "How many parameters?"
# answer = 15
# why = "Five for each unit."
# [[questions]]
# id = "does"
# text = "What does it do?"
# kind = "choice"
# options = ["mix", "keep <b>"]
# answer = "mix"
# [[questions]]
# id = "all"
# text = "Which are layers?"
# kind = "choices"
# options = ["Dense", "Input", "relu"]
# answer = ["Dense", "Input"]
# optional = true
# ///
# %% [markdown] prompt
# Predict.
# %% solution
answer = {"shape": [3], "total": 15, "does": "mix"}
"""

_TEXTS = {
    "build": _BUILD,
    "function": _FUNCTION,
    "fix": _FIX,
    "order": _ORDER,
    "predict": _PREDICT,
}


def made(kind: str, **changed: str) -> Exercise:
    """Return an exercise of a kind.

    Arguments:
        kind: `build`, `function`, `fix`, `order` or `predict`.
        changed: `old` and `new`: a part of its file that is another one.
    """
    text = _TEXTS[kind]
    if changed:
        assert changed["old"] in text
        text = text.replace(changed["old"], changed["new"])
    return parse_exercise(text, f"exercises/01/tiny-{kind}.py", "01")


def path_of(kind: str, folder: Path) -> str:
    """Write an exercise to a file, and return its path."""
    path = folder / f"tiny-{kind}.py"
    path.write_text(_TEXTS[kind], encoding="utf-8")
    return str(path)
