"""Other places for the same numbers."""

from keras import ops

from tests.math.operation_inputs import CUBE, IMAGE, X
from tests.math.verifying import In
from tests.math.verifying_operations import op

CASES = [
    op("BroadcastTo", lambda x: ops.broadcast_to(x, (3, 2, 4)), X, open_batch=False),
    op("Diag", ops.diag, In((4,)), open_batch=False),
    op("Diag of matrix", lambda x: ops.diag(x, 1), In((3, 4)), open_batch=False),
    op("Diagflat", ops.diagflat, In((2, 2)), open_batch=False),
    op("Diagonal", lambda x: ops.diagonal(x, 1, 1, 2), CUBE),
    op("ExpandDims", lambda x: ops.expand_dims(x, 1), X),
    op("ExpandDims axes", lambda x: ops.expand_dims(x, (1, -1)), X),
    op("Flip", ops.flip, CUBE),
    op("Flip axis", lambda x: ops.flip(x, 1), CUBE),
    op("Fliplr", ops.fliplr, CUBE),
    op("Flipud", ops.flipud, CUBE),
    op("Moveaxis", lambda x: ops.moveaxis(x, 1, -1), IMAGE),
    op("Moveaxis several", lambda x: ops.moveaxis(x, [1, 2], [2, 3]), IMAGE),
    op("Pad", lambda x: ops.pad(x, [[0, 0], [1, 2]]), X),
    op("Pad value", lambda x: ops.pad(x, [[0, 0], [1, 2]], constant_values=7), X),
    op("Pad reflect", lambda x: ops.pad(x, [[0, 0], [1, 2]], mode="reflect"), X),
    op("Ravel", ops.ravel, CUBE),
    op("Repeat", lambda x: ops.repeat(x, 2, axis=1), CUBE),
    op("Repeat all", lambda x: ops.repeat(x, 2), CUBE),
    op("Repeat each", lambda x: ops.repeat(x, [1, 2, 0, 3], axis=1), X),
    op("Roll", lambda x: ops.roll(x, 1), CUBE),
    op("Roll axis", lambda x: ops.roll(x, -2, axis=1), CUBE),
    op("Rot90", lambda x: ops.rot90(x, 1, (1, 2)), CUBE),
    op("Squeeze", lambda x: ops.squeeze(x, 1), In((2, 1, 4))),
    op("Squeeze all", ops.squeeze, In((2, 1, 4)), open_batch=False),
    op("Swapaxes", lambda x: ops.swapaxes(x, 1, 2), CUBE),
    op("Tile", lambda x: ops.tile(x, 3), X),
    op("Tile axes", lambda x: ops.tile(x, (2, 1, 3)), X),
    op("Tril", ops.tril, CUBE),
    op("Triu", lambda x: ops.triu(x, 1), CUBE),
]
