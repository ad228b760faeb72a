"""What a model is built as: a graph, a list of layers, one route; a rewrite or not."""

from __future__ import annotations

import ast
import difflib

import keras

from teachkit.grading.evidence.numbers import counted
from teachkit.grading.evidence.subject import Subject
from teachkit.grading.findings import Finding, Stage
from teachkit.grading.registry import predicate
from teachkit.grading.student_code.line_order import statements_of
from teachkit.keras_reader.sources import function_of


@predicate(Stage.STRUCTURE, rule=2)
def functional(subject: Subject) -> Finding | None:
    """Demand a model made by Model(inputs, outputs), and no Sequential."""
    model = subject.model
    if isinstance(model, keras.Sequential):
        return Finding(
            f"It computes the right thing, but `{subject.name}` is a Sequential.",
            "This exercise practises the calls: each layer is called on a tensor, and "
            "Model(inputs, outputs) closes the graph.",
            "Write one line for each layer, with the tensor it reads in brackets.",
        )
    if function_of(model) is None or subject.graph.overridden_call:
        return Finding(
            f"It computes the right thing, but `{subject.name}` is a class of its own.",
            "This exercise practises the graph that Model(inputs, outputs) makes.",
            "Call the layers outside of a class, one line for each.",
        )
    return None


@predicate(Stage.STRUCTURE)
def sequential(subject: Subject) -> Finding | None:
    """Demand a `keras.Sequential`."""
    if isinstance(subject.model, keras.Sequential):
        return None
    kind = subject.graph.type
    return Finding(
        f"It computes the right thing, but `{subject.name}` is a {kind} model.",
        "A list of layers is asked for.",
        "Sequential([...]) takes the Input and then the layers, in their order.",
    )


@predicate(Stage.STRUCTURE)
def plain_list(subject: Subject) -> Finding | None:
    """Demand a Sequential whose layers are layers, and no models of several routes."""
    layers = getattr(subject.model, "layers", [])
    for layer in layers:
        is_model = isinstance(layer, keras.Model)
        if is_model and not isinstance(layer, keras.Sequential):
            return Finding(
                f"`{subject.name}` holds the whole model '{layer.name}' as one layer.",
                "It runs, but what is inside is not written as a list.",
                "The layers themselves can stand in the list.",
                (layer.name,),
            )
    return None


@predicate(Stage.STRUCTURE)
def rewritten(subject: Subject, original: str) -> Finding | None:
    """Demand layers of the answer's own, and none of a model that was given.

    Arguments:
        subject: the model.
        original: name of the model that is to be written anew.
    """
    given = subject.case.namespace.get(original)
    theirs = {id(variable) for variable in getattr(given, "variables", ())}
    ours = {id(variable) for variable in getattr(subject.model, "variables", ())}
    if not ours & theirs:
        return None
    return Finding(
        f"`{subject.name}` has the very layers of `{original}` in it.",
        "It is the same graph once more, not a rewrite.",
        "Write the calls yourself, one line for each layer.",
    )


@predicate(Stage.BEHAVIOUR, inside=True)
def one_route(subject: Subject) -> Finding | None:
    """Demand a chain: nothing is read by two steps and joined again."""
    structure = subject.structure
    for number, node in enumerate(structure.nodes):
        sources = list(dict.fromkeys(read.source for read in node.reads))
        if len(sources) > 1:
            names = " and ".join(structure.name(source) for source in sources)
            return Finding(
                f"{structure.name(number)} joins {names}.",
                "Nothing is lost now, but the picture is a chain: one route from the "
                "input to the output. Yours has two.",
                "Each layer of a chain reads what the line before it made.",
                structure.paths([number, *sources]),
                rule=3,
                misconception="M03",
            )
    return None


@predicate(Stage.STRUCTURE)
def few_changes(subject: Subject, most: int) -> Finding | None:
    """Demand that at most so many lines of the start are other ones.

    Arguments:
        subject: the model.
        most: lines that may be changed or added.
    """
    source = subject.case.source
    if source is None:
        return None
    start = _statements(subject.case.exercise.code("start"))
    given = _statements(subject.case.exercise.code("given"))
    ours = [line for line in _statements(source) if line not in given]
    matcher = difflib.SequenceMatcher(None, start, ours, autojunk=False)
    changed = sum(
        max(b - a, d - c) for tag, a, b, c, d in matcher.get_opcodes() if tag != "equal"
    )
    if changed <= most:
        return None
    return Finding(
        f"I count {counted(changed, 'changed line')}.",
        f"{counted(most, 'line')} would have been enough.",
    )


def _statements(code: str) -> list[str]:
    return [ast.unparse(statement) for _, statement in statements_of(code)]
