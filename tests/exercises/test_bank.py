"""All exercises are judged as their authors say; no criterion is decoration."""

from __future__ import annotations

import pytest

from scripts.write_predicates import TARGET, content
from teachkit.exercise_authoring.bank import check_exercise
from teachkit.exercise_authoring.collecting import collect
from teachkit.exercise_authoring.mutations import mutated

EXERCISES, BROKEN = collect()


def test_each_file_can_be_read_and_no_name_is_there_twice():
    assert [str(one) for one in BROKEN] == []


@pytest.fixture(scope="module", params=EXERCISES, ids=lambda one: one.id)
def checked(request):
    """Each exercise, graded once for both tests."""
    return check_exercise(request.param)


def test_its_answers_are_judged_as_its_author_says(checked):
    assert [str(one) for one in checked.faults] == []


def test_without_any_one_criterion_a_wrong_answer_slips_through(checked):
    found = mutated(checked.exercise, lambda _: None, checked.graded)

    assert [str(one.complaint) for one in found if one.is_decoration] == []


def test_there_are_many_answers():
    cells = [cell.kind for one in EXERCISES for cell in one.cells]

    assert cells.count("wrong") >= 100
    assert cells.count("accept") >= 60


def test_the_table_of_predicates_is_what_would_be_written():
    page = TARGET.read_text(encoding="utf-8")

    assert page == content(page)
