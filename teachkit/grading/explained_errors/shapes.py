"""Shapes that a layer cannot read, and shapes of `Input` (G7)."""

from __future__ import annotations

import math
import re

from teachkit.grading.explained_errors.registry import Match, explains
from teachkit.grading.explained_errors.scene import Scene
from teachkit.grading.explained_errors.words import sample, shapes_in
from teachkit.grading.findings import Finding

_SEQUENCES = 3
_PICTURE = {
    True: "The channel axis is missing: `Input((8, 8, 1))`, with a 1 at the end.",
    False: "A vector is no picture: look at what flattened it before, or Reshape.",
}
_SEQUENCE = {
    True: "The layer before returns its last step only: `return_sequences=True`.",
    False: "Word numbers need an Embedding first; numbers a Reshape to (steps, 1).",
}


@explains(
    r"layer '(?P<layer>[^']*)' is incompatible with the layer: expected "
    r"(?P<least>min_|max_)?ndim=(?P<wanted>\d), found ndim=(?P<found>\d)\. Full "
    r"shape received: (?P<shape>\(.*?\))"
)
def number_of_axes(scene: Scene, match: Match) -> Finding:
    """Explain a Conv2D on (8, 8) and an LSTM on (5,)."""
    shape = sample(shapes_in(match["shape"])[0]) if shapes_in(match["shape"]) else ()
    layer = scene.layer_class or "the layer"
    so, look = _axes_words(match, scene)
    return scene.finding(
        f"{layer} '{match['layer']}' gets samples of shape {shape}.",
        so,
        look,
        rule=2,
    )


def _axes_words(match: Match, scene: Scene) -> tuple[str, str]:
    kind = (scene.layer_class or match["layer"]).lower()
    wanted, found = int(match["wanted"]), int(match["found"])
    if "2d" in kind:
        return "It reads pictures: (height, width, channels).", _PICTURE[
            found == wanted - 1
        ]
    if wanted == _SEQUENCES and found < wanted:
        after = _after_a_recurrent_layer(match, scene)
        return "It reads sequences: (steps, features).", _SEQUENCE[after]
    if found > wanted:
        return f"It reads {_axes(wanted - 1)} for each sample.", (
            "Bring them to fewer axes first: Flatten, pooling or Reshape."
        )
    return f"It reads at least {_axes(wanted - 1)} for each sample.", (
        "Leave the batch axis in the data, and look at the shape before."
    )


def _axes(number: int) -> str:
    return "one axis" if number == 1 else f"{number} axes"


def _after_a_recurrent_layer(match: Match, scene: Scene) -> bool:
    shapes = shapes_in(match["shape"])
    width = shapes[0][-1] if shapes and shapes[0] else None
    made = rf"(LSTM|GRU|SimpleRNN)\((units\s*=\s*)?{width}\b"
    return len(re.findall(r"LSTM|GRU|SimpleRNN", scene.source)) > 1 and (
        "Embedding" not in scene.code
        and (re.search(made, scene.source) is not None or "units" in scene.source)
    )


@explains(
    r"layer '(?P<layer>[^']*)' is incompatible.*expected axis -1 of input shape to "
    r"have value (?P<wanted>\d+), but received input with shape (?P<shape>\(.*?\))"
)
def other_width(scene: Scene, match: Match) -> Finding:
    """Explain one layer that is called on 4 and on 5 numbers."""
    found = shapes_in(match["shape"])[0][-1]
    return scene.finding(
        f"'{match['layer']}' was first called on {match['wanted']} numbers, and now "
        f"is called on {found}.",
        "Its weights were made at the first call, for that width.",
        "One layer serves tensors of one width; the other needs a layer of its own.",
        rule=1,
        misconception="M02",
    )


@explains(
    r"layer '(?P<layer>[^']*)' is incompatible.*expected axis (?P<axis>-?\d+) of input"
    r" shape to have value (?P<wanted>\d+), but received input with shape "
    r"(?P<shape>\(.*?\))"
)
def other_channels(scene: Scene, match: Match) -> Finding:
    """Explain a convolution that is called on another number of channels."""
    return scene.finding(
        f"'{match['layer']}' was made for {match['wanted']} channels, and now gets "
        f"samples of shape {sample(shapes_in(match['shape'])[0])}.",
        "Its weights were made at the first call.",
        "Make a second layer for the other tensor.",
        rule=1,
    )


@explains(r"Computed output size would be zero or negative", r"Negative dimension size")
def too_small(scene: Scene, match: Match) -> Finding:
    """Explain a window that is larger than what is left of the picture."""
    shape = _shape_after("inputs", scene.text)
    layer = scene.layer_class or "the layer"
    told = (
        f"the map is only {shape[0]}×{shape[1]} here"
        if len(shape) > 2
        else ("what is left is smaller than the window")
    )
    return scene.finding(
        f"{layer} finds no place for its window: {told}.",
        "Each pooling halves the map; each convolution without padding cuts a border "
        "off.",
        "Use fewer of them, smaller windows, or padding='same'.",
        misconception="M08",
    )


def _shape_after(word: str, text: str) -> tuple[int, ...]:
    match = re.search(rf"{word}[ .]shape=[\[(]None[, ]+([\d, ]+)", text)
    return (
        tuple(int(one) for one in re.findall(r"\d+", match.group(1))) if match else ()
    )


@explains(
    r"total size of the tensor must be unchanged.*input_shape=(?P<a>\(.*?\)), "
    r"target_shape=(?P<b>\(.*?\))"
)
def reshaped(scene: Scene, match: Match) -> Finding:
    """Explain a Reshape of 360 numbers to 10."""
    a, b = match["a"], match["b"]
    before = math.prod(int(one) for one in re.findall(r"\d+", a))
    sizes = [int(one) for one in re.findall(r"-?\d+", b)]
    after = math.prod(size for size in sizes if size > 0)
    told = f"{before} numbers cannot become {after}"
    if -1 in sizes:
        told = f"{before} numbers cannot be split into rows of {after}"
    return scene.finding(
        f"{told}: {a} to {b}.",
        "Reshape only puts numbers in another order; none is lost, none is added.",
        "To get fewer numbers use Flatten and Dense, or pooling.",
        misconception="M07",
    )


@explains(r"Cannot convert '(?P<what>.*?)' to a shape")
def no_shape(scene: Scene, match: Match) -> Finding:
    """Explain `Input(32)`."""
    what = match["what"]
    if what.isdigit():
        return scene.finding(
            f"the shape is the number {what}.",
            f"A shape is a tuple: `({what},)` with a comma.",
            f"Write `Input(({what},))`.",
            misconception="M06",
        )
    if "(" in what[1:]:
        return scene.finding(
            "two shapes are given to one `Input`.",
            "Each `Input` is one tensor with one shape.",
            "Write `Input(...)` once for each.",
            misconception="M06",
        )
    return scene.finding(
        f"`{what[:40]}` is no shape.",
        "A shape is a tuple of numbers, without the batch: `(32,)` or `(8, 8, 1)`.",
        "Look at the first argument of `Input`; a name goes to `name=`.",
        misconception="M06",
    )


@explains(r"You must pass a `shape` argument")
def without_shape(scene: Scene, match: Match) -> Finding:
    """Explain `Input()`."""
    return scene.finding(
        "`Input()` is not told a shape.",
        "It has to know what one sample looks like.",
        "Write the shape of one sample: `Input((32,))`.",
        misconception="M06",
    )


@explains(r"`TimeDistributed` Layer should be passed an `input_shape` with at least 3")
def time_distributed(scene: Scene, match: Match) -> Finding:
    """Explain a TimeDistributed on vectors."""
    return scene.finding(
        "TimeDistributed gets one vector for each sample.",
        "It calls its layer once for each step, so it reads (steps, ...).",
        "Stack the tensors along a new axis first, or call the layer without it.",
    )


@explains(
    r"Kernel shape must have the same length as input, but received kernel of shape "
    r"(?P<kernel>\(.*?\)) and input of shape (?P<shape>\(.*?\))"
)
def batch_among_the_axes(scene: Scene, match: Match) -> Finding:
    """Explain a convolution behind `Input((32, 8, 8, 1))`."""
    shape = sample(shapes_in(match["shape"])[0])
    return scene.finding(
        f"the convolution gets samples of shape {shape}.",
        "That is one axis more than it can read.",
        "`Input` takes the shape of one sample: leave the batch out.",
        rule=1,
        misconception="M06",
    )
