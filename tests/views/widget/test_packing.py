"""Data for the browser are one short text that is the same each time."""

from __future__ import annotations

import base64
import json
import zlib

import pytest

from teachkit.views.widget.packing import packed
from tests.graphs import HOSTILE


def unpacked(text):
    return json.loads(zlib.decompress(base64.b64decode(text, validate=True)))


@pytest.mark.parametrize(
    "value",
    [{}, {"a": [1, 2.5, None, True]}, {"words": [*HOSTILE]}, [["", "größer", "→"]]],
)
def test_what_is_packed_comes_back(value):
    assert unpacked(packed(value)) == value


def test_it_is_text_without_anything_that_html_knows():
    assert set(packed({"words": [*HOSTILE]})).isdisjoint("<>&\"' \n")


def test_what_repeats_becomes_short():
    value = [{"key": f"dense_{k}", "x": 0.0, "y": 10.0 * k} for k in range(1000)]
    assert len(packed(value)) < len(json.dumps(value)) / 5
