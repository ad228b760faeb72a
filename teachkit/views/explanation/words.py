"""An explanation in words, for terminals and for those who read by ear."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence

from teachkit.explanation.checking import error_text
from teachkit.explanation.findings import CallFinding, ModelFinding
from teachkit.graph import Notice
from teachkit.layout.labels import count_text, shape_text, type_text

_MOST_EXPLAINED = 40
"""Of a larger model the text has a line for each call, and no formulas."""

_TITLE = 12
_NARROWEST = 8
Fact = tuple[str, str]


def facts_of_call(finding: CallFinding) -> list[Fact]:
    """Return what there is to say of one call: titles and texts."""
    facts = [("reads", "\n".join(finding.reads))]
    meaning = finding.meaning
    if meaning is not None:
        facts.append(("formula", meaning.formula.text))
        if finding.training is not None:
            facts.append(("in training", finding.training.text))
        facts.append(("symbols", symbols_text(finding)))
        facts.append(("shape", f"{shapes_text(finding)}: {meaning.shape_rule}"))
        facts.append(("parameters", params_text(finding)))
        facts.append(("multiply-adds", macs_text(finding)))
        facts.append(("check", finding.check.text))
    else:
        facts.append(("shape", shapes_text(finding)))
    if finding.numbers is not None:
        facts.append(("in numbers", finding.numbers.text))
    facts += [("note", notice_text(note)) for note in finding.notes]
    return [(title, text) for title, text in facts if text]


def call_text(finding: CallFinding, width: int) -> str:
    """Return one call explained."""
    lines = [f"{_one_line(finding.path)}  ({type_text(finding.call)})"]
    for title, text in facts_of_call(finding):
        lines += _hanging(f"  {title}", text, width)
    return "\n".join(lines)


def model_text(finding: ModelFinding, width: int) -> str:
    """Return a whole model explained."""
    sums = [line for fact in totals(finding) for line in _hanging(*fact, width)]
    parts = [
        textwrap.fill(heading(finding), width),
        _indented(finding.composition.text, width),
        "\n".join(_table(finding, width)),
        "\n".join(sums),
    ]
    if finding.notes:
        notes = [notice_text(note) for note in finding.notes]
        parts.append("\n".join(line for n in notes for line in _hanging("!", n, width)))
    explained = [one for one in finding.calls if one.meaning is not None]
    if len(explained) <= _MOST_EXPLAINED:
        parts += [call_text(one, width) for one in explained]
    else:
        parts.append(
            f"teachkit.explain(model, '{explained[0].path}') explains one call."
        )
    return "\n\n".join(filter(None, parts))


def heading(finding: ModelFinding) -> str:
    """Return the name of a model and the verdict on its formulas."""
    graph = finding.graph
    calls = count_text(len(graph.visible().calls), "call")
    return f"'{graph.name}' ({graph.type}), {calls}. {verdict(finding)}"


def verdict(finding: ModelFinding) -> str:
    """Say what computing the calls twice showed."""
    checked, wrong = len(finding.checked), len(finding.disagreeing)
    why = finding.not_computed
    if not checked:
        return f"Nothing was computed{f': {why}' if why else ''}."
    rest = f" The rest was not computed: {why}." if why else ""
    calls = count_text(checked, "call")
    if wrong:
        names = ", ".join(f"'{one.path}'" for one in finding.disagreeing[:4])
        return f"NumPy and Keras disagree on {wrong:,} of {calls}: {names}.{rest}"
    error = finding.error or 0.0
    told = f", to {error_text(error)}" if error else " exactly"
    return f"NumPy agrees with Keras on {calls}{told}.{rest}"


def totals(finding: ModelFinding) -> list[Fact]:
    """Return the sums over the whole model: titles and texts."""
    count = finding.trainable + finding.fixed
    params = f"{count:,}"
    if finding.fixed:
        params += f" ({finding.trainable:,} trainable, {finding.fixed:,} not)"
    macs = f"{finding.macs:,} for one sample"
    if finding.uncounted:
        names = ", ".join(f"'{name}'" for name in finding.uncounted[:4])
        more = len(finding.uncounted) - 4
        macs += f", without {names}" + (f" and {more:,} more" if more > 0 else "")
    activations = finding.memory.activations
    return [
        ("parameters", params),
        ("multiply-adds", macs),
        ("weights", bytes_text(finding.memory.weights)),
        (
            "activations",
            "not known: a length is open"
            if activations is None
            else f"{bytes_text(activations)} for one sample, if all are kept",
        ),
    ]


def shapes_text(finding: CallFinding) -> str:
    """Return the shapes of the outputs of a call."""
    return ", ".join(shape_text(spec.shape) for spec in finding.call.outputs)


def symbols_text(finding: CallFinding) -> str:
    """Return what the letters of a formula are."""
    symbols = finding.meaning.formula.symbols if finding.meaning is not None else ()
    return ", ".join(f"{one.text} {one.meaning}" for one in symbols if one.meaning)


def params_text(finding: CallFinding) -> str:
    """Return the number of parameters as arithmetic, and whose they are."""
    if finding.params.value == 0:
        return "0"
    text = finding.params.text
    if finding.params.words != finding.params.numbers:
        text = f"{finding.params.words} = {text}"
    if finding.shared_with:
        text += f", shared with '{finding.shared_with}' and counted there"
    return text


def macs_text(finding: CallFinding) -> str:
    """Return the multiply-accumulates of one sample as arithmetic."""
    if finding.macs is None:
        return "not known"
    return finding.macs.text if finding.macs.value else "0"


def notice_text(notice: Notice) -> str:
    """Return a note with the number of the rule that says why."""
    return notice.text + (f" (rule {notice.rule})" if notice.rule else "")


def bytes_text(count: int) -> str:
    """Return an amount of memory: `16.5 KiB`.

    Example:
        >>> bytes_text(16_900), bytes_text(12)
        ('16.5 KiB', '12 bytes')
    """
    size, units = float(count), ["KiB", "MiB", "GiB", "TiB"]
    if size < 1024:
        return count_text(count, "byte")
    unit = ""
    while size >= 1024 and units:
        size, unit = size / 1024, units.pop(0)
    return f"{size:,.1f} {unit}"


def table_rows(finding: ModelFinding) -> Iterator[Sequence[str]]:
    """Yield a row for each call: path, type, output, parameters, MACs, check."""
    for one in finding.calls:
        if one.call.kind == "input" and one.path != one.call.id:
            continue  # inside a nested model: it is what the model was given
        params = f"{one.params.value:,}" if one.params.value else ""
        macs = f"{one.macs.value:,}" if one.macs is not None and one.macs.value else ""
        yield (
            _one_line(one.path),
            type_text(one.call),
            shapes_text(one),
            f"({params})" if one.shared_with and params else params,
            "?" if one.macs is None else macs,
            "" if one.meaning is None else one.check.text.removeprefix("NumPy "),
        )


HEADS = ("call", "type", "output", "parameters", "multiply-adds", "check")


def _table(finding: ModelFinding, width: int) -> list[str]:
    rows = [HEADS, *table_rows(finding)]
    widths = [max(len(row[k]) for row in rows) for k in range(len(HEADS))]
    # What is too wide is cut where a cell is longest: most cells stay whole.
    while sum(widths) + 2 * len(widths) > width and max(widths) > _NARROWEST:
        widths[widths.index(max(widths))] -= 1
    return [_row(row, widths) for row in rows]


def _row(row: Sequence[str], widths: Sequence[int]) -> str:
    cells = []
    for position, (cell, size) in enumerate(zip(row, widths, strict=True)):
        short = cell if len(cell) <= size else f"{cell[: size - 1]}…"
        cells.append(f"{short:>{size}}" if position in {3, 4} else f"{short:<{size}}")
    return "  ".join(cells).rstrip()


def _one_line(name: str) -> str:
    return name.replace("\n", "⏎")


def _indented(text: str, width: int) -> str:
    return "\n".join(
        line
        for one in text.splitlines()
        for line in textwrap.wrap(
            one, width, initial_indent="  ", subsequent_indent="      "
        )
    )


def _hanging(title: str, text: str, width: int) -> list[str]:
    """Return lines of text, of which the first begins with a title."""
    room = 4 if title == "!" else _TITLE + 4
    lines = []
    for position, one in enumerate(text.splitlines()):
        head = f"{title:<{room}}" if position == 0 else " " * room
        lines += textwrap.wrap(
            one, width, initial_indent=head, subsequent_indent=" " * (room + 2)
        )
    return lines
