"""Layers, initializers and the like as calls of their constructors."""

from __future__ import annotations

import copy
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import FunctionType
from typing import Any

import keras
import numpy as np

from teachkit.source_code import refusals
from teachkit.source_code.construction import (
    Arguments,
    Constructions,
    is_required,
    parameters_of,
)
from teachkit.source_code.expressions import Expression, Text, call, listed
from teachkit.source_code.held import held_by
from teachkit.source_code.imports import Imports, source_of_class
from teachkit.source_code.layer_arguments import (
    config_of,
    of_lambda,
    takes,
    told_by_attributes,
)
from teachkit.source_code.layer_names import LayerNames
from teachkit.source_code.operations import snake_case
from teachkit.source_code.user_code import UserCode
from teachkit.source_code.values import (
    CannotWriteError,
    expression_of,
    text_source,
)

_FIRST_IS_PLAIN = ("Pooling", "UpSampling", "ZeroPadding", "Cropping")
_FIRST_SAYS_ALL = frozenset({"L1", "L2", "Constant", "MaxNorm", "RandomFlip"})
_ALL_BY_NAME = ("MultiHeadAttention", "GroupQueryAttention", "GroupedQueryAttention")
_NAMED_BY_TEXT = (keras.initializers, keras.regularizers, keras.constraints)


@dataclass(frozen=True, eq=False)
class Site:
    """Where a layer is made.

    Attributes:
        call: the call that it is made for, to be named in errors.
        variables: the names of layers and models that exist there, by `id`.
        frozen: the model around freezes all its layers anyway.
    """

    call: str
    variables: Mapping[int, str]
    frozen: bool = False


class Objects:
    """Writes the constructor calls of layers and of what they are given.

    Arguments:
        imports: receives what the source needs.
        names: the names of layers that are worth writing.
        user: receives classes and functions that cannot be imported.
        trace: gives the name of a function that does what a Lambda layer does.
    """

    def __init__(
        self,
        imports: Imports,
        names: LayerNames,
        user: UserCode,
        trace: Callable[[Any], str | None],
    ) -> None:
        self._imports = imports
        self._trace = trace
        self._names = names
        self._user = user
        self._constructions = Constructions()

    def layer(self, layer: Any, site: Site) -> Expression:
        """Return the call that makes a layer, or the variable that it is in.

        Raises:
            ModelError: it cannot be written.
        """
        try:
            return self._layer(layer, site)
        except CannotWriteError as error:
            kind = type(layer).__name__
            if isinstance(layer, keras.layers.Lambda):
                raise refusals.no_lambda(site.call, str(error)) from None
            raise refusals.no_source(site.call, kind, str(error)) from None

    def _layer(self, layer: Any, site: Site) -> Expression:
        variable = site.variables.get(id(layer))
        if variable is not None:
            return Text(variable)
        kind = type(layer)
        if isinstance(layer, (keras.Model, keras.Function)):
            raise CannotWriteError(f"it holds the model '{layer.name}'")
        arguments = self._arguments(layer, site)
        try:
            written = self._written(layer, arguments, site)
        except CannotWriteError:
            function = self._trace(layer)
            if function is None:
                raise
            written = {"function": Text(function)}
        name = self._names.explicit(layer)
        if name is not None and takes(kind, "name"):
            written["name"] = Text(text_source(name))
        return _constructor(self._source_of(kind), kind, written)

    def _written(
        self, layer: Any, arguments: Arguments, site: Site
    ) -> dict[str, Expression]:
        return {
            name: self._argument(layer, name, value, site)
            for name, value in arguments.items()
        }

    def _arguments(self, layer: Any, site: Site) -> Arguments:
        """Return the arguments that must be written, with their values."""
        kind = type(layer)
        config = config_of(layer, frozen=site.frozen)
        if config is None:
            return told_by_attributes(layer, {})
        if isinstance(layer, keras.layers.Lambda):
            return of_lambda(layer, config)
        found = self._constructions.arguments(kind, config)
        if keras.config.dtype_policy().name != "float32" and takes(kind, "dtype"):
            found["dtype"] = layer.dtype_policy.name
        if not kind.__module__.startswith("keras."):
            found = {**told_by_attributes(layer, config), **found}
        return found

    def _argument(self, layer: Any, name: str, value: Any, site: Site) -> Expression:
        """Return the source of one argument of a layer."""
        held = held_by(layer).get(name)
        if held is not None:
            return self._held(held, site)
        attribute = getattr(layer, name, None)
        # For a lambda, Keras has its code in a dict, in letters and digits.
        is_code = isinstance(value, Mapping) and "class_name" not in value
        if is_code and isinstance(attribute, FunctionType):
            value = attribute

        def special(part: Any) -> Expression | None:
            if isinstance(part, keras.Layer):
                return self._layer(part, site)
            if isinstance(part, np.generic):
                return expression_of(part.item(), self._imports, special)
            if isinstance(part, Mapping) and "class_name" in part:
                return self._serialised(part, attribute, site)
            return Text(self.function(part)) if callable(part) else None

        return expression_of(value, self._imports, special)

    def _serialised(
        self, part: Mapping[str, Any], attribute: Any, site: Site
    ) -> Expression:
        """Return the source of what Keras tells as the name of a class and a config."""
        if part["class_name"] not in {"function", "__lambda__"}:
            return self.thing(_made(part, attribute), site)
        if not callable(attribute):
            name = part.get("config")
            raise CannotWriteError(f"its function {name} is not to be had")
        return Text(self.function(attribute))

    def function(self, function: Any) -> str:
        """Return the source of a function: an import, its name, or a lambda."""
        found = None
        if getattr(function, "__name__", "<lambda>") != "<lambda>":
            found = source_of_class(function, self._imports)
        return found if found is not None else self._user.function(function)

    def _held(self, held: Any, site: Site) -> Expression:
        inner = Site(site.call, site.variables)
        if isinstance(held, keras.layers.StackedRNNCells) and id(held) not in (
            site.variables
        ):
            held = list(held.cells)
        if isinstance(held, (list, tuple)):
            return listed([self._layer(one, inner) for one in held])
        return self._layer(held, inner)

    def thing(self, value: Any, site: Site) -> Expression:
        """Return the source of an initializer, a regularizer, a policy, a layer."""
        if isinstance(value, keras.Layer):
            return self._layer(value, Site(site.call, site.variables))
        text = _as_text(value)
        if text is not None:
            return Text(text_source(text))
        kind = type(value)
        config: dict[str, Any] = getattr(value, "get_config", dict)()
        found = self._constructions.arguments(kind, dict(config))
        written = self._written(value, found, site)
        return _constructor(self._source_of(kind), kind, written)

    def _source_of(self, kind: Any) -> str:
        """Return how a class is reached: by an import, or by source of its own."""
        found = source_of_class(kind, self._imports)
        return found if found is not None else self._user.define(kind)


def _made(part: Mapping[str, Any], attribute: Any) -> Any:
    """Return the object that a config describes, or the one that the layer holds.

    Raises:
        CannotWriteError: Keras does not know its class, and the layer holds another.
    """
    try:
        # Making an object takes the config apart.
        return keras.saving.deserialize_keras_object(copy.deepcopy(part))
    except Exception:  # noqa: BLE001 - a class that is not registered, or its code
        if type(attribute).__name__ == part["class_name"]:
            return attribute
        what = f"its argument of the class {part['class_name']}"
        raise CannotWriteError(f"Keras cannot make {what} again") from None


def _constructor(
    source: str, kind: Any, written: Mapping[str, Expression]
) -> Expression:
    """Return a constructor call; what comes first and is plain needs no name."""
    positional: list[Expression] = []
    named: list[tuple[str, Expression]] = []
    parameters = list(parameters_of(kind).values())
    for name, argument in written.items():
        position = len(positional)
        in_place = not named and position < len(parameters)
        if in_place and parameters[position].name == name and _is_plain(kind, name):
            positional.append(argument)
        else:
            named.append((name, argument))
    return call(source, positional, named)


def _is_plain(kind: Any, name: str) -> bool:
    """Tell whether one would give an argument by its position."""
    parameter = parameters_of(kind)[name]
    if parameter.kind not in (
        parameter.POSITIONAL_ONLY,
        parameter.POSITIONAL_OR_KEYWORD,
    ):
        return False
    if any(word in kind.__name__ for word in _ALL_BY_NAME):
        return False
    if is_required(kind, name):
        return True
    if next(iter(parameters_of(kind))) != name:
        return False
    plain = any(word in kind.__name__ for word in _FIRST_IS_PLAIN)
    return plain or kind.__name__ in _FIRST_SAYS_ALL


def _as_text(value: Any) -> str | None:
    """Return the text by which Keras knows an object: `glorot_uniform`, or None."""
    if isinstance(value, keras.dtype_policies.DTypePolicy):
        plain = type(value) is keras.dtype_policies.DTypePolicy
        return str(value.name) if plain else None
    name = snake_case(type(value).__name__)
    for home in _NAMED_BY_TEXT:
        try:
            known = home.get(name)
        except Exception:  # noqa: BLE001 - it cannot be made of its name alone
            continue
        if type(known) is type(value) and known.get_config() == value.get_config():
            return name
    return None
