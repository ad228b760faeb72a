"""A comparison in words: the verdict, what it rests on, and the code side by side."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from itertools import zip_longest

from teachkit.comparison.findings import Difference, PairFinding, Reason, TwinFinding
from teachkit.graph import Endpoint, ModelGraph
from teachkit.layout.labels import count_text, shape_text

_MOST_LISTED = 40
_BETWEEN = " │ "
Row = tuple[str, str, str]


def verdict_of_twin(finding: TwinFinding) -> str:
    """Say in one sentence whether there is a twin."""
    name = finding.graph.name
    is_sequential = finding.graph.type == "Sequential"
    other = "Functional form" if is_sequential else "Sequential twin"
    if not finding.equivalent:
        count = count_text(len(finding.reasons), "reason")
        return f"'{name}' has no {other}: {count}."
    if is_sequential:
        return f"'{name}' is a Sequential model, and this is its Functional form."
    return f"'{name}' could be a Sequential model: its calls stand in one line."


def verdict_of_pair(finding: PairFinding) -> str:
    """Say in one sentence whether two models are the same."""
    left, right = pair_titles(finding)
    left = left[:1].upper() + left[1:]
    if not finding.same:
        count = count_text(len(finding.differences), "difference")
        return f"{left} and {right} are not the same: {count}."
    how = "in all but names" if finding.strict else "call by call"
    return f"{left} and {right} are the same, {how}."


def pair_titles(finding: PairFinding) -> tuple[str, str]:
    """Return how to call the two models: by name, if their names tell them apart."""
    names = finding.left.name, finding.right.name
    alike = names[0] == names[1] and finding.files[0] == finding.files[1]
    sides = ("the left ", "the right ") if alike else ("", "")
    left, right = (
        f"{side}'{name}'" + (f" in {file}" if file else "")
        for side, name, file in zip(sides, names, finding.files, strict=True)
    )
    return left, right


def twin_text(finding: TwinFinding, width: int) -> str:
    """Return everything that was found about a model and its Sequential twin."""
    lines = [verdict_of_twin(finding)]
    if finding.agreement is not None:
        lines.append(finding.agreement.text)
    lines += _listed(finding.reasons, width)
    if finding.reasons and len(finding.longest_chain) > 1:
        chain = chain_text(finding)
        lines += ["", *_wrapped(chain, width)]
    lines += _bullets("Good to know:", [one.text for one in finding.nuances], width)
    if finding.twin_graph is not None:
        title = "What Functional code shows and Sequential code hides:"
        lines += _bullets(title, finding.hidden, width)
        lines += ["", *_table(facts_of_twin(finding))]
        codes = finding.functional_code, finding.sequential_code
        if all(codes):
            lines += ["", *_beside(("Functional", "Sequential"), codes, width)]
    return "\n".join(lines)


def pair_text(finding: PairFinding, width: int) -> str:
    """Return everything that was found about two models."""
    lines = [verdict_of_pair(finding)]
    if finding.agreement is not None:
        lines.append(finding.agreement.text)
    lines += _listed(finding.differences, width)
    lines += _bullets("Good to know:", [one.text for one in finding.notes], width)
    title = "Written differently, with the same meaning:"
    lines += _bullets(title, finding.disguises, width)
    lines += ["", *_table(facts_of_pair(finding))]
    return "\n".join(lines)


def chain_text(finding: TwinFinding) -> str:
    """Name the longest part of a model that could be Sequential."""
    chain = finding.longest_chain
    shown = list(chain) if len(chain) <= 8 else [*chain[:4], "...", *chain[-3:]]
    names = " → ".join(shown)
    return (
        "The longest part that could be Sequential has "
        f"{count_text(len(chain), 'call')}: {names}."
    )


def facts_of_twin(finding: TwinFinding) -> list[Row]:
    """Return what to tell of a model and its twin in a table."""
    if finding.twin_graph is None:
        return []
    titles = f"'{finding.graph.name}'", "its twin"
    return _facts(titles, finding.graph, finding.twin_graph)


def facts_of_pair(finding: PairFinding) -> list[Row]:
    """Return what to tell of two models in a table."""
    return _facts(pair_titles(finding), finding.left, finding.right)


def _facts(titles: tuple[str, str], left: ModelGraph, right: ModelGraph) -> list[Row]:
    """Return rows of a table: what, on the left, on the right."""
    rows: list[Row] = [("", *titles)]
    for title, told in (
        ("model", lambda graph: graph.type),
        ("calls", lambda graph: f"{len(graph.visible().calls):,}"),
        ("parameters", lambda graph: f"{graph.params:,}"),
        ("shared layers", lambda graph: ", ".join(_shared(graph)) or "none"),
        ("inputs", lambda graph: _ends(graph.inputs)),
        ("outputs", lambda graph: _ends(graph.outputs)),
    ):
        rows.append((title, told(left), told(right)))
    return rows


def _shared(graph: ModelGraph) -> list[str]:
    names = [layer.name for layer in graph.shared()]
    return names if len(names) <= 4 else [*names[:4], f"and {len(names) - 4} more"]


def _ends(ends: Sequence[Endpoint]) -> str:
    told = [f"{end.call} {shape_text(end.shape)}" for end in ends]
    return ", ".join(told if len(told) <= 4 else [*told[:4], f"+ {len(told) - 4}"])


def _listed(entries: Sequence[Reason | Difference], width: int) -> list[str]:
    """Return a numbered list; the numbers are those on the drawing."""
    lines: list[str] = [""] if entries else []
    for number, one in enumerate(entries[:_MOST_LISTED], start=1):
        head = f"{number:>3}. {one.code}: "
        lines += textwrap.wrap(
            one.text,
            width,
            initial_indent=head,
            subsequent_indent=" " * 5,
            break_on_hyphens=False,
        )
    rest = len(entries) - _MOST_LISTED
    return [*lines, f"     ... and {rest:,} more of this kind."] if rest > 0 else lines


def _bullets(title: str, texts: Sequence[str], width: int) -> list[str]:
    lines = ["", title] if texts else []
    for text in texts:
        lines += textwrap.wrap(
            text,
            width,
            initial_indent="  - ",
            subsequent_indent="    ",
            break_on_hyphens=False,
        )
    return lines


def _wrapped(text: str, width: int) -> list[str]:
    return textwrap.wrap(text, width, break_on_hyphens=False)


def _table(rows: Sequence[Row]) -> list[str]:
    first = max(len(row[0]) for row in rows)
    second = max(len(row[1]) for row in rows)
    return [f"{a:<{first}}  {b:<{second}}  {c}".rstrip() for a, b, c in rows]


def _beside(titles: tuple[str, str], codes: tuple[str, str], width: int) -> list[str]:
    """Return two pieces of code in two columns, or below each other if too wide."""
    left, right = (code.rstrip().splitlines() for code in codes)
    column = max(map(len, [*left, titles[0]]))
    if column + len(_BETWEEN) + max(map(len, [*right, titles[1]])) > width:
        lines = [f"{titles[0]}:", "", *left, "", f"{titles[1]}:", "", *right]
        return [line.rstrip() for line in lines]
    return list(_columns((titles[0], *left), (titles[1], *right), column))


def _columns(left: Sequence[str], right: Sequence[str], column: int) -> Iterator[str]:
    for k, (a, b) in enumerate(zip_longest(left, right, fillvalue="")):
        yield f"{a:<{column}}{_BETWEEN}{b}".rstrip()
        if k == 0:
            yield "─" * column + "─┼─" + "─" * max(map(len, right))
