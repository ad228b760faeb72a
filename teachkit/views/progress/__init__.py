"""What `teachkit.progress` shows."""

from teachkit.views.progress.view import ProgressSheet

__all__ = ["ProgressSheet"]
