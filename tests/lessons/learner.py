"""The folder of a learner, exactly as `teachkit lab` writes it."""

from __future__ import annotations

import io
from contextlib import redirect_stdout
from pathlib import Path
from unittest.mock import patch

from teachkit import lessons
from teachkit.cli import main


def write_folder(folder: Path) -> Path:
    """Write lessons, exercises and what else a learner gets; open no JupyterLab."""
    opened = patch.object(lessons, "open_lab", return_value=0)
    with opened as opens, redirect_stdout(io.StringIO()):
        assert main(["lab", str(folder)]) == 0
    opens.assert_called_once()
    return folder
