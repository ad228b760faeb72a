"""The command `check`: the file of an answer comes in, a report goes out."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from teachkit.cli.terminal import DONE, FAILED, prints_unicode, say, tell
from teachkit.errors import TeachkitError, WrongValueError
from teachkit.exercise_format import find_exercise
from teachkit.grading.answers.answer_files import read_answer
from teachkit.grading.process import Limits, run_in_process
from teachkit.grading.report import Message, Report
from teachkit.rules import cited_rules

_NOT_PASSED = 1
_LONGEST = 86_400.0
_EXIT_STATUS = {
    "passed": DONE,
    "failed": _NOT_PASSED,
    "not_attempted": _NOT_PASSED,
    "error": FAILED,
}


def add_exercise_commands(commands: Any) -> None:
    """Add the command to those that the parser knows."""
    check = commands.add_parser(
        "check",
        help="judge the answer to an exercise",
        description="Run an answer in a process of its own and judge it. What the "
        "answer prints goes to standard error. Exit status: 0 passed, 1 failed or not "
        "attempted, 2 could not be judged.",
        epilog="examples: teachkit check siamese-digits my_answer.py   "
        "teachkit check X36 homework.ipynb --json",
    )
    check.add_argument(
        "exercise",
        metavar="EXERCISE",
        help="id (siamese-digits), number (X36) or file of an exercise",
    )
    check.add_argument(
        "answer", metavar="ANSWER", help="a file that ends .py or .ipynb"
    )
    check.add_argument(
        "--json", action="store_true", help="print the report as one JSON object"
    )
    check.add_argument(
        "--time-limit",
        type=float,
        default=Limits().seconds,
        metavar="SECONDS",
        help="for running and judging the answer (default: %(default)g)",
    )
    check.set_defaults(run_command=_check)


def _check(options: argparse.Namespace) -> int:
    try:
        report = _judged(options)
    except TeachkitError as error:
        if not options.json:
            raise
        report = _not_judged(options.exercise, error)
    if options.json:
        print(json.dumps(report))
    else:
        say(_text(report))
    return _EXIT_STATUS[report["status"]]


def _judged(options: argparse.Namespace) -> dict[str, Any]:
    if not 0 < options.time_limit <= _LONGEST:
        raise WrongValueError(
            "a time limit in seconds",
            f"{options.time_limit:g}",
            "give a number of seconds up to a day, such as --time-limit 60",
        )
    exercise = find_exercise(options.exercise)
    answer = read_answer(Path(options.answer))
    name = options.exercise.strip()
    if name.endswith(".py"):
        name = str(Path(name).resolve())
    tell(f"Checking {exercise.id} (TensorFlow takes a few seconds) ...")
    return run_in_process(name, answer, Limits(seconds=options.time_limit))


def _not_judged(exercise: str, error: TeachkitError) -> dict[str, Any]:
    message = Message(
        f"Expected: {error.expected}. Found: {error.found}.",
        "So nothing could be judged.",
        f"{error.action[:1].upper()}{error.action[1:]}.",
    )
    return Report(exercise, "error", (), message).to_dict()


def _text(report: dict[str, Any]) -> str:
    """Return a report as lines to be read.

    It is not the text of `teachkit.check`, which also draws: that needs Keras here.
    """
    marks = _MARKS if prints_unicode() else _PLAIN_MARKS
    criteria = [
        f"  {marks[one['status']]} {one['criterion'].replace('_', ' ')}"
        for one in report["criteria"]
    ]
    sentences = [text for text in report["message"].values() if text]
    advice = [f"  {text}" for text in report["advice"]]
    blocks = [
        [f"{report['exercise']}: {_HEADS[report['status']]}", *criteria],
        sentences,
        ["Good to know:", *advice] * bool(advice),
        [*_rules([*sentences, *advice])],
    ]
    return _clean("\n\n".join("\n".join(block) for block in blocks if block))


def _rules(told: Iterable[str]) -> Iterator[str]:
    """Yield the rules that sentences cite, in full."""
    dots = "…" if prints_unicode() else "..."
    for rule in cited_rules(told):
        yield f"Rule {rule.number}: {rule.text.replace('…', dots)}"


_HEADS = {
    "passed": "passed.",
    "failed": "not yet.",
    "not_attempted": "not begun yet.",
    "error": "this could not be judged.",
}
_MARKS = {"passed": "✓", "failed": "○", "skipped": "○", "error": "–"}
_PLAIN_MARKS = {"passed": "+", "failed": "o", "skipped": "o", "error": "-"}


def _clean(text: str) -> str:
    """Return a text without letters that steer a terminal or turn its direction."""
    spaced = text.replace("\N{NO-BREAK SPACE}", " ")
    return "".join(one for one in spaced if one in "\n\t" or one.isprintable())
