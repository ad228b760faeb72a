"""What a piece of source must import, and by which name a class is reached."""

from __future__ import annotations

import importlib.machinery
import sys
from functools import lru_cache
from pathlib import Path
from typing import Any

import keras

_HOMES = (
    ("keras.initializers", keras.initializers),
    ("keras.regularizers", keras.regularizers),
    ("keras.constraints", keras.constraints),
    ("keras.activations", keras.activations),
    ("keras.dtype_policies", keras.dtype_policies),
    ("keras.random", keras.random),
    ("keras", keras),
)


class Imports:
    """Collects imports while source is written."""

    def __init__(self) -> None:
        self._keras: set[str] = set()
        self._names: dict[str, tuple[str, str]] = {}
        self._modules: dict[str, str] = {}

    def layers(self) -> None:
        """Import `layers`."""
        self._keras.add("layers")

    def operations(self) -> None:
        """Import `ops`."""
        self._keras.add("ops")

    def numpy(self) -> None:
        """Import NumPy as `np`."""
        self._modules["np"] = "numpy"

    def module(self, name: str, alias: str) -> bool:
        """Import a module under an alias; tell whether the alias was free for it."""
        if (name, alias) in (("keras.layers", "layers"), ("keras.ops", "ops")):
            self._keras.add(alias)
            return True
        if (name, alias) == ("keras", "keras"):
            return True
        if self.taken(alias) and self._modules.get(alias) != name:
            return False
        self._modules[alias] = name
        return True

    def name(self, module: str, name: str, alias: str | None = None) -> str:
        """Import a name from a module; return the name that it has here."""
        wanted = alias or name
        here, number = wanted, 1
        while self.taken(here) and self._names.get(here) != (module, name):
            number += 1
            here = f"{wanted}{number}"
        self._names[here] = (module, name)
        return here

    def taken(self, name: str) -> bool:
        """Tell whether a name is imported, or kept for an import."""
        kept = ("keras", "layers", "ops", "np")
        return name in kept or name in self._names or name in self._modules

    def names(self) -> set[str]:
        """Return the names that are imported."""
        return {*self._names, *self._modules}

    def lines(self) -> list[str]:
        """Return the lines of the imports: Python's and others first, then Keras."""
        plain = [f"import {_as(m, a)}" for a, m in sorted(self._modules.items())]
        by_module: dict[str, list[str]] = {}
        for here, (module, name) in sorted(self._names.items()):
            by_module.setdefault(module, []).append(_as(name, here))
        named = [f"from {m} import {', '.join(n)}" for m, n in by_module.items()]
        lines = [*plain, "import keras", *named]
        if self._keras:
            lines.append(f"from keras import {', '.join(sorted(self._keras))}")
        lines.sort(key=lambda line: (line.split()[0] == "from", line.split()[1]))
        first = [line for line in lines if _is_of_python(line.split()[1])]
        rest = [line for line in lines if line not in first]
        return [*first, *([""] if first else []), *rest]


def _as(name: str, alias: str) -> str:
    return name if name == alias else f"{name} as {alias}"


def _is_of_python(module: str) -> bool:
    return module.partition(".")[0] in sys.stdlib_module_names


def source_of_class(kind: Any, imports: Imports) -> str | None:
    """Return how a class or function is reached, or None if it cannot be imported.

    Example:
        >>> import keras
        >>> source_of_class(keras.layers.Dense, Imports())
        'layers.Dense'
    """
    name = _layer_names().get(kind)
    if name is not None:
        imports.layers()
        return f"layers.{name}"
    own = str(kind.__name__)
    for path, home in _HOMES:
        if getattr(home, own, None) is kind:
            return f"{path}.{own}"
    if getattr(keras.ops, own, None) is kind:
        imports.operations()
        return f"ops.{own}"
    return _imported(kind, imports)


def _imported(kind: Any, imports: Imports) -> str | None:
    if not kind.__module__:  # made by code that was run without a module
        return None
    outer, *inner = kind.__qualname__.split(".")
    found: Any = sys.modules.get(kind.__module__)
    for part in (outer, *inner):
        found = getattr(found, part, None)
    if found is not kind or not is_importable(kind.__module__):
        return None
    return ".".join([imports.name(kind.__module__, outer), *inner])


@lru_cache(maxsize=1)
def _layer_names() -> dict[Any, str]:
    names: dict[Any, str] = {}
    for name, value in sorted(vars(keras.layers).items()):
        if isinstance(value, type):
            is_own = value.__name__ == name
            names[value] = name if is_own else names.get(value, name)
    return names


@lru_cache(maxsize=256)
def is_importable(module: str) -> bool:
    """Tell whether a module can be imported by its name in another program."""
    top = module.partition(".")[0]
    known = sys.modules.get(top)
    if top == "__main__" or known is None or module not in sys.modules:
        return False
    if top in sys.stdlib_module_names:
        return True
    spec = importlib.machinery.PathFinder.find_spec(top, None)
    if spec is None:
        return False
    own = getattr(known, "__file__", None)
    if own is None or spec.origin is None:
        return spec.submodule_search_locations is not None
    return Path(spec.origin).resolve() == Path(own).resolve()
