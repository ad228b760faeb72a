"""Models that change while somebody moves a control."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from teachkit.views.play import Play


def play(build: Callable[..., Any], /, **controls: Any) -> Play:
    """Build a model again whenever a control moves, and show what that changed.

    Graph, shapes, parameters and MACs change in place; what is new or changed is
    marked. If the function fails at some settings, the view says why, above the last
    model that could be built. Keras counts and draws by chance afterwards as if
    nothing had been built.

    Arguments:
        build: a function that returns a `keras.Model`. It is called with the settings
            by name; what it prints is shown aside. A model without numbers is enough
            to be drawn, so a large one is built in milliseconds; a function that
            trains or looks at weights is called again, with numbers.
        controls: for each parameter what it may be. A tuple of two or three numbers is
            a range, a list is a choice: `(8, 128)` has all whole numbers from 8 to
            128, `[8, 128]` has these two.

            - `(low, high)` or `(low, high, step)`: a slider, for whole numbers, or
              with a point if one of them has one;
            - a list, or another tuple: a choice of any values, None too;
            - True or False: a switch that starts there;
            - a text: a field for a text, starting with this one;
            - a widget of ipywidgets with a `value`: taken as it is. It may move views
              of several functions; of one function the newest view follows it, so
              that running a cell again leaves no old one at work.

            A range or a choice starts at the parameter's default if it has it, else at
            its first value.

    Returns:
        What is shown. `.set(units=32)` moves controls from a script; `.model` is the
        Keras model, `.settings` what it was built with, `.view` the drawing, `.facts`
        the sizes, `.problem` why there is no newer model.

    Raises:
        TeachkitError: the function has no such parameter, needs one without a control,
            or builds no model at the settings where it starts; or no control can be
            made of what was given.

    Example:
        >>> import keras
        >>> def build(units=8, activation="relu"):
        ...     inputs = keras.Input((4,), name="measurements")
        ...     hidden = keras.layers.Dense(units, activation, name="hidden")(inputs)
        ...     return keras.Model(
        ...         inputs, keras.layers.Dense(3, name="species")(hidden)
        ...     )
        >>> played = play(build, units=(8, 128), activation=["relu", "tanh"])
        >>> played.set(units=32)
        >>> played.facts
        'calls 3, parameters 67 → 259 (× 3.9), MACs 56 → 224 (× 4.0)'
    """
    from teachkit.views.play import Play  # noqa: PLC0415 - loads TensorFlow, which takes seconds: only when it is needed

    return Play(build, controls)
