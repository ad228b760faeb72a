"""Questions of lessons: their files as plain data, or what is wrong in them."""

from teachkit.question_format.library import find_question, load_questions

__all__ = ["find_question", "load_questions"]
