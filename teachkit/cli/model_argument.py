"""The argument MODEL of a command: a file, or a name in a Python file or module."""

from __future__ import annotations

import importlib
import importlib.util
import inspect
import os
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

from teachkit.errors import FileError, TeachkitError, WrongValueError

HELP = (
    "a file x.keras; x.py:name or package.module:name, where name is a model or a "
    "function without arguments that returns one"
)


def load(text: str) -> Any:
    """Return the model that an argument names, or the path of its file."""
    quieten_tensorflow()
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
    reader = _run_file if place.endswith(".py") else _import
    module = _run(place, lambda: reader(place))
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


def quieten_tensorflow() -> None:
    """Keep TensorFlow's start-up remarks off the terminal, unless asked for."""
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "0")
