"""Source is a text that a notebook shows as code."""

from __future__ import annotations

from teachkit.views.source_text import SourceCode


def bundle(text):
    return SourceCode(text)._repr_mimebundle_()


def test_it_is_the_text():
    code = SourceCode("x = 1\n")
    assert code == "x = 1\n"
    assert repr(code) == "x = 1"
    exec(code, namespace := {})  # noqa: S102 - what source is for
    assert namespace["x"] == 1


def test_a_notebook_shows_it_as_code():
    assert bundle("x = 1\n") == {
        "text/markdown": "```python\nx = 1\n```",
        "text/plain": "x = 1",
    }


def test_backticks_inside_do_not_end_it():
    markdown = bundle('x = "````"\n')["text/markdown"]
    assert markdown.startswith("`````python\n")
    assert markdown.endswith("\n`````")
