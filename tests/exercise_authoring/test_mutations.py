"""A criterion that stops nothing is told to be decoration."""

from __future__ import annotations

from teachkit.exercise_authoring.mutations import mutated
from teachkit.exercise_authoring.tables import mutations_text
from tests.exercise_authoring.banks import changed, exercise


def found(text=None):
    one = exercise() if text is None else exercise(text)
    return {each.criterion.name: each for each in mutated(one, lambda _: None)}


def lines(cells):
    return [cell.line for cell in cells]


def test_each_criterion_stops_an_answer_or_speaks_first():
    by_name = found()

    assert lines(by_name["params"].slipping) == [30]
    assert lines(by_name["no_softmax"].slipping) == [26]
    assert lines(by_name["outputs"].slipping) == []
    assert lines(by_name["outputs"].speaking) == [23]
    assert not any(one.is_decoration for one in by_name.values())


def test_what_only_explains_must_say_so():
    one = found(changed(", weight = 0", ""))["outputs"]

    assert one.is_decoration
    assert str(one.complaint).startswith(
        "exercises/01/small.py:9: 'outputs' is decoration: without it no wrong answer "
        "passes. It is the first to speak to 1: give it weight = 0"
    )


def test_what_neither_stops_nor_speaks_is_decoration():
    one = found(changed("# params = 15", "# params = 15\n# live = true"))["live"]

    assert one.is_decoration
    assert str(one.complaint).endswith("it is the first to speak to none")


def test_an_interface_that_alone_stops_an_answer():
    text = changed("# params = 15\n", "")
    text = changed("# %% wrong params M16\n", "# %% wrong no_softmax\n", text)

    assert lines(found(text)["outputs"].slipping) == [22]


def test_advice_is_not_asked():
    text = changed("# params = 15", "# params = {total = 15, advice = true}")

    assert "params" not in found(text)


def test_the_table():
    text = mutations_text(list(found().values()))

    assert "3 criteria left out, one at a time; 0 of them are decoration." in text
    states = [line.split()[-1] for line in text.splitlines()[1:4]]
    assert states == ["explains", "needed", "needed"]
