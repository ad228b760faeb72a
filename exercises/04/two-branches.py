# /// exercise
# id = "two-branches"
# number = "X13"
# title = "Branch and join"
# level = 1
# type = "build"
# hints = [
#   "Both arms read the same tensor.",
#   "Two lines that both end in `(inputs)`.",
#   "`Concatenate()([a, b])`",
# ]
# [criteria]
# inputs = {x = [32], weight = 0}
# outputs = {y = [1], weight = 0}
# live = {weight = 0}
# equivalent = true
# ///
# %% [markdown] prompt
# Build `model` from the picture:
#
# - `Input` with 32 numbers
# - arm A: `Dense` 64, relu · arm B: `Dense` 32, relu; both start at the input
# - the arms are joined by `Concatenate`
# - `Dense` 1, sigmoid
# %% start
inputs = Input((32,))
a = ____
b = ____
joined = ____
model = Model(inputs, Dense(1, activation="sigmoid")(joined))
# %% solution
inputs = Input((32,))
a = Dense(64, activation="relu")(inputs)
b = Dense(32, activation="relu")(inputs)
joined = Concatenate()([a, b])
model = Model(inputs, Dense(1, activation="sigmoid")(joined))
# %% accept the arms the other way round
inputs = Input((32,))
b = Dense(32, activation="relu")(inputs)
a = Dense(64, activation="relu")(inputs)
joined = layers.concatenate([b, a])
model = Model(inputs, Dense(1, activation="sigmoid")(joined))
# %% accept operations
inputs = Input((32,))
a = ops.relu(Dense(64)(inputs))
b = Activation("relu")(Dense(32)(inputs))
joined = ops.concatenate([a, b], axis=-1)
model = Model(inputs, ops.sigmoid(Dense(1)(joined)))
# %% accept arms as models
inputs = Input((32,))
a = Sequential([Dense(64), ReLU()], name="a")(inputs)
z = Input((32,))
b = Model(z, Dense(32, "relu")(z), name="b")(inputs)
joined = Dropout(0.5)(Concatenate(axis=1)([a, b]))
model = Model([inputs], [Dense(1, activation="sigmoid")(joined)])
# %% accept ops.hstack
inputs = Input((32,))
a, b = (Dense(n, activation="relu")(inputs) for n in (64, 32))
model = Model(inputs, Dense(1, activation="sigmoid")(ops.hstack([a, b])))
# %% wrong equivalent M03 the second branch starts after the first
inputs = Input((32,))
a = Dense(64, activation="relu")(inputs)
b = Dense(32, activation="relu")(a)
joined = Concatenate()([a, b])
model = Model(inputs, Dense(1, activation="sigmoid")(joined))
# %% wrong runs M09 Add needs equal widths
inputs = Input((32,))
a = Dense(64, activation="relu")(inputs)
b = Dense(32, activation="relu")(inputs)
joined = Add()([a, b])
model = Model(inputs, Dense(1, activation="sigmoid")(joined))
# %% wrong equivalent M09 both arms are made equal and added
inputs = Input((32,))
a = Dense(64, activation="relu")(inputs)
b = Dense(64, activation="relu")(inputs)
joined = Add()([a, b])
model = Model(inputs, Dense(1, activation="sigmoid")(joined))
# %% wrong runs one list, not two arguments
inputs = Input((32,))
a = Dense(64, activation="relu")(inputs)
b = Dense(32, activation="relu")(inputs)
joined = Concatenate()(a, b)
model = Model(inputs, Dense(1, activation="sigmoid")(joined))
# %% wrong equivalent M13 no relu
inputs = Input((32,))
a = Dense(64)(inputs)
b = Dense(32)(inputs)
joined = Concatenate()([a, b])
model = Model(inputs, Dense(1, activation="sigmoid")(joined))
# %% wrong live M04 an arm is not joined
inputs = Input((32,))
a = Dense(64, activation="relu")(inputs)
b = Dense(32, activation="relu")(inputs)
joined = Concatenate()([a, a])
model = Model(inputs, Dense(1, activation="sigmoid")(joined))
# %% wrong equivalent a chain
inputs = Input((32,))
a = Dense(64, activation="relu")(inputs)
b = Dense(32, activation="relu")(a)
model = Model(inputs, Dense(1, activation="sigmoid")(b))
# %% wrong equivalent 48 units for 64
inputs = Input((32,))
a = Dense(48, activation="relu")(inputs)
b = Dense(32, activation="relu")(inputs)
joined = Concatenate()([a, b])
model = Model(inputs, Dense(1, activation="sigmoid")(joined))
# %% wrong equivalent no sigmoid
inputs = Input((32,))
a = Dense(64, activation="relu")(inputs)
b = Dense(32, activation="relu")(inputs)
joined = Concatenate()([a, b])
model = Model(inputs, Dense(1)(joined))
# %% wrong equivalent one wide Dense for both arms
inputs = Input((32,))
joined = Dense(96, activation="relu")(inputs)
model = Model(inputs, Dense(1, activation="sigmoid")(joined))
# %% wrong inputs input16
i = Input((16,))
a = Dense(64, activation="relu")(i)
b = Dense(32, activation="relu")(i)
model = Model(i, Dense(1, activation="sigmoid")(Concatenate()([a, b])))
# %% wrong outputs two outputs
i = Input((32,))
a = Dense(64, activation="relu")(i)
b = Dense(32, activation="relu")(i)
z = Concatenate()([a, b])
model = Model(i, [Dense(1, activation="sigmoid")(z), a])
