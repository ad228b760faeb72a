"""The public functions. Each one checks what it was given, then hands on.

Keras, the layout engines and the views are imported inside the functions: who only
imports teachkit pays for none of them.
"""

from teachkit.api.asking import ask
from teachkit.api.comparing import compare
from teachkit.api.computing import explain, trace
from teachkit.api.drawing import show
from teachkit.api.exercising import check, exercise, progress
from teachkit.api.playing import play
from teachkit.api.reading import dry, read
from teachkit.api.writing import to_code

__all__ = [
    "ask",
    "check",
    "compare",
    "dry",
    "exercise",
    "explain",
    "play",
    "progress",
    "read",
    "show",
    "to_code",
    "trace",
]
