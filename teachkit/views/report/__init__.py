"""What `teachkit.check` shows."""

from teachkit.views.report.view import AnswerReport

__all__ = ["AnswerReport"]
