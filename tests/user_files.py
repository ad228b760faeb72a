"""A folder of the user's, with a Python file in it, for tests of the command line."""

from __future__ import annotations

import sys


def folder_with(module, source, folder, monkeypatch):
    """Work in a folder with a module; yield it, then restore the paths of imports."""
    (folder / f"{module}.py").write_text(source)
    monkeypatch.chdir(folder)
    monkeypatch.setattr(sys, "path", [*sys.path])
    monkeypatch.delitem(sys.modules, module, raising=False)
    yield folder
    sys.modules.pop(module, None)
