"""Calls of `keras.ops` as source: operators where one would write them, else calls."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

import keras

from teachkit.keras_reader import Constant, Ref
from teachkit.source_code.construction import parameters_of
from teachkit.source_code.expressions import Expression, Text, call
from teachkit.source_code.imports import Imports, source_of_class
from teachkit.source_code.values import CannotWriteError

_OPERATORS = {
    "Add": "+",
    "Subtract": "-",
    "Multiply": "*",
    "TrueDivide": "/",
    "FloorDivide": "//",
    "Mod": "%",
    "Power": "**",
    "Matmul": "@",
    "Less": "<",
    "LessEqual": "<=",
    "Greater": ">",
    "GreaterEqual": ">=",
}
_TURNED = frozenset({"Less", "LessEqual", "Greater", "GreaterEqual"})
"""Python turns `1 < x` into `x > 1`, which is another operation."""

_NAMES = {
    "Absolute": "abs",
    "AllClose": "allclose",
    "BatchNorm": "batch_normalization",
    "CDist": "cdist",
    "IsIn": "isin",
    "LayerNorm": "layer_normalization",
    "RMSNorm": "rms_normalization",
    "SearchSorted": "searchsorted",
}
_BY_NAME = frozenset({"axis", "axes", "axis1", "axis2"})

Write = Callable[[Any], Expression]


def operation_source(
    operation: Any,
    args: tuple[Any, ...],
    kwargs: Mapping[str, Any],
    write: Write,
    imports: Imports,
) -> Expression:
    """Return the source of one call of an operation.

    Arguments:
        operation: the operation.
        args: as Keras recorded them, with references in place of tensors.
        kwargs: likewise.
        write: gives the source of an argument.
        imports: receives what the source needs.

    Raises:
        CannotWriteError: there is no source for it.
    """
    kind = type(operation)
    if kind.__module__.startswith("keras."):
        plain = _as_python(kind.__name__, args, kwargs, write)
        if plain is not None:
            return plain
        called = _as_function(operation, args, kwargs, write, imports)
        if called is not None:
            return called
    return _as_object(operation, args, kwargs, write, imports)


def _as_python(
    name: str, args: tuple[Any, ...], kwargs: Mapping[str, Any], write: Write
) -> Expression | None:
    """Return `a + b`, `-a`, `x[:, 1:]`, or None where it is not written like that."""
    if kwargs or not args:
        return None
    if name == "GetItem" and isinstance(args[0], Ref):
        return Text(f"{write(args[0]).flat}[{_index(args[1], write)}]")
    if name == "Negative" and isinstance(args[0], Ref):
        return Text(f"-{write(args[0]).flat}")
    if name not in _OPERATORS or len(args) != 2 or not _keeps_order(name, *args):
        return None
    left, right = (write(value).flat for value in args)
    if name == "Power" and left.startswith("-"):
        left = f"({left})"
    return Text(f"{left} {_OPERATORS[name]} {right}")


def _keeps_order(name: str, left: Any, right: Any) -> bool:
    """Tell whether Python hands the operands of an operator on as they stand."""
    if isinstance(left, Ref):
        return isinstance(right, (Ref, Constant, int, float))
    number = isinstance(left, (int, float)) and not isinstance(left, bool)
    # A number of NumPy would try to add itself.
    plain = number and type(left).__module__ == "builtins"
    return plain and isinstance(right, Ref) and name not in _TURNED


def _index(key: Any, write: Write) -> str:
    if isinstance(key, tuple) and key:
        parts = [_index_part(part, write) for part in key]
        return ", ".join(parts) + ("," if len(parts) == 1 else "")
    return _index_part(key, write)


def _index_part(part: Any, write: Write) -> str:
    if not isinstance(part, slice):
        return write(part).flat
    ends = [
        "" if end is None else write(end).flat
        for end in (part.start, part.stop, part.step)
    ]
    return ":".join(ends[:2] if part.step is None else ends)


def _as_function(
    operation: Any,
    args: tuple[Any, ...],
    kwargs: Mapping[str, Any],
    write: Write,
    imports: Imports,
) -> Expression | None:
    """Return the call of a function of `keras.ops`, or None if none is like it."""
    kind: Any = type(operation)
    found = _function_of(kind)
    if found is None:
        return None
    path, function = found
    values = _bound(kind, args, kwargs)
    if values is None:
        return None
    values.update(own_arguments(operation))
    parameters = inspect.signature(function).parameters
    if not values.keys() <= parameters.keys():
        return None
    imports.operations()
    return _called(path, parameters, values, write)


def _called(
    path: str, parameters: Mapping[str, Any], values: dict[str, Any], write: Write
) -> Expression:
    positional: list[Expression] = []
    named: list[tuple[str, Expression]] = []
    by_position = True
    for name, parameter in parameters.items():
        if name not in values:
            by_position = False
        elif parameter.kind is parameter.VAR_POSITIONAL:
            positional += [write(value) for value in values[name]]
            by_position = False
        elif by_position and _stands_first(parameter, values[name]):
            positional.append(write(values[name]))
        elif not is_same(values[name], parameter.default):
            by_position = False
            named.append((name, write(values[name])))
    return call(path, positional, named)


def _stands_first(parameter: inspect.Parameter, value: Any) -> bool:
    """Tell whether an argument needs no name: a tensor, or one that must be given."""
    required = parameter.default is parameter.empty and parameter.name not in _BY_NAME
    return required or isinstance(value, (Ref, Constant))


def is_same(value: Any, default: Any) -> bool:
    """Tell whether a plain value is a default; other values never are."""
    if value is None or isinstance(value, (bool, int, float, str)):
        return type(value) is type(default) and bool(value == default)
    if isinstance(value, (list, tuple)):
        kinds = (bool, int, float, str)
        plain = all(isinstance(item, kinds) for item in value)
        return plain and type(value) is type(default) and bool(value == default)
    return value is default


def _bound(
    kind: type, args: tuple[Any, ...], kwargs: Mapping[str, Any]
) -> dict[str, Any] | None:
    """Return the arguments of a call by their names in `call`."""
    try:
        signature = inspect.signature(kind.call)  # type: ignore[attr-defined]
        found = signature.bind(None, *args, **kwargs).arguments
    except (TypeError, ValueError):
        return None
    named = dict(list(found.items())[1:])
    for name, parameter in signature.parameters.items():
        if parameter.kind is parameter.VAR_KEYWORD:
            named.update(named.pop(name, {}))
    return named


def own_arguments(operation: Any) -> dict[str, Any]:
    """Return the arguments with which an operation was made, but for its name.

    Raises:
        CannotWriteError: it does not tell them.
    """
    own: Any = type(operation)
    parameters = list(parameters_of(own))
    names = [name for name in parameters if name not in {"name", "args", "kwargs"}]
    if not names:
        return {}
    try:
        told = operation.get_config()
    except Exception:  # noqa: BLE001 - what it is made with may be no plain value
        told = vars(operation)
    missing = [name for name in names if name not in told]
    if missing:
        raise CannotWriteError(f"it does not tell its argument '{missing[0]}'")
    return {name: told[name] for name in names}


@lru_cache(maxsize=1024)
def _function_of(kind: type) -> tuple[str, Any] | None:
    name = _NAMES.get(kind.__name__) or snake_case(kind.__name__)
    for path in ("ops", "ops.image", "ops.linalg", "ops.nn", "ops.numpy"):
        home = keras.ops
        for part in path.split(".")[1:]:
            home = getattr(home, part, None)
        function = getattr(home, name, None)
        if function is not None and inspect.isfunction(function):
            return f"{path}.{name}", function
    return None


def snake_case(name: str) -> str:
    """Return the name that Keras makes of the name of a class.

    Example:
        >>> snake_case("GetItem"), snake_case("ReLU")
        ('get_item', 're_lu')
    """
    words = re.sub(r"(.)([A-Z][a-z]+)", r"\1_\2", re.sub(r"\W+", "", name))
    return re.sub(r"([a-z])([A-Z])", r"\1_\2", words).lower()


def _as_object(
    operation: Any,
    args: tuple[Any, ...],
    kwargs: Mapping[str, Any],
    write: Write,
    imports: Imports,
) -> Expression:
    """Return the call of an operation that is made on the spot: `MyOperation(2)(x)`."""
    source = source_of_class(type(operation), imports)
    if source is None:
        raise CannotWriteError("its class cannot be imported")
    kind: Any = type(operation)
    parameters = parameters_of(kind)
    own = [
        (name, write(value))
        for name, value in own_arguments(operation).items()
        if not is_same(value, parameters[name].default)
    ]
    made = call(source, [], own)
    named = [(name, write(value)) for name, value in kwargs.items()]
    return call(made, [write(value) for value in args], named)
