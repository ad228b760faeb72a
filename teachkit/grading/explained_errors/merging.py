"""Tensors that are joined, and do not fit."""

from __future__ import annotations

from teachkit.grading.explained_errors.registry import Match, explains
from teachkit.grading.explained_errors.scene import Scene
from teachkit.grading.explained_errors.words import Shape, listed, sample, shapes_in
from teachkit.grading.findings import Finding

_MERGES = {"Add", "Average", "Concatenate", "Dot", "Maximum", "Minimum", "Multiply"}
_MERGES |= {"Subtract"}
_FUNCTIONS = {"stack", *(name.lower() for name in _MERGES)}
_RANK_OF_PICTURE = 4


@explains(
    r"Inputs have incompatible shapes\. Received shapes (?P<shapes>.*)",
    r"Cannot broadcast shape,.*Input shapes are: (?P<shapes>.*)",
)
def different_shapes(scene: Scene, match: Match) -> Finding | None:
    """Explain an Add of 64 and 32."""
    shapes = shapes_in(match["shapes"].replace("[", "(").replace("]", ")"))
    if len(shapes) < 2:
        return None
    a, b = (sample(shape) for shape in shapes[:2])
    name = scene.layer_class or "this operation"
    so = "It works place by place, so both sides need the same shape."
    if len(a) == len(b) == 1:
        look = (
            f"`Concatenate()` would keep both side by side ({_number(a) + _number(b)} "
            "numbers); or bring one side to the other's width with a Dense."
        )
    elif len(a) != len(b):
        look = _ranks_differ(a, b, scene.source)
    else:
        look = "Look at the layers before: which one changes the size?"
    return scene.finding(
        f"{name} gets a tensor of {_told(a)} and one of {_told(b)}.",
        so,
        look,
        rule=2,
        misconception="M09",
    )


@explains(
    r"requires inputs with matching shapes except for the concatenation axis.*?"
    r"(?P<shapes>\[.*\])",
    r"must have the same shape except on the `axis`.*?(?P<shapes>\(.*\))",
)
def sizes_differ(scene: Scene, match: Match) -> Finding:
    """Explain a Concatenate of sizes that do not agree."""
    shapes = [sample(shape) for shape in shapes_in(match["shapes"])]
    shapes = _of_all(scene) or shapes
    told = listed(str(shape) for shape in shapes)
    if len({len(shape) for shape in shapes}) > 1:
        ends = min(shapes, key=len), max(shapes, key=len)
        return scene.finding(
            f"tensors of different kinds are to be joined: {told}.",
            "All axes have to agree but the one along which they are joined.",
            _ranks_differ(*ends, scene.source),
            rule=2,
        )
    axis = _differing_axis(shapes)
    sizes = ", ".join(str(shape[axis]) for shape in shapes)
    so = f"The sizes {sizes} cannot be joined: only the last axis may differ."
    look = "Look where the sizes part: strides, or a layer that one branch lacks."
    if scene.setting("axis") not in {None, -1, len(shapes[0])}:
        told_axis = scene.setting("axis")
        look = f"Look at `axis={told_axis}`: the channels are the last axis, -1."
    elif _are_close(shapes, axis):
        so += (
            " Pooling rounds down (7 becomes 3, and comes back as 6), and without "
            "padding='same' a convolution cuts the border off."
        )
        look = (
            "Choose a size that can be halved as often as you pool, or padding='same'."
        )
    return scene.finding(
        f"the tensors to be joined have the shapes {told}.",
        so,
        look,
        misconception="M08",
    )


@explains(
    r"too many positional arguments|multiple values for argument 'training'",
    r"^TypeError: (?P<name>\w+)\(\) takes 1 positional argument but \d",
)
def several_arguments(scene: Scene, match: Match) -> Finding | None:
    """Explain `Concatenate()(a, b)`."""
    call = scene.call
    if call is None or len(call.args) < 2:
        return None
    given = ", ".join(scene.written(one, 20) for one in call.args)
    if scene.called not in _MERGES | _FUNCTIONS:
        return scene.finding(
            f"`{scene.called or 'the layer'}` is called on {len(call.args)} tensors.",
            "It reads one tensor.",
            "Join them first, or call the layer once for each of them.",
            rule=2,
        )
    return scene.finding(
        f"`{scene.called}` gets {len(call.args)} things side by side.",
        "A merge takes one list of tensors, and not several arguments.",
        f"Give it one list: `[{given}]`.",
        rule=2,
    )


@explains(
    r"(layer|`\w+` layer) should be called on a list of (at least 1 input|inputs)"
)
def no_list(scene: Scene, match: Match) -> Finding:
    """Explain `Add()(a)`."""
    name = scene.called or "this merge"
    call = scene.call
    if call is not None and len(call.args) > 1:
        return several_arguments(scene, match) or _one_tensor(scene, name)
    return _one_tensor(scene, name)


def _one_tensor(scene: Scene, name: str) -> Finding:
    return scene.finding(
        f"{name} gets one tensor and no list.",
        "A merge joins the tensors of one list.",
        f"Give it one list: `{name}()([a, b])`.",
        rule=2,
    )


@explains(r"A `(?P<name>\w+)` layer should be called on exactly (?P<number>\d+) inputs")
def exact_number(scene: Scene, match: Match) -> Finding:
    """Explain a Subtract of three."""
    return scene.finding(
        f"{match['name']} takes exactly {match['number']} tensors, and gets "
        f"{len(shapes_in(scene.text))}.",
        "It has a left and a right side.",
        "Give it two, or use two of them one after the other.",
    )


@explains(r"axis values (?P<a>\d+) \(at axis \d+\) != (?P<b>\d+)")
def dot_of_widths(scene: Scene, match: Match) -> Finding:
    """Explain a Dot of 4 and 5 numbers."""
    return scene.finding(
        f"Dot gets {match['a']} numbers on one side and {match['b']} on the other.",
        "It multiplies in pairs, so none may be left over.",
        "Bring both sides to the same width with a Dense.",
    )


def _of_all(scene: Scene) -> list[Shape]:
    """Return the shapes of all tensors that are joined, from the code of Keras."""
    given = scene.inner_value("xs", list) or scene.inner_value("inputs", list) or []
    given = scene.inner_value("input_shape", list) or given
    shapes = [getattr(one, "shape", one) for one in given]
    if not all(isinstance(one, tuple) for one in shapes):
        return []
    return [sample(tuple(one)) for one in shapes]


def _differing_axis(shapes: list[Shape]) -> int:
    for axis in range(max(len(shapes[0]) - 1, 1)):
        if len({shape[axis] for shape in shapes}) > 1:
            return axis
    return 0


def _are_close(shapes: list[Shape], axis: int) -> bool:
    """Tell whether sizes differ as borders and rounding make them differ."""
    sizes = {shape[axis] or 0 for shape in shapes}
    smallest, largest = min(sizes), max(sizes)
    if len(sizes) == 2 and largest == 2 * smallest:
        return False
    return largest <= 2 * smallest + 4


def _ranks_differ(a: Shape, b: Shape, source: str) -> str:
    picture = max((a, b), key=len)
    if len(picture) + 1 == _RANK_OF_PICTURE:
        return (
            "Make one vector of the picture first: Flatten or GlobalAveragePooling2D."
        )
    if "return_sequences" in source:
        return (
            "`return_sequences=True` gives one vector for each step; without it, one."
        )
    return "Bring both to the same number of axes first: Flatten, pooling or Reshape."


def _told(shape: Shape) -> str:
    return f"{shape[0]} numbers" if len(shape) == 1 else f"shape {shape}"


def _number(shape: Shape) -> int:
    return shape[0] or 0
