# /// exercise
# id = "order-the-chain"
# number = "X02"
# title = "Put the lines in order"
# level = 1
# type = "parsons"
# hints = [
#   "Which line needs nothing above it?",
#   "Which line needs `outputs`?",
#   "Input, 64, 32, 1, Model.",
# ]
# [criteria]
# order = {weight = 0}
# distractor = {weight = 0}
# inputs = {x = [32], weight = 0}
# equivalent = {source = "exercise"}
# ///
# %% [markdown] prompt
# The model of this lesson: 32 numbers in, 64 units with relu, 32 units with relu, one
# unit with sigmoid; it is named `model`. Put its five lines in order. Three of the
# eight lines do not belong to it. Answer with the numbers of the lines from the first
# to the last, `order = [...]`, or with the lines themselves.
# %% start
# 1  model = Model(inputs, outputs)
# 2  outputs = Dense(1, activation="sigmoid")(x)
# 3  model = Sequential(inputs, outputs)
# 4  inputs = Input((32,))
# 5  x = Dense(32, activation="relu")(inputs)
# 6  x = Dense(32, activation="relu")(x)
# 7  x = Dense(64, activation="relu")
# 8  x = Dense(64, activation="relu")(inputs)
order = [____]
# %% solution
inputs = Input((32,))
x = Dense(64, activation="relu")(inputs)
x = Dense(32, activation="relu")(x)
outputs = Dense(1, activation="sigmoid")(x)
model = Model(inputs, outputs)
# %% accept the numbers of the lines
order = [4, 8, 6, 2, 1]
# %% accept the numbers under the other name
answer = (4, 8, 6, 2, 1)
# %% accept other names and no activation arguments
a = Input(shape=(32,))
h = ReLU()(Dense(64)(a))
h = Dense(32, "relu")(h)
model = Model(a, ops.sigmoid(Dense(1)(h)))
# %% wrong distractor M01
# It makes a layer and calls it on nothing: the name `x` is then a box, no tensor.
x = Dense(64, activation="relu")
# %% wrong distractor
# Sequential takes one list of layers. Here you have tensors, and Model connects them.
model = Sequential(inputs, outputs)
# %% wrong distractor M03
# It reads `inputs` again, so the 64 units above it would lead nowhere.
x = Dense(32, activation="relu")(inputs)
# %% wrong order M31 Model before outputs
inputs = Input((32,))
x = Dense(64, activation="relu")(inputs)
x = Dense(32, activation="relu")(x)
model = Model(inputs, outputs)
outputs = Dense(1, activation="sigmoid")(x)
# %% wrong order M31 Model before outputs, by numbers
order = [4, 8, 6, 1, 2]
# %% wrong order M31 the 64 units below the 32
order = [4, 6, 8, 2, 1]
# %% wrong order a line twice
order = [4, 8, 6, 6, 2, 1]
# %% wrong distractor M03 the tensor of the inputs once more
order = [4, 8, 5, 2, 1]
# %% wrong distractor M01 a layer that is not called
order = [4, 7, 6, 2, 1]
# %% wrong equivalent M04 one line is missing
order = [4, 8, 2, 1]
# %% wrong equivalent M04 32 before 64
inputs = Input((32,))
x = Dense(32, activation="relu")(inputs)
x = Dense(64, activation="relu")(x)
outputs = Dense(1, activation="sigmoid")(x)
model = Model(inputs, outputs)
# %% accept the lines as texts, under a name of one's own
import numpy as np

my_order = [
    "inputs = Input((32,))",
    "x = Dense(64, activation='relu')(inputs)",
    "x = Dense(32, activation='relu')(x)",
    "outputs = Dense(1, activation='sigmoid')(x)",
    "model = Model(inputs, outputs)",
]
# %% accept one text
answer = "4 -> 8 -> 6 -> 2 -> 1"
# %% accept places and lines
order = {1: "line 4", 2: "line 8", 3: "line 6", 4: "line 2", 5: "line 1"}
# %% wrong order M31 Model before outputs, as texts
order = [
    "inputs = Input((32,))",
    "x = Dense(64, activation='relu')(inputs)",
    "x = Dense(32, activation='relu')(x)",
    "model = Model(inputs, outputs)",
    "outputs = Dense(1, activation='sigmoid')(x)",
]
# %% wrong inputs M06 another shape
inputs = Input((32, 1))
x = Dense(64, activation="relu")(inputs)
x = Dense(32, activation="relu")(x)
outputs = Dense(1, activation="sigmoid")(x)
model = Model(inputs, outputs)
