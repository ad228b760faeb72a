"""A model as one formula: `digit = digit(hidden(pixels))`, with names where it forks.

A tensor that one call alone reads stands inside the brackets of that call. One that is
read more often, and one whose formula has grown long, gets a line of its own first.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from teachkit.graph import Call, ModelGraph, Tensor
from teachkit.math import Formula, Line, word

_LONGEST = 60
_OPERATION_NUMBER = re.compile(r"(_\d+)?(:\d+)?$")
_DEEPEST = 4
_SIGNS = {
    "Add": ("+", "+"),
    "Subtract": ("-", "-"),
    "Multiply": ("×", r"\times"),
    "Divide": ("/", "/"),
    "TrueDivide": ("/", "/"),
    "Matmul": ("@", r"\cdot"),
    "Power": ("**", r"\mathbin{\text{**}}"),
}


@dataclass(frozen=True, slots=True)
class _Term:
    """What a tensor is written as, how deep its brackets are, and if it is a sum."""

    latex: str
    text: str
    depth: int = 0
    is_pair: bool = False

    @property
    def closed(self) -> _Term:
        """The term in brackets, where a sign beside it would tear it apart."""
        if not self.is_pair:
            return self
        return _Term(f"({self.latex})", f"({self.text})", self.depth)


def composition(graph: ModelGraph) -> Formula:
    """Return the outputs of a model as functions of its inputs, one line after another.

    Example:
        >>> from teachkit.graph import Endpoint, TensorSpec
        >>> spec = TensorSpec((None, 2), "float32")
        >>> a = Call("a", "a", "input", "InputLayer", outputs=(spec,))
        >>> d = Call("d", "d", "layer", "Dense", outputs=(spec,))
        >>> e = Call("e", "e", "layer", "Dense", outputs=(spec,))
        >>> wires = [Tensor(s, 0, t, "inputs", None, "?") for s, t in ("ad", "de")]
        >>> end = Endpoint("e", 0, "", (None, 2), "float32")
        >>> whole = ModelGraph("m", "Functional", (a, d, e), tuple(wires), (), (end,))
        >>> composition(whole).text
        'output = e(d(a))'
    """
    return _Composer(graph.visible()).formula()


class _Composer:
    def __init__(self, graph: ModelGraph) -> None:
        self._graph = graph
        self._uses = Counter((t.source, t.index) for t in graph.tensors)
        self._uses.update((end.call, end.index) for end in graph.outputs)
        self._terms: dict[str, _Term] = {}
        self._lines: list[Line] = []
        self._named = 0

    def formula(self) -> Formula:
        """Return a line for each name, and then one for each output."""
        for call in self._graph.calls:
            self._terms[call.id] = self._written(call)
        several = len(self._graph.outputs) > 1
        for end in self._graph.outputs:
            name = word(f"output{end.path}" if several else "output")
            term = self._read(end.call, end.index)
            self._lines.append(
                Line(f"{name.latex} = {term.latex}", f"{name.text} = {term.text}")
            )
        return Formula(tuple(self._lines))

    def _written(self, call: Call) -> _Term:
        if call.kind in {"input", "constant"}:
            return _named(call.id)
        reads = [self._read(t.source, t.index) for t in self._reads(call)]
        term = _applied(call, reads)
        if self._is_read_once(call) and (self._is_end(call) or not _is_long(term)):
            return term
        self._named += 1
        own = _Term(f"h_{{{self._named}}}", f"h{self._named}")
        self._lines.append(
            Line(f"{own.latex} = {term.latex}", f"{own.text} = {term.text}")
        )
        return own

    def _reads(self, call: Call) -> tuple[Tensor, ...]:
        return self._graph.incoming(call.id)

    def _read(self, source: str, index: int) -> _Term:
        term = self._terms[source]
        if len(self._graph.call(source).outputs) < 2:
            return term
        return _Term(f"{term.latex}[{index}]", f"{term.text}[{index}]", term.depth)

    def _is_end(self, call: Call) -> bool:
        return not self._graph.outgoing(call.id)

    def _is_read_once(self, call: Call) -> bool:
        reads = [self._uses[call.id, k] for k in range(max(1, len(call.outputs)))]
        return sum(reads) <= 1


def _named(name: str) -> _Term:
    symbol = word(name)
    return _Term(symbol.latex, symbol.text)


def _applied(call: Call, reads: list[_Term]) -> _Term:
    depth = 1 + max((term.depth for term in reads), default=0)
    if call.kind == "operation" and call.type in _SIGNS:
        sides = _sides(call, reads)
        if sides is not None:
            sign, latex_sign = _SIGNS[call.type]
            one, other = (term.closed for term in sides)
            return _Term(
                f"{one.latex} {latex_sign} {other.latex}",
                f"{one.text} {sign} {other.text}",
                depth,
                is_pair=True,
            )
    function = word(call.layer or _OPERATION_NUMBER.sub("", call.id))
    plain = call.arguments if call.kind == "operation" else ()
    arguments = [*reads, *map(_named, plain)]
    return _Term(
        f"{function.latex}({', '.join(term.latex for term in arguments)})",
        f"{function.text}({', '.join(term.text for term in arguments)})",
        depth,
    )


def _sides(call: Call, reads: list[_Term]) -> tuple[_Term, _Term] | None:
    """Return what stands left and right of a sign: two tensors, or one and a number."""
    if len(reads) == 2 and not call.arguments:
        return reads[0], reads[1]
    if len(reads) != 1 or len(call.arguments) != 1:
        return None
    port, _, told = call.arguments[0].partition("=")
    value = _named(told)
    return (value, reads[0]) if port == "x1" else (reads[0], value)


def _is_long(term: _Term) -> bool:
    return len(term.text) > _LONGEST or term.depth >= _DEEPEST
