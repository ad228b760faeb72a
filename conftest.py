"""What holds for all tests, the examples in docstrings too."""

from __future__ import annotations

import atexit
import os
import tempfile
from pathlib import Path

# Nobody's own progress is read or written, and workers have a file each.
_FOLDER = tempfile.TemporaryDirectory(prefix="teachkit-tests-")
os.environ["TEACHKIT_PROGRESS"] = str(Path(_FOLDER.name) / "progress.json")

# What is left to the folder itself comes with a warning, also when a worker is stopped.
atexit.register(_FOLDER.cleanup)
