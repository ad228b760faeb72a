"""Products of tensors by the letters of their axes."""

from __future__ import annotations

from collections.abc import Mapping
from math import prod
from typing import Any

import numpy as np

from teachkit.graph import Shape
from teachkit.math.amounts import NOTHING, Amount
from teachkit.math.formulas import Symbol, formula
from teachkit.math.meanings import Meaning
from teachkit.math.operations.arguments import shape_of
from teachkit.math.operations.linear_algebra import multiplications
from teachkit.math.operations.tables import (
    all_arguments,
    evaluation,
    shapes_or_open,
    told_rule,
)
from teachkit.math.rules import for_operations
from teachkit.math.subjects import Array, Subject
from teachkit.speech import listed


@for_operations("Einsum")
def einsum(subject: Subject) -> Meaning:
    """A sum of products over the indices that are missing behind the arrow."""
    own = all_arguments(subject)
    operands = [shape_of(one) for one in own["operands"]]
    subscripts = str(own["subscripts"]).replace(" ", "")
    evaluate = evaluation(subject, _einsum)
    known = _einsum_shape(subscripts, operands)
    shapes = shapes_or_open(subject, evaluate) if known is None else (known,)
    gone = _summed(subscripts, operands)
    names = "ABCDEFGH"[: len(operands)]
    indices = _letters(subscripts)
    terms = [f"${{{n}}}_{{{i}}}" for n, i in zip(names, indices, strict=False)]
    told = [_in_text(one) for one in indices]
    factors = [f"${{{n}}}{i}" for n, i in zip(names, told, strict=False)]
    under = "".join(gone)
    total = rf"\sum\limits_{{{under}}} " if gone else ""
    symbols = {
        name: Symbol(name, name, shape, f"input {k}")
        for k, (name, shape) in enumerate(zip(names, operands, strict=True), 1)
    }
    return Meaning(
        formula=formula(
            f"${{y}}_{{{indices[-1]}}} = {total}" + r" \, ".join(terms),
            f"${{y}}{told[-1]} = "
            + (f"Σ_{under} " if gone else "")
            + " ".join(factors),
            # A capital, as y may be one of the indices.
            y=Symbol("Y", "Y", shapes[0], "output"),
            **symbols,
        ),
        shapes=shapes,
        shape_rule=told_rule(_einsum_rule(subscripts, gone), subject, shapes),
        macs=_einsum_macs(shapes[0], gone, operands),
        evaluate=evaluate,
    )


def _einsum(operands: list[Array], subscripts: str) -> Array:
    return np.asarray(np.einsum(subscripts, *operands))


def _letters(subscripts: str) -> list[str]:
    """Return the indices of each operand and, last, of the result."""
    before, arrow, after = subscripts.partition("->")
    terms = before.split(",")
    if not arrow:
        # Without an arrow: letters that stand once, in the order of the alphabet.
        letters = "".join(terms).replace(".", "")
        once = sorted(one for one in set(letters) if letters.count(one) == 1)
        after = ("..." if "..." in before else "") + "".join(once)
    return [one.replace("...", r"\dots ") for one in (*terms, after)]


def _in_text(indices: str) -> str:
    """Return indices as a terminal has them: `(b, i, j)`, `(..., j)`."""
    if not indices:
        return ""
    front, dots, behind = indices.partition(r"\dots ")
    return f"({', '.join([*front, *(['...'] if dots else []), *behind])})"


def _summed(subscripts: str, operands: list[Shape]) -> dict[str, int | None]:
    """Return the letters that are summed over, and the length of each."""
    result = _letters(subscripts)[-1]
    lengths = _lengths(subscripts, operands)
    return {k: n for k, n in lengths.items() if k not in result}


def _einsum_shape(subscripts: str, operands: list[Shape]) -> Shape | None:
    """Return the length of each letter of the result; None where dots stand."""
    result, lengths = _letters(subscripts)[-1], _lengths(subscripts, operands)
    if "dots" in result:
        return None
    return tuple(lengths[letter] for letter in result)


def _lengths(subscripts: str, operands: list[Shape]) -> dict[str, int | None]:
    """Return the length of each letter, open only where it is in all operands."""
    *terms, _ = [one.replace(r"\dots ", ".") for one in _letters(subscripts)]
    lengths: dict[str, int | None] = {}
    for term, shape in zip(terms, operands, strict=True):
        front, _, behind = term.partition(".")
        found = [*zip(front, shape, strict=False)]
        found += zip(reversed(behind), reversed(shape), strict=False)
        for letter, length in found:
            lengths[letter] = lengths.get(letter) or length
    return lengths


def _einsum_rule(subscripts: str, gone: Mapping[str, Any]) -> str:
    verbs = "is summed over and goes" if len(gone) == 1 else "are summed over and go"
    away = f"; {listed(list(gone))} {verbs} away" if gone else ""
    return f"each letter of {subscripts} is an axis{away}"


def _einsum_macs(
    result: Shape | None, gone: Mapping[str, int | None], operands: list[Shape]
) -> Amount | None:
    if len(operands) < 2:
        return NOTHING
    if result is None or None in gone.values():
        return None
    inner = prod(n for n in gone.values() if n is not None)
    return multiplications(result, inner, *operands)
