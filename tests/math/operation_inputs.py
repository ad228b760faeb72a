"""Tensors on which several operations are tried."""

import numpy as np

from tests.math.verifying import In

X = In((2, 4))
UNIT = In((2, 3), given=[[0.1, 0.5, -0.3], [0.9, -0.99, 0.0]])
POSITIVE = In((2, 3), given=[[0.1, 0.5, 1.3], [1.0, 2.5, 7.0]])
ABOVE_ONE = In((2, 3), given=[[1.1, 1.5, 1.3], [1.0, 2.5, 7.0]])
STRANGE = In((2, 3), given=[[np.nan, np.inf, -np.inf], [1.0, -2.5, 0.0]])
HOLES = In((2, 3), given=[[np.nan, 4.0, -1.0], [1.0, -2.5, 0.5]])
INTS = In((2, 4), "int32", 9)
SHIFTS = In((2, 4), "int32", 4)
TRUTH = In((2, 4), "bool")
COMPLEX = In((2, 2), "complex64", given=[[1 + 2j, -1j], [3.0, -1 - 1j]])
IMAGE = In((2, 4, 5, 3))
CUBE = In((2, 4, 5))
MATRIX = In((2, 3, 3))
DEFINITE = In(given=[[4.0, 1.0, 0.5], [1.0, 3.0, 0.2], [0.5, 0.2, 2.0]])
PICTURE = In((2, 6, 7, 4))
