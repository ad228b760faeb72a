"""The statements of one level: what it makes, its inputs, its calls, its model."""

from __future__ import annotations

from collections.abc import Iterator
from types import FunctionType
from typing import TYPE_CHECKING, Any

from teachkit.graph import Call
from teachkit.keras_reader import Constant, RecordedCall, Ref
from teachkit.keras_reader.internals import is_input_layer
from teachkit.source_code import refusals
from teachkit.source_code.arguments import flat_tensors, given_by_author, one_or_list
from teachkit.source_code.constants import Constants
from teachkit.source_code.expressions import Expression, Text, call
from teachkit.source_code.inputs import input_source, name_of_input
from teachkit.source_code.layer_names import is_automatic
from teachkit.source_code.levels import Level
from teachkit.source_code.names import Names, identifier
from teachkit.source_code.objects import Site
from teachkit.source_code.operations import operation_source
from teachkit.source_code.statements import Statement
from teachkit.source_code.structures import Results, can_be_unpacked, sorted_leaves
from teachkit.source_code.values import CannotWriteError, expression_of
from teachkit.source_code.variables import Choice, Step, TensorId, Variables

if TYPE_CHECKING:
    from teachkit.source_code.program import Program


class Body:
    """Writes the statements of one level.

    Arguments:
        program: the source that the level is a part of.
        level: the level.
        names: the names of variables taken where the statements stand.
        variables: the names of layers and models that exist there, by key.
        indent: what stands before each line.
    """

    def __init__(
        self,
        program: Program,
        level: Level,
        names: Names,
        variables: dict[int, str],
        indent: str = "",
    ) -> None:
        self.statements: list[Statement] = []
        self._program = program
        self._level = level
        self._names = names
        self._variables = variables
        self._indent = indent
        self._results = Results(level.graph)
        self._paths: dict[str, list[str] | None] = {}
        self._whole: set[str] = set()
        self._chosen = Variables()
        self._constants = Constants(program.imports, names, level, variables)

    @property
    def lines(self) -> list[str]:
        """The statements, each perhaps of several lines."""
        return [one.text(self._indent) for one in self.statements]

    def write(self) -> Expression:
        """Write all statements; return the expression that makes the model."""
        self._statements(self._inputs())
        return self._model()

    def write_function(self) -> list[str]:
        """Write the calls as those of a function of tensors; return its parameter."""
        found = [one for _, one in self._level.calls() if one.kind == "input"]
        names = [self._names.take("t") for _ in found]
        parameter = names[0]
        if not isinstance(self._level.recorded.inputs, Ref):
            parameter = self._names.take("tensors")
            self._put(Text(parameter), f"{', '.join(names)} = ")
        self._statements(
            {(one.id, 0): name for one, name in zip(found, names, strict=True)}
        )
        self._put(self._ends(self._level.recorded.outputs), "return ")
        return [parameter]

    def _statements(self, inputs: dict[TensorId, str]) -> None:
        """Write the calls, given the variables of the inputs."""
        calls = [
            (recorded, one)
            for recorded, one in self._level.calls()
            if one.kind != "input"
        ]
        steps = [self._step(recorded, one) for recorded, one in calls]
        outputs = self._references(self._level.recorded.outputs)
        self._chosen = Choice(steps, inputs, outputs, self._names).variables()
        for recorded, one in calls:
            self._call(recorded, one)

    def _put(
        self, expression: Expression, before: str = "", *, fixed: bool = False
    ) -> None:
        self.statements.append(Statement(expression, before, fixed))

    # The inputs.

    def _inputs(self) -> dict[TensorId, str]:
        """Write a keras.Input for each input; return their variables."""
        level = self._level
        found = [(r, c) for r, c in level.calls() if c.kind == "input"]
        variables: dict[TensorId, str] = {}
        for recorded, one in found:
            wanted = identifier(name_of_input(recorded, one) or "", "input")
            if is_unnamed(recorded, one):
                wanted = "inputs" if len(found) == 1 else "input"
            name = self._names.take(wanted)
            traced = level.style == "traced"
            # A followed model takes whatever shapes it is called with.
            wide = level.shapes[len(variables)] if traced and level.shapes else None
            source = input_source(recorded, one, named=not traced, shape=wide)
            self._put(source, f"{name} = ", fixed=True)
            variables[one.id, 0] = name
        return variables

    # The calls.

    def _step(self, recorded: RecordedCall, one: Call) -> Step:
        paths = self._results.paths(recorded, one)
        self._paths[one.id] = paths
        whole = paths is not None and not can_be_unpacked(paths)
        if whole:
            self._whole.add(one.id)
        reads = self._references([self._args_of(recorded)])
        operation = recorded.operation
        explicit = None
        if not is_automatic(operation):
            explicit = str(operation.name)
        return Step(one, tuple(reads), explicit, whole)

    def _args_of(self, recorded: RecordedCall) -> Any:
        if self._is_traced(recorded):
            return flat_tensors(recorded)
        args, kwargs = given_by_author(recorded)
        return [*args, *kwargs.values()]

    def _is_traced(self, recorded: RecordedCall) -> bool:
        inner = self._program.plan.level_of(self._program.plan.key_of(recorded))
        return inner is not None and inner.style == "traced"

    def _references(self, value: Any) -> list[TensorId]:
        return [(r.call, r.index) for r in _references_in(value)]

    def _call(self, recorded: RecordedCall, one: Call) -> None:
        if is_input_layer(recorded.operation):
            raise refusals.missing_input(one.id)
        for expression, before in self._constants.before(one, recorded):
            self._put(expression, before)
        try:
            expression = self._called(recorded, one)
        except CannotWriteError as error:
            raise refusals.no_source(one.id, one.type, str(error)) from None
        assignment = self._chosen.assignments[one.id]
        targets = ", ".join(assignment.targets)
        self._put(expression, f"{targets} = ")
        if assignment.alias:
            self._put(Text(assignment.targets[0]), f"{assignment.alias} = ")

    def _called(self, recorded: RecordedCall, one: Call) -> Expression:
        def write(value: Any) -> Expression:
            return self._value(value, one)

        operation = recorded.operation
        if one.kind == "operation":
            return operation_source(
                operation, recorded.args, recorded.kwargs, write, self._program.imports
            )
        if self._is_traced(recorded):
            function = self._callee(recorded, one)
            return call(function, [one_or_list(flat_tensors(recorded), write)])
        args, kwargs = given_by_author(recorded)
        positional = [write(value) for value in args]
        named = [(name, write(value)) for name, value in kwargs.items()]
        return call(self._callee(recorded, one), positional, named)

    def _callee(self, recorded: RecordedCall, one: Call) -> Expression:
        plan = self._program.plan
        key = plan.key_of(recorded)
        if key in self._variables:
            return Text(self._variables[key])
        if one.kind == "model":
            reason = self._program.reason_of(self._level.path + one.id)
            raise refusals.closed_model(one.id, one.type, reason)
        site = Site(one.id, self._variables, frozen=self._program.freezes(self._level))
        return self._program.objects.layer(recorded.operation, site)

    # Values.

    def _value(self, value: Any, one: Call) -> Expression:
        def special(part: Any) -> Expression | None:
            if isinstance(part, Ref):
                return self._tensor(
                    part, self._chosen.reads[one.id, (part.call, part.index)]
                )
            if isinstance(part, Constant):
                return self._constants.source(part, one)
            if isinstance(part, FunctionType):
                return Text(self._program.objects.function(part))
            return None

        try:
            return expression_of(value, self._program.imports, special)
        except CannotWriteError as error:
            raise refusals.no_value(one.id, one.type, str(error)) from None

    def _tensor(self, reference: Ref, variable: str) -> Expression:
        paths = self._paths.get(reference.call)
        if reference.call in self._whole and paths is not None:
            return Text(variable + paths[reference.index])
        return Text(variable)

    # The model.

    def _model(self) -> Expression:
        recorded = self._level.recorded
        inputs, outputs = self._ends(recorded.inputs), self._ends(recorded.outputs)
        is_function = self._level.style == "function"
        function = "keras.Function" if is_function else "keras.Model"
        named = self._program.name_argument(self._level)
        return call(function, [inputs, outputs], named)

    def _ends(self, structure: Any) -> Expression:
        """Return the inputs or outputs, nested as the author has them."""

        def special(part: Any) -> Expression | None:
            if not isinstance(part, Ref):
                return None
            name = self._chosen.ends.get((part.call, part.index))
            return self._tensor(part, name or self._input_name(part))

        return expression_of(structure, self._program.imports, special)

    def _input_name(self, reference: Ref) -> str:
        return self._chosen.inputs[reference.call, reference.index]


def is_unnamed(recorded: RecordedCall, one: Call) -> bool:
    """Tell whether the author gave an input no name."""
    return name_of_input(recorded, one) is None


def _references_in(value: Any) -> Iterator[Ref]:
    for leaf in sorted_leaves(value):
        if isinstance(leaf, Ref):
            yield leaf
        elif isinstance(leaf, slice):
            ends = (leaf.start, leaf.stop, leaf.step)
            yield from (end for end in ends if isinstance(end, Ref))
