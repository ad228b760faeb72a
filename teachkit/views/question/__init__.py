"""What `teachkit.ask` shows."""

from teachkit.views.question.view import QuestionSheet, RevealSheet

__all__ = ["QuestionSheet", "RevealSheet"]
