"""Real errors of Keras, and what is said about them."""

from __future__ import annotations

import pytest

from teachkit.exercise_format.records import PRELUDE
from teachkit.grading.explained_errors import explained
from teachkit.grading.student_code.running_code import run_code
from teachkit.keras_reader.budget import weights_limited

IMPORTS = PRELUDE + "import tensorflow as tf\n"


def told(code):
    """Run code that raises; return what is said, with rule and misconception."""
    names = {}
    run_code(IMPORTS, names, "<imports>")
    with pytest.raises((Exception, SystemExit)) as caught, weights_limited():
        run_code(code, names, "answer.py")
    found = explained(caught.value, "answer.py", names)
    text = " ".join((found.see, found.so, found.look))
    return text, found.rule, found.misconception


TWO = "a = Input((4,), name='a')\nb = Input((4,), name='b')\n"
X = "x = Input((4,))\n"
HEADS = (
    "i = Input((3,))\nm = Model(i, [Dense(2, name='p')(i), Dense(1, name='q')(i)])\n"
)
FIT = "\nm.fit(np.zeros((4, 3)), [np.zeros((4, 2)), np.zeros((4, 1))], verbose=0)"
ONE = "i = Input((3,))\nm = Model(i, Dense(1)(i))\n"
FIT_ONE = "\nm.fit(np.zeros((4, 3)), np.zeros((4, 1)), verbose=0)"

SAVED = "import tempfile\nplace = tempfile.mkdtemp() + '/m.keras'\n"
LOADED = "\nm.save(place)\nkeras.models.load_model(place)"

CASES = [
    # A layer where a tensor belongs, and the other way round (G1).
    (
        X + "Model(x, Dense(1))",
        "line 2|`Dense(...)` is a layer|`Dense(...)(x)`",
        2,
        "M01",
    ),
    (
        X + "d = Dense(1)\nModel(x, [d])",
        "line 3|`d`, a Dense layer|Line 2 makes",
        2,
        "M01",
    ),
    ("Dense(2)(Dense(3))", "line 1|`Dense(...)` is a layer", 2, "M01"),
    (X + "Add()([x, Dense(4)])", "`Dense(...)` is a layer", 2, "M01"),
    ("Dense(3) + Dense(4)", "`Dense(...)` is a layer", 2, "M01"),
    (X + "Dense(x)", "settings of `Dense`|`Dense(32)(x)`", 2, "M01"),
    (X + "Dense(8, x)", "settings of `Dense`|`Dense(8)(x)`", 2, "M01"),
    (X + "Dropout(x)", "settings of `Dropout`|`Dropout()(x)`", 2, "M01"),
    (TWO + "Concatenate([a, b])([a, b])", "`Concatenate()([a, b])`", 2, "M01"),
    (X + "x(Dense(3))", "`x` is a tensor|`Dense(3)(x)`", 2, "M01"),
    (X + "Dense(3)(x)(x)", "called once more", 2, "M01"),
    (
        X + "Sequential([x, Dense(3)(x)])",
        "takes layers, and it gets a tensor",
        2,
        "M01",
    ),
    (X + "Sequential(x, Dense(3)(x))", "`Sequential` takes one list|`Model`", 5, "M01"),
    ("Sequential([Input((3,)), [Dense(3)]])", "a list|cannot fork", 5, ""),
    ("Model(input, 3)", "small letter|`Input(...)`", 5, ""),
    (X + "Model(x, None)", "None|without `return`", 2, ""),
    (X + "Dense(2)(5)", "gets 5", 2, "M01"),
    (X + "Model(np.zeros((1, 4)), x)", "numbers of NumPy", 2, "M01"),
    (X + "x.set_weights([1])", "only a layer or a model", 2, "M01"),
    ("Dense(3).output", "'dense' was never called|no output", 1, "M01"),
    ("d = Dense(3)\nd.get_output_at(0)", "older Keras|layer.output.shape", 4, ""),
    # Not connected (G2), names (G9).
    (
        TWO + "Model(a, Add()([a, b]))",
        "I arrive at input `b`, which is not in",
        5,
        "M04",
    ),
    (TWO + "Model(b, Dense(3)(a))", "I arrive at input `a`|has `b`", 5, "M04"),
    (TWO + "Model(Dense(3)(a), a)", "inputs first", 5, ""),
    (
        "i = Input((3,))\n"
        "e = Sequential([Input((3,)), Dense(3, name='h')], name='enc')\n"
        "m = Model(i, e(i))\nModel(m.input, m.get_layer('enc').get_layer('h').output)",
        "line 4|graph inside `e`",
        8,
        "M25",
    ),
    (X + "Model(x, [Dense(1, name='a')(x), Dense(2, name='a')(x)])", "'a'", 4, "M02"),
    ("Dense(1, name='a/b')", "`/`|`_`", None, ""),
    (
        X + "Model(inputs=x, output=x)",
        "no argument called `output`|`outputs`",
        None,
        "",
    ),
    (X + "Model(x)", "takes two", 5, ""),
    (X + "Model(x, Dense(1)(x)).get_layer('d')", "no layer called 'd'", 8, ""),
    (
        X + "y = x\nfor _ in range(1200):\n    y = Dense(1)(y)\nModel(x, y)",
        "line 5|too long for Keras",
        5,
        "",
    ),
    # Merging.
    (
        "Add()([Input((64,)), Input((32,))])",
        "Add gets a tensor of 64 numbers and one of 32|`Concatenate()`|96 numbers",
        2,
        "M09",
    ),
    ("Input((64,)) + Input((32,))", "64 numbers and one of 32", 2, "M09"),
    (
        "t = [Input((n, n, 8)) for n in (8, 6, 4)]\nConcatenate()(t)",
        "line 2|sizes 8, 6, 4|padding='same'",
        None,
        "M08",
    ),
    (
        "Concatenate()([Input((7, 7, 4)), Input((6, 6, 4))])",
        "sizes 7, 6|rounds down",
        None,
        "M08",
    ),
    (
        "Concatenate()([Input((8, 8, 3)), Input((50,))])",
        "(8, 8, 3) and (50,)|Flatten",
        2,
        "",
    ),
    (TWO + "Concatenate()(a, b)", "one list|`[a, b]`", 2, ""),
    (TWO + "layers.add(a, b)", "one list|`[a, b]`", 2, ""),
    (TWO + "ops.concatenate(a, b)", "one list|`[a, b]`", 2, ""),
    (TWO + "Dense(3)(a, b)", "called on 2 tensors", 2, ""),
    (TWO + "Dense(3)([a, b])", "reads 1 tensor(s) and gets 2|Concatenate", 2, ""),
    (X + "Concatenate()(x)", "one tensor and no list", 2, ""),
    ("Subtract()([Input((3,))] * 3)", "exactly 2 tensors, and gets 3", None, ""),
    ("Dot(1)([Input((3,)), Input((4,))])", "3 numbers on one side and 4", None, ""),
    # Shapes.
    ("Input(32)", "A shape is a tuple: `(32,)` with a comma", None, "M06"),
    ("Input((16,), (3,))", "two shapes", None, "M06"),
    ("Input()", "not told a shape", None, "M06"),
    ("Conv2D(8, 3)(Input((8, 8)))", "Conv2D|(8, 8)|channel axis is missing", 2, ""),
    ("MaxPooling2D()(Input((8,)))", "MaxPooling2D|A vector is no picture", 2, ""),
    ("LSTM(8)(Input((5,)))", "LSTM|(5,)|sequences|Embedding", 2, ""),
    ("x = Input((5, 2))\nx = LSTM(4)(x)\nLSTM(4)(x)", "line 3|return_sequences", 2, ""),
    (
        "d = Dense(3)\nd(Input((4,)))\nd(Input((5,)))",
        "line 3|on 4 numbers|on 5",
        1,
        "M02",
    ),
    ("Conv2D(8, 5)(Input((3, 3, 1)))", "Conv2D|only 3×3|padding", None, "M08"),
    ("MaxPooling2D()(Input((1, 1, 3)))", "MaxPooling2D|only 1×1", None, "M08"),
    ("Reshape((10,))(Input((6, 6, 10)))", "360 numbers cannot become 10", None, "M07"),
    ("MultiHeadAttention(2, 4)(Input((3, 4)))", "`(x, x)`", None, "M27"),
    ("Dense(100_000_000)(Input((4,)))", "dense/kernel|400,000,000 numbers", 1, ""),
    # No numbers yet.
    (X + "np.abs(x)", "numbers of a tensor|`keras.ops.abs`", 2, "M05"),
    (X + "tf.reduce_mean(x)", "TensorFlow|`keras.ops.mean`", 2, "M05"),
    (X + "y = 1 if x > 0 else 2", "has to decide|`keras.ops.where`", 2, "M05"),
    (X + "for t in x:\n    pass", "piece by piece", 2, "M05"),
    (X + "x.mean()", "no `.mean`|`keras.ops.mean(x)`", 2, "M05"),
    (X + "x[0] = 1", "used like numbers", 2, "M05"),
    (X + "float(x)", "asks a tensor for its number", 2, "M05"),
    ("x = Input((5, 2))\no, h, c = LSTM(3)(x)", "return_state=True", 2, ""),
    ("x = Input((5, 2))\no, h, c = GRU(3, return_state=True)(x)", "a GRU 2", 2, ""),
    (
        "x = LSTM(3, return_state=True)(Input((5, 2)))\nDense(2)(x)",
        "gets 3|its output *and* its states",
        2,
        "",
    ),
    # Arguments.
    ("Dense(4e8)", "`units`|400000000", None, ""),
    ("Dense()", "`Dense` is not told `units`", None, ""),
    ("Conv2D(8)", "`Conv2D` is not told `kernel_size`", None, ""),
    ("Dense(3, activation='rleu')", "`rleu`|`relu`", None, ""),
    ("Dense(3, actvation='relu')", "`actvation`|`activation`", None, ""),
    ("layers.Dens(3)", "no `Dens`|`Dense`", None, ""),
    ("Dropout(2)", "`rate` is 2|between 0 and 1", None, ""),
    # Compile and fit.
    (
        ONE + "m.compile('adam', 'bce', ['accuracy'])" + FIT_ONE,
        "loss_weights",
        None,
        "M33",
    ),
    (ONE + FIT_ONE, "before `compile`", None, ""),
    (ONE + "m.compile('adam', 'bcee')" + FIT_ONE, "'bcee'|`bce`", None, ""),
    (
        HEADS + "m.compile('adam', {'p': 'mse', 'r': 'mse'})" + FIT,
        "'p' and 'r'|'p' and 'q'|'r' is no head",
        None,
        "M19",
    ),
    (
        HEADS + "m.compile('adam', 'mse', metrics=['accuracy'])" + FIT,
        "'p', 'q'|its own entry",
        None,
        "M19",
    ),
    (HEADS + "m.compile('adam', ['mse'] * 3)" + FIT, "loss number 3", None, "M19"),
    (
        "i = Input((6, 6, 4))\nm = Model(i, Dense(3)(i))\n"
        "m.compile('adam', 'categorical_crossentropy')\n"
        "m.fit(np.zeros((4, 6, 6, 4)), np.zeros((4, 3)), verbose=0)",
        "(6, 6, 3)|last axis only|Flatten",
        None,
        "M07",
    ),
    (
        ONE + "m.compile('adam', 'mse')\n"
        "m.fit(np.zeros((4, 5)), np.zeros((4, 1)), verbose=0)",
        "(None, 5)|(samples, 3)",
        None,
        "",
    ),
    (
        TWO + "m = Model([a, b], Add()([a, b]))\nm(np.zeros((2, 4)))",
        "reads 2 tensor(s) and gets 1|'a', 'b'",
        None,
        "M21",
    ),
    (
        "e = Embedding(10, 2)\ne(np.array([[10]]))",
        "number 10|10 rows|input_dim=11",
        None,
        "",
    ),
    (ONE + "m.compile(metric='mae')", "`compile`|`metric`|`metrics`", None, ""),
    # Saving.
    (
        SAVED + "m = Sequential([Input((3,)), Lambda(lambda x: x * 2)])" + LOADED,
        "Lambda|`keras.ops`",
        None,
        "M29",
    ),
    (
        SAVED + "class Mine(Layer):\n    pass\n"
        "m = Sequential([Input((3,)), Mine()])" + LOADED,
        "'Mine'|register",
        None,
        "M29",
    ),
    ("d = Dense(3)\nd.set_weights([np.zeros(3)])", "0 weights, and gets 1", 1, ""),
    # Python itself.
    ("x = Dens(3)", "`Dens`|`Dense`", 3, ""),
    ("y = hidden\nhidden = 3", "line 1|made in line 2", 3, "M31"),
    ("x = ____", "blank", None, ""),
    ("x = (3", "line 1|never closed|So no line has run", None, ""),
    ("if True:\nx = 3", "line 2|to the right", None, ""),
    ("x = 'abc", "closing quote", None, ""),
    ("from keras import Dense", "keras.layers import Dense", None, ""),
    ("import kers", "no module `kers`", None, ""),
    ("raise SystemExit", "leaves Python", None, ""),
    ("def f():\n    return f()\nf()", "`f` calls itself", None, ""),
    ("open('data.csv')", "`data.csv`|empty folder", None, ""),
    ("raise MemoryError", "not enough memory", None, ""),
    ("a, b = 1, 2, 3", "`a, b`|as many names", None, ""),
]


@pytest.mark.parametrize(("code", "words", "rule", "misconception"), CASES)
def test_an_error_is_told_in_words_of_the_students_code(
    code, words, rule, misconception
):
    text, found_rule, found_misconception = told(code)
    for word in words.split("|"):
        assert word in text
    assert (found_rule, found_misconception) == (rule, misconception)
    assert text.startswith("I see in line ")
    assert "site-packages" not in text
    assert "wrong" not in text


def test_an_unknown_error_is_told_with_its_kind_first_sentence_and_line():
    reason = "reason = 'Nothing here. And much more.\\nMore.'\n"
    text, _, _ = told(f"{reason}raise LookupError(reason)")
    assert "line 2" in text
    assert "LookupError: Nothing here." in text
    assert "much more" not in text


def test_an_error_that_cannot_tell_itself_is_told_by_its_kind():
    own = "class Odd(Exception):\n    def __str__(self):\n        raise ValueError\n"
    text, _, _ = told(f"{own}raise Odd")
    assert "Odd" in text


def test_a_file_that_is_no_text_is_told():
    text, _, _ = told("x = 1\0")
    assert "zero bytes" in text


def test_an_error_inside_a_function_is_told_with_its_line():
    text, _, _ = told("def block(x):\n    return Add()(x, x)\nblock(Input((3,)))")
    assert "line 2" in text
    assert "`[x, x]`" in text


def test_an_error_outside_of_the_answer_has_no_line():
    with pytest.raises(ZeroDivisionError) as caught:
        1 / 0  # noqa: B018 - it is there to raise
    found = explained(caught.value, "answer.py", {})
    assert "ZeroDivisionError" in found.see
    assert "line" not in found.see
