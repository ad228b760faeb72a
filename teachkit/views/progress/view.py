"""What a learner has solved, lesson by lesson."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import groupby

from teachkit.exercise_format.records import Exercise
from teachkit.layout.labels import count_text
from teachkit.practice.progress_file import Record
from teachkit.views.clean import clean_html
from teachkit.views.sheet import Sheet

_SIGNS = {"passed": "✓", "failed": "◐", "new": "○"}
_SPOKEN = {"passed": "solved", "failed": "begun", "new": "not begun"}
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
.tk-progress .sign { display: inline-block; width: 1.4em }
.tk-progress .aloud { position: absolute; width: 1px; height: 1px; overflow: hidden;
  clip-path: inset(50%); white-space: nowrap }
"""


class ProgressSheet(Sheet):
    """What is solved, begun and still open. Made by `teachkit.progress`.

    Arguments:
        exercises: all of them, in order.
        records: what is remembered, by the ids of exercises.
    """

    def __init__(
        self, exercises: Sequence[Exercise], records: Mapping[str, Record]
    ) -> None:
        self._exercises = exercises
        self._records = records

    @property
    def solved(self) -> tuple[str, ...]:
        """The ids of the exercises that are solved."""
        return tuple(
            one.id for one in self._exercises if self._of(one).status == "passed"
        )

    @property
    def headline(self) -> str:
        """How many exercises are solved."""
        count = count_text(len(self._exercises), "exercise")
        return f"{len(self.solved)} of {count} solved."

    def to_dict(self) -> dict[str, dict[str, object]]:
        """Return what is remembered as JSON values, by the ids of exercises."""
        return {
            key: {
                "attempts": one.attempts,
                "best": one.best,
                "status": one.status,
                "hints": one.hints,
            }
            for key, one in sorted(self._records.items())
        }

    @property
    def _title(self) -> str:
        return "Your progress"

    @cached_property
    def _piece(self) -> str:
        rows = "\n".join(
            _rows(lesson, [(one, self._of(one)) for one in members])
            for lesson, members in _by_lesson(self._exercises)
        )
        return (
            f'<div class="tk-progress"><style>{STYLE}</style>\n'
            f'<p class="head">{clean_html(self.headline)}</p>\n{_table(rows)}\n</div>'
        )

    def _words(self, width: int) -> str:
        lines = [self.headline]
        room = max((len(one.title) for one in self._exercises), default=0)
        room = min(room, max(width - 40, 20))
        for lesson, members in _by_lesson(self._exercises):
            lines += ["", lesson]
            for one in members:
                record = self._of(one)
                title = f"{_SIGNS[record.status]} {one.title[:room]:<{room}}"
                lines.append(f"  {title}  {_told(record)}".rstrip())
        return "\n".join(lines)

    def _plain(self, words: str) -> str:
        plain = words.translate({ord("✓"): "+", ord("◐"): "~", ord("○"): "o"})
        return super()._plain(plain)

    def _of(self, exercise: Exercise) -> Record:
        return self._records.get(exercise.id, Record())


def _by_lesson(
    exercises: Iterable[Exercise],
) -> Iterator[tuple[str, list[Exercise]]]:
    for lesson, members in groupby(exercises, key=lambda one: one.lesson):
        yield f"Lesson {lesson.lstrip('0') or '0'}", list(members)


def _told(record: Record) -> str:
    if not record.attempts and not record.hints:
        return ""
    told = [count_text(record.attempts, "attempt")]
    if record.attempts and record.status != "passed":
        told.append(f"best {record.best:.0%}")
    if record.hints:
        told.append(count_text(record.hints, "hint"))
    return ", ".join(told)


def _table(rows: str) -> str:
    first, *rest = _HEADS
    head = f'<th scope="col">{first}</th>' + "".join(
        f'<th scope="col" class="number">{name}</th>' for name in rest
    )
    return (
        '<div class="scroll" tabindex="0"><table>'
        f"<thead><tr>{head}</tr></thead>\n{rows}\n</table></div>"
    )


def _rows(lesson: str, members: Sequence[tuple[Exercise, Record]]) -> str:
    body = "\n".join(_row(exercise, record) for exercise, record in members)
    columns = len(_HEADS)
    head = f'<th scope="rowgroup" colspan="{columns}">{clean_html(lesson)}</th>'
    return f'<tbody>\n<tr class="lesson">{head}</tr>\n{body}\n</tbody>'


def _row(exercise: Exercise, record: Record) -> str:
    sign, spoken = _SIGNS[record.status], _SPOKEN[record.status]
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
