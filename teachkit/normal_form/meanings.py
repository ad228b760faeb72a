"""What a step means: layers and operations that do the same get the same words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from teachkit.graph import Call, TensorSpec
from teachkit.normal_form.activations import Activation, can_fuse
from teachkit.normal_form.flattening import FLATTENED
from teachkit.normal_form.inlining import Step
from teachkit.normal_form.nodes import Body, Meaning
from teachkit.normal_form.settings import encoded, settings_of

_MERGES = {
    "Add": "add",
    "Multiply": "multiply",
    "Maximum": "maximum",
    "Minimum": "minimum",
    "Average": "average",
    "Subtract": "subtract",
    "Concatenate": "concatenate",
}
_UNORDERED = FLATTENED | {"average"}
_OTHER_NAMES = {"Divide": "divide", "TrueDivide": "divide", "Absolute": "abs"}
_BY_POSITION = ("x1", "x2")
_BY_PLACE = {"subtract", "divide", "concatenate", "reshape", "transpose", "cast"}
"""Meanings that layers and operations share, though they name their operands apart."""
_COUNT_THE_NEW = frozenset({"ExpandDims", "OneHot", "Stack"})
"""Operations whose `axis` is one of the result, which has one more than the input."""
_RESHAPES = frozenset({"Flatten", "Reshape", "ExpandDims", "Squeeze"})
_INPUT_SWITCHES = ("sparse", "ragged")


def meaning_of(step: Step, body: Body | None, read: tuple[TensorSpec, ...]) -> Meaning:
    """Return what a step means beside its activation.

    Arguments:
        step: the step.
        body: fingerprint of its code, if it has code of its own.
        read: shapes of the tensors that it reads.
    """
    call = step.call
    if step.part in {"boundary", "exit"}:
        return _border(step)
    if step.part == "cast" or _is_operation(call, "Cast"):
        return Meaning("cast", dtypes=_dtypes(step.spec))
    if step.part == "reshape":
        return _reshape(step)
    if call.kind in {"input", "constant"}:
        return _input(step) if call.kind == "input" else _constant(call, body)
    special = None if call.family == "custom" else _special(step, read)
    meaning = special or _plain(call, read)
    fingerprint = body if isinstance(body, str) else ""
    words = meaning.words or tuple(sorted(_words(step)))
    return replace(meaning, words=words, dtypes=_dtypes(step.spec), body=fingerprint)


def exact_meaning_of(step: Step, body: Body | None) -> Meaning:
    """Return what a step means when nothing but its name is left out."""
    call = step.call
    kept = settings_of(call.config, strict=True)
    if step.endpoint is not None:
        kept += (("place", encoded([step.endpoint.path, step.endpoint.order])),)
    if call.params and not call.trainable:
        kept += (("trainable", "false"),)
    shapes = tuple(encoded([spec.shape, spec.dtype]) for spec in step.spec)
    return Meaning(
        type=f"{call.kind} {call.type} {step.part}".rstrip(),
        settings=kept,
        words=tuple(sorted(map(_index, step.words))),
        dtypes=shapes,
        body=body if isinstance(body, str) else "",
    )


def meaning_of_activation(
    activation: Activation, step: Step, body: Body | None, rank: int | None
) -> Meaning:
    """Return what an activation means, as a layer of its own or as part of one."""
    name, arguments = activation
    settings = settings_of(_counted(arguments, rank), strict=False)
    words = tuple(sorted(step.words)) if step.call.type != "Activation" else ()
    fingerprint = body if isinstance(body, str) else ""
    kind = "function" if fingerprint else name
    own_words = words if step.part == "" else ()
    dtypes = _dtypes(step.spec)
    return Meaning(f"activation {kind}", settings, own_words, dtypes, fingerprint)


def port_of(meaning: Meaning, port: str, position: int) -> str:
    """Return the canonical port: its place where names differ between forms."""
    if meaning.unordered:
        return "any"
    if meaning.type not in _BY_PLACE and not meaning.type.startswith("activation "):
        return port
    if port in _BY_POSITION:
        return str(_BY_POSITION.index(port))
    _, bracket, rest = port.partition("[")
    return rest.removesuffix("]") if bracket else str(position)


def _input(step: Step) -> Meaning:
    call, spec = step.call, step.spec[0]
    order = step.endpoint.order if step.endpoint is not None else None
    switches = [name for name in _INPUT_SWITCHES if call.config.get(name)]
    return Meaning(
        "input",
        (
            ("order", encoded(order)),
            ("shape", encoded(spec.shape)),
            ("switches", encoded(switches)),
        ),
        dtypes=(spec.dtype,),
    )


def _border(step: Step) -> Meaning:
    order = step.endpoint.order if step.endpoint is not None else None
    place = (("order", encoded(order)),)
    words = tuple(sorted(step.words))
    return Meaning(f"model {step.part}", place, words, _dtypes(step.spec))


def _constant(call: Call, body: Body | None) -> Meaning:
    spec = call.outputs[0]
    kept = [("kind", call.type), ("shape", encoded(spec.shape))]
    if "value" in call.config:
        kept.append(("value", encoded(call.config["value"])))
    elif isinstance(body, str):
        kept.append(("value", f"digest {body}"))
    return Meaning("constant", tuple(kept), dtypes=(spec.dtype,))


def _special(step: Step, read: tuple[TensorSpec, ...]) -> Meaning | None:
    """Return the meaning of what is known under several names."""
    call = step.call
    if call.kind not in {"layer", "operation"}:
        return None
    if _is_merge(call, read):
        return _merge(step, read)
    if call.type == "TimeDistributed":
        return _each_step(call)
    if call.kind == "operation" and call.type in _OTHER_NAMES:
        return Meaning(_OTHER_NAMES[call.type], settings_of(call.config, strict=False))
    return _rearranged(step, read)


def _rearranged(step: Step, read: tuple[TensorSpec, ...]) -> Meaning | None:
    """Return the meaning of what gives the same numbers in another shape."""
    call = step.call
    if call.type in _RESHAPES and _lengths_known(step.spec):
        return _reshape(step)
    if call.type == "Permute" or _is_operation(call, "Transpose"):
        return Meaning("transpose", (("axes", encoded(_axes(call, read))),))
    return None


def _is_merge(call: Call, read: tuple[TensorSpec, ...]) -> bool:
    if call.type not in _MERGES or not read:
        return False
    if call.kind == "operation":
        # The operation `average` is another one: it takes weights.
        return call.type != "Average"
    # A layer lines tensors of different ranks up in its own way.
    ranks = {None if spec.shape is None else len(spec.shape) for spec in read}
    return len(ranks) == 1


def _merge(step: Step, read: tuple[TensorSpec, ...]) -> Meaning:
    name = _MERGES[step.call.type]
    if name == "concatenate":
        config = _counted(step.call.config, _rank(read))
        return Meaning(name, settings_of(config, strict=False))
    return Meaning(name, words=_operands(step), unordered=name in _UNORDERED)


def _operands(step: Step) -> tuple[str, ...]:
    """Return the plain numbers among the operands; their place counts in a - b."""
    if _MERGES[step.call.type] not in _UNORDERED:
        return tuple(sorted(_words(step)))
    values = (word.partition("=")[2] for word in _words(step))
    return tuple(sorted(values))


def _words(step: Step) -> list[str]:
    """Return what else a call was given; 2.0 is the same number as 2."""
    words = [_index(word) for word in step.words]
    is_float = any("float" in spec.dtype for spec in step.spec)
    if step.call.kind != "operation" or not is_float:
        return words
    return [word.removesuffix(".0") for word in words]


def _index(word: str) -> str:
    """Return an index as written: a file gives the tuple `(:, 1)` back as a list."""
    name, _, value = word.partition("=")
    is_list = (
        name == "key" and value.startswith("[") and (":" in value or "..." in value)
    )
    return f"{name}=({value[1:-1]})" if is_list else word


def _each_step(call: Call) -> Meaning | None:
    """Return the meaning of a Dense layer for each step: Dense does so anyway."""
    inner = call.config.get("layer")
    if not isinstance(inner, Mapping) or inner.get("class_name") != "Dense":
        return None
    config = {k: v for k, v in inner["config"].items() if k != "activation"}
    return Meaning("Dense", settings_of(config, strict=False))


def _plain(call: Call, read: tuple[TensorSpec, ...]) -> Meaning:
    rank = _rank(read)
    if call.kind == "operation" and call.type in _COUNT_THE_NEW:
        rank = None if rank is None else rank + 1
    config = _counted(call.config, None if call.family == "custom" else rank)
    own = "own " if call.family == "custom" else ""
    kind = "" if call.kind == "layer" else f"{call.kind} "
    without = ("activation",) if can_fuse(call) else ()
    settings = settings_of(config, without, strict=False)
    return Meaning(f"{own}{kind}{call.type}", settings)


def _reshape(step: Step) -> Meaning:
    shape = ("shape", encoded(step.spec[0].shape))
    return Meaning("reshape", (shape,), dtypes=_dtypes(step.spec))


def _axes(call: Call, read: tuple[TensorSpec, ...]) -> list[int] | None:
    if call.type == "Permute":
        return [0, *call.config.get("dims", ())]
    rank, axes = _rank(read), call.config.get("axes")
    if rank is None:
        return axes
    if axes is None:
        return list(reversed(range(rank)))
    return [axis % rank for axis in axes]


def _counted(config: Mapping[str, Any], rank: int | None) -> dict[str, Any]:
    """Return a config whose `axis` is counted from the front."""
    found = dict(config)
    axis = found.get("axis")
    one = [axis] if isinstance(axis, int) else axis
    if not rank or not isinstance(one, (list, tuple)) or not one:
        return found
    if all(isinstance(number, int) and -rank <= number < rank for number in one):
        counted = [number % rank for number in one]
        found["axis"] = counted if len(counted) > 1 else counted[0]
    return found


def _rank(read: tuple[TensorSpec, ...]) -> int | None:
    shape = read[0].shape if read else None
    return None if shape is None else len(shape)


def _lengths_known(specs: tuple[TensorSpec, ...]) -> bool:
    shape = specs[0].shape
    return shape is not None and None not in shape[1:]


def _dtypes(specs: tuple[TensorSpec, ...]) -> tuple[str, ...]:
    return tuple(spec.dtype for spec in specs)


def _is_operation(call: Call, kind: str) -> bool:
    return call.kind == "operation" and call.type == kind
