"""The words on a call: the same in every drawing, whether of lines or of letters."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Literal, get_args

from teachkit.errors import WrongValueError
from teachkit.graph import Call, Shape

Detail = Literal["shape", "dtype", "params", "config"]

_ORDER_IS_FREE = frozenset({"Add", "Average", "Maximum", "Minimum", "Multiply"})


def check_details(details: Iterable[str]) -> tuple[Detail, ...]:
    """Return the details in a fixed order.

    Raises:
        WrongValueError: one of them does not exist.
    """
    known: tuple[Detail, ...] = get_args(Detail)
    wanted = list(details) if _is_several(details) else [details]
    for detail in wanted:
        if detail not in known:
            raise WrongValueError(
                "details among " + ", ".join(f"'{name}'" for name in known),
                f"details={detail!r}",
                "write for example details=('shape', 'params')",
            )
    return tuple(name for name in known if name in wanted)


def _is_several(details: object) -> bool:
    return isinstance(details, Iterable) and not isinstance(details, str)


def type_text(call: Call) -> str:
    """Return the class of a call; an input and a constant are called by their role."""
    if call.kind == "input":
        return "Input"
    if call.kind == "constant":
        return "Constant" if call.type == "Constant" else f"Constant ({call.type})"
    return call.type


def shape_text(shape: Shape | None) -> str:
    """Return a shape as Keras prints it: `(None, 64)`."""
    return "shape unknown" if shape is None else str(tuple(shape))


def detail_lines(call: Call, details: Sequence[Detail]) -> list[str]:
    """Return one text for each detail of a call that there is something to say of."""
    lines = []
    if "shape" in details or "dtype" in details:
        lines += [
            _spec_text(call, index, details) for index in range(len(call.outputs))
        ]
    if "params" in details and call.kind not in {"input", "constant", "operation"}:
        lines.append(count_text(call.params, "parameter"))
    if "config" in details:
        lines += config_texts(call)
    return lines


def config_texts(call: Call) -> list[str]:
    """Return the arguments that are not defaults: `units=64`, `activation='relu'`."""
    if call.kind in {"input", "model"}:
        return []
    names = call.config.chosen or tuple(call.config if call.kind == "constant" else ())
    return [f"{name}={value_text(call.config[name])}" for name in names]


def count_text(count: int, noun: str) -> str:
    """Return a number with its noun: `1 parameter`, `2,112 parameters`."""
    return f"{count:,} {noun}" + ("" if count == 1 else "s")


def value_text(value: Any) -> str:
    """Return the value of an argument as Python writes it: `'same'`, `(2, 2)`."""
    if isinstance(value, dict) and "class_name" in value:
        entries = (value.get("config") or {}).items()
        inside = [f"{k}={value_text(v)}" for k, v in entries if v is not None]
        return f"{value['class_name']}" + (f"({', '.join(inside)})" if inside else "")
    if isinstance(value, list):
        comma = "," if len(value) == 1 else ""
        return "(" + ", ".join(value_text(item) for item in value) + f"{comma})"
    return repr(value)


def port_text(port: str) -> str:
    """Return the short form of a port: `[1]` for `inputs[1]`, `key` for `key`."""
    name, bracket, rest = port.partition("[")
    return bracket + rest if name in {"inputs", "args"} and bracket else port


def order_matters(call: Call, ports: Sequence[str]) -> bool:
    """Tell whether exchanging the tensors that a call reads would change its result."""
    # The operation `average` has weights as its second argument; the layer has not.
    weighted = call.kind == "operation" and call.type == "Average"
    free = call.type in _ORDER_IS_FREE and call.kind in {"layer", "operation"}
    return len(ports) > 1 and (weighted or not free)


def _spec_text(call: Call, index: int, details: Sequence[Detail]) -> str:
    spec = call.outputs[index]
    words = [f"{index}:"] if len(call.outputs) > 1 else []
    if "shape" in details:
        words.append(shape_text(spec.shape))
    if "dtype" in details:
        words.append(spec.dtype)
    return " ".join(words)
