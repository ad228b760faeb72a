"""Configurations of convolutional LSTMs."""

from keras import layers

from tests.math.verifying import Case, In

SHAPES = {"1D": (2, 3, 6, 2), "2D": (2, 3, 5, 4, 2), "3D": (2, 2, 3, 4, 3, 2)}
SEQUENCES = {"return_sequences": True}
MASK = {"mask": In(given=[[1, 0, 1], [0, 1, 0]], dtype="bool")}


def case(rank, name, call=None, **kwargs):
    """Return a case with 2 filters and a kernel of 2, if nothing else is told."""
    given = {"filters": 2, "kernel_size": 2, **kwargs}
    return Case(
        f"ConvLSTM{rank} {name}",
        lambda: getattr(layers, f"ConvLSTM{rank}")(**given),
        In(SHAPES[rank]),
        call or {},
    )


CASES = [
    case("1D", "last step"),
    case("1D", "sequences and states", **SEQUENCES, return_state=True),
    case("1D", "same, kernel 3", kernel_size=3, padding="same"),
    case("1D", "stride 2, backwards", strides=2, go_backwards=True, **SEQUENCES),
    case("1D", "dilation 2", dilation_rate=2),
    case("1D", "no bias, relu", use_bias=False, activation="relu"),
    case("1D", "with a mask", MASK, **SEQUENCES, return_state=True),
    case("1D", "with a mask, zeros", MASK, **SEQUENCES, zero_output_for_mask=True),
    case("1D", "with a mask, backwards", MASK, go_backwards=True),
    case(
        "1D",
        "with an initial state",
        {"initial_state": [In((2, 5, 2)), In((2, 5, 2))]},
        return_state=True,
    ),
    case("2D", "last step"),
    case("2D", "same, sequences", kernel_size=3, padding="same", **SEQUENCES),
    case("2D", "states, stride 2", strides=2, padding="same", return_state=True),
    case("2D", "backwards", kernel_size=(2, 3), go_backwards=True),
    case("2D", "hard sigmoid", recurrent_activation="hard_sigmoid"),
    case("2D", "with a mask", MASK, **SEQUENCES),
    case("2D", "stateful", stateful=True),
    case("3D", "last step"),
    case("3D", "same, sequences and states", padding="same", return_state=True),
    case("3D", "backwards", go_backwards=True, **SEQUENCES, use_bias=False),
]
