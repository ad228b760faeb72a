"""What an exception of a student's code means, in words about that code.

An explanation is chosen by the text and the kind of an error, and filled from what
there is: the line, the values of its names, the graph behind its tensors. What no
explanation knows is told by its kind, its first sentence and its line.
"""

from __future__ import annotations

from teachkit.grading.explained_errors.explaining import explained

__all__ = ["explained"]
