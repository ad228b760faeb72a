"""The command line: `teachkit show` and `teachkit lab`.

Everything that can be done here can be done in Python as well; this module only reads
arguments, says what is going on, and turns errors into a message and an exit status.
"""

from __future__ import annotations

import argparse
import importlib
import importlib.util
import os
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from teachkit import api, lessons
from teachkit.errors import FileError, TeachkitError, WrongValueError

DONE, FAILED = 0, 2
_MODEL_HELP = (
    "what to draw: a file x.keras; x.py:name or package.module:name, where name is a "
    "model or a function without arguments that returns one"
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit status: 0 done, 2 could not be done."""
    options = _parser().parse_args(arguments)
    try:
        return int(options.run(options))
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


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="teachkit",
        description="Teach and learn the Keras Functional API: see the graph.",
    )
    from teachkit import __version__  # type: ignore[attr-defined]  # noqa: PLC0415

    parser.add_argument("--version", action="version", version=__version__)
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
    show.add_argument("--nested", choices=["collapsed", "expanded"], default="collapsed")
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
        print(f"{path}: {len(view.graph.calls):,} calls drawn")
    else:
        columns = max(shutil.get_terminal_size((100, 24)).columns, 40)
        charset = "ascii" if options.ascii or not _prints_unicode() else "unicode"
        print(view.as_text(width=columns, charset=charset))
    return DONE


def _lab(options: argparse.Namespace) -> int:
    target = Path(options.folder)
    print(lessons.copy_lessons(target).text)
    return lessons.open_lab(
        target, open_browser=not options.no_browser, port=options.port
    )


def _load(text: str) -> Any:
    """Return the model that an argument names."""
    _quieten_tensorflow()
    place, colon, name = text.rpartition(":")
    if not colon or text.endswith(".keras"):
        if text.endswith(".keras"):
            return Path(text)
        raise WrongValueError(
            "MODEL as x.keras, x.py:name or package.module:name",
            repr(text),
            "add the name of the variable, for example my_net.py:model",
        )
    module = _module(place)
    if not hasattr(module, name):
        raise WrongValueError(
            f"a model called '{name}' in {place}",
            "no such name there",
            f"check the spelling, or define {name} = keras.Model(inputs, outputs)",
        )
    found = getattr(module, name)
    is_function = callable(found) and type(found).__name__ == "function"
    return found() if is_function else found


def _module(place: str) -> Any:
    """Run a file or import a module; what goes wrong inside is the user's to see."""
    try:
        if not place.endswith(".py"):
            sys.path.insert(0, str(Path.cwd()))
            return importlib.import_module(place)
        path = Path(place)
        if not path.is_file():
            raise FileError(
                f"a Python file {place}", "no such file", "check the name and the folder"
            )
        spec = importlib.util.spec_from_file_location(path.stem, path)
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        sys.path.insert(0, str(path.parent.resolve()))
        spec.loader.exec_module(module)
    except TeachkitError:
        raise
    except (Exception, SystemExit) as error:  # the user's own code may raise anything
        raise WrongValueError(
            f"{place} to run without an error",
            f"{type(error).__name__}: {error}",
            "run it with python first",
        ) from error
    return module


def _quieten_tensorflow() -> None:
    """Keep TensorFlow's start-up remarks off the terminal, unless asked for."""
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "0")


def _tell(text: str) -> None:
    """Report progress to a person; a pipe or a file gets only the result."""
    if sys.stderr.isatty():
        print(text, file=sys.stderr)


def _prints_unicode() -> bool:
    return "utf" in (sys.stdout.encoding or "").lower()


if __name__ == "__main__":
    raise SystemExit(main())
