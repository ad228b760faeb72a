"""The commands that are about lessons: `lab` and `export-lesson`."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from teachkit import lesson_export, lessons
from teachkit.cli.terminal import DONE, note, say, tell
from teachkit.exercise_authoring.collecting import collect
from teachkit.exercise_authoring.notebooks import student_notebooks
from teachkit.practice.learnt import load_learnt
from teachkit.practice.progress_file import Progress, progress_path


def add_lesson_commands(commands: Any) -> None:
    """Add the commands to those that the parser knows."""
    _add_lab(commands)
    _add_export(commands)


def _add_lab(commands: Any) -> None:
    lab = commands.add_parser(
        "lab",
        help="copy lessons and exercises to a folder and open JupyterLab there",
        description="Copy the lessons, and a notebook of each exercise, to a folder "
        "and open JupyterLab there, on a page with all of them in order and your "
        "progress. Files that you changed are kept.",
    )
    lab.add_argument(
        "folder",
        metavar="DIR",
        nargs="?",
        default="teachkit-lessons",
        help="the folder (default: teachkit-lessons)",
    )
    lab.add_argument(
        "--no-browser", action="store_true", help="print the address, open no browser"
    )
    lab.add_argument("--port", type=int, help="port on 127.0.0.1 (default: a free one)")
    lab.set_defaults(run_command=_lab)


def _add_export(commands: Any) -> None:
    export = commands.add_parser(
        "export-lesson",
        help="write a notebook as one interactive page",
        description="Write a notebook that was run as one page. Its views still answer "
        "there, without Python, server or network. The notebook is never changed.",
        epilog="examples: teachkit export-lesson 01_layers_are_functions.ipynb   "
        "teachkit export-lesson mine.ipynb -o page.html --run",
    )
    export.add_argument("notebook", metavar="NOTEBOOK", help="a file that ends .ipynb")
    export.add_argument(
        "-o",
        "--output",
        metavar="FILE",
        help="the page, ending .html (default: beside the notebook, with its name)",
    )
    export.add_argument(
        "--run",
        action=argparse.BooleanOptionalAction,
        help="run the notebook first, in memory (default: if it was saved without "
        "its widgets)",
    )
    export.set_defaults(run_command=_export)


def _lab(options: argparse.Namespace) -> int:
    target = Path(options.folder)
    say(lessons.copy_lessons(target).text)
    exercises, _ = collect()
    say(lessons.copy_exercises(target, student_notebooks(exercises)).text)
    learnt = load_learnt(Progress(progress_path(), note), exercises)
    say(lessons.write_start_page(target, learnt).text)
    say("Opening JupyterLab. Press Ctrl-C here to end it.")
    return lessons.open_lab(
        target, open_browser=not options.no_browser, port=options.port
    )


def _export(options: argparse.Namespace) -> int:
    path = lesson_export.export_lesson(
        options.notebook, options.output, run=options.run, tell=tell, note=note
    )
    say(str(path))
    return DONE
