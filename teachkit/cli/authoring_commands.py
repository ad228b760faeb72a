"""The commands of authors: `exercises list`, `check`, `new` and `build`."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from teachkit.cli.model_argument import quieten_tensorflow
from teachkit.cli.terminal import DONE, note, say, tell
from teachkit.exercise_format import load_all
from teachkit.exercise_format.records import Exercise

FAULTY = 1
"""Exit status where something is to be mended."""


def add_authoring_commands(commands: Any) -> None:
    """Add the commands to those that the parser knows."""
    exercises = commands.add_parser(
        "exercises",
        help="list, check and build exercises",
        description="For authors of exercises. exercises/README.md tells how they "
        "are written.",
    )
    actions = exercises.add_subparsers(title="actions", required=True, metavar="ACTION")
    _add_list(actions)
    _add_check(actions)
    _add_new(actions)
    _add_build(actions)


def _add_list(actions: Any) -> None:
    listed = actions.add_parser("list", help="all exercises with lesson and level")
    listed.add_argument("--json", action="store_true", help="as data")
    listed.set_defaults(run_command=_list)


def _add_check(actions: Any) -> None:
    check = actions.add_parser(
        "check",
        help="are exercises judged as their authors say?",
        description="Grade the solution, the accepted and the wrong answers of "
        "exercises, and read their texts. Exit status 1 where something is to be "
        "mended.",
        epilog="examples: teachkit exercises check   teachkit exercises check X36 09   "
        "teachkit exercises check my-exercise.py --mutations",
    )
    check.add_argument(
        "names",
        metavar="ID",
        nargs="*",
        help="id, number (X36), lesson (09) or file; none for all",
    )
    check.add_argument(
        "--mutations",
        action="store_true",
        help="leave out one criterion at a time: does a wrong answer slip through?",
    )
    check.set_defaults(run_command=_check)


def _add_new(actions: Any) -> None:
    new = actions.add_parser(
        "new",
        help="begin an exercise",
        description="Write a commented exercise to begin with. No file is replaced.",
    )
    new.add_argument("name", metavar="ID", help="small letters, digits and hyphens")
    new.add_argument(
        "--lesson", metavar="NN", default="", help="folder of the lesson, as 09"
    )
    new.add_argument(
        "--folder",
        metavar="DIR",
        default="exercises",
        help="with the folders of lessons (default: exercises)",
    )
    new.set_defaults(run_command=_new)


def _add_build(actions: Any) -> None:
    build = actions.add_parser(
        "build",
        help="write notebooks of exercises",
        description="Write a notebook for students of each exercise. Files of the "
        "same names are replaced.",
        epilog="examples: teachkit exercises build -o course   "
        "teachkit exercises build X36 -o exam --sealed --student alice",
    )
    build.add_argument("names", metavar="ID", nargs="*", help="none for all")
    build.add_argument("-o", "--output", metavar="DIR", required=True)
    build.add_argument(
        "--sealed",
        action="store_true",
        help="beside each notebook its exercise, without solution and wrong answers",
    )
    build.add_argument(
        "--instructor", action="store_true", help="a notebook with all cells, too"
    )
    build.add_argument(
        "--student", metavar="NAME", default="", help="whose numbers are filled in"
    )
    build.set_defaults(run_command=_build)


def _list(options: argparse.Namespace) -> int:
    from teachkit.exercise_authoring.listing import as_data, as_text  # noqa: PLC0415 - only what a command needs

    exercises = load_all()
    if options.json:
        say(json.dumps([as_data(one) for one in exercises], ensure_ascii=False))
    else:
        say(as_text(exercises))
    return DONE


def _check(options: argparse.Namespace) -> int:
    quieten_tensorflow()
    from teachkit.exercise_authoring.collecting import collect  # noqa: PLC0415 - only what a command needs

    exercises, broken = collect(options.names)
    return (_mutations if options.mutations else _bank)(exercises, broken)


def _bank(exercises: tuple[Exercise, ...], broken: tuple[Any, ...]) -> int:
    from teachkit.exercise_authoring import bank, tables  # noqa: PLC0415 - loads TensorFlow, which takes seconds: only when it is needed

    checked = list(bank.check_bank(exercises, tell))
    faults = sorted({*broken, *(one for each in checked for one in each.faults)})
    slow = tables.slow_text(checked)
    say(tables.checked_text(checked))
    for line in (*faults, *slow):
        say(str(line))
    return FAULTY if faults or slow else DONE


def _mutations(exercises: tuple[Exercise, ...], broken: tuple[Any, ...]) -> int:
    from teachkit.exercise_authoring import mutations, tables  # noqa: PLC0415 - loads TensorFlow, which takes seconds: only when it is needed

    found = [one for exercise in exercises for one in mutations.mutated(exercise, tell)]
    idle = [one for one in found if one.is_decoration]
    say(tables.mutations_text(found))
    for line in (*broken, *(one.complaint for one in idle)):
        say(str(line))
    return FAULTY if broken or idle else DONE


def _new(options: argparse.Namespace) -> int:
    from teachkit.exercise_authoring.template import new_exercise  # noqa: PLC0415 - only what a command needs

    path = new_exercise(options.name, Path(options.folder) / options.lesson)
    say(str(path))
    return DONE


def _build(options: argparse.Namespace) -> int:
    quieten_tensorflow()
    from teachkit.exercise_authoring.building import Wishes, build  # noqa: PLC0415 - loads TensorFlow, which takes seconds: only when it is needed
    from teachkit.exercise_authoring.collecting import collect  # noqa: PLC0415 - only what a command needs

    exercises, broken = collect(options.names)
    for line in broken:
        note(str(line))
    wishes = Wishes(options.sealed, options.instructor, options.student)
    written = build(exercises, Path(options.output).expanduser(), wishes, tell)
    files = "file" if len(written) == 1 else "files"
    say(f"{len(written)} {files} written to {options.output}.")
    return FAULTY if broken else DONE
