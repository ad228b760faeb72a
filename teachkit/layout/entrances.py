"""Which input of a nested model each argument of its call feeds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from teachkit.graph import Endpoint, ModelGraph


class Entrances:
    """The ways into a nested model from one call of it.

    Keras matches keys, then names of inputs, then positions; so do we.

    Arguments:
        nested: the model.
        ports: all arguments of the call that carry a tensor.
        numbers: for the id of each input what to answer for it.
    """

    def __init__(
        self, nested: ModelGraph, ports: Sequence[str], numbers: Mapping[str, int]
    ) -> None:
        self._numbers = numbers
        names = [port.partition("[")[0] for port in ports]
        self._main = "inputs" if "inputs" in names else names[0] if names else ""
        self._only = nested.inputs[0] if len(nested.inputs) == 1 else None
        self._places: dict[str, Endpoint] = {}
        for endpoint in nested.inputs:
            self._places.setdefault(f"[{endpoint.order}]", endpoint)
        for endpoint in nested.inputs:
            self._places[f"[{endpoint.call!r}]"] = endpoint
        for endpoint in nested.inputs:
            self._places[endpoint.path] = endpoint

    def get(self, port: str) -> int | None:
        """Return the number of the input that a port feeds; None if it feeds none.

        A mask, for example, arrives at a nested model and at none of its inputs.
        """
        name, bracket, rest = port.partition("[")
        path = bracket + rest
        found = self._places.get(f"[{name!r}]{path}")
        if found is None and name == self._main:
            found = self._places.get(path, self._only)
        return self._numbers.get(found.call) if found is not None else None
