"""The command line: `teachkit show` and `teachkit lab`.

Everything that can be done here can be done in Python as well; this module only reads
arguments, says what is going on, and turns errors into a message and an exit status.
"""

from __future__ import annotations

import argparse
import contextlib
import importlib
import importlib.util
import inspect
import os
import shutil
import sys
import warnings
from collections.abc import Callable, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

from teachkit import api, lessons
from teachkit.errors import FileError, TeachkitError, WrongValueError
from teachkit.layout.labels import count_text

DONE, FAILED = 0, 2
_MODEL_HELP = (
    "what to draw: a file x.keras; x.py:name or package.module:name, where name is a "
    "model or a function without arguments that returns one"
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit status: 0 done, 2 could not be done."""
    options = _parser().parse_args(arguments)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("default", UserWarning)
            warnings.showwarning = _note
            status = int(options.run(options))
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
        from teachkit import __version__  # noqa: PLC0415

        print(__version__)
        parser.exit(DONE)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="teachkit",
        description="Teach and learn the Keras Functional API: see the graph.",
    )
    parser.add_argument("--version", action=_Version, nargs=0, help="print the version")
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    _add_show(commands)
    _add_lab(commands)
    return parser


def _add_show(commands: Any) -> None:
    show = commands.add_parser(
        "show",
        help="draw a model",
        description="Draw the graph of a model, as text or into a file.",
        epilog="examples: teachkit show model.keras -o model.svg   "
        "teachkit show my_net.py:model --nested expanded --details shape params",
    )
    show.add_argument("model", metavar="MODEL", help=_MODEL_HELP)
    show.add_argument(
        "-o",
        "--output",
        metavar="FILE",
        help="write to a file ending with .svg .html .png .pdf .txt or .gv; without it "
        "the drawing is printed as text",
    )
    show.add_argument("--direction", choices=["TB", "LR"], default="TB")
    show.add_argument(
        "--nested", choices=["collapsed", "expanded"], default="collapsed"
    )
    show.add_argument(
        "--details",
        nargs="*",
        choices=["shape", "dtype", "params", "config"],
        default=["shape"],
        help="what each box tells (default: shape)",
    )
    show.add_argument(
        "--fold", action="store_true", help="draw blocks that repeat only once"
    )
    show.add_argument(
        "--engine", default="auto", help="auto, graphviz, dot, layered or rows"
    )
    show.add_argument(
        "--theme", choices=["light", "dark"], default="light", help="of .png and .pdf"
    )
    show.add_argument(
        "--ascii", action="store_true", help="print plain letters, no box characters"
    )
    show.set_defaults(run=_show)


def _add_lab(commands: Any) -> None:
    lab = commands.add_parser(
        "lab",
        help="copy the lessons to a folder and open JupyterLab there",
        description="Copy the lessons to a folder and open JupyterLab there. Files "
        "that you changed are kept.",
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
    lab.set_defaults(run=_lab)


def _show(options: argparse.Namespace) -> int:
    _tell("Loading the model (TensorFlow takes a few seconds) ...")
    # What the user's file prints is no part of the drawing.
    with contextlib.redirect_stdout(sys.stderr):
        model = _load(options.model)
    _tell("Drawing ...")
    view = api.show(
        model,
        direction=options.direction,
        nested=options.nested,
        details=tuple(options.details),
        fold=options.fold,
        engine=options.engine,
    )
    if options.output is not None:
        path = view.save(options.output, theme=options.theme)
        _say(f"{path}: {count_text(len(view.graph.visible().calls), 'call')} drawn")
    else:
        columns = max(shutil.get_terminal_size((100, 24)).columns, 40)
        plain = options.ascii or not _prints_unicode()
        _say(view.as_text(width=columns, charset="ascii" if plain else "unicode"))
    return DONE


def _lab(options: argparse.Namespace) -> int:
    target = Path(options.folder)
    _say(lessons.copy_lessons(target).text)
    _say("Opening JupyterLab. Press Ctrl-C here to end it.")
    return lessons.open_lab(
        target, open_browser=not options.no_browser, port=options.port
    )


def _load(text: str) -> Any:
    """Return the model that an argument names, or the path of its file."""
    _quieten_tensorflow()
    if text.endswith(".keras"):
        return Path(text)
    place, _, name = text.rpartition(":")
    if not place or not name:
        raise WrongValueError(
            "MODEL as x.keras, x.py:name or package.module:name",
            repr(text),
            "add the name of the variable, for example my_net.py:model",
        )
    if place.endswith(".py") and not Path(place).is_file():
        raise FileError(
            f"a Python file {place}", "no such file", "check the name and the folder"
        )
    load = _run_file if place.endswith(".py") else _import
    module = _run(place, lambda: load(place))
    if not hasattr(module, name):
        raise WrongValueError(
            f"a model called '{name}' in {place}",
            "no such name there",
            f"check the spelling, or define {name} = keras.Model(inputs, outputs)",
        )
    found = getattr(module, name)
    return _run(text, found) if inspect.isfunction(found) else found


def _run(place: str, code: Callable[[], Any]) -> Any:
    """Run code of the user, which may raise anything, and even leave."""
    try:
        return code()
    except (KeyboardInterrupt, TeachkitError):
        raise
    except BaseException as error:
        raise WrongValueError(
            f"{place} to run without an error"
            + " (a function without arguments)" * inspect.isfunction(code),
            f"{type(error).__name__}: {error}",
            "run it with python first",
        ) from error


def _import(place: str) -> ModuleType:
    sys.path.insert(0, str(Path.cwd()))
    return importlib.import_module(place)


def _run_file(place: str) -> ModuleType:
    """Run a file as a module of its own name, which may import its neighbours."""
    path = Path(place)
    spec = importlib.util.spec_from_file_location(path.stem, path)
    if spec is None or spec.loader is None:
        raise ImportError(f"{place} is no Python file")
    module = importlib.util.module_from_spec(spec)
    sys.modules.setdefault(path.stem, module)  # classes look for their module there
    sys.path.insert(0, str(path.parent.resolve()))
    spec.loader.exec_module(module)
    return module


def _quieten_tensorflow() -> None:
    """Keep TensorFlow's start-up remarks off the terminal, unless asked for."""
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "0")


def _tell(text: str) -> None:
    """Report progress to a person; a pipe or a file gets only the result."""
    if sys.stderr.isatty():
        print(text, file=sys.stderr)


def _note(message: Warning | str, *_: Any, **__: Any) -> None:
    """Print a warning as one line; where in our code it arose is no use here."""
    print(f"Note: {message}", file=sys.stderr)


def _say(text: str) -> None:
    """Print a result; what the terminal cannot show becomes an escape."""
    encoding = sys.stdout.encoding or "utf-8"
    print(text.encode(encoding, "backslashreplace").decode(encoding))


def _prints_unicode() -> bool:
    return "utf" in (sys.stdout.encoding or "").lower()


if __name__ == "__main__":
    raise SystemExit(main())
