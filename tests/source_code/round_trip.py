"""Model -> code -> model: what the code builds, and whether it is the same."""

from __future__ import annotations

import warnings
from dataclasses import dataclass

import keras

from teachkit.keras_reader import record_model
from teachkit.keras_reader.bodies import bodies_of
from teachkit.keras_runner.agreement import agreement
from teachkit.normal_form import find_isomorphism, normal_form
from teachkit.source_code import to_code


@dataclass
class RoundTrip:
    """A model, its code, and the model that the code builds."""

    recording: object
    code: str
    model: object
    again: object

    def isomorphism(self, *, strict=True):
        """Return how the two graphs correspond, None if they do not."""
        forms = [
            normal_form(one.graph, bodies_of(one), strict=strict)
            for one in (self.recording, self.again)
        ]
        return find_isomorphism(*forms)

    def max_error(self):
        """Return by how much the outputs differ, with the weights moved over."""
        pairs = self.isomorphism(strict=False).layers
        return agreement(self.recording, self.again, pairs).max_error


def run(code):
    """Return the model that a piece of code defines, in a new session."""
    keras.utils.clear_session(free_memory=False)
    namespace = {}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        exec(compile(code, "<code>", "exec", dont_inherit=True), namespace)  # noqa: S102 - it is ours
    return namespace["model"]


def round_trip(model, style="functional"):
    """Write a model, build it from the code and read that again."""
    recording = record_model(model)
    code = to_code(recording, style=style)
    built = run(code)
    return RoundTrip(recording, code, built, record_model(built))
