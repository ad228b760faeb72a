# /// exercise
# id = "gate"
# number = "X16"
# title = "A gate"
# level = 2
# type = "build"
# hints = [
#   "Who is multiplied with whom?",
#   "One arm is the input itself.",
#   "`Multiply()([x, Dense(8, activation='sigmoid')(x)])`",
# ]
# [criteria]
# inputs = {x = [8], weight = 0}
# outputs = {y = [8], weight = 0}
# uses = {inputs = ["x"], weight = 0}
# params = {predicate = "same_sizes", total = 72, weight = 0}
# computes = {factor = "gate"}
# count = {op = "weighted", n = 1}
# ///
# %% [markdown] prompt
# Build `model` from the formula
#
# $$y = x \odot \sigma(Wx + b)$$
#
# x and y have 8 numbers; ⊙ multiplies number by number. Rules: one layer with weights.
# %% start
x = Input((8,))
y = ____
model = Model(x, y)
# %% solution
x = Input((8,))
y = Multiply()([x, Dense(8, activation="sigmoid")(x)])
model = Model(x, y)
# %% accept the operator
x = Input((8,))
g = Dense(8, activation="sigmoid")(x)
model = Model(x, x * g)
# %% accept operations
x = Input((8,))
g = ops.sigmoid(Dense(8)(x))
model = Model(x, ops.multiply(g, x))
# %% accept layers of one's own name
x = Input(shape=(8,), name="signal")
gate = Activation("sigmoid", name="gate")(Dense(8, name="valve")(x))
model = Model([x], [layers.multiply([gate, Dropout(0.1)(x)])])
# %% accept a Lambda
x = Input((8,))
g = Dense(8)(x)
model = Model(x, Lambda(lambda t: t[0] / (1 + ops.exp(-t[1])))([x, g]))
# %% wrong computes M09 added
x = Input((8,))
model = Model(x, Add()([x, Dense(8, activation="sigmoid")(x)]))
# %% wrong computes no sigmoid
x = Input((8,))
model = Model(x, Multiply()([x, Dense(8)(x)]))
# %% wrong params M10 one valve for all
x = Input((8,))
model = Model(x, Multiply()([x, Dense(1, activation="sigmoid")(x)]))
# %% wrong computes x is bent too
x = Input((8,))
g = Dense(8, activation="sigmoid")(x)
model = Model(x, Multiply()([ops.sigmoid(x), g]))
# %% wrong computes the input is not multiplied
x = Input((8,))
model = Model(x, Dense(8, activation="sigmoid")(x))
# %% wrong computes the gate is squared
x = Input((8,))
g = Dense(8, activation="sigmoid")(x)
model = Model(x, Multiply()([g, g]))
# %% wrong params two layers with weights
x = Input((8,))
model = Model(x, Multiply()([Dense(8)(x), Dense(8, activation="sigmoid")(x)]))
# %% wrong outputs M09 side by side
x = Input((8,))
model = Model(x, Concatenate()([x, Dense(8, activation="sigmoid")(x)]))
# %% wrong uses M05 a constant gate and nothing else
x = Input((8,))
model = Model(x, Dense(8, activation="sigmoid")(ops.zeros_like(x)))
# %% wrong computes tanh for the sigmoid
x = Input((8,))
model = Model(x, x * Dense(8, activation="tanh")(x))
# %% wrong inputs size
x = Input((16,))
model = Model(x, Multiply()([x, Dense(16, activation="sigmoid")(x)]))
# %% wrong count two layers that do the work of one
x = Input((8,))
gate = Concatenate()([Dense(4, activation="sigmoid")(x), Dense(4, activation="sigmoid")(x)])
model = Model(x, Multiply()([x, gate]))
