"""The lessons: where they are, copied for a learner, opened in JupyterLab.

A learner works in a folder of their own, on copies, so nothing here may ever replace
their work. Nothing is printed: the command line shows what these functions return.
Jupyter is started as a program and never imported.
"""

from teachkit.lessons.copying import CopyReport, copy_exercises, copy_lessons
from teachkit.lessons.laboratory import open_lab
from teachkit.lessons.places import lessons_folder
from teachkit.lessons.start_page import START_PAGE, StartReport, write_start_page

__all__ = [
    "START_PAGE",
    "CopyReport",
    "StartReport",
    "copy_exercises",
    "copy_lessons",
    "lessons_folder",
    "open_lab",
    "write_start_page",
]
