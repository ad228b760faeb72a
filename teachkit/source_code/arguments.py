"""What a call is given, as the author wrote it.

Keras adds to the recorded arguments: it fills in `mask=None` and `training=False`, and
passes masks along. None of that is written, as Keras will add it again.
"""

from __future__ import annotations

from collections.abc import Callable
from inspect import signature
from typing import Any

from teachkit.keras_reader import RecordedCall, Ref
from teachkit.keras_reader.ports import default_of, leaves_with_path
from teachkit.source_code.expressions import Expression, listed
from teachkit.source_code.operations import is_same
from teachkit.source_code.structures import holds_references

Given = tuple[list[Any], dict[str, Any]]


def given_by_author(recorded: RecordedCall) -> Given:
    """Return the positional and named arguments that are to be written."""
    owners = {port.partition("[")[0] for port in recorded.implicit}
    operation = recorded.operation
    args = [
        None if name in owners else value
        for name, value in zip(
            _names(operation, len(recorded.args)), recorded.args, strict=True
        )
    ]
    while len(args) > 1 and args[-1] is None:
        if default_of(operation, _names(operation, len(args))[-1]) is not None:
            break
        args.pop()
    kwargs = {
        name: value
        for name, value in recorded.kwargs.items()
        if name not in owners and not _filled_in(operation, name, value)
    }
    return args, kwargs


def _names(operation: Any, count: int) -> list[str]:
    try:
        parameters = list(signature(type(operation).call).parameters.values())[1:]
    except (TypeError, ValueError):
        parameters = []
    names = [p.name for p in parameters if p.kind in (0, 1)][:count]
    return [*names, *[""] * (count - len(names))]


def _filled_in(operation: Any, name: str, value: Any) -> bool:
    """Tell whether leaving an argument out comes to the same."""
    if holds_references(value):
        return False
    leaves = [leaf for _, leaf in leaves_with_path(value)]
    if name.endswith("mask") and all(leaf is None for leaf in leaves):
        return True
    default = default_of(operation, name)
    return (name == "training" and value is None) or is_same(value, default)


def flat_tensors(recorded: RecordedCall) -> list[Any]:
    """Return the tensors that a followed model was given, one after the other."""
    owners = {port.partition("[")[0] for port in recorded.implicit}
    names = _names(recorded.operation, len(recorded.args))
    positional = zip(names, recorded.args, strict=True)
    given = [
        value
        for name, value in (*positional, *recorded.kwargs.items())
        if name not in owners
    ]
    leaves = [leaf for value in given for _, leaf in leaves_with_path(value)]
    return [leaf for leaf in leaves if isinstance(leaf, Ref)]


def one_or_list(values: list[Any], write: Callable[[Any], Expression]) -> Expression:
    """Return a single tensor as it is, several as a list."""
    written = [write(value) for value in values]
    return written[0] if len(written) == 1 else listed(written)
