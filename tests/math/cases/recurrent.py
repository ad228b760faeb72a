"""Configurations of recurrent layers and their cells."""

import keras
from keras import layers

from tests.math.verifying import Case, In

SEQUENCE = In((2, 4, 3))
STATE, STATES = In((2, 2)), [In((2, 2)), In((2, 2))]
MASK = In(given=[[1, 1, 0, 1], [0, 1, 1, 0]], dtype="bool")


class Leaky(layers.Layer):
    """A cell of one's own, with operations of keras.ops alone."""

    def __init__(self, units, begin=None, **kwargs):
        super().__init__(**kwargs)
        self.units, self.begin = units, begin
        self.state_size = units

    def build(self, shape):
        self.kernel = self.add_weight(shape=(shape[-1], self.units), name="kernel")

    def call(self, inputs, states):
        h = 0.9 * states[0] + keras.ops.tanh(keras.ops.matmul(inputs, self.kernel))
        return h, [h]


class BeginsWithOnes(Leaky):
    def get_initial_state(self, batch_size=None):
        return [keras.ops.ones((batch_size, self.units))]


def case(name, inputs=SEQUENCE, kwargs=None, training=False, wrong=None, **options):
    kind = name.partition(" ")[0]
    build = getattr(layers, kind)
    return Case(
        name, lambda: build(2, **options), inputs, kwargs or {}, training, wrong
    )


def of_each(kind, states):
    """The options that all three layers have."""
    everything = {"return_sequences": True, "return_state": True}
    initial = {"initial_state": states}
    return [
        case(kind),
        case(f"{kind} sequences", return_sequences=True),
        case(f"{kind} state", return_state=True),
        case(f"{kind} sequences and state", **everything),
        case(f"{kind} backwards", go_backwards=True),
        case(f"{kind} backwards sequences", go_backwards=True, return_sequences=True),
        case(f"{kind} initial state", kwargs=initial, return_state=True),
        case(f"{kind} mask", kwargs={"mask": MASK}, return_state=True),
        case(f"{kind} mask sequences", kwargs={"mask": MASK}, **everything),
        case(
            f"{kind} mask backwards",
            kwargs={"mask": MASK},
            go_backwards=True,
            **everything,
        ),
        case(
            f"{kind} mask zero output",
            kwargs={"mask": MASK, **initial},
            zero_output_for_mask=True,
            **everything,
        ),
        case(
            f"{kind} mask zero last output",
            kwargs={"mask": MASK},
            zero_output_for_mask=True,
        ),
        case(f"{kind} unrolled mask", kwargs={"mask": MASK}, unroll=True, **everything),
        case(f"{kind} without bias", use_bias=False),
        case(f"{kind} relu", activation="relu"),
        case(f"{kind} linear", activation=None),
        case(f"{kind} stateful", stateful=True, return_state=True),
        case(f"{kind} dropout at inference", dropout=0.5, recurrent_dropout=0.5),
        case(
            f"{kind} dropout in training",
            training=True,
            dropout=0.5,
            return_sequences=True,
        ),
        case(
            f"{kind} recurrent dropout in training",
            training=True,
            recurrent_dropout=0.25,
        ),
        case(f"{kind} training without dropout", training=True),
    ]


def rnn(name, cell, **options):
    inputs = options.pop("inputs", SEQUENCE)
    kwargs = options.pop("kwargs", {})
    training = options.pop("training", False)
    return Case(name, lambda: layers.RNN(cell(), **options), inputs, kwargs, training)


def stack():
    return [layers.LSTMCell(3), layers.GRUCell(2), Leaky(4), layers.SimpleRNNCell(2)]


STACK_STATES = [[In((2, 3)), In((2, 3))], [In((2, 2))], [In((2, 4))], [In((2, 2))]]
STEP = In((2, 3))

CASES = [
    *of_each("SimpleRNN", STATE),
    *of_each("GRU", STATE),
    *of_each("LSTM", STATES),
    case("SimpleRNN both dropouts", training=True, dropout=0.4, recurrent_dropout=0.3),
    case("SimpleRNN long", In((2, 40, 9))),
    case("GRU reset before", reset_after=False, return_sequences=True),
    case("GRU reset before without bias", reset_after=False, use_bias=False),
    case("GRU recurrent activation", recurrent_activation="hard_sigmoid"),
    case("GRU state in a list", kwargs={"initial_state": [STATE]}),
    case("GRU first implementation", implementation=1),
    case("GRU reset before dropout", training=True, reset_after=False, dropout=0.5),
    case("LSTM recurrent activation", recurrent_activation="hard_sigmoid"),
    case("LSTM linear gates", recurrent_activation=None),
    case("LSTM forget bias", unit_forget_bias=False),
    case("LSTM first implementation", implementation=1),
    rnn("RNN of a cell", lambda: layers.GRUCell(2), return_sequences=True),
    rnn("RNN of LSTMCell", lambda: layers.LSTMCell(2), return_state=True),
    rnn("RNN of a stack", stack, return_sequences=True),
    rnn("RNN of a stack states", stack, return_state=True),
    rnn("RNN of a stack mask", stack, kwargs={"mask": MASK}, return_state=True),
    rnn(
        "RNN of a stack initial state",
        stack,
        kwargs={"initial_state": STACK_STATES},
        go_backwards=True,
    ),
    rnn("RNN of a stack of one", lambda: [layers.LSTMCell(2)], return_sequences=True),
    rnn("RNN of a stack in training", stack, training=True),
    rnn("RNN stateful stack", stack, stateful=True),
    rnn("RNN of a cell of one's own", lambda: Leaky(2), return_sequences=True),
    rnn("RNN that begins with ones", lambda: BeginsWithOnes(2), return_state=True),
    rnn("RNN of one's own mask", lambda: Leaky(2), kwargs={"mask": MASK}),
    case("SimpleRNNCell", (STEP, STATE)),
    case("SimpleRNNCell states in a list", (STEP, [STATE])),
    case("SimpleRNNCell relu without bias", (STEP, [STATE]), activation="relu"),
    case("SimpleRNNCell dropout", (STEP, [STATE]), training=True, dropout=0.5),
    case("GRUCell", (STEP, STATE)),
    case("GRUCell states in a list", (STEP, [STATE]), use_bias=False),
    case("GRUCell reset before", (STEP, [STATE]), reset_after=False),
    case("GRUCell dropout", (STEP, [STATE]), None, True, recurrent_dropout=0.5),
    case("LSTMCell", (STEP, STATES)),
    case("LSTMCell without bias", (STEP, STATES), use_bias=False),
    case("LSTMCell dropout", (STEP, STATES), training=True, dropout=0.5),
    Case(
        "StackedRNNCells",
        lambda: layers.StackedRNNCells(stack()),
        (STEP, STACK_STATES),
    ),
    Case(
        "StackedRNNCells plain states",
        lambda: layers.StackedRNNCells([layers.GRUCell(2), layers.GRUCell(2)]),
        (STEP, [STATE, STATE]),
    ),
    Case(
        "LSTM half precision",
        lambda: layers.LSTM(2, dtype="mixed_float16"),
        In((2, 4, 3), "float16"),
    ),
]
