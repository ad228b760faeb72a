"""What a function of the author's own computes: one expression of `z`."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

import keras

from teachkit.graph import TensorSpec
from teachkit.keras_reader.following import follow_function
from teachkit.keras_reader.ports import leaves_with_path
from teachkit.keras_reader.recording import Constant, RecordedCall, Recording, Ref
from teachkit.math.explaining import meaning_of, subject_of
from teachkit.math.formulas import Formula, Line, Symbol, Template, powers_of_ten

_TRIED = ((None, 4), (None, 3, 6))
"""The expression must be the same for both, or it holds for one shape alone."""

_LONGEST = 100
_NAME = re.compile(r"\$(?:(\w+)|\{(\w+)\})")
_OPEN, _CLOSE = "({[|,", ")}]|,"
_BRACKETS = re.compile(r"\([^()]*\)|\|[^|]*\||\{[^{}]*\}")
_SIGNS = re.compile(
    r" [-+×⊙/<>≤≥=] |\\(odot|times|gt|lt)\b|\\text(?=[\s,])|\b(where|if)\b|\d "
)
_Z = Line("z", "z")


class _CannotTellError(Exception):
    """There is no expression of one line."""


def expression(function: Callable[[Any], Any]) -> Line | None:
    """Return what a function of `keras.ops` computes: `z ⊙ sigmoid(1.7 × z)`.

    None if it cannot be followed, or is more than one line can tell.
    """
    if isinstance(function, keras.Layer) and not function.built:
        return None
    try:
        found = [_expression(function, TensorSpec(one, "float32")) for one in _TRIED]
    except _CannotTellError:
        return None
    first, other = found
    return first if first.text == other.text and len(first.text) <= _LONGEST else None


def _expression(function: Callable[[Any], Any], spec: TensorSpec) -> Line:
    recording = follow_function(function, spec)
    if recording is None or not isinstance(recording.root.outputs, Ref):
        raise _CannotTellError
    terms: dict[str, Line] = {}
    for name, call in recording.root.calls.items():
        is_input = recording.graph.call(name).kind == "input"
        terms[name] = _Z if is_input else _term(recording, call, terms)
    return terms[recording.root.outputs.call]


def _term(recording: Recording, call: RecordedCall, terms: Mapping[str, Line]) -> Line:
    """Return what one call makes, with the expressions of what it reads filled in."""
    if len(recording.graph.call(call.id).outputs) > 1:
        raise _CannotTellError
    made = meaning_of(subject_of(call, recording.graph)).formula
    template = made.lines[0].template if len(made.lines) == 1 else None
    if template is None:
        raise _CannotTellError
    # With nothing around it there is room for more than a name.
    whole = len(recording.root.calls) == 2 or _has_settings(call.operation)
    latex, text = (_right_side(one, whole) for one in (template.latex, template.text))
    is_inside = call.id != recording.root.outputs.call
    if is_inside and ", " in _outside_brackets(text):
        raise _CannotTellError
    filled = _inner(call, template, made, terms)
    return Line(
        powers_of_ten(_filled(latex, filled, "latex")), _filled(text, filled, "text")
    )


def _right_side(line: str, whole: bool) -> str:
    """Return `$x + 1` of `$y = $x + 1`; of `$y = sigmoid($x) = ...` the name.

    Arguments:
        line: of a template.
        whole: the last part is wanted, because a name would not tell enough.
    """
    parts = line.split(" = ")
    named = re.fullmatch(r"(\w+|\\text\{[^{}]*\})\(\$x\)", parts[1]) and not whole
    found = parts[1] if named else parts[-1]
    if len(parts) > 3 or "_i" in found or "_{i}" in found:
        raise _CannotTellError
    return found


def _inner(
    call: RecordedCall, template: Template, made: Formula, terms: Mapping[str, Line]
) -> dict[str, Line]:
    """Return an expression for each name in a template."""
    leaves = [leaf for _, leaf in leaves_with_path([*call.args, call.kwargs])]
    if any(isinstance(one, Constant) for one in leaves):
        raise _CannotTellError
    reads = [terms[leaf.call] for leaf in leaves if isinstance(leaf, Ref)]
    symbols = {
        name: one if isinstance(one, Symbol) else Symbol(one, one)
        for name, one in template.symbols.items()
        if not isinstance(one, Symbol) or one in made.symbols
    }
    arrays = [
        name
        for name, one in symbols.items()
        if one.shape is not None and one.meaning != "output"
    ]
    if len(arrays) != len(reads):
        raise _CannotTellError
    plain = {name: Line(one.latex, one.text) for name, one in symbols.items()}
    return {**plain, **dict(zip(arrays, reads, strict=True))}


def _filled(template: str, terms: Mapping[str, Line], form: str) -> str:
    def put(found: re.Match[str]) -> str:
        term = terms[found[1] or found[2]]
        before = template[: found.start()].rstrip()[-1:]
        behind = template[found.end() :].lstrip()
        closed = behind[:1] in _CLOSE or behind.startswith(r"\right")
        alone = before in _OPEN and closed
        value = str(getattr(term, form))
        return value if alone or not _is_compound(value) else f"({value})"

    return _NAME.sub(put, template)


def _is_compound(written: str) -> bool:
    """Tell whether a sign beside it would tear it apart."""
    inner = _outside_brackets(written).strip()
    return inner.startswith("-") or _SIGNS.search(inner) is not None


def _outside_brackets(written: str) -> str:
    """Return a text or LaTeX without what stands in brackets of any kind."""
    while (shorter := _BRACKETS.sub("", written)) != written:
        written = shorter
    return written


def _has_settings(operation: Any) -> bool:
    """Tell whether it was made with settings, so that its name alone is too little."""
    own = {name: one for name, one in vars(operation).items() if name[0] != "_"}
    return any(one not in (None, -1) for name, one in own.items() if name != "name")
