"""The command line of teachkit: its parser, its messages and its exit status.

Everything that can be done here can be done in Python as well; this module only reads
arguments, says what is going on, and turns errors into a message and an exit status.
"""

from __future__ import annotations

import argparse
import os
import sys
import warnings
from collections.abc import Sequence
from typing import Any

from teachkit.cli.authoring_commands import add_authoring_commands
from teachkit.cli.exercise_commands import add_exercise_commands
from teachkit.cli.lesson_commands import add_lesson_commands
from teachkit.cli.model_commands import add_model_commands
from teachkit.cli.terminal import DONE, FAILED, note
from teachkit.errors import TeachkitError


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit status: 0 done, 2 could not be done."""
    options = _parser().parse_args(arguments)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("default", UserWarning)
            warnings.showwarning = note
            status = int(options.run_command(options))
        sys.stdout.flush()
    except TeachkitError as error:
        print(error, file=sys.stderr)
        return FAILED
    except KeyboardInterrupt:
        print("Stopped.", file=sys.stderr)
        return FAILED
    except BrokenPipeError:
        # The reader (less, head) has gone; that is no fault of anyone.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    return status


class _Version(argparse.Action):
    """Looks the version up when it is asked for, and not for each command."""

    def __call__(self, parser: argparse.ArgumentParser, *_: Any) -> None:
        from teachkit import __version__  # noqa: PLC0415 - reading the version takes time: only when it is asked for

        print(__version__)
        parser.exit(DONE)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="teachkit",
        description="Teach and learn the Keras Functional API: see the graph.",
    )
    parser.add_argument("--version", action=_Version, nargs=0, help="print the version")
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    add_model_commands(commands)
    add_lesson_commands(commands)
    add_exercise_commands(commands)
    add_authoring_commands(commands)
    return parser
