"""Values as Python source: numbers, texts, shapes, slices, arrays."""

from __future__ import annotations

import math
from collections import OrderedDict
from collections.abc import Callable, Mapping
from typing import Any

import keras
import numpy as np

from teachkit.source_code.expressions import Expression, Group, Text, call, listed
from teachkit.source_code.imports import Imports

MOST_NUMBERS = 4096
"""An array with more numbers than this is not written down."""

Special = Callable[[Any], Expression | None]


class CannotWriteError(Exception):
    """There is no source for a value; the text tells why, in words."""


def expression_of(value: Any, imports: Imports, special: Special) -> Expression:
    """Return the source of a value.

    Arguments:
        value: plain values, nested in lists, tuples and dicts.
        imports: receives what the source needs.
        special: is asked first for every value; None leaves it to this function.

    Raises:
        CannotWriteError: there is no source for it.
    """
    known = special(value)
    if known is not None:
        return known
    if isinstance(value, Mapping):
        return _mapping(value, imports, special)
    if isinstance(value, (list, tuple)):
        items = [expression_of(item, imports, special) for item in value]
        return listed(items, "[]" if isinstance(value, list) else "()")
    return _scalar(value, imports)


def _mapping(value: Any, imports: Imports, special: Special) -> Expression:
    items = tuple(
        (f"{text_source(key)}: ", expression_of(item, imports, special))
        for key, item in value.items()
    )
    entries = Group(Text(""), items, "{}")
    if isinstance(value, OrderedDict):
        imports.name("collections", "OrderedDict")
        return call("OrderedDict", [entries])
    return entries


def _scalar(value: Any, imports: Imports) -> Expression:
    if isinstance(value, (np.ndarray, np.generic)):
        return _numpy_scalar(value, imports)
    if isinstance(value, float):
        return Text(float_source(value, imports))
    if value is None or isinstance(value, (bool, int, complex, bytes, slice)):
        return Text(repr(value))
    if value is ...:
        return Text("...")
    if isinstance(value, (str, np.dtype)):
        return Text(text_source(str(value)))
    raise CannotWriteError(f"a value of type {type(value).__name__}")


def _numpy_scalar(value: Any, imports: Imports) -> Expression:
    """Return a number of NumPy, which may have another dtype than one of Python."""
    if isinstance(value, np.ndarray) and value.ndim:
        return array_source(value, imports)
    item = value.item()
    if isinstance(item, (str, bytes)):
        return Text(text_source(item) if isinstance(item, str) else repr(item))
    number = float_source(item, imports) if isinstance(item, float) else repr(item)
    imports.numpy()
    kind = "bool" if value.dtype.name == "bool" else value.dtype.name
    if not hasattr(np, kind):
        raise CannotWriteError(f"a number of type {value.dtype.name}")
    return Text(f"np.{kind}({number})")


def float_source(value: float, imports: Imports) -> str:
    """Return a float: `0.5`, `1e-05`, `np.inf`."""
    if math.isfinite(value):
        return repr(float(value))
    imports.numpy()
    if math.isnan(value):
        return "np.nan"
    return "np.inf" if value > 0 else "-np.inf"


def text_source(value: Any) -> str:
    """Return a text between double quotes; other values as Python shows them.

    Example:
        >>> print(text_source("relu"), text_source('say "hi"'))
        "relu" 'say "hi"'
    """
    if not isinstance(value, str):
        return repr(value)
    plain = repr(str(value))
    if plain.startswith("'") and '"' not in plain:
        return '"' + plain[1:-1] + '"'
    return plain


def array_source(value: Any, imports: Imports) -> Expression:
    """Return the source of an array or of a tensor with numbers.

    Raises:
        CannotWriteError: it has too many numbers.
    """
    array = np.asarray(keras.ops.convert_to_numpy(value))
    dtype = array.dtype.name
    if dtype == "bfloat16" or array.ndim == 0:
        imports.operations()
        numbers = _nested(array.tolist(), imports)
        name = text_source(dtype)
        return call("ops.convert_to_tensor", [numbers], [("dtype", Text(name))])
    imports.numpy()
    return _known_array(array, imports) or _spelled_out(array, imports)


def _known_array(array: Any, imports: Imports) -> Expression | None:
    """Return `np.ones(...)`, `np.arange(...)` and the like, where that is the array."""
    if array.dtype.kind not in "fiu" or not array.size:
        return None
    dtype = Text(text_source(array.dtype.name))
    shape = Text(str(array.shape if array.ndim > 1 else array.shape[0]))
    first = _short(array).flat[0]
    if array.size > 1 and (array == array.flat[0]).all():
        if first in (0, 1) and not np.signbit(first):
            return call("np.ones" if first else "np.zeros", [shape, dtype])
        number = _number(first.item(), imports)
        return call("np.full", [shape, number], [("dtype", dtype)])
    counting = np.arange(array.size, dtype=array.dtype)
    if array.ndim == 1 and array.size > 2 and (array == counting).all():
        # The dtype of numbers counted is the only one that needs no telling.
        return call("np.arange", [shape], [("dtype", dtype)])
    return None


def _spelled_out(array: Any, imports: Imports) -> Expression:
    if array.size > MOST_NUMBERS:
        raise CannotWriteError(f"an array of {array.size:,} numbers")
    if array.dtype.kind not in "fiubSUOc":
        raise CannotWriteError(f"an array of dtype {array.dtype.name}")
    numbers = _nested(_short(array).tolist(), imports)
    if array.dtype.kind in "SUO" or array.dtype == np.asarray(array.tolist()).dtype:
        return call("np.array", [numbers])
    dtype = Text(text_source(array.dtype.name))
    return call("np.array", [numbers], [("dtype", dtype)])


def _short(array: Any) -> Any:
    """Return numbers with the fewest digits that tell them apart in their dtype."""
    if array.dtype.kind != "f" or array.dtype.itemsize >= 8:
        return array
    # A number of its own type is shown with no more digits than that type has.
    shown = [float(str(number)) for number in array.flat]
    return np.asarray(shown).reshape(array.shape)


def _nested(value: Any, imports: Imports) -> Expression:
    if isinstance(value, list):
        return listed([_nested(item, imports) for item in value])
    return _number(value, imports)


def _number(value: Any, imports: Imports) -> Expression:
    if isinstance(value, float):
        return Text(float_source(value, imports))
    return Text(text_source(value))
