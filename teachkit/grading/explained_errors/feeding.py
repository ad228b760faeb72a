"""Data that does not fit the inputs of a model."""

from __future__ import annotations

import re

from teachkit.grading.explained_errors.registry import Match, explains
from teachkit.grading.explained_errors.scene import Scene
from teachkit.grading.explained_errors.words import close_to, sample, shapes_in
from teachkit.grading.findings import Finding


@explains(
    r'Layer "(?P<layer>.*?)" expects (?P<wanted>\d+) (?:named )?input\(s\)(?: with '
    r"keys (?P<keys>\[.*?\]))?, but it received (?P<found>\d+) input tensors"
)
def number_of_tensors(scene: Scene, match: Match) -> Finding:
    """Explain several tensors for a layer that reads one, and the other way round."""
    wanted, found = int(match["wanted"]), int(match["found"])
    see = f"'{match['layer']}' reads {wanted} tensor(s) and gets {found}."
    if wanted == 1:
        so = "It gets a list."
        look = "Join the tensors first, for example with Concatenate, or choose one."
        if "return_state" in scene.source:
            so = "With return_state=True a layer returns its output *and* its states."
            look = "Give each a name: `out, h, c = LSTM(8, return_state=True)(x)`."
        return scene.finding(see, so, look, rule=2)
    keys = f" {match['keys']}" if match["keys"] else ""
    return scene.finding(
        see,
        f"Each of its inputs{keys} needs an array of its own.",
        "Give a list in the order of the inputs, or a dict by their names.",
        misconception="M21",
    )


@explains(
    r"Data cardinality is ambiguous.*?'x' sizes: (?P<x>[\d, ]+).*?'y' sizes: "
    r"(?P<y>[\d, ]+)"
)
def number_of_samples(scene: Scene, match: Match) -> Finding:
    """Explain arrays with different numbers of samples."""
    return scene.finding(
        f"the inputs have {match['x'].strip()} samples, the targets "
        f"{match['y'].strip()}.",
        "Sample number 5 of one array belongs to sample number 5 of each other.",
        "Look at the first axis of each array.",
    )


@explains(r'Missing data for input "(?P<name>.*?)".*?keys \[(?P<given>.*?)\]')
def missing_key(scene: Scene, match: Match) -> Finding:
    """Explain a key that no input has."""
    name = match["name"]
    given = [one.strip(" '") for one in match["given"].split(",")]
    return scene.finding(
        f"input '{name}' gets no data; the keys are {', '.join(given)}.",
        "In a dict, arrays find their input by its name.",
        f"One of the keys has to be '{name}'. {close_to(name, given)}".strip(),
    )


@explains(
    r"Invalid input shape for input.*Expected shape (?P<wanted>\(.*?\)), but input has "
    r"incompatible shape (?P<found>\(.*?\))",
    r"is incompatible with the layer: expected shape=(?P<wanted>\(.*?\)), found "
    r"shape=(?P<found>\(.*?\))",
)
def fed_shape(scene: Scene, match: Match) -> Finding:
    """Explain data of another shape than the Input."""
    wanted = re.sub(r"^\(None, ", "(samples, ", match["wanted"])
    shape = shapes_in(match["wanted"])
    found = shapes_in(match["found"])
    look = "Look at the shape of the data, and at the shape of `Input`."
    if shape and found and len(found[0]) == len(shape[0]) - 1:
        look = "One sample is a batch of one: `x[None]` adds that axis."
    nested = scene.called not in {"fit", "predict", "evaluate", "train_on_batch"}
    if shape and found and nested and found[0][:1] == (None,):
        look = (
            f"The model is a box that reads {sample(shape[0])} for each sample, and is "
            f"called on {sample(found[0])}."
        )
    return scene.finding(
        f"the model gets data of shape {match['found']}.",
        f"Its `Input` says {wanted}.",
        look,
    )


@explains(r"indices\[[\d, ]*\] = (?P<id>-?\d+) is not in \[0, (?P<most>\d+)\)")
def embedded_too_large(scene: Scene, match: Match) -> Finding:
    """Explain a word number for which the Embedding has no row."""
    return scene.finding(
        f"number {match['id']} is looked up in an Embedding with {match['most']} rows.",
        f"They are numbered 0 to {int(match['most']) - 1}.",
        f"The largest number needs `input_dim={int(match['id']) + 1}`.",
    )


@explains(r"Cast string to (u?int|float)\d+ is not supported")
def words_embedded(scene: Scene, match: Match) -> Finding:
    """Explain an Embedding of words."""
    return scene.finding(
        "words arrive where numbers are needed.",
        "An Embedding looks up rows by number.",
        "Turn words into numbers first: StringLookup or TextVectorization.",
    )
