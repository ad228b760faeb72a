"""Rules for many operations that are alike, each made of one row of a table."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from teachkit.math.amounts import NOTHING, Amount
from teachkit.math.formulas import Formula, Symbol, formula
from teachkit.math.meanings import Meaning
from teachkit.math.operations.arguments import (
    quietly,
    settings,
    shape_of,
    symbols_of,
    told_shape,
)
from teachkit.math.operations.axes import axis_words, shapes_in
from teachkit.math.operations.tried import Shapes, shapes_or_open
from teachkit.math.rules import Rule, for_operations
from teachkit.math.subjects import Arguments, Subject


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    r"""An operation: how it is written, NumPy for it, and what becomes of the shape.

    Attributes:
        latex, text: what comes out, with `$name` for each argument, also for those
            that the operation was made with; `$name...` for a list of tensors; and
            the phrases of `axis_words`. Where `$result0` stands, it is the whole
            line, else what is behind `y =`.
        function: NumPy; it is given those of the arguments that it names.
        shape_rule: in words, with `{name}` for arguments and phrases.
        notes: what one should know.
        shapes: of the outputs, from the arguments, where they cannot be found by
            trying the function on zeros.
        macs: multiply-accumulates of one sample, from the arguments and the shapes.
    """

    latex: str
    text: str
    function: Callable[..., Any]
    shape_rule: str
    notes: tuple[str, ...] = ()
    shapes: Callable[[Mapping[str, Any]], Shapes] | None = None
    macs: Callable[[Mapping[str, Any], Shapes], Amount | None] | None = None


def by_row(names: str, row: Row) -> None:
    """Register the rule that a row tells, for operations with these names."""
    for_operations(*names.split())(row_rule(row))


def by_call(names: str, row_of: Callable[[Mapping[str, Any]], Row]) -> None:
    """Register a rule whose row depends on the arguments of the call."""

    def rule(subject: Subject) -> Meaning:
        return row_rule(row_of(all_arguments(subject)))(subject)

    for_operations(*names.split())(rule)


def by_choice(
    names: str, name: str, choices: Mapping[Any, tuple[str, str]], row: Row
) -> None:
    """Register a row in which `@` stands for what one argument chooses.

    Arguments:
        names: of the operations.
        name: of the argument.
        choices: LaTeX and text in the place of `@`, by the value of the argument.
        row: with `@`.
    """

    def row_of(arguments: Mapping[str, Any]) -> Row:
        latex, text = choices[arguments[name]]
        return replace(
            row,
            latex=row.latex.replace("@", latex),
            text=row.text.replace("@", text),
        )

    by_call(names, row_of)


def row_rule(row: Row) -> Rule:
    """Return the rule that a row tells."""

    def rule(subject: Subject) -> Meaning:
        arguments = all_arguments(subject)
        phrases = axis_words(arguments, shapes_in(arguments))
        evaluate = evaluation(subject, row.function)
        if row.shapes is None:
            shapes = shapes_or_open(subject, evaluate)
        else:
            shapes = row.shapes(arguments)
        return Meaning(
            formula=written(row.latex, row.text, {**arguments, **phrases}, shapes),
            shapes=shapes,
            shape_rule=told_rule(
                row.shape_rule.format_map({**arguments, **phrases}), subject, shapes
            ),
            macs=NOTHING if row.macs is None else row.macs(arguments, shapes),
            evaluate=evaluate,
            notes=row.notes,
        )

    return rule


def told_rule(rule: str, subject: Subject, shapes: Shapes) -> str:
    """Return a rule in words, followed by the shapes of this call."""
    before = " and ".join(told_shape(shape_of(one)) for one in subject.inputs[:4])
    after = " and ".join(told_shape(one) for one in shapes[:4] if one is not None)
    dots = " ..." if len(shapes) > 4 else ""
    mark = ";" if ": " in rule else ":"
    return f"{rule}{mark} {before} → {after}{dots}" if before and after else rule


def all_arguments(subject: Subject) -> dict[str, Any]:
    """Return the arguments of a call and those the operation was made with."""
    return {**settings(subject.operation), **_grouped(subject.given)}


def evaluation(
    subject: Subject, function: Callable[..., Any]
) -> Callable[[Arguments], Any]:
    """Return a function of NumPy as the evaluation of a call.

    It is called with those arguments, by name, that it has parameters for; with all
    of them if it takes any.
    """
    own, quiet = settings(subject.operation), quietly(function)
    parameters = inspect.signature(function).parameters
    any_name = any(one.kind is one.VAR_KEYWORD for one in parameters.values())

    def evaluate(given: Arguments) -> Any:
        known = {**own, **_grouped(given)}
        wanted = [name for name in known if any_name or name in parameters]
        return quiet(**{name: known[name] for name in wanted})

    return evaluate


def _grouped(given: Mapping[str, Any]) -> dict[str, Any]:
    """Return arguments with `x[0]` and `x[1]` as one list `x`."""
    found: dict[str, Any] = {}
    for name, value in given.items():
        owner, bracket, _ = name.partition("[")
        if bracket:
            found.setdefault(owner, []).append(value)
        else:
            found[name] = value
    return found


def written(
    latex: str, text: str, arguments: Mapping[str, Any], shapes: Shapes
) -> Formula:
    """Return `y = ...` with the arguments filled in."""
    symbols = symbols_of(arguments)
    for name, value in arguments.items():
        if isinstance(value, (list, tuple)):
            latex = latex.replace(f"${name}...", _enumerated(name, value, r"\dots"))
            text = text.replace(f"${name}...", _enumerated(name, value, "..."))
    # Where an argument is called y, what comes out is called z.
    letter = "z" if "y" in arguments else "y"
    outputs = _outputs(letter, shapes)
    forms = [latex, text]
    if "result0" not in latex:
        left = [_enumerated("result", shapes, dots) for dots in (r"\dots", "...")]
        forms = [f"{a} = {b}" for a, b in zip(left, forms, strict=True)]
    known = {
        name: one
        for name, one in symbols.items()
        if one.shape is not None or re.search(rf"\$\{{?{name}\b", latex + text)
    }
    return formula(*forms, **known, **outputs)


def _outputs(letter: str, shapes: Shapes) -> dict[str, Symbol]:
    if len(shapes) == 1:
        return {"result0": Symbol(letter, letter, shapes[0], "output")}
    return {
        f"result{k}": Symbol(
            f"{{{letter}_{{{k + 1}}}}}", f"{letter}{k + 1}", one, "output"
        )
        for k, one in enumerate(shapes)
    }


def _enumerated(name: str, tensors: Iterable[Any], dots: str) -> str:
    signs = [f"${name}{k}" for k, _ in enumerate(tensors)]
    if len(signs) > 4:
        signs = [*signs[:2], dots, signs[-1]]
    return ", ".join(signs)


__all__ = [
    "Row",
    "Shapes",
    "all_arguments",
    "by_call",
    "by_choice",
    "by_row",
    "evaluation",
    "row_rule",
    "shapes_or_open",
    "written",
]
