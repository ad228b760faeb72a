"""Chains of layers as `keras.Sequential([...])`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import keras

from teachkit.graph import Call
from teachkit.keras_reader import RecordedCall, Ref
from teachkit.keras_reader.ports import first_parameter
from teachkit.source_code import refusals
from teachkit.source_code.arguments import Given, given_by_author
from teachkit.source_code.expressions import Expression, Text, call, listed
from teachkit.source_code.inputs import input_source
from teachkit.source_code.levels import Level
from teachkit.source_code.objects import Site

if TYPE_CHECKING:
    from teachkit.source_code.program import Program


def sequence_source(
    program: Program, level: Level, variables: dict[int, str]
) -> Expression:
    """Return a chain as a Sequential model.

    Raises:
        ModelError: it is no chain; the first call that prevents it is named.
    """
    items = [_item(program, level, variables, *pair) for pair in _chain(level)]
    return call("keras.Sequential", [listed(items)], program.name_argument(level))


def _item(
    program: Program,
    level: Level,
    variables: dict[int, str],
    recorded: RecordedCall,
    one: Call,
) -> Expression:
    if one.kind == "input":
        return input_source(recorded, one, named=True)
    key = program.plan.key_of(recorded)
    if key in variables:
        return Text(variables[key])
    if one.kind == "model":
        reason = program.reason_of(level.path + one.id)
        raise refusals.closed_model(one.id, one.type, reason)
    site = Site(one.id, variables, frozen=program.freezes(level))
    return program.objects.layer(recorded.operation, site)


def _chain(level: Level) -> list[tuple[RecordedCall, Call]]:
    """Return the calls of a chain, the input first.

    Raises:
        ModelError: it is no chain.
    """
    calls = list(level.calls())
    name = level.graph.name
    inputs = [one for _, one in calls if one.kind == "input"]
    if len(inputs) > 1 and level.style != "traced":
        raise refusals.not_a_chain(name, inputs[1].id, "is a second input")
    if isinstance(level.recorded.model, keras.Sequential) and level.style == "traced":
        return [(recorded, one) for recorded, one in calls if one.kind != "input"]
    before: Call | None = None
    for recorded, one in calls:
        reason = _obstacle(recorded, one, before)
        if reason is not None:
            raise refusals.not_a_chain(name, one.id, reason)
        before = one
    ends = level.graph.outputs
    if before is not None and any(end.call != before.id for end in ends):
        early = next(end.call for end in ends if end.call != before.id)
        raise refusals.not_a_chain(name, early, "is an output and not the last call")
    return calls


def _obstacle(recorded: RecordedCall, one: Call, before: Call | None) -> str | None:
    """Return why a call cannot stand in a chain after another one, or None."""
    if one.kind == "input":
        return None
    if not isinstance(recorded.operation, keras.Layer):
        return "is an operation and no layer"
    return None if before is None else _misfit(recorded, before)


def _misfit(recorded: RecordedCall, before: Call) -> str | None:
    args, kwargs = _as_in_a_list(recorded)
    if kwargs:
        return f"is called with {next(iter(kwargs))}="
    if args != [Ref(before.id, 0)]:
        return f"does not read just the output of '{before.id}'"
    if len(before.outputs) > 1:
        return f"reads one of several outputs of '{before.id}'"
    return None


def _as_in_a_list(recorded: RecordedCall) -> Given:
    """Return the arguments of a call without those that a list of layers gives too.

    The tensor is the first argument however it was passed. And `training=False` is the
    default outside of `fit`, which sets it for all layers.
    """
    args, kwargs = given_by_author(recorded)
    first = first_parameter(recorded.operation)
    if not args and first in kwargs:
        args = [kwargs[first]]
        kwargs = {name: value for name, value in kwargs.items() if name != first}
    if kwargs.get("training") is False:
        kwargs = {name: value for name, value in kwargs.items() if name != "training"}
    return args, kwargs
