"""Lines of code: run, used by a cell of the exercise, put in order."""
