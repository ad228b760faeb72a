"""Configurations on which rules for operations are verified, a module for a kind."""

import importlib
import pkgutil

MODULES = [
    importlib.import_module(f"{__name__}.{found.name}")
    for found in pkgutil.iter_modules(__path__)
]
CASES = [case for module in MODULES for case in module.CASES]
