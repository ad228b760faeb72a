"""Judge an answer in a process of its own, which may do what it likes and is ended.

The parent imports neither TensorFlow nor Keras. The child runs the answer, judges it
and hands over the report as JSON; whatever happens to the child becomes a report, too.
"""

from __future__ import annotations

from teachkit.grading.process.limits import Limits
from teachkit.grading.process.parent import run_in_process

__all__ = ["Limits", "run_in_process"]
