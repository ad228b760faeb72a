"""What an activation function is, as the rules of layers use it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import keras

from teachkit.graph import Shape
from teachkit.math.formulas import Formula, Line, Symbol, latex_safe, word
from teachkit.math.own_functions import expression
from teachkit.math.subjects import Array


@dataclass(frozen=True, slots=True)
class Activation:
    r"""An activation function.

    Attributes:
        name: as Keras calls it.
        latex, text: its value for `z`: `\max(0, z)`.
        evaluate: NumPy, on double precision. A function of the author's own is
            followed into the operations it makes.
        own: a function of the author's own, or a layer; None for those of Keras.
        keeps_shape: what it returns has the shape of what it is given.
        elementwise: each number has its value from itself alone.
        notes: what one should know, in whole sentences.
    """

    name: str
    latex: str
    text: str
    evaluate: Callable[[Array], Array]
    keeps_shape: bool = True
    elementwise: bool = True
    notes: tuple[str, ...] = ()
    own: Any = None

    @property
    def symbol(self) -> Symbol:
        """Its name for use in a formula: `relu`."""
        return word(self.name)

    @property
    def is_linear(self) -> bool:
        """Tell whether it changes nothing."""
        return self.name == "linear"

    @property
    def definition(self) -> Formula | None:
        """What it is: `relu(z) = max(0, z)`; None if it changes nothing."""
        if self.is_linear:
            return None
        value = Line(self.latex, self.text)
        if self.own is not None:
            found = expression(self.own)
            if found is None:
                return _stranger(self)
            value = found
        f = self.symbol
        # Of softmax and its like the formula tells one number.
        place = "_i" if "z_i" in self.text else ""
        left = f"(z){place} ="
        return Formula(
            (Line(f"{f.latex}{left} {value.latex}", f"{f.text}{left} {value.text}"),)
        )

    def applied(self, value: Line | str) -> Line:
        """Return it around a value: `relu(1.5)`."""
        inner = Line(value, value) if isinstance(value, str) else value
        f = self.symbol
        return Line(f"{f.latex}({inner.latex})", f"{f.text}({inner.text})")

    def defined(self, line: Formula) -> Formula:
        """Return a line that uses it, and what it is."""
        return line + (self.definition or Formula(()))

    def shape(self, given: Shape) -> Shape:
        """Return the shape of what it returns: `glu` halves the last axis."""
        if self.keeps_shape:
            return given
        last = given[-1]
        return (*given[:-1], None if last is None else last // 2)


def _stranger(activation: Activation) -> Formula:
    """Return whose function it is, where nothing else can be told."""
    module = getattr(activation.own, "__module__", None) or ""
    whose = "of Keras" if module.partition(".")[0] == "keras" else "of the author's own"
    kind = "layer" if isinstance(activation.own, keras.Layer) else "function"
    told = f": a {kind} {whose}"
    name = activation.symbol
    line = Line(rf"{name.latex}\text{{{latex_safe(told)}}}", f"{name.text}{told}")
    return Formula((line,))
