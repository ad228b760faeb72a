"""Masks that Keras hands over by itself, as arguments of the call that gets them.

No recorded call has them: Keras finds them attached to tensors when the model runs.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from teachkit.graph import TensorSpec
from teachkit.keras_reader.ports import leaves_with_path, map_leaves
from teachkit.math import Arguments, Subject


def with_hidden_masks(subject: Subject, given: Arguments) -> Subject:
    """Return a call with the masks that it was given when the model ran.

    Arguments:
        subject: the call as it was recorded, where lengths may be open.
        given: shapes of what it was given, masks too.
    """
    masks = {
        name: _opened(value, _masked(subject.given, name))
        for name, value in given.items()
        if name.endswith("mask")
        and value is not None
        and subject.given.get(name) is None
    }
    if not masks:
        return subject
    return replace(subject, given=Arguments({**subject.given, **masks}))


def _masked(given: Arguments, name: str) -> Any:
    """Return the argument that a mask belongs to: `query` for `query_mask`."""
    return given.get(name.removesuffix("_mask"), given.first)


def _opened(masks: Any, masked: Any) -> Any:
    """Return masks whose lengths are open where those of their tensors are."""
    tensors = (leaf for _, leaf in leaves_with_path(masked))

    def opened(mask: Any) -> Any:
        tensor = next(tensors, None)
        known = isinstance(mask, TensorSpec) and mask.shape is not None
        if not known or not isinstance(tensor, TensorSpec) or tensor.shape is None:
            return mask
        lengths = [*tensor.shape, *mask.shape[len(tensor.shape) :]]
        pairs = zip(mask.shape, lengths, strict=False)
        shape = tuple(None if other is None else own for own, other in pairs)
        return TensorSpec(shape, mask.dtype)

    return map_leaves(opened, masks)
