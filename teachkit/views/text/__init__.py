"""A `ModelGraph` as text: for terminals, `text/plain`, screen readers and tests.

`rails` draws the wires, `words` says what stands beside them, and `page` puts the two
together.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from teachkit.graph import ModelGraph
from teachkit.views.text.options import checked_look
from teachkit.views.text.page import Page

__all__ = ["draw_text"]

ASCII = str.maketrans("○●■◆│─├┤┼╭╮┬╰╯┴→═║╔╗╚╝", "o*#@|-+++...'''>=:..''")
"""Plain characters as wide; `.` opens downwards, `'` upwards, `+` both ways."""


def draw_text(
    graph: ModelGraph,
    *,
    details: Sequence[str] = ("shape",),
    nested: Literal["collapsed", "expanded"] = "collapsed",
    width: int = 100,
    charset: Literal["unicode", "ascii"] = "unicode",
) -> str:
    """Draw a model as text: a row for each call, wires on the left for its tensors.

    Each wire is one tensor on its way to one reader. Models with more calls or wires
    than can be followed by eye become a listing: each row names what it reads from.

    Arguments:
        graph: the model.
        details: what to tell of each call, of `shape`, `dtype`, `params`, `config`.
        nested: whether models inside the model are drawn too, framed under their call.
        width: columns of the longest line, at least 40.
        charset: `ascii` for terminals that know nothing else.

    Raises:
        WrongValueError: an option has a value that is not offered.

    Example:
        >>> from teachkit.graph import Call, Tensor, TensorSpec
        >>> made = (TensorSpec((None, 8), "float32"),)
        >>> calls = (
        ...     Call("x", "x", "input", "InputLayer", outputs=made),
        ...     Call("dense", "dense", "layer", "Dense", outputs=made),
        ...     Call("add", "add", "layer", "Add", outputs=made),
        ... )
        >>> ports = (("x", "dense", "inputs"), ("x", "add", "inputs[0]"))
        >>> ports += (("dense", "add", "inputs[1]"),)
        >>> wires = (Tensor(a, 0, b, p, (None, 8), "float32") for a, b, p in ports)
        >>> print(draw_text(ModelGraph("tiny", "Functional", calls, tuple(wires))))
        ○    x      Input  (None, 8)
        ├─╮
        │ ●  dense  Dense  (None, 8)
        ├─╯
        ●    add    Add    (None, 8)  reads from x, dense
        <BLANKLINE>
        0 parameters in 0 layers, 2 calls
    """
    look = checked_look(details, nested, width, charset)
    text = "\n".join(Page(graph, look).lines())
    return text.translate(ASCII) if look.ascii_only else text
