# /// exercise
# id = "two-heads"
# number = "X30"
# title = "One trunk, two heads"
# level = 1
# type = "wiring"
# hints = [
#   "Both heads read the same tensor.",
#   "Two calls, and both end with `(x)`.",
#   "`Model(inputs, [digit, score])`",
# ]
# [criteria]
# inputs = {x = [32]}
# outputs = {named = true, digit = [10], score = [1]}
# simplex = "digit"
# unlimited = {output = "score", weight = 0}
# uses = {each = true}
# trunk = ["digit", "score"]
# parts = ["Dense 64 relu", "Dense 10", "Dense 1 linear"]
# ///
# %% [markdown] prompt
# One trunk, two heads. 32 numbers come in and go through a Dense of 64 with relu: the
# trunk. Two heads read it:
#
# - `digit`: which of 10 digits is it? One probability for each, by softmax.
# - `score`: how well is it written? One number, without activation.
#
# The heads have these names.
# %% start
inputs = Input((32,))
x = Dense(64, activation="relu")(inputs)
digit = ____
score = ____
model = ____
# %% solution
inputs = Input((32,))
x = Dense(64, activation="relu")(inputs)
digit = Dense(10, activation="softmax", name="digit")(x)
score = Dense(1, name="score")(x)
model = Model(inputs, [digit, score])
# %% accept a dict of outputs
inputs = Input((32,))
x = ReLU()(Dense(64)(inputs))
d = Softmax()(Dense(10)(x))
s = Dense(1)(x)
model = Model(inputs, {"digit": d, "score": s})
# %% accept private hidden layers
inputs = Input((32,))
x = Dense(64, "relu")(inputs)
digit = Dense(10, "softmax", name="digit")(Dense(32, "relu")(x))
score = Dense(1, name="score")(Dense(16, "relu")(Dropout(0.2)(x)))
model = Model(inputs, [score, digit])
# %% accept operations and nested models
inputs = Input((32,))
trunk = Sequential([Dense(64), layers.Activation("relu")])
x = trunk(inputs)
digit = ops.softmax(Dense(10)(x))
score = Sequential([Dense(8, "tanh"), Dense(1)])(x)
model = Model(inputs, {"score": score, "digit": digit})
# %% wrong trunk M17 a trunk for each head
inputs = Input((32,))
digit = Dense(10, "softmax", name="digit")(Dense(64, "relu")(inputs))
score = Dense(1, name="score")(Dense(64, "relu")(inputs))
model = Model(inputs, [digit, score])
# %% wrong trunk M03 the score reads the digit
inputs = Input((32,))
x = Dense(64, "relu")(inputs)
x = Dense(10, "softmax", name="digit")(x)
model = Model(inputs, [x, Dense(1, name="score")(x)])
# %% wrong trunk M03 the score has no trunk
inputs = Input((32,))
x = Dense(64, "relu")(inputs)
digit = Dense(10, "softmax", name="digit")(x)
model = Model(inputs, [digit, Dense(1, name="score")(inputs)])
# %% wrong outputs one head is left out
inputs = Input((32,))
x = Dense(64, "relu")(inputs)
digit = Dense(10, "softmax", name="digit")(x)
score = Dense(1, name="score")(x)
model = Model(inputs, [digit])
# %% wrong outputs M17 one head of eleven
inputs = Input((32,))
x = Dense(64, "relu")(inputs)
model = Model(inputs, Dense(11, name="digit")(x))
# %% wrong outputs M19 no names
inputs = Input((32,))
x = Dense(64, "relu")(inputs)
model = Model(inputs, [Dense(10, "softmax")(x), Dense(1)(x)])
# %% wrong unlimited M20 softmax on the score
inputs = Input((32,))
x = Dense(64, "relu")(inputs)
digit = Dense(10, "softmax", name="digit")(x)
model = Model(inputs, [digit, Dense(1, "softmax", name="score")(x)])
# %% wrong unlimited M20 sigmoid on the score
inputs = Input((32,))
x = Dense(64, "relu")(inputs)
digit = Dense(10, "softmax", name="digit")(x)
model = Model(inputs, [digit, Dense(1, "sigmoid", name="score")(x)])
# %% wrong simplex M20 sigmoid for ten digits
inputs = Input((32,))
x = Dense(64, "relu")(inputs)
digit = Dense(10, "sigmoid", name="digit")(x)
model = Model(inputs, [digit, Dense(1, name="score")(x)])
# %% wrong uses M04 the trunk of the score reads ones
inputs = Input((32,))
trunk = Dense(64, "relu")
digit = Dense(10, "softmax", name="digit")(trunk(inputs))
score = Dense(1, name="score")(trunk(ops.ones_like(inputs)))
model = Model(inputs, [digit, score])
# %% wrong parts other size of the trunk
inputs = Input((32,))
x = Dense(32, "relu")(inputs)
digit = Dense(10, "softmax", name="digit")(x)
model = Model(inputs, [digit, Dense(1, name="score")(x)])
# %% wrong parts M13 a linear trunk
inputs = Input((32,))
x = Dense(64)(inputs)
digit = Dense(10, "softmax", name="digit")(x)
model = Model(inputs, [digit, Dense(1, name="score")(x)])
# %% wrong inputs input64
inputs = Input((64,))
x = Dense(64, activation="relu")(inputs)
digit = Dense(10, activation="softmax", name="digit")(x)
score = Dense(1, name="score")(x)
model = Model(inputs, [digit, score])
