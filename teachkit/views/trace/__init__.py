"""What `teachkit.trace` shows: values and gradients, step by step."""

from teachkit.views.trace.view import ChangeView, Trace

__all__ = ["ChangeView", "Trace"]
