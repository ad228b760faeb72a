"""The words for nodes of a model in sentences about two models."""

from __future__ import annotations

from teachkit.graph import Call, ModelGraph
from teachkit.layout.labels import config_texts
from teachkit.normal_form import Node
from teachkit.speech import cut, named, shape_words


def name_of(node: Node) -> str:
    """Return how to speak of a node: `'hidden'`, `the constant 'constant'`.

    A layer with an activation is two nodes, and one box to a reader: both have the
    same name.
    """
    name = named(node.path)
    return f"the constant {name}" if node.meaning.type == "constant" else name


def names_of(one: Node, other: Node) -> str:
    """Return how to speak of a pair: with both names where these are not the same."""
    if one.path == other.path:
        return name_of(one)
    return f"{name_of(one)} ({name_of(other)} on the right)"


def part_names_of(one: Node, other: Node) -> str:
    """Return how to speak of a pair of which only a part differs.

    `the activation of 'hidden'`: for sentences on the activation itself.
    """
    names = [_part_name(node) for node in (one, other)]
    return names[0] if names[0] == names[1] else f"{names[0]} ({names[1]} on the right)"


def _part_name(node: Node) -> str:
    start = "the activation of " if node.part == "activation" else ""
    return start + name_of(node)


def kind_of(node: Node) -> str:
    """Return what a node is: `Dense`, `the operation Add`."""
    call = node.call
    if node.part == "activation":
        return f"activation {activation_name(node)}"
    return node.meaning.type if call is None else kind_of_call(call)


def kind_of_call(call: Call) -> str:
    """Return the class of a call; that of an operation is told to be one."""
    return f"the operation {call.type}" if call.kind == "operation" else call.type


def described(node: Node) -> str:
    """Return name, class and arguments: `'drop' (Dropout, rate=0.5)`."""
    if node.call is None or node.part == "activation":
        return f"{name_of(node)} ({kind_of(node)})"
    if node.call.kind in {"input", "constant"}:
        words = shape_words(node.call.outputs[0].shape)
        return f"{name_of(node)} {'with' if words.startswith('an') else 'of'} {words}"
    texts = [*config_texts(node.call)[:3], *node.call.arguments[:2]]
    return f"{name_of(node)} ({', '.join([kind_of(node), *map(cut, texts)])})"


def activation_name(node: Node) -> str:
    """Return the name of an activation with its arguments: `'leaky_relu'`."""
    name = node.meaning.type.removeprefix("activation ")
    return "a function of your own" if name == "function" else named(name)


def model_names(left: ModelGraph, right: ModelGraph) -> tuple[str, str]:
    """Return how sentences begin that tell of either model.

    By their names if their authors gave them names and not the same one: a name that
    Keras makes, such as `functional_3`, tells nothing.
    """
    names = left.name, right.name
    stems = [name.rstrip("0123456789").rstrip("_") for name in names]
    if names[0] == names[1] or {"functional", "sequential", "model", ""} & set(stems):
        return "the left", "the right"
    return named(names[0]), named(names[1])
