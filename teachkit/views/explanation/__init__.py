"""What `teachkit.explain` shows."""

from teachkit.views.explanation.view import (
    CallExplanation,
    Explanation,
    ModelExplanation,
)

__all__ = ["CallExplanation", "Explanation", "ModelExplanation"]
