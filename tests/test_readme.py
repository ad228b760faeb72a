"""The README is true: its code runs, and its picture is what the code draws."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
PICTURE = ROOT / "docs" / "siamese.svg"


@pytest.fixture(scope="module")
def names():
    """Run all Python of the README, one block after the other; return its names."""
    blocks = re.findall(r"^```python\n(.*?)^```", README, re.DOTALL | re.MULTILINE)
    assert len(blocks) >= 2
    found = {}
    for block in blocks:
        exec(compile(block, "README.md", "exec"), found)  # noqa: S102 - it is ours
    return found


def test_the_code_of_the_readme_runs_and_draws_both_calls_of_the_encoder(names):
    graph = names["tk"].read(names["model"])

    assert [call.id for call in graph.calls if call.layer == "encoder"] == [
        "encoder",
        "encoder:2",
    ]


def test_the_picture_of_the_readme_is_what_its_code_draws(names):
    drawn = names["tk"].show(names["model"]).svg()

    # Operations are numbered by Keras over the whole session: absolute, absolute_3.
    plain = re.sub(r"\b(absolute|subtract)_\d+", r"\1", drawn)
    assert PICTURE.read_text(encoding="utf-8") == plain


def test_every_file_that_the_readme_links_to_is_there():
    links = re.findall(r"\]\(([^)#:]+)\)", README)

    assert links
    assert [link for link in links if not (ROOT / link).exists()] == []
