"""Saving, loading, setting weights, and classes of one's own."""

from __future__ import annotations

from teachkit.grading.explained_errors.registry import Match, explains
from teachkit.grading.explained_errors.scene import Scene
from teachkit.grading.findings import Finding


@explains(r"Could not locate class '(?P<name>\w+)'", r"Unknown layer: '(?P<name>\w+)'")
def unknown_class(scene: Scene, match: Match) -> Finding:
    """Explain a class of which a file holds only the name."""
    return scene.finding(
        f"the file names a class '{match['name']}' that nobody registered.",
        "A saved model holds configurations and weights, and not the code of a class.",
        "Register it with `@keras.saving.register_keras_serializable()`, and give it a "
        "`get_config`.",
        misconception="M29",
    )


@explains(r"deserialization of a `?Lambda`?", r"Lambda.*(unsafe|safe_mode)")
def saved_lambda(scene: Scene, match: Match) -> Finding:
    """Explain a Lambda that is not loaded."""
    return scene.finding(
        "the file holds a Lambda, which Keras does not load.",
        "It is code that could do anything.",
        "Use a layer or an operation of `keras.ops` instead.",
        misconception="M29",
    )


@explains(
    r"`set_weights\(weights\)` on layer '(?P<layer>.*?)' with a weight list of length "
    r"(?P<found>\d+), but the layer was expecting (?P<wanted>\d+)"
)
def number_of_weights(scene: Scene, match: Match) -> Finding:
    """Explain a list of weights of another length."""
    so = "A Dense has two: its kernel and its bias, in this order."
    look = "Give one array for each weight."
    if match["wanted"] == "0":
        so = "A layer has no weights before its first call."
        look = "Call the layer on a tensor first."
    return scene.finding(
        f"'{match['layer']}' has {match['wanted']} weights, and gets {match['found']}.",
        so,
        look,
        rule=1,
    )


@explains(
    r"weight shape (?P<a>\(.*?\)) is not compatible with provided weight shape "
    r"(?P<b>\(.*?\))"
)
def shape_of_weight(scene: Scene, match: Match) -> Finding:
    """Explain an array that does not fit a weight."""
    return scene.finding(
        f"a weight of shape {match['a']} gets an array of shape {match['b']}.",
        "A kernel has one row for each input and one column for each unit.",
        "Compare what the two layers read and how many units they have.",
    )


@explains(r"forgot to call `super\(\).__init__\(\)`")
def without_super(scene: Scene, match: Match) -> Finding:
    """Explain a class that does not begin as a layer."""
    return scene.finding(
        "a class of yours does not begin as a Keras layer.",
        "Its `__init__` has to call `super().__init__()` first.",
        "Add that line, as the first of `__init__`.",
    )


@explains(
    r"Could not automatically infer the output shape.*?of type (?P<name>\w+)\).*?"
    r"Error encountered:\s*(?P<reason>[^\n]*)"
)
def own_layer(scene: Scene, match: Match) -> Finding:
    """Explain an error in the `call` of an own class."""
    return scene.finding(
        f"`{match['name']}.call` fails: {match['reason'].strip().rstrip('.')}.",
        "Keras runs it once without numbers, to learn its shape.",
        f"Look into `call` of `{match['name']}`.",
    )


@explains(r"automatically infer the shape of the Lambda")
def lambda_shape(scene: Scene, match: Match) -> Finding:
    """Explain an error in the function of a Lambda."""
    return scene.finding(
        "the function of a Lambda fails when Keras runs it once without numbers.",
        "So its shape is not known.",
        "Use `keras.ops` inside it, or better in its place.",
    )
