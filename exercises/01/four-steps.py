# /// exercise
# id = "four-steps"
# number = "X01"
# title = "Complete the four steps"
# level = 1
# type = "fill"
# hints = [
#   "Which tensor does each layer read?",
#   "The output of a line is the input of the next: keep it in `x`.",
#   "`x = Dense(32, activation='relu')(x)`",
# ]
# [criteria]
# inputs = {x = [32]}
# outputs = {y = [1]}
# live = true
# equivalent = true
# params = 4225
# ///
# %% [markdown] prompt
# Four lines, one for each label. Fill in the blanks.
# %% start
# 1 INPUTS
inputs = Input((32,))
# 2 LAYERS
x = Dense(64, activation="relu")(inputs)
x = ____
# 3 OUTPUTS
outputs = ____
# 4 MODEL
model = ____
# %% solution
# 1 INPUTS
inputs = Input((32,))
# 2 LAYERS
x = Dense(64, activation="relu")(inputs)
x = Dense(32, activation="relu")(x)
# 3 OUTPUTS
outputs = Dense(1, activation="sigmoid")(x)
# 4 MODEL
model = Model(inputs, outputs)
# %% accept an activation layer of its own
inputs = Input((32,))
x = layers.Activation("relu")(Dense(64)(inputs))
x = Dropout(0.1)(ReLU()(Dense(32)(x)))
model = Model(inputs, ops.sigmoid(Dense(1)(x)))
# %% wrong live M03
inputs = Input((32,))
x = Dense(64, activation="relu")(inputs)
x = Dense(32, activation="relu")(inputs)
model = Model(inputs, Dense(1, activation="sigmoid")(x))
# %% wrong equivalent M20
inputs = Input((32,))
x = Dense(64, activation="relu")(inputs)
x = Dense(32, activation="relu")(x)
model = Model(inputs, Dense(1, activation="softmax")(x))
# %% wrong equivalent
inputs = Input((32,))
x = Dense(64)(inputs)
x = Dense(32, activation="relu")(x)
model = Model(inputs, Dense(1, activation="sigmoid")(x))
