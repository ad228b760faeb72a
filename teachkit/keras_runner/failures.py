"""What to say when a call fails in a run: which one, what it read, and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import keras

from teachkit.errors import ModelError, TeachkitError
from teachkit.keras_reader.tracing import reason_of


@dataclass(frozen=True, eq=False, slots=True)
class Failure:
    """The first call that failed: Keras raises anew at each level around it.

    Attributes:
        error: as it was raised.
        path: of the call; empty if none of them failed.
        arguments: what it was called with.
    """

    error: Exception
    path: str = ""
    arguments: Any = ()

    def told(self, model: str) -> TeachkitError:
        """Return the error for a learner.

        Arguments:
            model: its name.
        """
        if isinstance(self.error, TeachkitError):
            return self.error
        where = f"call '{self.path}' of '{model}'" if self.path else f"'{model}'"
        reason = reason_of(self.error)
        return ModelError(
            "inputs on which the model runs",
            f"{where}{self._read()} fails: {reason}",
            "look at the shapes of what this call reads, and at the numbers",
        )

    def _read(self) -> str:
        leaves = keras.tree.flatten(self.arguments)
        shapes = [str(tuple(leaf.shape)) for leaf in leaves if hasattr(leaf, "shape")]
        return f", which reads {', '.join(shapes)}," if shapes else ""
