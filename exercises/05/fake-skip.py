# /// exercise
# id = "fake-skip"
# number = "X22"
# title = "Is it a skip?"
# level = 2
# type = "fix"
# asks = ["answer", "model"]
# hints = [
#   "What reaches the output if every weight is zero?",
#   "The short arm must contain no layer.",
#   "`outputs = Add()([x, inputs])`",
# ]
# [criteria]
# inputs = {of = "model", x = [64], weight = 0}
# joins = {of = "model", op = "add", stage = "interface", weight = 0}
# outputs = {of = "model", y = [64], weight = 0}
# identity_when_zeroed = {of = "model"}
# params = {of = "model", total = 4160}
#
# [[questions]]
# id = "all_zero"
# text = "All weights and biases of the model above are zero. What does it give for a row x?"
# kind = "choice"
# options = ["zeros", "x", "double", "an error"]
# answer = "zeros"
# why = "Both routes lead through a Dense, and a Dense with zeros gives zeros. A skip would have brought x."
# wrong = [
#   {value = "x", message = "For x to come out, some route would have to lead around all layers. Here each of the two leads through a Dense; `skip` is only a name.", misconception = "M14"},
#   {value = "double", message = "That would be two bare wires. On each of the two arms stands a Dense.", misconception = "M14"},
#   {value = "an error", message = "Zeros are weights like others. The sums are zero, and the model runs."},
# ]
# ///
# %% [markdown] prompt
# An article offers these lines as a skip connection; 64 numbers come in and 64 go out.
#
# ```python
# inputs = Input((64,))
# skip = Dense(64)(inputs)
# x = Dense(64)(inputs)
# outputs = Add()([x, skip])
# model = Model(inputs, outputs)
# ```
#
# 1. One experiment shows that it is none: put **all** weights and biases at zero. What
#    does the model give for a row `x`: `"zeros"`, `"x"`, `"double"` (twice the row) or
#    `"an error"`? Answer with a dict: `answer = {"all_zero": ...}`.
# 2. Repair `model` by changing one line: a single `Dense(64)`, and a skip around it. It
#    has 4,160 parameters then.
# %% start
answer = {"all_zero": ____}

inputs = Input((64,))
skip = Dense(64)(inputs)
x = Dense(64)(inputs)
outputs = Add()([x, skip])
model = Model(inputs, outputs)
# %% solution
answer = {"all_zero": "zeros"}

inputs = Input((64,))
x = Dense(64)(inputs)
outputs = Add()([x, inputs])
model = Model(inputs, outputs)
# %% accept the unused line is still there
answer = {"all_zero": "zeros"}

inputs = Input((64,))
skip = Dense(64)(inputs)
x = Dense(64)(inputs)
outputs = Add()([x, inputs])
model = Model(inputs, outputs)
# %% accept the operator +
answer = {"all_zero": "Zeros"}

inputs = Input((64,))
x = Dense(64)(inputs)
model = Model(inputs, x + inputs)
# %% accept the name skip on the bare wire
answer = {"all_zero": "zeros"}

inputs = Input((64,))
skip = inputs
x = Dense(64)(inputs)
outputs = Add()([x, skip])
model = Model(inputs, outputs)
# %% accept the other arm is kept
answer = {"all_zero": "zeros"}

inputs = Input(shape=[64])
skip = Dense(64)(inputs)
model = Model(inputs, layers.add([inputs, skip]))
# %% accept an activation in the branch
answer = {"all_zero": "zeros"}

inputs = Input((64,))
x = Dense(64, activation="relu")(inputs)
model = Model(inputs, ops.add(x, inputs))
# %% accept relu after the addition
answer = {"all_zero": "zeros"}

inputs = Input((64,))
x = Dense(64)(inputs)
model = Model(inputs, ReLU()(Add()([x, inputs])))
# %% accept a branch of its own
answer = {"all_zero": "zeros"}

inputs = Input((64,))
branch = Sequential([Input((64,)), Dense(64), Dropout(0.1)])
model = Model(inputs, Add()([branch(inputs), inputs]))
# %% wrong all_zero M14 the name is believed
answer = {"all_zero": "x"}

inputs = Input((64,))
x = Dense(64)(inputs)
model = Model(inputs, Add()([x, inputs]))
# %% wrong all_zero M14 two bare wires
answer = {"all_zero": "double"}

inputs = Input((64,))
x = Dense(64)(inputs)
model = Model(inputs, Add()([x, inputs]))
# %% wrong identity_when_zeroed M14 nothing is repaired
answer = {"all_zero": "zeros"}

inputs = Input((64,))
skip = Dense(64)(inputs)
x = Dense(64)(inputs)
outputs = Add()([x, skip])
model = Model(inputs, outputs)
# %% wrong identity_when_zeroed M13 relu on one arm
# Now it is not one Dense any more, but x still does not come through.
answer = {"all_zero": "zeros"}

inputs = Input((64,))
skip = Dense(64)(inputs)
x = Dense(64, activation="relu")(inputs)
outputs = Add()([x, skip])
model = Model(inputs, outputs)
# %% wrong identity_when_zeroed M13 relu on both arms
answer = {"all_zero": "zeros"}

inputs = Input((64,))
skip = Dense(64, activation="relu")(inputs)
x = Dense(64, activation="relu")(inputs)
model = Model(inputs, Add()([x, skip]))
# %% wrong identity_when_zeroed M14 no Add any more
answer = {"all_zero": "zeros"}

inputs = Input((64,))
x = Dense(64)(inputs)
model = Model(inputs, x)
# %% wrong identity_when_zeroed M14 one arm after the other
answer = {"all_zero": "zeros"}

inputs = Input((64,))
skip = Dense(64)(inputs)
x = Dense(64)(skip)
model = Model(inputs, Add()([x, skip]))
# %% wrong identity_when_zeroed M03 the same tensor twice
answer = {"all_zero": "zeros"}

inputs = Input((64,))
x = Dense(64)(inputs)
model = Model(inputs, Add()([x, x]))
# %% wrong identity_when_zeroed M14 no bias on the short arm
answer = {"all_zero": "zeros"}

inputs = Input((64,))
skip = Dense(64, use_bias=False)(inputs)
x = Dense(64)(inputs)
model = Model(inputs, Add()([x, skip]))
# %% wrong identity_when_zeroed M14 relu on the short arm
answer = {"all_zero": "zeros"}

inputs = Input((64,))
skip = ReLU()(inputs)
x = Dense(64)(inputs)
model = Model(inputs, Add()([x, skip]))
# %% wrong identity_when_zeroed M14 all three are added
answer = {"all_zero": "zeros"}

inputs = Input((64,))
skip = Dense(64)(inputs)
x = Dense(64)(inputs)
model = Model(inputs, Add()([x, skip, inputs]))
# %% wrong joins M09
answer = {"all_zero": "zeros"}

inputs = Input((64,))
x = Dense(64)(inputs)
model = Model(inputs, Concatenate()([x, inputs]))
# %% wrong params two layers in the branch
answer = {"all_zero": "zeros"}

inputs = Input((64,))
skip = Dense(64)(inputs)
x = Dense(64)(skip)
model = Model(inputs, Add()([x, inputs]))
# %% wrong params no bias
answer = {"all_zero": "zeros"}

inputs = Input((64,))
x = Dense(64, use_bias=False)(inputs)
model = Model(inputs, Add()([x, inputs]))
# %% wrong inputs 32 numbers come in
answer = {"all_zero": "zeros"}

inputs = Input((32,))
x = Dense(32)(inputs)
model = Model(inputs, Add()([x, inputs]))
# %% wrong outputs a head behind it
answer = {"all_zero": "zeros"}

inputs = Input((64,))
x = Dense(64)(inputs)
x = Add()([x, inputs])
model = Model(inputs, Dense(10)(x))
# %% wrong runs M01
answer = {"all_zero": "zeros"}

inputs = Input((64,))
x = Dense(64)
model = Model(inputs, Add()([x, inputs]))
