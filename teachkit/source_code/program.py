"""The whole source: imports, own classes, functions of nested models, the model."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import keras

from teachkit.keras_reader import Recording
from teachkit.keras_reader.sources import is_graph
from teachkit.source_code import refusals
from teachkit.source_code.blocks import Scope, with_blocks
from teachkit.source_code.bodies import Body
from teachkit.source_code.expressions import Expression, Text, call, statement
from teachkit.source_code.held import all_held_by
from teachkit.source_code.imports import Imports
from teachkit.source_code.layer_names import LayerNames
from teachkit.source_code.levels import Level, Plan
from teachkit.source_code.names import Names, identifier
from teachkit.source_code.objects import Objects, Site
from teachkit.source_code.sequences import sequence_source
from teachkit.source_code.traces import traced_function
from teachkit.source_code.user_code import UserCode
from teachkit.source_code.values import text_source

_INDENT = "    "
_UNBUILT = (
    "# Without an input its shapes are not known, and so it has no Functional form yet."
)


class Program:
    """Writes a recording as source.

    Arguments:
        recording: the model.
        reserved: names that no variable may have, as an import or class has them.
    """

    def __init__(
        self, recording: Recording, reserved: frozenset[str] = frozenset()
    ) -> None:
        self._reserved = reserved
        self._given: set[str] = set()
        _refuse_closed(recording)
        self.plan = Plan(recording)
        self.imports = Imports()
        self.user = UserCode(self.imports)
        self._layer_names = LayerNames(_operations(self.plan))
        self.objects = Objects(self.imports, self._layer_names, self.user, self._trace)
        self._recording = recording
        self._functions: list[str] = []
        self._traced: dict[int, str | None] = {}
        self._builders: dict[int, str] = {}
        self._known_bodies: dict[tuple[str, ...], str] = {}
        self._names = Names(reserved, self._given)
        self._shared = self._names_of_shared()

    def text(self, style: str) -> str:
        """Return the source, with a line break at its end."""
        for level in self.plan.order[:-1]:
            if not self._stands_inline(level):
                self._write_function(level)
        lines = self._root(style)
        parts = ["\n".join(self.imports.lines()), *self.user.blocks, *self._functions]
        source = "\n\n\n".join(parts) + "\n"
        body = "\n".join(lines)
        between = "\n\n" if self._functions or self.user.blocks else "\n"
        return source + between + body + "\n"

    def clashes(self) -> frozenset[str]:
        """Return the names of variables that are also those of something else."""
        others = {*self.user.names, *self.imports.names()}
        return frozenset(others & self._given)

    # What bodies ask for.

    def name_argument(self, level: Level) -> list[tuple[str, Expression]]:
        """Return the argument that names a model, if its author named it."""
        model = level.recorded.model
        if not self.plan.is_first_of(level):
            return []  # another way through the same model, beside the first one
        name = self._layer_names.explicit(model)
        return [] if name is None else [("name", Text(text_source(name)))]

    def explicit_name(self, layer: Any) -> str | None:
        """Return the name that the author gave to a layer, if any."""
        return self._layer_names.explicit(layer)

    def freezes(self, level: Level) -> bool:
        """Tell whether a level as a whole is not trainable."""
        return not getattr(level.recorded.model, "trainable", True)

    def reason_of(self, path: str) -> str:
        """Return why the model behind a call could not be followed."""
        return _reason_of(self._recording, path)

    def add_function(self, wanted: str, text: str) -> str:
        """Add a function, given its parameters and body; return its name."""
        name = self._names.take(wanted)
        self._functions.append(f"def {name}{text}")
        return name

    def _trace(self, layer: Any) -> str | None:
        if not isinstance(layer, keras.layers.Lambda):
            return None
        if id(layer) not in self._traced:
            self._traced[id(layer)] = traced_function(self, layer)
        return self._traced[id(layer)]

    # Names.

    def _names_of_shared(self) -> dict[int, str]:
        """Name what the root makes, as functions are handed it by the same name."""
        return {key: self._name_of(key, self._names) for key in self.plan.root.made}

    def _name_of(self, key: int, names: Names) -> str:
        return names.take(self._noun_of(self.plan.objects[key]))

    def _noun_of(self, operation: Any) -> str:
        """Return what to call a layer or model: by its name, or by what it is."""
        explicit = self._layer_names.explicit(operation)
        if explicit is not None:
            return identifier(explicit, "layer")
        if isinstance(operation, keras.Sequential):
            return "block"
        if isinstance(operation, keras.layers.Lambda):
            return "transform"
        if isinstance(operation, (keras.Model, keras.Function)):
            return "inner"
        return identifier(str(operation.name).rstrip("0123456789_"), "layer")

    # Nested models.

    def _stands_inline(self, level: Level) -> bool:
        """Tell whether a model is written as one expression where it is made."""
        return level.style in {"sequential", "unbuilt"} and not level.made

    def _write_function(self, level: Level) -> None:
        key = id(level.recorded)
        variables = {one: self._shared[one] for one in level.given}
        names = Names([*self._reserved, *self._shared.values()], self._given)
        parameters = ", ".join(variables.values())
        lines = self._statements(level, names, variables, _INDENT)
        body = (parameters, *lines)
        known = self._known_bodies.get(body)
        if known is None:
            known = self._names.take(f"build_{self._noun_of(level.recorded.model)}")
            self._known_bodies[body] = known
            head = f"def {known}({parameters}):"
            self._functions.append("\n".join([head, *lines]))
        self._builders[key] = known

    def _statements(
        self, level: Level, names: Names, variables: dict[int, str], indent: str
    ) -> list[str]:
        """Return the lines of a function that makes a model."""
        lines, made = self._level(level, names, variables, indent)
        if not self.freezes(level):
            return [*lines, statement(made, "return ", indent)]
        name = names.take("frozen")
        lines.append(statement(made, f"{name} = ", indent))
        lines += [indent + line for line in self._frozen(level, name, variables)]
        return [*lines, f"{indent}return {name}"]

    def _level(
        self, level: Level, names: Names, variables: dict[int, str], indent: str
    ) -> tuple[list[str], Expression]:
        """Return the lines of a level, and the expression that makes its model."""
        lines = list(self._made(level, names, variables, indent))
        if level.style in {"sequential", "unbuilt"} and level is not self.plan.root:
            return lines, sequence_source(self, level, variables)
        body = Body(self, level, names, variables, indent)
        if lines and level is self.plan.root:
            lines.append("")
        if level.style == "traced":
            lines += [indent + line for line in _remarks(level.recorded.model)]
        made = body.write()
        scope = self._scope(names, variables, indent)
        return [*lines, *with_blocks(body.statements, made, scope)], made

    def _scope(self, names: Names, variables: dict[int, str], indent: str) -> Scope:
        """Return what functions of blocks must know of the names where they stand."""
        own = {*self._reserved, *self._shared.values(), *self._builders.values()}
        used = {*own, *self.user.names, *self.imports.names()}

        def add(wanted: str, text: str) -> str:
            name = self._names.take(wanted, now=-1)
            while names is not self._names and not names.is_free(name, now=-1):
                name = self._names.take(wanted, now=-1)
            self._functions.append(f"def {name}{text}")
            return name

        return Scope(set(variables.values()), used, add, indent)

    def _made(
        self, level: Level, names: Names, variables: dict[int, str], indent: str
    ) -> Iterator[str]:
        """Yield the lines that make what a level keeps in variables."""
        for key in self._in_order(level):
            name = self._shared.get(key) or self._name_of(key, names)
            inner = self.plan.level_of(key)
            if inner is None:
                layer = self.plan.objects[key]
                site = Site(
                    str(layer.name), variables, frozen=self._frozen_only(level, key)
                )
                made = self.objects.layer(layer, site)
            elif self._stands_inline(inner):
                made = sequence_source(self, inner, variables)
            else:
                given = [Text(variables[one]) for one in inner.given]
                made = call(self._builders[key], given)
            yield statement(made, f"{name} = ", indent)
            if inner is not None and self._stands_inline(inner) and self.freezes(inner):
                yield f"{indent}{name}.trainable = False"
            variables[key] = name
            if inner is not None:
                variables[id(inner.recorded.model)] = name

    def _frozen_only(self, level: Level, key: int) -> bool:
        return self.freezes(level) and key in level.used and key not in self._shared

    def _in_order(self, level: Level) -> list[int]:
        """Return what a level makes such that each thing follows what it needs."""
        own = set(level.made)
        order: list[int] = []
        seen: set[int] = set()
        for first in level.made:
            stack = [(first, iter(self._needs(first)))] if first not in seen else []
            seen.add(first)
            while stack:
                key, waiting = stack[-1]
                needed = next(waiting, None)
                if needed is None:
                    order.append(key)
                    stack.pop()
                elif needed in own and needed not in seen:
                    seen.add(needed)
                    stack.append((needed, iter(self._needs(needed))))
        return order

    def _needs(self, key: int) -> list[int]:
        inner = self.plan.level_of(key)
        if inner is not None:
            return inner.given
        held = all_held_by(self.plan.objects[key])
        return [self.plan.key_of_object(layer) for layer in held]

    # The model itself.

    def _root(self, style: str) -> list[str]:
        level = self.plan.root
        variables: dict[int, str] = {}
        if style == "sequential" or level.style == "unbuilt":
            lines = list(self._made(level, self._names, variables, ""))
            made: Any = sequence_source(self, level, variables)
            if style != "sequential":
                lines.append(_UNBUILT)
        else:
            lines, made = self._level(level, self._names, variables, "")
        lines.append(statement(made, "model = "))
        if self.freezes(level):
            lines += self._frozen(level, "model", variables)
        return lines

    def _frozen(
        self, level: Level, name: str, variables: dict[int, str]
    ) -> Iterator[str]:
        """Yield the lines that freeze a model, but for what still trains in it."""
        yield f"{name}.trainable = False"
        for key, operation in level.used.items():
            if key in variables and getattr(operation, "trainable", False):
                yield f"{variables[key]}.trainable = True"


def _remarks(model: Any) -> Iterator[str]:
    """Yield what is to be known of code that was found by following a model."""
    kind = type(model).__name__
    yield f"# What the call of {kind} does, step by step."
    known = {id(weight) for layer in model.layers for weight in layer.weights}
    own = [str(one.name) for one in model.weights if id(one) not in known]
    if own:
        # What no layer owns and a call reads is refused elsewhere.
        yield f"# Left out, as no step reads them: its own weights {', '.join(own)}."


def _refuse_closed(recording: Recording) -> None:
    """Refuse a model that is itself a box nobody can look into."""
    for call_id, recorded in recording.root.calls.items():
        operation = recorded.operation
        if is_graph(operation) and recorded.inner is None:
            reason = _reason_of(recording, call_id)
            raise refusals.closed_model(call_id, type(operation).__name__, reason)


def _reason_of(recording: Recording, path: str) -> str:
    for notice in recording.graph.notices:
        if notice.code == "opaque" and path in notice.calls:
            return notice.text.rpartition("without numbers: ")[2].rstrip(".")
    return "its call needs numbers"


def _operations(plan: Plan) -> Iterator[list[Any]]:
    """Yield the layers, models and operations of each level, those for masks too."""
    for level in plan.levels.values():
        found = [one.operation for one in level.recorded.calls.values()]
        own = {id(one): one for one in found if isinstance(one, keras.Operation)}
        yield list(own.values())
