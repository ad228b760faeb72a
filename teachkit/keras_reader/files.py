"""Models from `.keras` files, loaded so that a file cannot run code of its own."""

from __future__ import annotations

import re
import warnings
import zipfile
from pathlib import Path
from typing import Any

import keras

from teachkit.errors import FileError
from teachkit.keras_reader.internals import names_kept

_LONGEST = 60
"""Names of files are shown up to so many characters."""


def load_model(path: Path) -> Any:
    """Load a `.keras` file in safe mode, without its optimizer.

    Raises:
        FileError: the file is missing, is no `.keras` file, is damaged, holds code
            (a Lambda layer), or needs classes that are not known here.
    """
    _check(path)
    try:
        with warnings.catch_warnings(), names_kept():
            warnings.simplefilter("ignore")
            return keras.models.load_model(path, compile=False, safe_mode=True)
    except Exception as error:  # noqa: BLE001 - Keras raises many types for bad files
        raise _explained(path, error) from None


def _check(path: Path) -> None:
    name = _shown(path)
    if not _is_file(path):
        found = "a folder" if _is_folder(path) else "no file there"
        raise FileError(
            f"a saved model at {name}", found, "check the name and the folder"
        )
    if path.suffix != ".keras":
        raise FileError(
            "a file written by model.save('name.keras')",
            f"{name}, which does not end in .keras",
            "save the model again with the ending .keras",
        )
    if not zipfile.is_zipfile(path):
        raise FileError(
            "a file written by model.save('name.keras')",
            f"{name}, which is not one, or not a whole one",
            "save or copy the model again",
        )


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # a name that no file can have
        return False


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:  # a name that no folder can have
        return False


def _shown(path: Path) -> str:
    name = path.name or str(path)
    return name if len(name) <= _LONGEST else f"{name[:_LONGEST]}..."


def _explained(path: Path, error: Exception) -> FileError:
    text, name = str(error), _shown(path)
    unknown = re.search(r"Could not locate (class|function) '([^']*)'", text)
    if unknown:
        return FileError(
            "classes and functions that Keras knows or that are registered",
            f"{name}, which needs the {unknown[1]} '{unknown[2]}'",
            f"run the code that defines '{unknown[2]}', decorated with "
            "@keras.saving.register_keras_serializable(), before loading",
        )
    if "safe_mode=False" in text:
        return FileError(
            "a model without code in its file",
            f"{name}, which holds a Lambda layer: loading it would run its code",
            "replace the Lambda by keras.ops or a layer of your own; a file you trust "
            "can be loaded with keras.models.load_model(path, safe_mode=False)",
        )
    return FileError(
        "a whole .keras file",
        f"{name}, which Keras cannot load: {_reason(text)}",
        "save the model again; if two models inside it share a layer, Keras cannot "
        "load such a file: keep the code, and save the weights with save_weights",
    )


def _reason(text: str) -> str:
    """Return what went wrong first, without what Keras says around it."""
    inner = re.split(r"(?:Exception|Error) encountered[^:]*: ", text)[-1]
    lines = [line.strip() for line in inner.splitlines() if line.strip()]
    return lines[0].rstrip(".") if lines else "no reason given"
