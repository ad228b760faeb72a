"""What `teachkit.exercise` shows."""

from teachkit.views.exercise.sheets import HintSheet, SolutionSheet
from teachkit.views.exercise.view import ExerciseSheet

__all__ = ["ExerciseSheet", "HintSheet", "SolutionSheet"]
