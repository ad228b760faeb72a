"""Errors that have little to do with Keras: names, imports, memory, leaving."""

from __future__ import annotations

import builtins
import traceback

import keras

from teachkit.grading.explained_errors.registry import Match, explains
from teachkit.grading.explained_errors.scene import Scene
from teachkit.grading.explained_errors.words import close_to
from teachkit.grading.findings import Finding
from teachkit.keras_reader.budget import TooManyNumbersError

_MANY_FRAMES = 50


@explains(r"^NameError: name '(?P<name>\w+)' is not defined")
def unknown_name(scene: Scene, match: Match) -> Finding:
    """Tell a name that no line above defines, and those that come close."""
    name = match["name"]
    if set(name) == {"_"}:
        return scene.finding(
            f"a blank, `{name}`, is still there.",
            "So this line cannot run.",
            "Write in its place what the prompt asks for.",
        )
    known = {*scene.names, *dir(builtins), *dir(keras.layers)}
    so = "Lines run from top to bottom: a name exists from the line that makes it on."
    later = _line_that_makes(scene, name)
    if later is not None:
        so = f"It is made in line {later}, and lines run from top to bottom (rule 3)."
    look = "Change the order of lines."
    if later is None:
        look = "" if name == "model" else close_to(name, known, 0.7)
    return scene.finding(
        f"it uses `{name}`, which no line above defines.",
        so,
        look or f"Make `{name}` in a line above, or import it.",
        rule=3,
        misconception="M31" if later is not None else "",
    )


def _line_that_makes(scene: Scene, name: str) -> int | None:
    for number, line in enumerate(scene.source.splitlines(), 1):
        if line.startswith(f"{name} =") and number > (scene.line or 0):
            return number
    return None


@explains(r"^UnboundLocalError: .*variable '(?P<name>\w+)'")
def local_name(scene: Scene, match: Match) -> Finding:
    """Tell a name that a function reads before it makes it."""
    name = match["name"]
    return scene.finding(
        f"the function reads `{name}` before it has given it a value.",
        f"`{name} = ...` inside a function makes a new name that only it knows.",
        f"Look where `{name}` gets its first value in this function.",
        rule=3,
    )


@explains(r"^(ImportError|ModuleNotFoundError): ")
def no_import(scene: Scene, match: Match) -> Finding:
    """Tell what cannot be imported."""
    module = getattr(scene.error, "name", None) or "it"
    look = "Look at the spelling; an exercise needs only keras and numpy."
    if "cannot import name" in scene.text:
        wanted = scene.text.split("'")[1]
        places = (keras, keras.layers, keras.ops, keras.models)
        known = {name for place in places for name in dir(place)}
        home = next((p.__name__ for p in places if wanted in dir(p)), "")
        home = home.replace("keras._tf_keras.", "").replace("keras.api.", "keras.")
        look = (
            f"Write: from {home} import {wanted}." if home else close_to(wanted, known)
        )
        return scene.finding(
            f"`{module}` has no `{wanted}` that could be imported.",
            "So the answer stops here.",
            look or "Look at the spelling.",
        )
    return scene.finding(
        f"there is no module `{module}` here.", "So the answer stops here.", look
    )


@explains(r"^SystemExit")
def left(scene: Scene, match: Match) -> Finding:
    """Say that the code leaves Python before it is done."""
    return scene.finding(
        "your code leaves Python (exit or quit) before it made what is asked.",
        "So nothing after it has run.",
        "Remove this line: an answer just ends with its last line.",
    )


@explains(r"^KeyboardInterrupt")
def interrupted(scene: Scene, match: Match) -> Finding:
    """Say that the code was interrupted."""
    return scene.finding(
        "your code was interrupted.", "So it did not end.", "Run it once more."
    )


@explains(r"^EOFError")
def asks_for_input(scene: Scene, match: Match) -> Finding:
    """Say that nobody sits there to type."""
    return scene.finding(
        "your code waits for something to be typed.",
        "Nobody is there to type when it is checked.",
        "Write the value into the code. (A tensor begins with `Input`, capital I.)",
    )


@explains(r"^TooManyNumbersError")
def too_many_numbers(scene: Scene, match: Match) -> Finding | None:
    """Tell a weight that is refused before memory is taken for it."""
    error = scene.error
    if not isinstance(error, TooManyNumbersError):
        return None
    size = 1
    for length in error.shape:
        size *= length
    shape = " × ".join(f"{length:,}" for length in error.shape)
    so = f"I make room for at most {error.most:,} numbers in one weight."
    if error.before:
        so = (
            f"Together with the {error.before:,} before it that is more than the "
            f"{error.most:,} that I make room for."
        )
    return scene.finding(
        f"the weight '{error.path}' would have {shape} = {size:,} numbers.",
        so,
        "Look at the shape that this layer reads, and at its number of units.",
        rule=1,
    )


@explains(
    r"^MemoryError", r"^ResourceExhaustedError", r"Unable to allocate", r"OOM when"
)
def no_memory(scene: Scene, match: Match) -> Finding:
    """Say that there is no memory left."""
    return scene.finding(
        "there is not enough memory for what this line makes.",
        "So it was stopped before the computer came to a halt.",
        "Look for a shape or a number of units that is far too large.",
    )


@explains(r"^RecursionError", r"maximum recursion depth exceeded")
def too_deep(scene: Scene, match: Match) -> Finding:
    """Tell an own function that calls itself from a chain too long for Keras."""
    frames = traceback.extract_tb(scene.error.__traceback__)
    own = [frame for frame in frames if frame.filename == scene.filename]
    if len(own) > _MANY_FRAMES:
        name = max({f.name for f in own}, key=[f.name for f in own].count)
        return scene.finding(
            f"`{name}` calls itself again and again, without end.",
            "So Python stopped it.",
            "Look for the case in which it should return without calling itself.",
        )
    return scene.finding(
        "the chain of layers is too long for Keras, which walks along it step by step.",
        "About 1,000 calls one after the other is the limit.",
        "Build a model of fewer layers; look for a loop that runs too often.",
        rule=5,
    )


@explains(r"^FileNotFoundError: ")
def no_file(scene: Scene, match: Match) -> Finding:
    """Say that a file is not there."""
    name = getattr(scene.error, "filename", None) or "a file"
    return scene.finding(
        f"it looks for `{name}`, which is not there.",
        "A checked answer runs in an empty folder of its own.",
        "Make the data with NumPy, or leave this line out: only the model is judged.",
    )


@explains(r"^PermissionError: an answer may not")
def many_programs(scene: Scene, match: Match) -> Finding:
    """Say that an answer starts too many programs."""
    return scene.finding(
        "your code starts other programs again and again.",
        "An answer may not do that.",
        "Remove it: building a model needs no other program.",
    )
