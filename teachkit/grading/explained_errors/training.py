"""Errors of `compile` and `fit`: losses, metrics, targets."""

from __future__ import annotations

import re

from teachkit.grading.explained_errors.registry import Match, explains
from teachkit.grading.explained_errors.scene import Scene
from teachkit.grading.explained_errors.words import close_to, listed, sample, shapes_in
from teachkit.grading.findings import Finding

_LOSSES = [
    *("mse", "mae", "bce", "huber", "hinge", "binary_crossentropy"),
    *("categorical_crossentropy", "sparse_categorical_crossentropy"),
    *("mean_squared_error", "mean_absolute_error", "kl_divergence"),
]
_OPTIMIZERS = ["adam", "sgd", "rmsprop", "adamw", "nadam", "adagrad"]
_METRICS = ["accuracy", "auc", "precision", "recall", *_LOSSES]
_KNOWN = {"loss": _LOSSES, "optimizer": _OPTIMIZERS, "metric": _METRICS}
_VECTORS = 2


@explains(r"dtype='string' is not a valid dtype")
def third_place(scene: Scene, match: Match) -> Finding:
    """Explain `compile("adam", "bce", ["accuracy"])`."""
    return scene.finding(
        "Keras multiplies a loss by a word.",
        "The third place of `compile` is `loss_weights`, and not the metrics.",
        "Write `metrics=` before the list.",
        misconception="M33",
    )


@explains(
    r"Expected keys \[(?P<wanted>.*?)\] in loss dict, but found .*?\[(?P<found>.*?)\]"
)
def loss_keys(scene: Scene, match: Match) -> Finding:
    """Explain a loss for a head that there is not."""
    wanted = [one.strip(" '\"") for one in match["wanted"].split(",")]
    found = [one.strip(" '\"") for one in match["found"].split(",")]
    other = [one for one in found if one not in wanted]
    lacking = [one for one in wanted if one not in found]
    see = f"the losses are for {listed(map(repr, found))}."
    so = f"The heads are called {listed(map(repr, wanted))}: names have to agree."
    look = f"'{other[0]}' is no head. " if other else ""
    look += (close_to(other[0], wanted) if other else "") or (
        f"'{lacking[0]}' has no loss yet." if lacking else "Look at the names."
    )
    return scene.finding(see, so, look, misconception="M19")


@explains(r"The path: \((?P<path>.*?),?\) in the `loss` argument")
def loss_path(scene: Scene, match: Match) -> Finding:
    """Explain more losses than heads, and keys that are no keys of the outputs."""
    path = match["path"].strip("'\"")
    if path.isdigit():
        return scene.finding(
            f"there is a loss number {int(path) + 1}, and no output for it.",
            "A list of losses has one for each output, in their order.",
            "Count the outputs of your Model(...) and the losses.",
            misconception="M19",
        )
    return scene.finding(
        f"a loss is given for '{path}', and no output has that key.",
        "Where the outputs are a dict, its keys count, and not the names of layers.",
        "Use the keys of the outputs' dict.",
        misconception="M19",
    )


@explains(r"arity mismatch.*Invalid `metrics`", r"Invalid `metrics`")
def metrics_arity(scene: Scene, match: Match) -> Finding:
    """Explain `metrics=["accuracy"]` for two heads."""
    heads = re.search(r"functional model \[(.*?)\]", scene.text)
    told = heads.group(1) if heads else "several heads"
    return scene.finding(
        f"one list of metrics for the heads {told}.",
        "Each head wants its own entry.",
        "Give a dict: name of the head to its metrics.",
        misconception="M19",
    )


@explains(r"Could not interpret (?P<what>loss|optimizer|metric)[\w ]*: (?P<name>\S+)")
def unknown_word(scene: Scene, match: Match) -> Finding:
    """Explain a loss, metric or optimizer that is not known."""
    what, name = match["what"], match["name"]
    return scene.finding(
        f"Keras knows no {what} called '{name}'.",
        "So the model was not compiled.",
        close_to(name, _KNOWN[what]) or f"Look at the spelling of the {what}.",
    )


@explains(r"You must call `compile\(\)` before")
def not_compiled(scene: Scene, match: Match) -> Finding:
    """Explain a `fit` without `compile`."""
    return scene.finding(
        "the model is trained or evaluated before `compile`.",
        "It does not know its loss and its optimizer yet.",
        "Call `model.compile(optimizer, loss)` first.",
    )


@explains(
    r"Argument `output` must have rank \(ndim\) `target.ndim - 1`.*target.shape=(?P<a>"
    r"\(.*?\)), output.shape=(?P<b>\(.*?\))",
    r"`target` and `output` must have the same (?:shape|rank).*target.shape="
    r"(?P<a>\(.*?\)), output.shape=(?P<b>\(.*?\))",
)
def target_shape(scene: Scene, match: Match) -> Finding:
    """Explain targets that do not fit the output."""
    target, output = (shapes_in(match[one])[0] for one in ("a", "b"))
    return _targets(scene, str(sample(target)), sample(output))


@explains(
    r"Incompatible shapes: (?P<a>\[.*?\]) vs\. (?P<b>\[.*?\])",
    r"Dimensions must be equal, but are \d+ and \d+ for '\{\{node compile_loss.*"
    r"input shapes: (?P<a>\[.*?\]), (?P<b>\[.*?\])",
)
def loss_shapes(scene: Scene, match: Match) -> Finding:
    """Explain a loss of tensors that do not fit."""
    output = tuple(int(one) for one in re.findall(r"\d+", match["b"].split(",", 1)[-1]))
    target = ", ".join(match["a"].strip("[]").split(",")[1:])
    return _targets(scene, f"({target})", output)


def _targets(scene: Scene, target: str, output: tuple[int | None, ...]) -> Finding:
    so, misconception = "A loss compares the two place by place.", "M21"
    look = "Look at the order of the targets, and at the units of the last layer."
    if len(output) > _VECTORS:
        misconception = "M07"
        so = "Dense works on the last axis only: the other axes are still there."
        look = "Flatten or GlobalAveragePooling2D before the last Dense."
    return scene.finding(
        f"the model gives {output} for each sample, and the targets are "
        f"{'one number each' if target == '()' else target}.",
        so,
        look,
        misconception=misconception,
    )


@explains(r"BroadcastGradientArgs")
def heads_and_losses(scene: Scene, match: Match) -> Finding:
    """Explain losses in another order than the heads."""
    return scene.finding(
        "a loss and its targets have shapes that do not fit.",
        "Losses and targets in a list are matched by position with the heads.",
        "Compare the order of heads, losses and targets; or give dicts by name.",
        misconception="M21",
    )


@explains(
    r"label value of (?P<label>-?\d+) which is outside the valid range of \[0, "
    r"(?P<most>\d+)\)"
)
def label_too_large(scene: Scene, match: Match) -> Finding:
    """Explain a class number for which there is no unit."""
    return scene.finding(
        f"there is a class {match['label']}, and the output has {match['most']} units.",
        f"They stand for the classes 0 to {int(match['most']) - 1}.",
        "Give the last layer one unit for each class.",
    )
