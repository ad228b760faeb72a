"""The zoo: small models that between them use everything a reader of Keras must know.

`ZOO` maps a name to a function that builds the model. `build` does so with Keras'
counters at zero, so that automatic names are the same each time.
"""

from __future__ import annotations

import warnings

import keras

from tests.zoo import masks, operations, plain, sharing, structures, subclassed

KERAS = tuple(int(number) for number in keras.version().split(".")[:2])
GROUPS = (plain, sharing, structures, masks, operations, subclassed)
# Keras refused inputs that feed no layer, before this version.
NEW_IN_3_14 = {"unused_input", "identity"}

ZOO = {
    name: builder
    for group in GROUPS
    for name, builder in group.ZOO.items()
    if KERAS >= (3, 14) or name not in NEW_IN_3_14
}


def build(name):
    """Return a newly built model of the zoo; Keras' warnings on it are expected."""
    keras.utils.clear_session(free_memory=False)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return ZOO[name]()
