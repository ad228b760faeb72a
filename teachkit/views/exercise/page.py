"""An exercise as text and as HTML: what is asked, without anything to be pressed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from teachkit.exercise_format.records import Exercise, Question
from teachkit.grading.student_code.parsons import Block, blocks_of
from teachkit.views.clean import clean_html
from teachkit.views.exercise.picture import Picture
from teachkit.views.exercise.sheets import piece
from teachkit.views.markdown import inline_html, markdown_html
from teachkit.views.text.wrapping import wrapped


@dataclass(frozen=True)
class Asked:
    """All that a student sees of an exercise before the first answer.

    Attributes:
        exercise: what is asked.
        picture: of what is to be built; None where there is none.
    """

    exercise: Exercise
    picture: Picture | None

    @property
    def about(self) -> str:
        """Where the exercise stands: lesson and level."""
        lesson = self.exercise.lesson.lstrip("0")
        first = f"Lesson {lesson}, level" if lesson else "Level"
        return f"{first} {self.exercise.level} of 4"

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The lines to be put in order; empty in an exercise of another kind."""
        return blocks_of(self.exercise) if self.exercise.type == "parsons" else ()

    @property
    def questions(self) -> tuple[Question, ...]:
        """What is to be predicted, where nothing else is asked."""
        return () if self.exercise.criteria else self.exercise.questions

    @property
    def given(self) -> str:
        """Code that the student runs first."""
        return self.exercise.code("given").strip("\n")

    @property
    def start(self) -> str:
        """Code that the student goes on with; what a form asks for is not written."""
        if self.blocks or self.questions:
            return ""
        return self.exercise.code("start").strip("\n")

    @property
    def calls(self) -> tuple[str, ...]:
        """How to go on in Python."""
        name = f'tk.exercise("{self.exercise.id}")'
        return f"{name}.check({self._example()})", f"{name}.hint()"

    def _example(self) -> str:
        if self.blocks:
            return "[3, 1, 2]"
        if self.questions:
            return f'{{"{self.questions[0].id}": ...}}'
        return ""


def exercise_text(asked: Asked, width: int) -> str:
    """Return all of it in words, with the picture in letters."""
    exercise = asked.exercise
    lines = [exercise.title, asked.about, "", exercise.prompt, ""]
    for title, code in _codes(asked):
        lines += [f"{title}:", *(f"    {line}" for line in code.splitlines()), ""]
    for block in asked.blocks:
        first, *rest = block.text.splitlines()
        lines += [f"{block.number:>3}  {first}", *(f"     {one}" for one in rest)]
    for question in asked.questions:
        lines += wrapped(_question_text(question), width, "- ")
    if asked.blocks or asked.questions:
        lines.append("")
    if asked.picture is not None:
        lines += [asked.picture.text, ""]
    return "\n".join([*lines, *(f"  {one}" for one in asked.calls)])


def exercise_html(asked: Asked) -> str:
    """Return all of it as a piece of HTML, for where no widget can be shown."""
    lines = "".join(
        f"<li><pre><code>{clean_html(one.text)}</code></pre></li>"
        for one in asked.blocks
    )
    questions = "".join(
        f"<li>{inline_html(_question_text(one))}</li>" for one in asked.questions
    )
    calls = "<br>".join(f"<code>{clean_html(one)}</code>" for one in asked.calls)
    return piece(
        f'<p class="head">{clean_html(asked.exercise.title)}</p>',
        f"<p>{clean_html(asked.about)}</p>",
        task_html(asked),
        f"<ol>{lines}</ol>" if lines else "",
        f"<ul>{questions}</ul>" if questions else "",
        f"<p>{calls}</p>",
    )


def task_html(asked: Asked) -> str:
    """Return what is asked: the prompt, the code to begin with, the picture."""
    parts = [markdown_html(asked.exercise.prompt)]
    for title, code in _codes(asked):
        parts.append(f"<p>{title}:</p>\n{_code_html(code)}")
    if asked.picture is not None:
        parts.append(f"<figure>{asked.picture.svg}</figure>")
    return "\n".join(parts)


def _codes(asked: Asked) -> Iterator[tuple[str, str]]:
    if asked.given:
        yield "Run this first", asked.given
    if asked.start:
        yield "Begin with this", asked.start


def _code_html(code: str) -> str:
    # Long lines are scrolled: with the keyboard as well.
    return f'<pre tabindex="0"><code>{clean_html(code)}</code></pre>'


def _question_text(question: Question) -> str:
    options = f" ({', '.join(question.options)})" if question.options else ""
    return f"`{question.id}`: {question.text}{options}"
