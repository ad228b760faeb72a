"""The file with which a new exercise begins."""

from __future__ import annotations

import re
from pathlib import Path

from teachkit.errors import FileError, WrongValueError

_TEMPLATE = """\
# /// exercise
# id = "{id}"
# title = "{title}"
# level = 1                    # 1 follow, 2 build, 3 think, 4 explore
# type = "build"               # or fill, fix, convert, decide, refactor, insert,
#                              # wiring, save, predict, parsons
# asks = "model"               # the names that an answer defines
# hints = [
#   "Where to look first.",
#   "What to think of.",
#   "The line itself: `Dense(3)(x)`",
# ]
# [criteria]                   # exercises/README.md has the list of them
# inputs = {{x = [4], weight = 0}}   # name or role: the shape of one sample. Weight 0:
# outputs = {{y = [3], weight = 0}}  # it explains what another criterion decides
# equivalent = true                # with the solution's weights the same numbers
# ///
# %% [markdown] prompt
# Say what is to be built: all names and shapes that an answer needs. Four numbers
# come in, three go out; between them lies one `Dense` without activation.
# %% start
# Write what stands there before an answer; a blank is four underscores.
x = Input((4,))
model = ____
# %% solution
x = Input((4,))
model = Model(x, Dense(3)(x))
# %% accept an activation that changes nothing
x = Input((4,))
model = Model(x, Dense(3, activation="linear")(x))
# %% wrong inputs M06
# The first comment is said to who makes this very mistake; leave it out if the usual
# sentence is good enough.
x = Input((1, 4))
model = Model(x, Dense(3)(x))
# %% wrong outputs
x = Input((4,))
model = Model(x, Dense(4)(x))
# %% wrong equivalent M20
x = Input((4,))
model = Model(x, Dense(3, activation="softmax")(x))
"""


def new_exercise(name: str, folder: Path) -> Path:
    """Write a commented exercise to begin with, and return its path.

    What stands there can be checked as it is; each part of it is to be replaced.

    Arguments:
        name: id of the exercise.
        folder: of its lesson; it is made if it is missing.

    Raises:
        WrongValueError: this is no id.
        FileError: there is such a file, or it cannot be written.
    """
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name):
        raise WrongValueError(
            "an id of small letters, digits and hyphens",
            f"'{name}'",
            "write it like siamese-digits",
        )
    path = folder / f"{name}.py"
    text = _TEMPLATE.format(id=name, title=name.replace("-", " ").capitalize())
    if path.exists():
        raise FileError(
            "the name of a new exercise", f"{path}, which is there", "take another id"
        )
    try:
        folder.mkdir(parents=True, exist_ok=True)
        # Mode x refuses a file that is there, even one that appeared just now.
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except OSError as error:
        raise FileError(
            "a folder that can be written to",
            f"'{folder}': {error.strerror or error}",
            "name another folder",
        ) from error
    return path
