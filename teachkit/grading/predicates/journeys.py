"""Routes by name and length, and what each layer reads."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator

from teachkit.grading.evidence.numbers import counted
from teachkit.grading.evidence.routes import Routes, routes_of
from teachkit.grading.evidence.subject import Subject
from teachkit.grading.findings import Finding, Stage
from teachkit.grading.predicates.blocks import POOLS
from teachkit.grading.predicates.skips import same_tensor
from teachkit.grading.registry import predicate

_MOST_ROUTES = 64


@predicate(Stage.STRUCTURE, rule=2, inside=True)
def routes(subject: Subject, named: list[str]) -> Finding | None:
    """Demand routes from input to output, named by kernel sizes: `pool 3 → 1×1`.

    Arguments:
        subject: the model.
        named: all of them, in any order.
    """
    found = routes_of(subject)
    if found.is_partly_closed:
        return None
    ways = list(_routes(found))
    have = Counter(" → ".join(names) or "nothing" for names in ways)
    wanted = Counter(named)
    if have == wanted:
        return None
    told = "; ".join(have.elements())
    missing = list((wanted - have).elements())
    extra = list((have - wanted).elements())
    so = f"The picture has {counted(len(named), 'route')}"
    if len(ways) == len(named):
        so += f", and I miss {_listed(missing)}"
    parameters = f"{subject.graph.params:,}"
    return Finding(
        f"I see {counted(len(ways), 'route')} from the input to the output: {told} "
        f"({parameters} parameters).",
        f"{so}.{_lost_step(extra, missing)}",
        "Begin each tower at the same tensor, and follow it to the join.",
        found.structure.paths(found.joins),
        facts={"have": told, "params": parameters},
    )


@predicate(Stage.STRUCTURE, rule=3, inside=True)
def route_lengths(subject: Subject, lengths: list[int]) -> Finding | None:
    """Demand routes from input to output with these numbers of layers."""
    found = routes_of(subject)
    have = found.lengths()
    if found.is_partly_closed or have == Counter(lengths):
        return None
    told = ", ".join(
        f"{times} of {length}" for length, times in sorted(have.items())[:6]
    )
    wanted = " and ".join(str(length) for length in lengths)
    return Finding(
        f"I count {counted(have.total(), 'route')} from the input to the output, by "
        f"their layers: {told}.",
        f"The picture has {len(lengths)}, of {wanted} layers.",
        "Follow both with a finger.",
        found.structure.paths(found.joins),
    )


@predicate(Stage.STRUCTURE, rule=3, inside=True)
def reads_all_earlier(subject: Subject) -> Finding | None:
    """Demand that each layer, and the output, reads the input and all layers so far."""
    found = routes_of(subject)
    if found.is_partly_closed:
        return None
    first = next(n for n in range(len(found.nodes)) if not found.nodes[n].reads)
    earlier = [first]
    for step, number in enumerate([*found.layers, *found.structure.outputs], 1):
        missing = [n for n in earlier if n not in found.read_from(number)]
        if missing:
            return _reads_less(found, step, number, earlier, missing)
        earlier.append(number)
    return None


def _reads_less(
    found: Routes, step: int, number: int, earlier: list[int], missing: list[int]
) -> Finding:
    behind = _layer_behind_all(found, number, earlier)
    if behind is not None:
        return behind
    read = found.nodes[number].reads[0].source
    have = (found.structure.shape(read) or (None,))[-1]
    widths = [(found.structure.shape(n) or (0,))[-1] or 0 for n in earlier]
    name = found.name(number)
    what = f"Step {step}, {name}," if found.is_layer(number) else "The output"
    lost = found.name(missing[0])
    lost = lost[0].upper() + lost[1:]
    so = (
        f"The picture has {sum(widths)} there: what came into the block and all steps "
        f"so far, {' + '.join(map(str, widths))}. {lost} is not among them."
    )
    look = "Which tensor does your name stand for at this line: has it moved on?"
    twice = found.doubled()
    if twice:
        so = f"{same_tensor(found, twice[0]).see} {so}"
    return Finding(
        f"{what} reads {have} channels.",
        so,
        look,
        found.structure.paths([number, *missing]),
        misconception="M03",
        facts={"step": step, "have": have, "wanted": sum(widths)},
    )


def _layer_behind_all(found: Routes, number: int, earlier: list[int]) -> Finding | None:
    """Return that the output is what one more layer, of another kind, makes of all."""
    *steps, last = earlier
    widths = {(found.structure.shape(n) or (0,))[-1] for n in steps[1:]}
    own = (found.structure.shape(last) or (0,))[-1]
    if found.is_layer(number) or not widths or own in widths:
        return None
    return Finding(
        f"Behind the last join stands {found.name(last)}, and the output has its "
        f"{own} channels.",
        "In the picture what has been joined comes out as it is.",
        "Which tensor does the last line return?",
        found.structure.paths([last]),
    )


def _routes(found: Routes) -> Iterator[tuple[str, ...]]:
    """Yield the names of the steps on each route from an input to an output."""
    waiting: list[tuple[int, tuple[str, ...]]] = [
        (n, ()) for n in found.structure.outputs
    ]
    told = 0
    while waiting and told < _MOST_ROUTES:
        number, names = waiting.pop()
        name = _step_name(found, number)
        names = (name, *names) if name else names
        sources = found.sources(number)
        if not sources:
            told += 1
            yield names
        waiting += [(source, names) for source in reversed(sources)]


def _step_name(found: Routes, number: int) -> str:
    settings = dict(found.nodes[number].meaning.settings)
    kind = found.structure.kind(number)
    if kind in POOLS:
        return f"{POOLS[kind]} {_side(settings.get('pool_size', '0'), '×')}"
    if not found.is_layer(number):
        return ""
    if kind in {"dense", "einsumdense"}:
        return "1×1"
    if "kernel_size" not in settings:
        return kind
    size = _side(settings["kernel_size"], "×", whole=True)
    return size if kind in {"conv1d", "conv2d"} else f"{kind} {size}"


def _side(text: str, sign: str, *, whole: bool = False) -> str:
    value = json.loads(text)
    parts = value if isinstance(value, list) else [value, value]
    same = len(set(parts)) == 1 and not whole
    return str(parts[0]) if same else sign.join(map(str, parts))


def _lost_step(extra: list[str], missing: list[str]) -> str:
    """Return which first steps are missing in routes that are otherwise there."""
    lost = [
        (short, whole.split(" → ")[0])
        for short in extra
        for whole in missing
        if whole.endswith(f" → {short}")
    ]
    if not lost:
        return ""
    names = " and ".join(dict.fromkeys(short for short, _ in lost))
    return f" The {lost[0][1]} before {names} is missing."


def _listed(names: list[str]) -> str:
    return " and ".join(names) or "none"
