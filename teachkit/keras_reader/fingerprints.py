"""Code and values as short texts that do not depend on lines, files or addresses."""

from __future__ import annotations

import dis
import functools
import hashlib
import inspect
import types
from collections.abc import Iterable, Mapping
from typing import Any

import keras

from teachkit.keras_reader.configs import plain

_PLAIN = (type(None), bool, int, float, complex, str, bytes, type(...))
_LOOKS_UP = frozenset({"LOAD_GLOBAL", "LOAD_NAME"})
"""Not the names of attributes, for which a global may stand by chance."""
_KINDS = (
    inspect.CO_VARARGS
    | inspect.CO_VARKEYWORDS
    | inspect.CO_GENERATOR
    | inspect.CO_COROUTINE
)
"""Flags of code that tell what it does, not where it stands."""
_DEEPEST = 12
"""Functions that use functions are followed so far."""


def fingerprint(value: Any) -> str:
    """Return a text that two functions share which do the same in the same words.

    It depends on what a function does, on the values that it has taken in and on the
    globals that it uses; not on the names of its variables, nor on where it stands.

    Example:
        >>> fingerprint(lambda x: x * 2) == fingerprint(lambda tensor: tensor * 2)
        True
        >>> fingerprint(lambda x: x * 2) == fingerprint(lambda x: x * 3)
        False
    """
    return _digest(_told(value, ()))


def digest_of(array: Any) -> str:
    """Return a text that two arrays share which hold the same numbers."""
    numbers = keras.ops.convert_to_numpy(array)
    told = f"{numbers.shape} {numbers.dtype} ".encode() + numbers.tobytes()
    return hashlib.sha256(told).hexdigest()[:16]


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _told(value: Any, inside: tuple[int, ...]) -> str:
    """Return a value in words; `inside` are the ids of what it is part of."""
    if isinstance(value, _PLAIN):
        return repr(value)
    if id(value) in inside or len(inside) > _DEEPEST:
        return "..."
    within = (*inside, id(value))
    if isinstance(value, (types.FunctionType, types.MethodType, types.CodeType)):
        return _code_told(value, within)
    if isinstance(value, (list, tuple, Mapping, set, frozenset, functools.partial)):
        return _container_told(value, within)
    return _object_told(value)


def _code_told(value: Any, within: tuple[int, ...]) -> str:
    if isinstance(value, types.MethodType):
        return _told(value.__func__, within)  # which may be built in, without code
    if isinstance(value, types.CodeType):
        # The first constant of a function may be its docstring, which does nothing.
        parts = (value.co_code.hex(), value.co_consts, value.co_names)
        return _many([*parts, value.co_argcount, value.co_flags & _KINDS], within)
    code = value.__code__
    closure = zip(code.co_freevars, value.__closure__ or (), strict=True)
    # `__class__`, which super() needs, is the class whose code is being told.
    cells = [_content(cell) for name, cell in closure if name != "__class__"]
    used = {n: value.__globals__[n] for n in _names(code) if n in value.__globals__}
    return _many([code, value.__defaults__, value.__kwdefaults__, cells, used], within)


def _container_told(value: Any, within: tuple[int, ...]) -> str:
    if isinstance(value, functools.partial):
        return _many([value.func, value.args, value.keywords], within)
    if isinstance(value, Mapping):
        items = sorted(value.items(), key=lambda item: repr(item[0]))
        return "{" + _many([part for item in items for part in item], within) + "}"
    if isinstance(value, (set, frozenset)):
        return "{" + ",".join(sorted(_told(item, within) for item in value)) + "}"
    return _many(value, within)


def _object_told(value: Any) -> str:
    if isinstance(value, types.ModuleType):
        return value.__name__
    if isinstance(value, (type, types.BuiltinFunctionType)):
        return f"{value.__module__}.{value.__qualname__}"
    kind = f"{type(value).__module__}.{type(value).__qualname__}"
    if isinstance(value, keras.Operation):
        return f"{kind} {plain(value.get_config())}"
    if hasattr(value, "shape") and hasattr(value, "dtype"):
        is_variable = hasattr(value, "assign") or isinstance(value, keras.Variable)
        numbers = "" if is_variable else digest_of(value)
        return f"{kind} {tuple(value.shape)} {value.dtype} {numbers}"
    return kind


def _many(values: Iterable[Any], within: tuple[int, ...]) -> str:
    return "(" + ",".join(_told(value, within) for value in values) + ")"


def _names(code: types.CodeType) -> list[str]:
    """Return the names of globals that code and the functions inside it look up."""
    inner = [const for const in code.co_consts if isinstance(const, types.CodeType)]
    steps = dis.get_instructions(code)
    own = [str(step.argval) for step in steps if step.opname in _LOOKS_UP]
    return sorted({*own, *(name for one in inner for name in _names(one))})


def _content(cell: Any) -> Any:
    try:
        return cell.cell_contents
    except ValueError:  # a variable that has no value yet
        return None
