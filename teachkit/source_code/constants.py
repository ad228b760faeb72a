"""Arrays and weights that the calls of a level read directly."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

import keras

from teachkit.graph import Call
from teachkit.keras_reader import Constant, RecordedCall
from teachkit.source_code import refusals
from teachkit.source_code.expressions import Expression, Text
from teachkit.source_code.held import constants_of, is_variable
from teachkit.source_code.imports import Imports
from teachkit.source_code.levels import Level
from teachkit.source_code.names import Names
from teachkit.source_code.values import CannotWriteError, array_source

Statement = tuple[Expression, str]
_SHORT = 40
_COMPUTED = "# A constant: whatever computed it is not in the model, and never trains."


class Constants:
    """Writes the constants of one level; one read twice gets a variable."""

    def __init__(
        self,
        imports: Imports,
        names: Names,
        level: Level,
        variables: dict[int, str],
    ) -> None:
        self._imports = imports
        self._names = names
        self._level = level
        self._variables = variables
        self._counts = Counter(
            one.call for recorded, _ in level.calls() for one in constants_of(recorded)
        )
        self._held: dict[str, str] = {}

    def before(self, one: Call, recorded: RecordedCall) -> Iterator[Statement]:
        """Yield what must be written before a call that reads constants.

        Raises:
            ModelError: it reads a variable that no layer owns, or too many numbers.
        """
        for constant in constants_of(recorded):
            if constant.call in self._held or is_variable(constant.value):
                continue
            expression = self._array(constant, one)
            computed = keras.ops.is_tensor(constant.value)
            few = len(expression.flat) <= _SHORT and self._counts[constant.call] == 1
            if few and not computed:
                continue
            if computed:
                yield Text(_COMPUTED), ""
            name = self._names.take("constant")
            self._held[constant.call] = name
            yield expression, f"{name} = "

    def source(self, constant: Constant, one: Call) -> Expression:
        """Return the source by which a call reads a constant."""
        name = self._held.get(constant.call)
        if name is not None:
            return Text(name)
        if is_variable(constant.value):
            return self._weight(constant.value, one)
        return self._array(constant, one)

    def _array(self, constant: Constant, one: Call) -> Expression:
        try:
            return array_source(constant.value, self._imports)
        except CannotWriteError as error:
            raise refusals.no_value(one.id, one.type, str(error)) from None

    def _weight(self, variable: Any, one: Call) -> Expression:
        """Return `dense.bias` for a weight of a layer that is in a variable."""
        for layer in self._level.owners:
            name = self._variables.get(id(layer))
            attribute = _attribute_of(layer, variable)
            if name is not None and attribute is not None:
                return Text(f"{name}.{attribute}")
        shape = str(tuple(variable.shape))
        raise refusals.variable(one.id, one.type, shape)


def _attribute_of(layer: Any, variable: Any) -> str | None:
    """Return the attribute by which everyone reads a weight of a layer."""
    names: set[str] = {*vars(layer), *vars(type(layer))}
    for name in sorted(names):
        if name.startswith("_"):
            continue
        try:
            if getattr(layer, name) is variable:
                return name
        except Exception:  # noqa: BLE001 - a property may refuse
            continue
    return None
