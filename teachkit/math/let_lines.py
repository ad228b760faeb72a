"""The formula of a layer by its operations: `scaled = x ⊙ factor`, line by line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import keras

from teachkit.graph import ModelGraph, TensorSpec
from teachkit.keras_reader.ports import leaves_with_path
from teachkit.keras_reader.recording import Constant, RecordedCall, Recording, Ref
from teachkit.math.formulas import Formula, Line, Symbol, word
from teachkit.math.meanings import Meaning
from teachkit.math.numbers import numbers
from teachkit.math.renaming import has_letter, indexed, renamed, without_shape
from teachkit.math.subjects import bound

_Place = tuple[str, int]
_INPUTS = {"input", "first input", "second input", "images"}


def let_lines(recording: Recording, meanings: Mapping[str, Meaning]) -> Formula:
    """Return what each call makes, in the order of the graph, each by its name.

    What the layer is given and its weights have their own names; what comes out of
    the last call is `y`.

    Arguments:
        recording: of the layer.
        meanings: of its calls by id, without inputs.
    """
    lines = _Lines(recording, meanings)
    found = Formula(())
    for name, meaning in meanings.items():
        found += lines.of(recording.root.calls[name], meaning)
    return Formula(found.lines, tuple(lines.shown.values()))


class _Lines:
    """The lines of one layer; a name carries its shape where it is met first."""

    def __init__(self, recording: Recording, meanings: Mapping[str, Meaning]) -> None:
        self._graph = recording.graph
        self._names = _names(recording)
        self.shown: dict[str, Symbol] = {}
        letters = [
            {symbol.latex for symbol in one.formula.symbols if symbol.shape is not None}
            for one in meanings.values()
        ]
        self._uses = Counter(letter for found in letters for letter in found)
        self._uses.update({symbol.latex for symbol in self._names.values()})

    def of(self, call: RecordedCall, meaning: Meaning) -> Formula:
        """Return the lines of one call."""
        arguments = bound(call.operation, call.args, call.kwargs)
        leaves = [leaf for _, leaf in leaves_with_path(dict(arguments))]
        places = [_place(one) for one in leaves if isinstance(one, (Ref, Constant))]
        reads = [self._names[place] for place in places]
        count = len(self._graph.call(call.id).outputs)
        makes = [self._names[call.id, k] for k in range(count)]
        ports = {name.partition("[")[0] for name in arguments}
        names = _matched(meaning, reads, makes, ports)
        # A layer that is called twice has one set of weights, and so one name for it.
        owner = self._graph.call(call.id).layer or call.id
        written = None if names is None else self._renamed(owner, meaning, names)
        if written is None:
            return _headed(makes, reads, meaning)
        return written

    def _renamed(
        self, name: str, meaning: Meaning, names: dict[str, Symbol]
    ) -> Formula | None:
        own = {
            one.latex: indexed(one, name)
            for one in meaning.formula.symbols
            if one.latex not in names and one.shape is not None
            if self._uses[one.latex] > 1
        }
        known = {
            old: without_shape(new) if new.latex in self.shown else new
            for old, new in names.items()
        }
        written = renamed(meaning.formula, {**own, **known})
        if written is not None:
            self.shown |= {one.latex: one for one in names.values()}
        return written


def _headed(makes: list[Symbol], reads: list[Symbol], meaning: Meaning) -> Formula:
    """Return the lines as they are, below a line that says what their letters are."""
    lines = meaning.formula.lines
    made, read = (", ".join(one.text for one in several) for several in (makes, reads))
    plain = len(makes) == len(reads) == 1 and all(
        any(has_letter(line.text, letter) for line in lines) for letter in "xy"
    )
    if not plain:
        title = f"{made} from {read}:"
        return Formula((Line(word(title).latex, title), *lines))
    latex, text = rf"\text{{with }} x = {word(f'{read}:').latex}", f"with x = {read}:"
    if made != "y":
        latex, text = rf"{makes[0].latex} = y \; {latex}", f"{made} = y {text}"
    return Formula((Line(latex, text), *lines))


def _matched(
    meaning: Meaning, reads: list[Symbol], makes: list[Symbol], ports: set[str]
) -> dict[str, Symbol] | None:
    """Return the names by the symbols of a formula, None if they do not fit."""
    tensors = [one for one in meaning.formula.symbols if one.shape is not None]
    # Nothing twice: nested lines have the same symbol with its shape and without.
    known = _INPUTS | {port.replace("_", " ") for port in ports}
    known |= {f"input {k + 1}" for k, _ in enumerate(reads)}
    inputs = list(dict.fromkeys(s.latex for s in tensors if s.meaning in known))
    outputs = list(dict.fromkeys(s.latex for s in tensors if s.meaning == "output"))
    if len(inputs) != len(reads) or len(outputs) != len(makes):
        return None
    return dict(zip((*inputs, *outputs), (*reads, *makes), strict=True))


def _names(recording: Recording) -> dict[_Place, Symbol]:
    """Return a symbol for each tensor: of inputs, weights, and what calls make."""
    graph = recording.graph
    found: dict[_Place, Symbol] = {}
    for call in graph.calls:
        several = len(call.outputs) > 1
        for k, spec in enumerate(call.outputs):
            name = f"{call.id}[{k}]" if several else call.id
            found[call.id, k] = _named(name, spec)
    for end in graph.inputs:
        found[end.call, 0] = replace(found[end.call, 0], meaning="input")
    found |= _constants(recording, found)
    return found | _results(graph, found)


def _results(graph: ModelGraph, found: dict[_Place, Symbol]) -> dict[_Place, Symbol]:
    """Return `y` for what the layer returns, or `y1` and `y2`."""
    taken = {symbol.text for symbol in found.values()}
    inputs = {end.call for end in graph.inputs}
    ends = sorted(graph.outputs, key=lambda end: end.order)
    places = list(
        dict.fromkeys((e.call, e.index) for e in ends if e.call not in inputs)
    )
    signs = [("y", "y")]
    if len(places) > 1:
        signs = [(f"{{y_{{{k}}}}}", f"y{k}") for k in range(1, len(places) + 1)]
    if any(text in taken for _, text in signs):
        return {}
    return {
        place: Symbol(latex, text, found[place].shape, "output")
        for place, (latex, text) in zip(places, signs, strict=False)
    }


def _constants(
    recording: Recording, found: Mapping[_Place, Symbol]
) -> dict[_Place, Symbol]:
    """Return the names of weights, and numbers as they are."""
    calls = recording.root.calls.values()
    leaves = [
        leaf
        for call in calls
        for part in (call.args, call.kwargs)
        for _, leaf in leaves_with_path(part)
    ]
    constants = {leaf.call: leaf.value for leaf in leaves if isinstance(leaf, Constant)}
    taken = Counter(one.text for one in found.values())
    taken.update(_own_name(value) for value in constants.values())
    return {
        (name, 0): _constant(found[name, 0], value, taken)
        for name, value in constants.items()
    }


def _own_name(value: Any) -> str:
    return str(value.name) if isinstance(value, keras.Variable) else ""


def _constant(symbol: Symbol, value: Any, taken: Counter[str]) -> Symbol:
    name = _own_name(value)
    if name:
        several = taken[name] > 1
        name = "/".join(value.path.split("/")[-2:]) if several else name
        spec = TensorSpec(symbol.shape, "")
        return replace(_named(name, spec), meaning="weight")
    if not isinstance(value, keras.Variable) and symbol.shape == ():
        text = f"{float(numbers(value)):.6g}"
        return Symbol(text, text)
    return symbol


def _named(name: str, spec: TensorSpec) -> Symbol:
    sign = Symbol(name, name) if len(name) == 1 and name.isalpha() else word(name)
    return replace(sign, shape=spec.shape)


def _place(leaf: Ref | Constant) -> _Place:
    return (leaf.call, leaf.index if isinstance(leaf, Ref) else 0)
