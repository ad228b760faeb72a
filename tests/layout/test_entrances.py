"""A tensor arrives at that input of a nested model to which Keras gives it."""

from __future__ import annotations

import pytest

from teachkit.layout.entrances import Entrances
from tests.graphs import Sketch


def model(*inputs):
    """Return a model with inputs given as name and path; dicts are flat by key."""
    sketch = Sketch()
    for name, path in inputs:
        sketch.input(name, path=path)
    graph = sketch.bare()
    order = sorted(range(len(inputs)), key=lambda k: inputs[k][1])
    for k, endpoint in enumerate(graph.inputs):
        object.__setattr__(endpoint, "order", order.index(k))
    return graph


SINGLE = model(("c", ""))
LIST = model(("b", "[0]"), ("a", "[1]"))
DICT = model(("a", "['u']"), ("b", "['b']"))
DEEP = model(("n1", "['z'][0]"), ("n2", "['z'][1]"), ("n3", "['y']"))
TRACED = model(("left", "['left']"), ("right", "['right']"))


@pytest.mark.parametrize(
    ("nested", "arrivals"),
    [
        (SINGLE, {"inputs": "c"}),
        (SINGLE, {"inputs[0]": "c"}),
        (SINGLE, {"inputs['c']": "c"}),
        (SINGLE, {"x": "c"}),
        (SINGLE, {"inputs": "c", "mask": None}),
        (LIST, {"inputs[0]": "b", "inputs[1]": "a"}),
        (LIST, {"inputs['a']": "a", "inputs['b']": "b"}),
        (DICT, {"inputs['u']": "a", "inputs['b']": "b"}),
        (DICT, {"inputs[0]": "b", "inputs[1]": "a"}),
        (DEEP, {"inputs['y']": "n3", "inputs['z'][0]": "n1", "inputs['z'][1]": "n2"}),
        (TRACED, {"left": "left", "right": "right", "mask": None}),
        (LIST, {"inputs[0]": "b", "inputs[7]": None}),
        (model(), {"inputs": None}),
    ],
)
def test_where_each_port_leads(nested, arrivals):
    numbers = {endpoint.call: endpoint.call for endpoint in nested.inputs}
    entrances = Entrances(nested, list(arrivals), numbers)
    assert {port: entrances.get(port) for port in arrivals} == arrivals
