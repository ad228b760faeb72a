"""Folders that travel with teachkit: in the installed package, or in a checkout."""

from __future__ import annotations

from collections.abc import Callable
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from teachkit.errors import FileError

_CHECKOUT = Path(__file__).parent.parent


def shipped_folder(
    packaged: str,
    checkout: str,
    holds: Callable[[Traversable], bool] = lambda folder: True,
) -> Traversable:
    """Return a folder of ours.

    Arguments:
        packaged: its path in the package.
        checkout: its path in the checkout around the package.
        holds: tells whether a folder has what is looked for.

    Raises:
        FileError: neither is there, so the installation is not whole.
    """
    candidates = (files("teachkit").joinpath(packaged), _CHECKOUT / checkout)
    for folder in candidates:
        if folder.is_dir() and holds(folder):
            return folder
    tried = " and ".join(f"none in {folder}" for folder in candidates)
    raise FileError(
        f"the {checkout} that travel with the package teachkit",
        tried,
        "install teachkit again",
    )
