# /// exercise
# id = "lost-layer"
# number = "X08"
# title = "The layer that vanished"
# level = 2
# type = "fix"
# hints = [
#   "Compare the number of Dense lines with the number of Dense boxes in the picture of your model.",
#   "Which box has no tensor leaving it?",
#   "Line 3 must read what line 2 made.",
# ]
# [criteria]
# inputs = {x = [20], weight = 0}
# outputs = {y = [2], weight = 0}
# live = {orphans = "fail"}
# one_route = {weight = 0}
# count = {op = "Dense", n = 4, weight = 0, stage = "behaviour", so = "The chain has {n}: 20 → 32 → 16 → 8 → 2.", look = "Go through your lines one by one: which layer is there too often, or not at all?"}
# equivalent = {source = "exercise"}
# ///
# %% [markdown] prompt
# A chain of four Dense layers: 20 numbers → 32 relu → 16 relu → 8 relu → 2 softmax.
# The lines run without an error, but `model.summary()` shows three Dense layers and too
# few parameters. Mend them, so that `model` is the chain with all four.
# %% start
inputs = Input((20,))
x = Dense(32, activation="relu")(inputs)
x = Dense(16, activation="relu")(inputs)
x = Dense(8, activation="relu")(x)
outputs = Dense(2, activation="softmax")(x)
model = Model(inputs, outputs)
# %% solution
inputs = Input((20,))
x = Dense(32, activation="relu")(inputs)
x = Dense(16, activation="relu")(x)
x = Dense(8, activation="relu")(x)
outputs = Dense(2, activation="softmax")(x)
model = Model(inputs, outputs)
# %% accept a name for each tensor
inputs = Input((20,))
h1 = Dense(32, activation="relu")(inputs)
h2 = Dense(16, activation="relu")(h1)
h3 = Dense(8, activation="relu")(h2)
model = Model(inputs, Dense(2, activation="softmax")(h3))
# %% accept one expression
inputs = Input(shape=[20])
h = Dense(16, "relu")(Dense(32, "relu")(inputs))
model = Model(inputs, ops.softmax(Dense(2)(Dense(8, "relu")(h))))
# %% accept a list of layers
model = Sequential(
    [
        Input((20,)),
        Dense(32, activation="relu"),
        Dense(16, activation="relu"),
        Dense(8, activation="relu"),
        Dense(2, activation="softmax"),
    ]
)
# %% accept a loop, and Dropout
x = inputs = Input((20,))
for units in (32, 16, 8):
    x = Dropout(0.1)(layers.ReLU()(Dense(units)(x)))
model = Model(inputs=inputs, outputs=[Dense(2, activation="softmax")(x)])
# %% wrong live M03 another name in one place only
inputs = Input((20,))
y = Dense(32, activation="relu")(inputs)
x = Dense(16, activation="relu")(inputs)
x = Dense(8, activation="relu")(x)
outputs = Dense(2, activation="softmax")(x)
model = Model(inputs, outputs)
# %% wrong live M03 another layer is lost now
inputs = Input((20,))
x = Dense(32, activation="relu")(inputs)
y = Dense(16, activation="relu")(x)
x = Dense(8, activation="relu")(x)
outputs = Dense(2, activation="softmax")(x)
model = Model(inputs, outputs)
# %% wrong live M04 the chain is right, and a layer hangs on it
inputs = Input((20,))
x = Dense(32, activation="relu")(inputs)
y = Dense(16, activation="relu")(inputs)
x = Dense(16, activation="relu")(x)
x = Dense(8, activation="relu")(x)
outputs = Dense(2, activation="softmax")(x)
model = Model(inputs, outputs)
# %% wrong one_route M03 both joined
inputs = Input((20,))
a = Dense(32, activation="relu")(inputs)
b = Dense(16, activation="relu")(inputs)
x = Concatenate()([a, b])
x = Dense(8, activation="relu")(x)
outputs = Dense(2, activation="softmax")(x)
model = Model(inputs, outputs)
# %% wrong count a fifth layer
inputs = Input((20,))
x = Dense(32, activation="relu")(inputs)
x = Dense(16, activation="relu")(x)
x = Dense(16, activation="relu")(x)
x = Dense(8, activation="relu")(x)
outputs = Dense(2, activation="softmax")(x)
model = Model(inputs, outputs)
# %% wrong count M04 the lost line is gone
inputs = Input((20,))
x = Dense(16, activation="relu")(inputs)
x = Dense(8, activation="relu")(x)
outputs = Dense(2, activation="softmax")(x)
model = Model(inputs, outputs)
# %% wrong equivalent M03 in another order
inputs = Input((20,))
x = Dense(16, activation="relu")(inputs)
x = Dense(32, activation="relu")(x)
x = Dense(8, activation="relu")(x)
outputs = Dense(2, activation="softmax")(x)
model = Model(inputs, outputs)
# %% wrong equivalent a linear layer
inputs = Input((20,))
x = Dense(32)(inputs)
x = Dense(16, activation="relu")(x)
x = Dense(8, activation="relu")(x)
outputs = Dense(2, activation="softmax")(x)
model = Model(inputs, outputs)
# %% wrong inputs M06 the batch in the shape
inputs = Input((16, 20))
x = Dense(32, activation="relu")(inputs)
x = Dense(16, activation="relu")(x)
x = Dense(8, activation="relu")(x)
outputs = Dense(2, activation="softmax")(x)
model = Model(inputs, outputs)
# %% wrong outputs the last layer is missing
inputs = Input((20,))
x = Dense(32, activation="relu")(inputs)
x = Dense(16, activation="relu")(x)
x = Dense(8, activation="relu")(x)
model = Model(inputs, x)
# %% accept a layer of one's own around each Dense
class Block(layers.Layer):
    def __init__(self, units):
        super().__init__()
        self.dense = Dense(units, activation="relu")

    def call(self, x):
        return self.dense(x)


inputs = Input((20,))
x = Block(8)(Block(16)(Block(32)(inputs)))
model = Model(inputs, Dense(2, activation="softmax")(x))
