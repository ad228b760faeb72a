# /// exercise
# id = "three-into-one"
# number = "X14"
# title = "Merge three branches"
# level = 1
# type = "build"
# hints = [
#   "Which merge divides by the number of arms?",
#   "One list with three tensors.",
#   "`Average()([a, b, c])`",
# ]
# [criteria]
# inputs = {x = [16], weight = 0}
# outputs = {y = [1], weight = 0}
# live = {weight = 0}
# computes = {source = "picture"}
# ///
# %% [markdown] prompt
# Build `model` from the picture:
#
# - `Input` with 16 numbers
# - three arms, all from the input: `Dense` 8 relu · `Dense` 8 tanh · `Dense` 8 sigmoid
# - the **average** of the three arms
# - `Dense` 1, without activation
# %% start
x = Input((16,))
a = Dense(8, activation="relu")(x)
b = ____
c = ____
merged = ____
model = Model(x, Dense(1)(merged))
# %% solution
x = Input((16,))
a = Dense(8, activation="relu")(x)
b = Dense(8, activation="tanh")(x)
c = Dense(8, activation="sigmoid")(x)
merged = Average()([a, b, c])
model = Model(x, Dense(1)(merged))
# %% accept a sum, divided
x = Input((16,))
c = Dense(8, activation="sigmoid")(x)
a = Dense(8, activation="relu")(x)
b = Dense(8, activation="tanh")(x)
model = Model(x, Dense(1)((a + b + c) / 3))
# %% accept ops.mean of a stack
x = Input((16,))
a = Dense(8, activation="relu")(x)
b = Dense(8, activation="tanh")(x)
c = Dense(8, activation="sigmoid")(x)
model = Model(x, Dense(1)(ops.mean(ops.stack([a, b, c]), axis=0)))
# %% accept layers.average and activation layers
x = Input((16,))
a = ReLU()(Dense(8)(x))
b = ops.tanh(Dense(8)(x))
c = Activation("sigmoid")(Dense(8)(x))
model = Model(x, Dense(1)(layers.average([c, b, a])))
# %% accept a Lambda
x = Input((16,))
arms = [Dense(8, activation=f)(x) for f in ("relu", "tanh", "sigmoid")]
model = Model(x, Dense(1)(Lambda(lambda t: (t[0] + t[1] + t[2]) / 3.0)(arms)))
# %% accept Add and Rescaling
x = Input((16,))
arms = [Dense(8, activation=f)(x) for f in ("tanh", "relu", "sigmoid")]
model = Model(x, Dense(1)(Rescaling(1 / 3)(Add()(arms))))
# %% wrong computes M09 the arms are added
x = Input((16,))
a = Dense(8, activation="relu")(x)
b = Dense(8, activation="tanh")(x)
c = Dense(8, activation="sigmoid")(x)
model = Model(x, Dense(1)(Add()([a, b, c])))
# %% wrong computes an average of an average
x = Input((16,))
a = Dense(8, activation="relu")(x)
b = Dense(8, activation="tanh")(x)
c = Dense(8, activation="sigmoid")(x)
model = Model(x, Dense(1)(Average()([Average()([a, b]), c])))
# %% wrong computes M09 the arms stand side by side
x = Input((16,))
a = Dense(8, activation="relu")(x)
b = Dense(8, activation="tanh")(x)
c = Dense(8, activation="sigmoid")(x)
model = Model(x, Dense(1)(Concatenate()([a, b, c])))
# %% wrong computes M02 two arms share one layer
x = Input((16,))
d = Dense(8)
a = ops.relu(d(x))
b = ops.tanh(d(x))
c = Dense(8, activation="sigmoid")(x)
model = Model(x, Dense(1)(Average()([a, b, c])))
# %% wrong computes all arms have relu
x = Input((16,))
a = Dense(8, activation="relu")(x)
b = Dense(8, activation="relu")(x)
c = Dense(8, activation="relu")(x)
model = Model(x, Dense(1)(Average()([a, b, c])))
# %% wrong computes divided by 2
x = Input((16,))
a = Dense(8, activation="relu")(x)
b = Dense(8, activation="tanh")(x)
c = Dense(8, activation="sigmoid")(x)
model = Model(x, Dense(1)((a + b + c) / 2))
# %% wrong computes the larger one of each
x = Input((16,))
a = Dense(8, activation="relu")(x)
b = Dense(8, activation="tanh")(x)
c = Dense(8, activation="sigmoid")(x)
model = Model(x, Dense(1)(Maximum()([a, b, c])))
# %% wrong live M04 one arm is left out
x = Input((16,))
a = Dense(8, activation="relu")(x)
b = Dense(8, activation="tanh")(x)
c = Dense(8, activation="sigmoid")(x)
model = Model(x, Dense(1)(Average()([a, b])))
# %% wrong computes M03 the arms are a chain
x = Input((16,))
a = Dense(8, activation="relu")(x)
b = Dense(8, activation="tanh")(a)
c = Dense(8, activation="sigmoid")(b)
model = Model(x, Dense(1)(Average()([a, b, c])))
# %% wrong outputs nofinal
x = Input((16,))
a = Dense(8, activation="relu")(x)
b = Dense(8, activation="tanh")(x)
c = Dense(8, activation="sigmoid")(x)
model = Model(x, Average()([a, b, c]))
# %% wrong inputs M06 another width
x = Input((32,))
a = Dense(8, activation="relu")(x)
b = Dense(8, activation="tanh")(x)
c = Dense(8, activation="sigmoid")(x)
merged = Average()([a, b, c])
model = Model(x, Dense(1)(merged))
