"""Models from `.keras` files, loaded so that a file cannot run code of its own."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

import keras

from teachkit.errors import FileError


def load_model(path: Path) -> Any:
    """Load a `.keras` file in safe mode, without its optimizer.

    Raises:
        FileError: the file is missing, is no `.keras` file, is damaged, holds code
            (a Lambda layer), or needs classes that are not known here.
    """
    _check(path)
    try:
        return keras.models.load_model(path, compile=False, safe_mode=True)
    except Exception as error:  # noqa: BLE001 - Keras raises many types for bad files
        raise _explained(path, error) from None


def _check(path: Path) -> None:
    if not path.is_file():
        found = "a folder" if path.is_dir() else "no file there"
        raise FileError(
            f"a saved model at {path.name}", found, "check the name and the folder"
        )
    if path.suffix != ".keras" or not zipfile.is_zipfile(path):
        raise FileError(
            "a file written by model.save('name.keras')",
            f"{path.name}, which is not one or is damaged",
            "save the model again with the ending .keras",
        )


def _explained(path: Path, error: Exception) -> FileError:
    text = str(error)
    if "safe_mode" in text or "unsafe" in text.lower() or "Lambda" in text:
        return FileError(
            "a model without code in its file",
            f"{path.name}, which holds a Lambda layer: loading it would run its code",
            "replace the Lambda by keras.ops or a layer of your own; a file you trust "
            "can be loaded with keras.models.load_model(path, safe_mode=False)",
        )
    if "Could not locate class" in text or "could not be deserialized" in text:
        return FileError(
            "classes that Keras knows or that are registered",
            f"{path.name}, which needs another: {_first_line(text)}",
            "run the code that defines the class, decorated with "
            "@keras.saving.register_keras_serializable(), before loading",
        )
    return FileError(
        "a whole .keras file",
        f"{path.name}, which Keras cannot load: {_first_line(text)}",
        "save the model again",
    )


def _first_line(text: str) -> str:
    lines = [line for line in text.splitlines() if line.strip()]
    return lines[0].strip().rstrip(".") if lines else "no reason given"
