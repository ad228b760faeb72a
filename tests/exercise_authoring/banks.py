"""A small exercise that is right, and how to break it."""

from __future__ import annotations

from pathlib import Path

from teachkit.exercise_format import parse_exercise

TEXT = """\
# /// exercise
# id = "small"
# number = "X90"
# title = "Small"
# level = 1
# type = "build"
# hints = ["Four in.", "Three out.", "`model = Model(x, Dense(3)(x))`"]
# [criteria]
# outputs = {y = [3], weight = 0}
# no_softmax = {predicate = "no", op = "softmax"}
# params = 15
# ///
# %% [markdown] prompt
# Four in, three out.
# %% start
model = ____
# %% solution
x = Input((4,))
model = Model(x, Dense(3)(x))
# %% accept linear is no activation
x = Input((4,))
model = Model(x, Dense(3, activation="linear")(x))
# %% wrong outputs
x = Input((4,))
model = Model(x, Dense(2)(x))
# %% wrong no_softmax M20 shares of what
# A share of the whole is asked nowhere.
x = Input((4,))
model = Model(x, Dense(3, activation="softmax")(x))
# %% wrong params M16
x = Input((4,))
model = Model(x, Dense(3, use_bias=False)(x))
# %% wrong runs
model = Model(Input((4,)), Dense(3))
"""


def changed(old: str, new: str, text: str = TEXT) -> str:
    """Return the text with one part changed, which is there once."""
    assert text.count(old) == 1
    return text.replace(old, new)


def exercise(text: str = TEXT):
    """Return the exercise of a text, as if it were in its folder."""
    return parse_exercise(text, "exercises/01/small.py", "01")


def bank(folder: Path, **texts: str) -> Path:
    """Write exercises into a folder with one lesson."""
    (folder / "01").mkdir(exist_ok=True)
    for name, text in texts.items():
        (folder / "01" / f"{name}.py").write_text(text, encoding="utf-8")
    return folder
