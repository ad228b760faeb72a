"""What an intervention changed, in every form."""

from __future__ import annotations

import io
import math
import re
from dataclasses import replace

import pytest

from teachkit.errors import FileError
from teachkit.traces.records import Moved
from teachkit.views.trace import ChangeView, Trace
from tests.views.trace.runs import change, mlp, twin_gradients, value


@pytest.fixture
def view():
    return ChangeView(change())


def test_the_text(view):
    assert view.text == (
        "'mlp' without hidden: 2 of 3 tensors moved.\n"
        "\n"
        "  - Output 'result' moved by up to 2, 125 % of its length.\n"
        "\n"
        "call    mean before  mean after  largest difference  of its length\n"
        "hidden        0.625           0                   2          100 %\n"
        "result       -0.375         0.5                   2         from 0\n"
        "\n"
        "Output 'result', before:\n"
        "  0.75\n"
        "  -1.5\n"
        "Output 'result', after:\n"
        "  0.5\n"
        "  0.5"
    )


def test_the_attributes(view):
    assert view.outputs_moved
    assert [one.path for one in view.moved] == ["hidden", "result"]
    assert isinstance(view.before, Trace)
    assert view.before["result"].tolist() == [[0.75], [-1.5]]
    assert view.after["result"].tolist() == [[0.5], [0.5]]


def test_the_page(view):
    html = view.html()
    assert "<title>Model mlp without hidden</title>" in html
    assert '<th scope="row">hidden</th>' in html
    assert "Output &#x27;result&#x27;, before" in html


def test_nothing_moved():
    same = (Moved("result", 0, 0.0, 0.0),)
    view = ChangeView(replace(change(), moved=(), outputs=same))
    assert view.text == (
        "'mlp' without hidden: nothing moved.\n"
        "\n"
        "  - Output 'result' is the same, to the last digit."
    )
    assert not view.outputs_moved
    assert "nothing moved" in view.html()
    view.figure().savefig(io.BytesIO(), format="png", dpi=20)


def test_an_output_that_cannot_be_compared():
    none = (Moved("result", 0, math.inf, math.inf),)
    view = ChangeView(replace(change(), outputs=none))
    assert "Output 'result' is another one: it cannot be compared." in view.text


def test_numbers_that_became_none():
    one = change()
    nan = value("result", [[math.nan], [1.0]])
    steps = [
        s if s.path != "result" else replace(s, outputs=(nan,)) for s in one.after.steps
    ]
    one.after.steps = tuple(steps)
    gone = (Moved("result", 0, math.inf, math.inf),)
    view = ChangeView(replace(one, moved=gone, outputs=gone))
    text = view.text
    assert "Output 'result' now has numbers that are infinite or NaN: 1 of 2." in text
    assert re.search(r"result +-0\.375 +1 +not finite +–\n", text)
    assert "from 0" not in text
    assert [t.get_text() for t in view.figure().axes[0].texts] == ["not finite"]


def test_words_that_are_others():
    other = (Moved("result", 0, math.inf, math.inf),)
    text = ChangeView(replace(change(), moved=other)).text
    assert re.search(r"result +-0\.375 +0\.5 +another +–\n", text)


@pytest.mark.parametrize(
    ("title", "words"),
    [("x shuffled", "'mlp' with x shuffled"), ("without x", "'mlp' without x")],
)
def test_what_was_done_is_part_of_the_name(title, words):
    view = ChangeView(replace(change(), title=title))
    assert view.text.startswith(f"{words}: ")
    assert view.after.text.startswith(f"{words} ran on 2 samples")
    assert view.after.done == title
    assert view.before.done == ""
    assert f"<title>Model {words.replace(chr(39), '')}</title>" in view.html()
    assert view.figure().axes[0].get_title() == words.replace("'", "")


def test_an_output_that_was_zero():
    none = (Moved("result", 0, 2.0, math.inf),)
    text = ChangeView(replace(change(), outputs=none)).text
    assert "Output 'result' moved by up to 2; before it was all 0." in text


def test_the_loss_before_and_after():
    one = change()
    one.before.gradients = twin_gradients()
    one.after.gradients = replace(
        twin_gradients(), losses=(replace(twin_gradients().losses[0], value=1.5),)
    )
    assert "  - The loss is 1.5; before it was 0.75.\n" in ChangeView(one).text


def test_notes_that_are_new():
    one = change()
    one.before.notes = ("Old.",)
    one.after.notes = ("Old.", "New.")
    text = ChangeView(one).text
    assert "  - New.\n" in text
    assert "Old." not in text


def test_files(view, tmp_path):
    assert view.save(tmp_path / "x.txt").read_text("utf-8") == view.text + "\n"
    assert view.save(tmp_path / "x.html").read_text("utf-8") == view.html()
    with pytest.raises(FileError, match=r"\.html, \.txt"):
        view.save(tmp_path / "x.png")


def test_a_trace_hands_the_question_on():
    run = mlp()
    run.changes["hidden"] = change()
    assert Trace(run).without("hidden").change is run.changes["hidden"]


def test_the_figure_names_what_moved(view):
    axes = view.figure().axes[0]
    assert [label.get_text() for label in axes.get_yticklabels()] == [
        "hidden",
        "result",
    ]
    texts = [text.get_text() for text in axes.texts]
    assert texts == ["1", "was 0"]
