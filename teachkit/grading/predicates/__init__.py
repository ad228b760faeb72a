"""What can be demanded of an answer, one small function each.

A predicate takes a `Subject` and the arguments that the exercise's file gives. It
returns None if it is met, else a `Finding` with data of this very model. Importing
this package registers all of them.
"""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

for _module in iter_modules(__path__):
    import_module(f"{__name__}.{_module.name}")
