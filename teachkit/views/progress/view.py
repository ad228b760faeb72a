"""What a learner has solved and predicted, lesson by lesson."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from teachkit.exercise_format.records import Exercise
from teachkit.practice.learnt import Learnt
from teachkit.practice.progress_file import Record
from teachkit.views.clean import clean_html
from teachkit.views.progress.words import (
    SIGNS,
    SPOKEN,
    asked_words,
    headline,
    lesson_name,
    record_words,
)
from teachkit.views.sheet import Sheet
from teachkit.views.text.wrapping import wrapped

_HEADS = ("Exercise", "Attempts", "Best", "Hints")

STYLE = """
.tk-progress { line-height: 1.45 }
.tk-progress .head { font-weight: 600; margin: .3rem 0 }
.tk-progress .scroll { overflow-x: auto }
.tk-progress table { border-collapse: collapse; width: auto; margin: .6rem 0 }
.tk-progress.tk-progress table tr :is(th, td) { text-align: left; font-weight: 400;
  padding: .15rem 1.2rem .15rem 0; border-bottom: 1px solid #8b95a566 }
.tk-progress.tk-progress table :is(thead, tr.lesson) th { font-weight: 600 }
.tk-progress.tk-progress table tr.lesson th { padding-top: .7rem }
.tk-progress.tk-progress table tr .number { text-align: right;
  font-variant-numeric: tabular-nums }
.tk-progress .asked { font-weight: 400; margin-left: .8em }
.tk-progress .sign { display: inline-block; width: 1.4em }
.tk-progress .aloud { position: absolute; width: 1px; height: 1px; overflow: hidden;
  clip-path: inset(50%); white-space: nowrap }
"""


class ProgressSheet(Sheet):
    """What is solved, begun and still open. Made by `teachkit.progress`.

    Arguments:
        learnt: all that there is to do, and what was done of it.
    """

    def __init__(self, learnt: Learnt) -> None:
        self._learnt = learnt

    @property
    def solved(self) -> tuple[str, ...]:
        """The ids of the exercises that are solved."""
        return self._learnt.solved

    @property
    def predicted(self) -> tuple[str, ...]:
        """The ids of the predictions that were made, whatever came of them."""
        return self._learnt.predicted

    @property
    def headline(self) -> str:
        """How many exercises are solved, and how many predictions made."""
        return headline(self._learnt)

    def to_dict(self) -> dict[str, dict[str, object]]:
        """Return what is remembered of exercises as JSON values, by their ids."""
        return {
            key: {
                "attempts": one.attempts,
                "best": one.best,
                "status": one.status,
                "hints": one.hints,
            }
            for key, one in sorted(self._learnt.records.items())
        }

    @property
    def _title(self) -> str:
        return "Your progress"

    @cached_property
    def _piece(self) -> str:
        rows = "\n".join(
            _rows(self._lesson(number), self._members(number))
            for number in self._learnt.lessons
        )
        return (
            f'<div class="tk-progress"><style>{STYLE}</style>\n'
            f'<p class="head">{clean_html(self.headline)}</p>\n{_table(rows)}\n</div>'
        )

    def _words(self, width: int) -> str:
        lines = [*wrapped(self.headline, width)]
        exercises = self._learnt.exercises
        room = max((len(one.title) for one in exercises), default=0)
        room = min(room, max(width - 40, 20))
        for number in self._learnt.lessons:
            lines += ["", *wrapped(": ".join(self._lesson(number)), width)]
            for one, record in self._members(number):
                title = f"{SIGNS[record.status]} {one.title[:room]:<{room}}"
                lines.append(f"  {title}  {record_words(record)}".rstrip())
        return "\n".join(lines)

    def _plain(self, words: str) -> str:
        plain = words.translate({ord("✓"): "+", ord("◐"): "~", ord("○"): "o"})
        return super()._plain(plain)

    def _lesson(self, number: str) -> list[str]:
        """Return the name of a lesson, and what was said to its questions if any."""
        told = asked_words(self._learnt, number)
        return [lesson_name(number), *filter(None, [told])]

    def _members(self, number: str) -> list[tuple[Exercise, Record]]:
        exercises = self._learnt.exercises_of(number)
        return [(one, self._learnt.of(one)) for one in exercises]


def _table(rows: str) -> str:
    first, *rest = _HEADS
    head = f'<th scope="col">{first}</th>' + "".join(
        f'<th scope="col" class="number">{name}</th>' for name in rest
    )
    return (
        '<div class="scroll" tabindex="0"><table>'
        f"<thead><tr>{head}</tr></thead>\n{rows}\n</table></div>"
    )


def _rows(lesson: list[str], members: Sequence[tuple[Exercise, Record]]) -> str:
    body = "\n".join(_row(exercise, record) for exercise, record in members)
    columns = len(_HEADS)
    name, *told = map(clean_html, lesson)
    asked = f' <span class="asked">{told[0]}</span>' if told else ""
    head = f'<th scope="rowgroup" colspan="{columns}">{name}{asked}</th>'
    return "\n".join(
        [
            "<tbody>",
            f'<tr class="lesson">{head}</tr>',
            *filter(None, [body]),
            "</tbody>",
        ]
    )


def _row(exercise: Exercise, record: Record) -> str:
    sign, spoken = SIGNS[record.status], SPOKEN[record.status]
    name = (
        f'<span class="sign" aria-hidden="true">{sign}</span>'
        f"{clean_html(exercise.title)} <code>{clean_html(exercise.id)}</code>"
        f'<span class="aloud"> ({spoken})</span>'
    )
    numbers = (
        (str(record.attempts), f"{record.best:.0%}", str(record.hints))
        if record.attempts or record.hints
        else ("", "", "")
    )
    cells = "".join(f'<td class="number">{one}</td>' for one in numbers)
    return f'<tr><th scope="row">{name}</th>{cells}</tr>'
