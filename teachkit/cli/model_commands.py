"""The commands that take a model: `show`, `explain`, `compare` and `code`."""

from __future__ import annotations

import argparse
import contextlib
import shutil
import sys
from typing import Any

from teachkit import api
from teachkit.cli.model_argument import HELP, load
from teachkit.cli.terminal import DONE, prints_unicode, say, tell
from teachkit.layout.labels import count_text


def add_model_commands(commands: Any) -> None:
    """Add the commands to those that the parser knows."""
    _add_show(commands)
    _add_explain(commands)
    _add_compare(commands)
    _add_code(commands)


def _add_show(commands: Any) -> None:
    show = commands.add_parser(
        "show",
        help="draw a model",
        description="Draw the graph of a model, as text or into a file.",
        epilog="examples: teachkit show model.keras -o model.svg   "
        "teachkit show my_net.py:model --nested expanded --details shape params",
    )
    _add_model(show)
    _add_output(show, ".svg .html .png .pdf .txt or .gv")
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
    show.set_defaults(run_command=_show)


def _add_explain(commands: Any) -> None:
    explain = commands.add_parser(
        "explain",
        help="formula, shapes, parameters and multiplications of every call",
        description="Explain what each call of a model computes, and check it by "
        "computing it a second time in NumPy.",
        epilog="examples: teachkit explain my_net.py:model   "
        "teachkit explain my_net.py:model hidden   "
        "teachkit explain model.keras -o model.html",
    )
    _add_model(explain)
    explain.add_argument(
        "call",
        metavar="CALL",
        nargs="?",
        help="id or path of one call, such as encoder/dense; without it, all calls",
    )
    _add_output(explain, ".html or .txt")
    explain.set_defaults(run_command=_explain)


def _add_compare(commands: Any) -> None:
    compare = commands.add_parser(
        "compare",
        help="compare a model with its Sequential twin, or with another model",
        description="Tell whether a model could be Sequential, or what differs between "
        "two models.",
        epilog="examples: teachkit compare my_net.py:model   "
        "teachkit compare my_net.py:model saved.keras -o difference.html",
    )
    _add_model(compare)
    compare.add_argument(
        "other",
        metavar="OTHER",
        nargs="?",
        help="another model; without it, the Sequential twin of the first",
    )
    _add_output(compare, ".html .svg .png .pdf or .txt")
    compare.add_argument(
        "--strict", action="store_true", help="everything but names has to be equal"
    )
    compare.set_defaults(run_command=_compare)


def _add_model(command: argparse.ArgumentParser) -> None:
    command.add_argument("model", metavar="MODEL", help=HELP)


def _add_output(command: argparse.ArgumentParser, endings: str) -> None:
    command.add_argument(
        "-o",
        "--output",
        metavar="FILE",
        help=f"write to a file ending with {endings}; without it, text is printed",
    )


def _add_code(commands: Any) -> None:
    code = commands.add_parser(
        "code",
        help="write the source that builds a model",
        description="Write the Keras code that builds a model, as a teacher would.",
        epilog="example: teachkit code model.keras > my_net.py",
    )
    _add_model(code)
    code.add_argument(
        "--style", choices=["functional", "sequential"], default="functional"
    )
    code.set_defaults(run_command=_code)


def _show(options: argparse.Namespace) -> int:
    model = _loaded(options.model)
    tell("Drawing ...")
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
        say(f"{path}: {count_text(len(view.graph.visible().calls), 'call')} drawn")
    else:
        plain = options.ascii or not prints_unicode()
        say(view.as_text(width=_columns(), charset="ascii" if plain else "unicode"))
    return DONE


def _explain(options: argparse.Namespace) -> int:
    model = _loaded(options.model)
    tell("Explaining ...")
    _give(api.explain(model, options.call), options.output)
    return DONE


def _compare(options: argparse.Namespace) -> int:
    models = [_loaded(name) for name in (options.model, options.other) if name]
    tell("Comparing ...")
    _give(api.compare(*models, strict=options.strict), options.output)
    return DONE


def _give(found: Any, output: str | None) -> None:
    """Write a result to a file, or print it."""
    if output is not None:
        say(str(found.save(output)))
    else:
        charset = "unicode" if prints_unicode() else "ascii"
        say(found.as_text(width=_columns(), charset=charset))


def _code(options: argparse.Namespace) -> int:
    say(repr(api.to_code(_loaded(options.model), style=options.style)))
    return DONE


def _loaded(name: str) -> Any:
    tell(f"Loading {name} (TensorFlow takes a few seconds) ...")
    # What the user's file prints is no part of the result.
    with contextlib.redirect_stdout(sys.stderr):
        return load(name)


def _columns() -> int:
    return max(shutil.get_terminal_size((100, 24)).columns, 40)
